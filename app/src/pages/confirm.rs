//! A question before something that cannot be taken back.

use leptos::prelude::*;

use crate::page::Question;
use crate::parts::{News, Scene, button_form, who};
use crate::render::Content;
use crate::view::{OrganizationView, SessionView};

/// The question, yes as a form, and a way back.
pub(crate) fn confirm(
    scene: &Scene,
    view: &SessionView,
    organization: &OrganizationView,
    question: Question,
) -> Content {
    let confirm = &scene.texts().confirm;
    let words = (confirm.question)(question);
    let org = scene.lang.isolate(&organization.name);
    let page = format!("/{}", view.session_id);
    let action = format!("{page}/{}", question.as_str());
    let class = if question == Question::Release { "button" } else { "button danger" };
    let view = view! {
        <p class="lead">{(words.text)(&org)}</p>
        <div class="actions">
            {button_form(action, class, words.yes)} <a href=page class="button plain">
                {confirm.back}
            </a>
        </div>
    }
    .into_any();
    let above = who(organization).map(IntoAny::into_any);
    Content { above, heading: words.heading.to_owned(), step: None, news: News::None, view }
}
