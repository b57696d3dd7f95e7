//! Where the app link leads when no app took it.

use leptos::prelude::*;

use crate::parts::{Document, News, use_page};

/// What to do without the app.
#[component]
pub(crate) fn AppLinkPage() -> impl IntoView {
    let surroundings = use_page().surroundings;
    let language = surroundings.language;
    let simulate = surroundings.sandbox.then(|| {
        view! {
            <section class="card">
                <p>{language.sandbox_terminal()}</p>
                <pre dir="ltr" tabindex="0">
                    <code>"kayle simulate vs_… --scenario pass"</code>
                </pre>
            </section>
        }
    });
    view! {
        <Document heading=language.app() session=None step=None news=News::None>
            <p class="lead">{language.app_text()}</p>
            {simulate}
        </Document>
    }
}
