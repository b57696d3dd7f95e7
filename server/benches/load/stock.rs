//! The reference of the page: a stock leptos application as its template makes it, with its usual handler,
//! one route, the same bytes of HTML as our consent page, and no database.

use std::net::{SocketAddr, TcpListener};
use std::thread;

use axum::Router;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes as _, generate_route_list};
use leptos_router::components::{Route, Router as Pages, Routes};
use leptos_router::path;
use tokio::runtime::Runtime;

/// Serves the application on a listener of its own, to the end of the process; on a runtime of its own, as
/// the real server has one. `page` is a whole document.
pub fn serve(page: &str) -> Result<SocketAddr, String> {
    let body = page.split_once("<body>").and_then(|(_, rest)| rest.split_once("</body>"));
    let body = body.ok_or("the page has no body")?.0.to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    thread::spawn(move || {
        let runtime = Runtime::new().expect("the machine has threads");
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener);
            let listener = listener.expect("it is a listener that does not block");
            axum::serve(listener, router(body)).await.expect("a listener on loopback stays");
        });
    });
    Ok(address)
}

fn router(body: String) -> Router {
    let options = LeptosOptions::builder().output_name("stock").build();
    let app = {
        let (options, body) = (options.clone(), body.clone());
        move || shell(&options, body.clone())
    };
    let routes = generate_route_list(move || view! { <App body=body.clone() /> });
    Router::new().leptos_routes(&options, routes, app).with_state(options)
}

fn shell(options: &LeptosOptions, body: String) -> impl IntoView + use<> {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <HydrationScripts options=options.clone() islands=true />
            </head>
            <body>
                <App body />
            </body>
        </html>
    }
}

#[component]
fn App(body: String) -> impl IntoView {
    view! {
        <Pages>
            <Routes fallback=|| "Not found">
                <Route path=path!("/:id") view=move || view! { <Page body=body.clone() /> } />
            </Routes>
        </Pages>
    }
}

#[component]
fn Page(body: String) -> impl IntoView {
    view! { <div inner_html=body></div> }
}
