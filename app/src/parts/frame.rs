//! What surrounds every page's content: the four steps, a notice, the languages.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::{Drawing, NamedIcon, use_language};
use crate::api::ChooseLanguage;
use crate::locales::{self, Language};
use crate::page;

/// The four steps, and which of them this is.
#[component]
pub(crate) fn Steps(
    /// Counted from 0.
    current: usize,
) -> impl IntoView {
    let language = use_language();
    let names =
        [language.step_agree(), language.step_phone(), language.step_check(), language.step_done()];
    let step = move |(at, name): (usize, &'static str)| {
        let class = if at < current { "done" } else { "" };
        let done = (at < current).then(|| {
            view! { <NamedIcon drawing=Drawing::Check name=language.step_behind() /> }
        });
        view! {
            <li class=class aria-current=(at == current).then_some("step")>
                {name}
                {done}
            </li>
        }
    };
    view! {
        <nav aria-label=language.steps_label()>
            <ol class="steps">{names.into_iter().enumerate().map(step).collect::<Vec<_>>()}</ol>
        </nav>
    }
}

/// A message above the heading.
#[component]
pub(crate) fn Notice(notice: page::Notice) -> impl IntoView {
    let language = use_language();
    let good = matches!(notice, page::Notice::Released | page::Notice::Simulating);
    let text = match notice {
        page::Notice::BiometricRequired => language.notice_biometric_required(),
        page::Notice::SelectionIncomplete => language.notice_selection_incomplete(),
        page::Notice::ConsentFrozen => language.notice_consent_frozen(),
        page::Notice::Released => language.notice_released(),
        page::Notice::Simulating => language.notice_simulating(),
        page::Notice::Changed => language.notice_changed(),
        page::Notice::TooMany => language.notice_too_many(),
        page::Notice::Trouble => language.notice_trouble(),
    };
    view! {
        <p
            id="notice"
            class=if good { "notice good" } else { "notice" }
            role=if good { "status" } else { "alert" }
            tabindex="-1"
        >
            {text}
        </p>
    }
}

/// Every language, and a form that changes it: with or without JavaScript, and never by itself.
#[component]
pub(crate) fn LanguageForm(session: String) -> impl IntoView {
    let current = use_language();
    let action = ServerAction::<ChooseLanguage>::new();
    let option = |language: &'static Language| {
        view! {
            <option value=language.tag lang=language.tag selected=language.tag == current.tag>
                {language.language_name()}
            </option>
        }
    };
    view! {
        <footer class="foot">
            <ActionForm action>
                <input type="hidden" name="session" value=session />
                <label for="language">{current.language()}</label>
                " "
                <select id="language" name="tag" autocomplete="off">
                    {locales::all().iter().map(option).collect::<Vec<_>>()}
                </select>
                " "
                <button type="submit" class="button plain">
                    {current.switch()}
                </button>
            </ActionForm>
        </footer>
    }
}
