//! Renders the app as a server would, with a backend that knows one page.

use std::sync::Arc;

use futures::StreamExt as _;
use futures::executor::block_on;
use kayle_app::app::{problem_shell, shell};
use kayle_app::backend::Backend;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use super::one_page::{Body, OnePage, Page};

/// The complete document for `page`, doctype included.
pub fn render(page: Page) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let notice = page.notice.map(|notice| format!("?notice={}", notice.as_str()));
        let path = match &page.body {
            Body::Session(shown) => {
                format!("/{}{}", shown.session().session_id, notice.unwrap_or_default())
            }
            Body::AppLink => "/app".to_owned(),
            Body::Problem(_) => "/".to_owned(),
        };
        provide_context(RequestUrl::new(&path));
        let problem = match page.body {
            Body::Problem(problem) => Some(problem),
            Body::Session(_) | Body::AppLink => None,
        };
        provide_context(Arc::new(OnePage(page)) as Backend);
        match problem {
            Some(problem) => problem_shell(problem).into_any(),
            None => shell().into_any(),
        }
        .to_html_stream_in_order()
    });
    let html = block_on(owner.with(|| ScopedFuture::new(html.collect::<String>())));
    owner.unset_with_forced_cleanup();
    html.replace("<!>", "<!---->")
}
