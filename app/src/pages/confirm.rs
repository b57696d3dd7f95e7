//! A question before something that cannot be taken back.

use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::api::{Cancel, Release, Withdraw};
use crate::page::Question;
use crate::parts::{Document, Links, News, Who, use_language};
use crate::view::{OrganizationView, SessionView};

/// The question, yes as a form, and a way back.
#[component]
pub(crate) fn ConfirmPage(
    view: SessionView,
    organization: OrganizationView,
    question: Question,
) -> impl IntoView {
    let language = use_language();
    let org = language.isolate(&organization.name);
    let session = view.session_id;
    let (heading, text) = match question {
        Question::Cancel => (language.confirm_cancel(), language.confirm_cancel_text(&org)),
        Question::Withdraw => (language.confirm_withdraw(), language.confirm_withdraw_text(&org)),
        Question::Release => {
            (language.confirm_release(), language.confirm_release_text().to_owned())
        }
    };
    let above = view! { <Who organization links=Links::Left /> }.into_any();
    view! {
        <Document heading session=session.clone() step=None news=News::None above>
            <p class="lead">{text}</p>
            <div class="actions">
                <Yes session=session.clone() question /> " "
                <a href=format!("/{session}") class="button plain">
                    {language.confirm_back()}
                </a>
            </div>
        </Document>
    }
}

/// The form that does it.
#[component]
fn Yes(session: String, question: Question) -> impl IntoView {
    let language = use_language();
    let (class, text) = match question {
        Question::Cancel => ("button danger", language.confirm_cancel_yes()),
        Question::Withdraw => ("button danger", language.confirm_withdraw_yes()),
        Question::Release => ("button", language.confirm_release_yes()),
    };
    let fields = view! {
        <input type="hidden" name="session" value=session />
        <button type="submit" class=class>
            {text}
        </button>
    };
    match question {
        Question::Cancel => {
            let action = ServerAction::<Cancel>::new();
            view! { <ActionForm action>{fields}</ActionForm> }.into_any()
        }
        Question::Withdraw => {
            let action = ServerAction::<Withdraw>::new();
            view! { <ActionForm action>{fields}</ActionForm> }.into_any()
        }
        Question::Release => {
            let action = ServerAction::<Release>::new();
            view! { <ActionForm action>{fields}</ActionForm> }.into_any()
        }
    }
}
