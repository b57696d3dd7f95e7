//! The published OpenAPI document, held against every answer any test gets.

use std::sync::OnceLock;

use axum::http::Method;
use serde_json::Value;

use crate::app::Answer;

fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        serde_json::from_str(&kayle_server::http::document()).expect("the document is JSON")
    })
}

/// The operation that serves a request, if the document has one.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let fits = |template: &str| {
        let (want, have) = (template.split('/'), path.split('/'));
        want.clone().count() == have.clone().count()
            && want
                .zip(have)
                .all(|(want, have)| want == have || (want.starts_with('{') && !have.is_empty()))
    };
    let paths = document()["paths"].as_object().expect("paths");
    let (_, item) = paths.iter().find(|(template, _)| fits(template))?;
    let name =
        if method == Method::HEAD { "get".to_owned() } else { method.as_str().to_lowercase() };
    item.get(name)
}

/// Fails the test if an answer is not one the document promises for its request.
pub fn check(method: &Method, path: &str, answer: &Answer) {
    let Some(operation) = operation(method, path) else { return };
    let status = answer.status.as_u16();
    let response = &operation["responses"][status.to_string()];
    assert!(
        response.is_object(),
        "{method} {path} answered an undocumented {status}: {}",
        answer.text
    );
    if answer.status.is_success() || method == Method::HEAD {
        return;
    }
    let code = answer.code();
    let examples = &response["content"]["application/json"]["examples"];
    assert!(examples[&code].is_object(), "{method} {path} answered an undocumented {code}");
}

#[test]
fn every_example_is_an_envelope_and_every_operation_has_an_id_of_its_own() {
    let mut ids = Vec::new();
    for (path, item) in document()["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            ids.push(operation["operationId"].as_str().expect("an id").to_owned());
            for (status, response) in operation["responses"].as_object().expect("responses") {
                let examples = response["content"]["application/json"]["examples"].as_object();
                for (code, example) in examples.into_iter().flatten() {
                    let error = &example["value"]["error"];
                    assert_eq!(error["code"], code.as_str(), "{method} {path} {status}");
                    assert!(example["value"]["data"].is_null());
                    assert_eq!(error["docs"], format!("/docs/errors/{code}"));
                }
                let described = status.starts_with('2') || examples.is_some_and(|e| !e.is_empty());
                assert!(described, "{method} {path} {status} has no example");
            }
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn the_four_events_are_described() {
    let webhooks = document()["webhooks"].as_object().expect("webhooks");
    let kinds: Vec<&str> =
        kayle_domain::EventKind::TERMINAL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(webhooks.len(), kinds.len());
    assert!(kinds.iter().all(|kind| webhooks.contains_key(*kind)));
    assert_eq!(document()["openapi"].as_str().map(|v| &v[..3]), Some("3.1"));
}

#[test]
fn every_code_is_answered_by_some_operation() {
    let text = document()["paths"].to_string();
    for code in kayle_server::error::Code::ALL {
        let elsewhere = ["NOT_FOUND", "METHOD_NOT_ALLOWED"].contains(&code.as_str());
        assert!(elsewhere || text.contains(&format!("\"{}\"", code.as_str())), "{code:?}");
    }
}
