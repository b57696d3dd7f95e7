//! The app: which address shows what.

use leptos::prelude::*;
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::path;

use crate::backend::use_backend;
use crate::page::{Notice, Problem, Question, SessionPage};
use crate::pages::{
    AppLinkPage, ConfirmPage, ConsentPage, HandoffPage, OutcomePage, ProblemPage, ProgressPage,
};
use crate::parts::PageContext;

/// What the server renders for every address. The document itself stands below the route, because its
/// language, direction and title depend on the session.
pub fn shell() -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <App />
    }
}

/// The same for an answer that is about no address: a form that was refused, a wrong method.
pub fn problem_shell(problem: Problem) -> impl IntoView {
    provide_context(PageContext::new(None, None));
    view! {
        <!DOCTYPE html>
        <ProblemPage problem />
    }
}

/// The routes. Nothing is sent before all of a page is there: its status depends on it.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <ProblemRoute /> }>
                <Route path=path!("/") view=ProblemRoute ssr=SsrMode::Async />
                <Route path=path!("/app") view=AppLinkRoute ssr=SsrMode::Async />
                <Route path=path!("/:session_id") view=SessionRoute ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// An address that leads nowhere, such as a link that was cut off.
#[component]
fn ProblemRoute() -> impl IntoView {
    Suspend::new(async {
        provide_context(PageContext::new(None, None));
        view! { <ProblemPage problem=Problem::Malformed /> }
    })
}

/// Where the app link leads when no app took it.
#[component]
fn AppLinkRoute() -> impl IntoView {
    Suspend::new(async {
        provide_context(PageContext::new(None, None));
        view! { <AppLinkPage /> }
    })
}

/// A session's page, as the session now stands.
#[component]
fn SessionRoute() -> impl IntoView {
    let id = use_params_map().read_untracked().get("session_id").unwrap_or_default();
    let query = use_query_map().read_untracked().clone();
    Suspend::new(async move {
        let question = query.get_str("ask").and_then(Question::parse);
        match use_backend().session_page(&id, question).await {
            Err(problem) => {
                provide_context(PageContext::new(None, None));
                view! { <ProblemPage problem /> }.into_any()
            }
            Ok(page) => {
                let notice = query.get_str("notice").and_then(Notice::parse);
                let locale = page.session().locale.as_deref();
                provide_context(PageContext::new(locale, notice));
                match page {
                    SessionPage::Consent { view, details } => {
                        view! { <ConsentPage view details /> }.into_any()
                    }
                    SessionPage::Handoff { view, organization, handoff, on_phone } => {
                        view! { <HandoffPage view organization handoff on_phone /> }.into_any()
                    }
                    SessionPage::Progress { view, organization } => {
                        view! { <ProgressPage view organization /> }.into_any()
                    }
                    SessionPage::Outcome { view, organization, redirect_host, aftermath } => {
                        view! { <OutcomePage view organization redirect_host aftermath /> }
                            .into_any()
                    }
                    SessionPage::Confirm { view, organization, question } => {
                        view! { <ConfirmPage view organization question /> }.into_any()
                    }
                }
            }
        }
    })
}
