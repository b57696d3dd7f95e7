//! What both waiting pages end with: look again, cancel, get help.

use leptos::prelude::*;

use crate::parts::{MailLink, use_language};
use crate::view::{OrganizationView, SessionView};

/// "Check now" for those without JavaScript, and cancelling.
#[component]
pub(super) fn WaitingFooter(view: SessionView) -> impl IntoView {
    let language = use_language();
    let SessionView { session_id, can_cancel, .. } = view;
    let page = format!("/{session_id}");
    let ask = format!("{page}?ask=cancel");
    let cancel = can_cancel.then(|| view! { <a href=ask>{language.cancel()}</a> });
    view! {
        <noscript>
            <p class="hint">{language.no_script()}</p>
        </noscript>
        <p class="row">
            <a href=page>{language.check_now()}</a>
            {cancel}
        </p>
    }
}

/// The organization's address for questions.
#[component]
pub(super) fn Help(organization: OrganizationView) -> impl IntoView {
    let language = use_language();
    let text = language.help(&language.isolate(&organization.name));
    organization.support_email.map(|address| {
        view! { <p class="hint help">{text} " " <MailLink address /></p> }
    })
}
