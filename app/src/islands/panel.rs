//! What changes while a phone is at work: its code, the attempts left, what went wrong last.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::live::Stream;
use super::snapshot::Snapshot;

/// What the panel says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PanelWords {
    /// Before the confirmation code.
    pub code_label: String,
    /// Below it.
    pub code_hint: String,
    /// Disconnects the phone.
    pub release: String,
    /// Where that is asked.
    pub release_url: String,
    /// Above the attempts.
    pub tries: String,
    /// Chip, face.
    pub tries_of: [String; 2],
    /// By how many are left.
    pub tries_left: Vec<String>,
    /// Above what went wrong.
    pub failed: String,
    /// By failure code: what went wrong, and what to do.
    pub failures: Vec<(String, String, String)>,
}

impl PanelWords {
    fn left(&self, remaining: u8) -> String {
        self.tries_left.get(usize::from(remaining)).cloned().unwrap_or_default()
    }

    fn failure(&self, code: Option<&str>) -> (String, String) {
        let found = self.failures.iter().find(|(name, ..)| Some(name.as_str()) == code);
        found.map(|(_, what, next)| (what.clone(), next.clone())).unwrap_or_default()
    }
}

/// The panel, at first as the session stood when the page was rendered.
#[island]
pub(crate) fn Panel(stream: Stream, first: Snapshot, words: PanelWords) -> impl IntoView {
    let now = RwSignal::new(first);
    let said = stream.follow(move |snapshot| now.set(snapshot));
    let words = StoredValue::new(words);
    let text = |pick: fn(&PanelWords) -> &String| words.with_value(|words| pick(words).clone());
    let code = move || now.with(|now| now.device.confirmation_code.clone());
    let failure = Memo::new(move |_| {
        words.with_value(|w| now.with(|now| w.failure(now.last_failure_code.as_deref())))
    });
    let left = move |remaining: fn(&Snapshot) -> u8| {
        move || words.with_value(|words| now.with(|now| words.left(remaining(now))))
    };
    view! {
        <p class="link-state" role="status">
            {move || said.get()}
        </p>
        <section class="failure" role="status">
            <div class="card warn" hidden=move || failure.get().0.is_empty()>
                <strong>{text(|w| &w.failed)}</strong>
                <p>{move || failure.get().0}</p>
                <p>{move || failure.get().1}</p>
            </div>
        </section>
        <section class="card code" hidden=move || code().is_none()>
            <p>
                {text(|w| &w.code_label)} " "
                <strong class="digits" dir="ltr">
                    {move || code().unwrap_or_default()}
                </strong>
            </p>
            <p class="hint">{text(|w| &w.code_hint)}</p>
            <a href=text(|w| &w.release_url)>{text(|w| &w.release)}</a>
        </section>
        <section class="tries" aria-live="polite">
            <h2>{text(|w| &w.tries)}</h2>
            <dl>
                <div>
                    <dt>{text(|w| &w.tries_of[0])}</dt>
                    <dd>{left(|now| now.tries.nfc.remaining)}</dd>
                </div>
                <div>
                    <dt>{text(|w| &w.tries_of[1])}</dt>
                    <dd>{left(|now| now.tries.liveness.remaining)}</dd>
                </div>
            </dl>
        </section>
    }
}
