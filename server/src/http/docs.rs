//! `/docs/errors`: what `error.docs` links to, from the same list the code uses.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;

use super::{assets, security};
use crate::engine::Engine;
use crate::error::Code;

/// What the pages are made of.
#[derive(Clone)]
struct Docs {
    css: Arc<str>,
    https: bool,
    /// The operations that may answer each code: `GET /v1/sessions`, and so on.
    routes: Arc<HashMap<String, Vec<String>>>,
}

/// The list of codes, and the page of each; `document` is the OpenAPI document.
pub fn router(engine: &Engine, document: &Value) -> Router<Engine> {
    let names = assets::names(assets::folder(engine.config.site.as_ref()).as_deref());
    let docs = Docs {
        css: names.css.into(),
        https: engine.config.is_https(),
        routes: Arc::new(routes(document)),
    };
    Router::new()
        .route("/docs/errors", get(index))
        .route("/docs/errors/{code}", get(page))
        .with_state(docs)
}

fn routes(document: &Value) -> HashMap<String, Vec<String>> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    let entries = |value: &Value| value.as_object().cloned().unwrap_or_default().into_iter();
    for (path, item) in entries(&document["paths"]) {
        for (method, operation) in entries(&item) {
            for (_, response) in entries(&operation["responses"]) {
                for (code, _) in entries(&response["content"]["application/json"]["examples"]) {
                    let route = format!("{} {path}", method.to_uppercase());
                    found.entry(code).or_default().push(route);
                }
            }
        }
    }
    found
}

async fn index(State(docs): State<Docs>) -> Response {
    let mut rows = String::new();
    for code in Code::ALL {
        let (name, status) = (code.as_str(), code.status().as_u16());
        write!(
            rows,
            "<tr><td><a href=\"/docs/errors/{name}\"><code>{name}</code></a></td>\
             <td>{status}</td><td>{}</td></tr>",
            prose(code.meaning())
        )
        .expect("a String takes everything");
    }
    let body = format!(
        "<h1>Error codes</h1><p class=\"lead\">Every answer under <code>/v1</code> that is not 2xx \
         names one of these.</p><div class=\"wide\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Error codes\"><table><thead><tr><th scope=\"col\">Code</th>\
         <th scope=\"col\">Status</th><th scope=\"col\">Meaning</th></tr></thead>\
         <tbody>{rows}</tbody></table></div>"
    );
    docs.html(StatusCode::OK, "Error codes", &body)
}

async fn page(State(docs): State<Docs>, Path(name): Path<String>) -> Response {
    if let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) {
        return docs.html(StatusCode::OK, code.as_str(), &docs.describe(*code));
    }
    let body = "<h1>No such error code</h1><p><a href=\"/docs/errors\">All codes</a></p>";
    docs.html(StatusCode::NOT_FOUND, "No such error code", body)
}

impl Docs {
    fn describe(&self, code: Code) -> String {
        let status = code.status();
        let mut body = format!(
            "<h1><code>{}</code></h1><p class=\"lead\">{}</p><p>HTTP status {} {}</p>\
             <h2>What to do</h2><p>{}</p>",
            code.as_str(),
            prose(code.meaning()),
            status.as_u16(),
            status.canonical_reason().unwrap_or_default(),
            prose(code.hint()),
        );
        if let Some(routes) = self.routes.get(code.as_str()) {
            body.push_str("<h2>Where it comes from</h2><ul>");
            for route in routes {
                write!(body, "<li><code>{}</code></li>", escaped(route))
                    .expect("a String takes everything");
            }
            body.push_str("</ul>");
        }
        body.push_str(
            "<p><a href=\"/docs/errors\">All codes</a> · <a href=\"/reference\">Reference</a></p>",
        );
        body
    }

    fn html(&self, status: StatusCode, title: &str, body: &str) -> Response {
        let html = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Kayle</title>\
             <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
             <link rel=\"stylesheet\" href=\"{}\"></head><body class=\"docs\"><main>\
             {body}</main></body></html>",
            self.css
        );
        let mut response = (status, Html(html)).into_response();
        // A nonce that no script carries: these pages have none.
        security::page(response.headers_mut(), "none", self.https);
        response
    }
}

/// A sentence, with what stands between backticks as code.
fn prose(text: &str) -> String {
    let parts = escaped(text);
    let parts = parts.split('`').enumerate();
    parts
        .map(|(n, part)| match n % 2 {
            0 => part.to_owned(),
            _ => format!("<code>{part}</code>"),
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
