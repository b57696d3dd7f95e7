//! What changes while a phone is at work: its code, the attempts left, what went wrong last.

use leptos::prelude::*;

use super::live::Stream;
use super::props::props;
use super::snapshot::Snapshot;

props! {
    /// What the panel says.
    PanelWords {
        /// Before the confirmation code.
        code_label,
        /// Below it.
        code_hint,
        /// Disconnects the phone.
        release,
        /// Where that is asked.
        release_url,
        /// Above the attempts.
        tries,
        /// Attempts at the chip.
        chip,
        /// Attempts at the face.
        face,
        /// None are left.
        left_0,
        /// One is.
        left_1,
        /// Two are.
        left_2,
        /// All three are.
        left_3,
        /// Above what went wrong.
        failed,
        /// A line each by failure: its code, what went wrong, and what to do, between tabs.
        failures,
    }
}

impl PanelWords {
    fn left(&self, remaining: &str) -> String {
        match remaining {
            "0" => &self.left_0,
            "1" => &self.left_1,
            "2" => &self.left_2,
            _ => &self.left_3,
        }
        .clone()
    }

    fn failure(&self, code: &str) -> (String, String) {
        let line = self.failures.split('\n').find_map(|line| {
            let (name, texts) = line.split_once('\t')?;
            texts.split_once('\t').filter(|_| name == code)
        });
        let (what, next) = line.unwrap_or_default();
        (what.to_owned(), next.to_owned())
    }
}

/// The panel, at first as the session stood when the page was rendered.
#[island]
pub(crate) fn Panel(stream: Stream, first: Snapshot, words: PanelWords) -> impl IntoView {
    let now = RwSignal::new(first);
    let said = stream.follow(move |snapshot| now.set(snapshot));
    let words = StoredValue::new(words);
    let text = |pick: fn(&PanelWords) -> &String| words.with_value(|words| pick(words).clone());
    let code = move || now.with(|now| now.code.clone());
    let failure =
        Memo::new(move |_| words.with_value(|words| now.with(|now| words.failure(&now.failure))));
    let left = move |remaining: fn(&Snapshot) -> &String| {
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
        <section class="card code" hidden=move || code().is_empty()>
            <p>
                {text(|w| &w.code_label)} " "
                <strong class="digits" dir="ltr">
                    {move || code()}
                </strong>
            </p>
            <p class="hint">{text(|w| &w.code_hint)}</p>
            <a href=text(|w| &w.release_url)>{text(|w| &w.release)}</a>
        </section>
        <section class="tries" aria-live="polite">
            <h2>{text(|w| &w.tries)}</h2>
            <dl>
                <div aria-atomic="true">
                    <dt>{text(|w| &w.chip)}</dt>
                    <dd>{left(|now| &now.chip_left)}</dd>
                </div>
                <div aria-atomic="true">
                    <dt>{text(|w| &w.face)}</dt>
                    <dd>{left(|now| &now.face_left)}</dd>
                </div>
            </dl>
        </section>
    }
}
