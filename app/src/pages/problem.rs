//! What is in the way, and the landing page of the app link.

use leptos::prelude::*;

use crate::page::Problem;
use crate::parts::{News, Scene};
use crate::render::Content;

/// A page of its own for every problem.
pub(crate) fn problem(scene: &Scene, problem: Problem) -> Content {
    let text = (scene.texts().problems.text)(problem);
    let view = view! { <p class="lead">{text.text}</p> }.into_any();
    Content { above: None, heading: text.heading.to_owned(), step: None, news: News::None, view }
}

/// Where the app link leads when no app took it.
pub(crate) fn app(scene: &Scene) -> Content {
    let problems = &scene.texts().problems;
    let simulate = scene.sandbox.then(|| {
        view! {
            <section class="card">
                <p>{scene.texts().sandbox.terminal}</p>
                <pre dir="ltr" tabindex="0">
                    <code>"kayle simulate vs_… --scenario pass"</code>
                </pre>
            </section>
        }
    });
    let view = view! {
        <p class="lead">{problems.app.text}</p>
        {simulate}
    }
    .into_any();
    Content {
        above: None,
        heading: problems.app.heading.to_owned(),
        step: None,
        news: News::None,
        view,
    }
}
