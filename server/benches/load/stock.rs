//! The references of the page: stock leptos applications with their usual handler, one route, no database,
//! and the same bytes of HTML as our consent page; one renders them from the same components and data,
//! one has them as a single string, which nothing that shows data can do.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use kayle_app::app;
use kayle_app::backend::Backend;
use kayle_app::page::{Assets, SessionPage};
use kayle_app::view::{BudgetView, Details, DeviceView, SessionView, TriesView};
use kayle_domain::{Status, Step};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use leptos_router::components::{Route, Router as Pages, Routes};
use leptos_router::path;

use crate::bare::listen;
use one_page::{OnePage, Page};

#[path = "../../../app/examples/gallery/one_page.rs"]
#[expect(dead_code, reason = "the gallery shows more than one kind of page")]
mod one_page;

/// Serves the app's own components, with `details` as all their data.
pub fn components(details: Details, assets: Assets) -> Result<SocketAddr, String> {
    let backend: Backend = Arc::new(OnePage(Page {
        lang: "en".to_owned(),
        nonce: "0".repeat(32),
        assets,
        sandbox: true,
        notice: None,
        now_millis: details.expires_at.millis() - 3_600_000,
        body: consent(details).into(),
    }));
    let provide = move || provide_context(backend.clone());
    let options = options();
    let routes = generate_route_list(app::App);
    listen(
        Router::new()
            .leptos_routes_with_context(&options, routes, provide, app::shell)
            .with_state(options),
    )
}

/// Serves the body of `page`, a whole document, as one string; the template's own head makes up for its head.
pub fn text(page: &str) -> Result<SocketAddr, String> {
    let body = page.split_once("<body>").and_then(|(_, rest)| rest.split_once("</body>"));
    let body = body.ok_or("the page has no body")?.0.to_owned();
    let options = options();
    let shell = {
        let (options, body) = (options.clone(), body.clone());
        move || text_shell(&options, body.clone())
    };
    let routes = generate_route_list(move || view! { <TextApp body=body.clone() /> });
    listen(Router::new().leptos_routes(&options, routes, shell).with_state(options))
}

fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("stock").build()
}

fn text_shell(options: &LeptosOptions, body: String) -> impl IntoView + use<> {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <HydrationScripts options=options.clone() islands=true />
            </head>
            <body>
                <TextApp body />
            </body>
        </html>
    }
}

#[component]
fn TextApp(body: String) -> impl IntoView {
    view! {
        <Pages>
            <Routes fallback=|| "Not found">
                <Route path=path!("/:id") view=move || view! { <div inner_html=body.clone()></div> } />
            </Routes>
        </Pages>
    }
}

/// The consent page of a visitor without a cookie, as the server hands it to the app.
fn consent(details: Details) -> SessionPage {
    let budget = BudgetView { used: 0, remaining: 3 };
    let view = SessionView {
        session_id: format!("vs_{}", "0".repeat(32)),
        version: 1,
        status: Status::Created,
        step: Step::Consent,
        is_terminal: false,
        expires_at: details.expires_at,
        completed_at: None,
        redirect_url: None,
        same_device_only: false,
        device: DeviceView { connected: false, confirmation_code: None, last_seen_at: None },
        tries: TriesView { nfc: budget, liveness: budget },
        last_failure_code: None,
        failure_code: None,
        cancelled_by: None,
        can_cancel: false,
        can_withdraw: false,
        locale: None,
    };
    SessionPage::Consent { view, details }
}
