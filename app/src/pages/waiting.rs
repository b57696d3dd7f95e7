//! What both waiting pages end with: look again, cancel, get help.

use leptos::prelude::*;

use crate::parts::{Scene, mail};
use crate::view::{OrganizationView, SessionView};

/// "Check now" for those without JavaScript, and cancelling.
pub(super) fn footer(scene: &Scene, view: &SessionView) -> impl IntoView + use<> {
    let common = &scene.texts().common;
    let page = format!("/{}", view.session_id);
    let ask = format!("{page}?ask=cancel");
    let cancel = view.can_cancel.then(|| view! { <a href=ask>{common.cancel}</a> });
    view! {
        <noscript>
            <p class="hint">{common.no_script}</p>
        </noscript>
        <p class="row">
            <a href=page>{common.check_now}</a>
            {cancel}
        </p>
    }
}

/// The organization's address for questions.
pub(super) fn help(scene: &Scene, organization: OrganizationView) -> Option<impl IntoView + use<>> {
    let text = (scene.texts().common.help)(&scene.lang.isolate(&organization.name));
    organization
        .support_email
        .map(|email| view! { <p class="hint help">{text} " " {mail(email)}</p> })
}
