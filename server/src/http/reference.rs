//! `/reference`: the OpenAPI document as a page, by Swagger UI from our own site folder.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::{assets, security};
use crate::engine::Engine;

/// The page, if a site was built.
pub fn router(engine: &Engine) -> Router<Engine> {
    let names = assets::reference(assets::folder(engine.config.site.as_ref()).as_deref());
    Router::new().route(
        "/reference",
        get(move |State(engine): State<Engine>| async move { page(&engine, names.as_ref()) }),
    )
}

fn page(engine: &Engine, names: Option<&assets::Reference>) -> Response {
    let Some(names) = names else {
        let message = "This server has no site folder (KAYLE_SITE): read /openapi.json instead.\n";
        return (StatusCode::NOT_FOUND, message).into_response();
    };
    let nonce = hex::encode(engine.entropy.bytes::<16>());
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Reference · Kayle verify</title>\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"{}\"></head><body><main id=\"reference\"></main>\
         <noscript><p>This page needs JavaScript. The same is in \
         <a href=\"/openapi.json\">the OpenAPI document</a> and in \
         <a href=\"/docs/errors\">the list of error codes</a>.</p></noscript>\
         <script src=\"{}\" nonce=\"{nonce}\"></script>\
         <script nonce=\"{nonce}\">SwaggerUIBundle({{url:'/openapi.json',dom_id:'#reference',\
         deepLinking:true,validatorUrl:null,supportedSubmitMethods:[]}})</script></body></html>",
        names.css, names.js
    );
    let mut response = (StatusCode::OK, Html(html)).into_response();
    security::page(response.headers_mut(), &nonce, engine.config.is_https());
    response
}
