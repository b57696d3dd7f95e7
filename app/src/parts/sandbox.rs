//! The sandbox's panel: a tester chooses what the simulated phone does, and watches the page.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::{Drawing, Icon, use_page};
use crate::api::Simulate;
use crate::locales::Language;
use crate::page::Scenario;
use crate::view::SessionView;

/// The panel; nothing outside the sandbox, and nothing for a visitor who may not act.
#[component]
pub(crate) fn SimulatedPhone(view: SessionView) -> impl IntoView {
    let surroundings = use_page().surroundings;
    let (language, session) = (surroundings.language, view.session_id);
    if !surroundings.sandbox || !view.can_cancel {
        return None;
    }
    let action = ServerAction::<Simulate>::new();
    let command = format!("kayle simulate {session} --scenario pass");
    let option = |scenario: Scenario| {
        view! { <option value=scenario.as_str()>{name(language, scenario)}</option> }
    };
    Some(view! {
        <section class="panel striped" aria-labelledby="panel">
            <div>
                <h2 id="panel"><Icon drawing=Drawing::Flask /> {language.sandbox_heading()}</h2>
                <p>{language.sandbox_text()}</p>
                <ActionForm action>
                    <input type="hidden" name="session" value=session />
                    <label class="unseen" for="scenario">
                        {language.sandbox_scenario()}
                    </label>
                    <select id="scenario" name="scenario" autocomplete="off">
                        {Scenario::ALL.into_iter().map(option).collect::<Vec<_>>()}
                    </select>
                    <button type="submit" class="button plain">
                        {language.sandbox_start()}
                    </button>
                </ActionForm>
                <details>
                    <summary>{language.sandbox_command_line()}</summary>
                    <p>{language.sandbox_terminal()}</p>
                    <pre dir="ltr" tabindex="0">
                        <code>{command}</code>
                    </pre>
                </details>
            </div>
        </section>
    })
}

fn name(language: &'static Language, scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Pass => language.sandbox_pass(),
        Scenario::NfcFail => language.sandbox_nfc_fail(),
        Scenario::LivenessFail => language.sandbox_liveness_fail(),
        Scenario::FaceMismatch => language.sandbox_face_mismatch(),
        Scenario::Cloned => language.sandbox_cloned(),
        Scenario::Abandon => language.sandbox_abandon(),
    }
}
