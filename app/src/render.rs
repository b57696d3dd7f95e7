//! From a page to its HTML document.

use leptos::prelude::*;
use leptos::reactive::owner::Owner;

use crate::locales;
use crate::page::{Body, Page};
use crate::pages;
use crate::parts::{Document, Frame, News, Scene, document, frame};

/// What one page contributes to the document.
pub(crate) struct Content {
    /// What stands above the heading.
    pub above: Option<AnyView>,
    /// The heading, also the document's title.
    pub heading: String,
    /// Which of the four steps this is, if any.
    pub step: Option<usize>,
    /// What may change it while it is open.
    pub news: News,
    /// Everything below the heading.
    pub view: AnyView,
}

/// The complete document for `page`, doctype included.
pub fn render(page: Page) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| whole(page).to_html());
    owner.unset();
    with_valid_comments(&html)
}

/// What leptos marks places with is no valid comment; this is, and the same node to a browser.
fn with_valid_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut from = 0;
    for at in memchr::memmem::find_iter(html.as_bytes(), "<!>") {
        out.push_str(&html[from..at]);
        out.push_str("<!---->");
        from = at + "<!>".len();
    }
    out.push_str(&html[from..]);
    out
}

fn whole(page: Page) -> impl IntoView {
    let Page { lang, nonce, assets, sandbox, notice, now_millis, body } = page;
    let scene = Scene { lang: locales::find_or_english(&lang), now: now_millis, sandbox, notice };
    let session = body.session().map(|view| view.session_id.clone());
    let Content { above, heading, step, news, view } = content(&scene, body);
    let page = session.as_ref().map(|id| format!("/{id}")).unwrap_or_default();
    let about = Document { title: heading.clone(), page, news };
    let body = frame(&scene, Frame { step, above, heading, session }, view);
    document(&scene, about, assets, nonce, body)
}

fn content(scene: &Scene, body: Body) -> Content {
    match body {
        Body::Consent { view, details } => pages::consent(scene, &view, details),
        Body::Handoff { view, organization, handoff, on_phone } => {
            pages::handoff(scene, &view, organization, handoff, on_phone)
        }
        Body::Progress { view, organization } => pages::progress(scene, &view, organization),
        Body::Outcome { view, organization, redirect_host, aftermath } => {
            pages::outcome(scene, view, organization, redirect_host, aftermath)
        }
        Body::Confirm { view, organization, question } => {
            pages::confirm(scene, &view, &organization, question)
        }
        Body::App => pages::app(scene),
        Body::Problem(problem) => pages::problem(scene, problem),
    }
}
