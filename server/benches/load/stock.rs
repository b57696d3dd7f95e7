//! The references of the page: stock leptos applications with their usual handler, one route, no database,
//! and the same bytes of HTML as our consent page; one renders them from the same components and data,
//! one has them as a single string, which nothing that shows data can do.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use async_trait::async_trait;
use axum::Router;
use kayle_app::api::{Cancel, ChooseLanguage, Consent, Handoff, Release, Simulate, Withdraw};
use kayle_app::app;
use kayle_app::backend::{Backend, VerifyBackend};
use kayle_app::error::PageError;
use kayle_app::locales;
use kayle_app::page::{Assets, Destination, Problem, Question, SessionPage, Surroundings};
use kayle_app::view::{BudgetView, Details, DeviceView, HandoffView, SessionView, TriesView};
use kayle_domain::{Status, Step};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use leptos_router::components::{Route, Router as Pages, Routes};
use leptos_router::path;
use tokio::runtime::Runtime;

/// Serves the app's own components, with `details` as all their data.
pub fn components(details: Details, assets: Assets) -> Result<SocketAddr, String> {
    let backend: Backend = Arc::new(Fixed { details, assets });
    let provide = move || provide_context(backend.clone());
    let options = options();
    let routes = generate_route_list(app::App);
    serve(
        Router::new()
            .leptos_routes_with_context(&options, routes, provide, app::shell)
            .with_state(options),
    )
}

/// Serves what is in `page`, a whole document, as one string.
pub fn text(page: &str) -> Result<SocketAddr, String> {
    let body = page.split_once("<head>").map(|(_, rest)| rest.to_owned());
    let body = body.ok_or("the page has no head")?;
    let options = options();
    let shell = {
        let (options, body) = (options.clone(), body.clone());
        move || text_shell(&options, body.clone())
    };
    let routes = generate_route_list(move || view! { <TextApp body=body.clone() /> });
    serve(Router::new().leptos_routes(&options, routes, shell).with_state(options))
}

fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("stock").build()
}

/// On a listener of its own, to the end of the process; on a runtime of its own, as the real server has one.
fn serve(router: Router) -> Result<SocketAddr, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    thread::spawn(move || {
        let runtime = Runtime::new().expect("the machine has threads");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener);
            let listener = listener.expect("it is a listener that does not block");
            axum::serve(listener, router).await.expect("a listener on loopback stays");
        });
    });
    Ok(address)
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

/// A backend that shows one consent page and takes no form.
struct Fixed {
    details: Details,
    assets: Assets,
}

/// What every form is answered with.
const NOT_HERE: PageError = PageError::Problem(Problem::BadForm);

#[async_trait]
impl VerifyBackend for Fixed {
    fn surroundings(&self, _: Option<&str>) -> Surroundings {
        Surroundings {
            language: locales::find_or_english("en"),
            nonce: "0".repeat(32),
            assets: self.assets.clone(),
            sandbox: true,
            now_millis: self.details.expires_at.millis() - 3_600_000,
        }
    }

    fn set_status(&self, _: u16) {}

    async fn session_page(&self, id: &str, _: Option<Question>) -> Result<SessionPage, Problem> {
        let budget = BudgetView { used: 0, remaining: 3 };
        let view = SessionView {
            session_id: id.to_owned(),
            version: 1,
            status: Status::Created,
            step: Step::Consent,
            is_terminal: false,
            expires_at: self.details.expires_at,
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
        Ok(SessionPage::Consent { view, details: self.details.clone() })
    }

    async fn consent(&self, _: Consent) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn cancel(&self, _: Cancel) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn withdraw(&self, _: Withdraw) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn release(&self, _: Release) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn language(&self, _: ChooseLanguage) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }

    async fn handoff(&self, _: Handoff) -> Result<HandoffView, PageError> {
        Err(NOT_HERE)
    }

    async fn simulate(&self, _: Simulate) -> Result<Destination, PageError> {
        Err(NOT_HERE)
    }
}
