//! The sandbox's panel: a tester chooses what the simulated phone does, and watches the page.

use leptos::prelude::*;

use super::{Icon, Scene, icon};
use crate::page::Scenario;
use crate::view::SessionView;

/// The panel; nothing outside the sandbox, and nothing for a visitor who may not act.
pub(crate) fn panel(scene: &Scene, view: &SessionView) -> Option<impl IntoView + use<>> {
    if !scene.sandbox || !view.can_cancel {
        return None;
    }
    let texts = &scene.texts().sandbox;
    let action = format!("/{}/simulate", view.session_id);
    let command = format!("kayle simulate {} --scenario pass", view.session_id);
    let option = |(scenario, text): (Scenario, &'static str)| {
        view! { <option value=scenario.as_str()>{text}</option> }
    };
    let options = Scenario::ALL.into_iter().zip(texts.scenarios).map(option).collect::<Vec<_>>();
    Some(view! {
        <section class="panel striped" aria-labelledby="panel">
            <div>
                <h2 id="panel">{icon(Icon::Flask)} {texts.heading}</h2>
                <p>{texts.text}</p>
                <form method="post" action=action>
                    <label class="unseen" for="scenario">
                        {texts.scenario}
                    </label>
                    <select id="scenario" name="scenario" autocomplete="off">
                        {options}
                    </select>
                    <button type="submit" class="button plain">
                        {texts.start}
                    </button>
                </form>
                <details>
                    <summary>{texts.command_line}</summary>
                    <p>{texts.terminal}</p>
                    <pre dir="ltr" tabindex="0">
                        <code>{command}</code>
                    </pre>
                </details>
            </div>
        </section>
    })
}
