//! What surrounds every page's content: ribbon, name, the four steps, a notice.

use leptos::prelude::*;

use super::{Icon, Scene, icon, named_icon};
use crate::locales::{self, Catalogue};
use crate::page::Notice;

/// Where a page stands, and its heading.
pub(crate) struct Frame {
    /// Which of the four steps this is, if any.
    pub step: Option<usize>,
    /// What stands above the heading.
    pub above: Option<AnyView>,
    /// The page's heading.
    pub heading: String,
    /// The session whose page this is, so that its language can be changed.
    pub session: Option<String>,
}

/// The body of the document around `content`.
pub(crate) fn frame(scene: &Scene, frame: Frame, content: AnyView) -> impl IntoView + use<> {
    let common = &scene.texts().common;
    view! {
        <a class="skip" href="#main">
            {common.skip}
        </a>
        <header>
            {scene.sandbox.then(|| view! { <p class="ribbon"><span>{common.ribbon}</span></p> })}
            <div class="top">
                <span class="brand">{icon(Icon::Shield)} "Kayle"</span>
                {frame.session.is_some().then(|| tongue(scene))}
            </div>
            {frame.step.map(|current| steps(scene, current))}
        </header>
        <main id="main">
            {scene.notice.map(|notice| message(scene, notice))}
            {frame.above}
            <h1 tabindex="-1">{frame.heading}</h1>
            {content}
        </main>
        {frame.session.map(|session| languages(scene, &session))}
    }
}

/// The way to the languages for somebody who cannot read this page.
fn tongue(scene: &Scene) -> impl IntoView + use<> {
    let common = &scene.texts().common;
    view! {
        <a class="tongue" href="#language">
            {icon(Icon::Globe)}
            <span class="unseen">{common.language} ": "</span>
            {scene.lang.name}
        </a>
    }
}

/// Every language, and a form that changes it: with or without JavaScript, and never by itself.
fn languages(scene: &Scene, session: &str) -> impl IntoView + use<> {
    let (common, current) = (&scene.texts().common, scene.lang.tag);
    let option = |catalogue: &'static Catalogue| {
        view! {
            <option value=catalogue.tag lang=catalogue.tag selected=catalogue.tag == current>
                {catalogue.name}
            </option>
        }
    };
    view! {
        <footer class="foot">
            <form method="post" action=format!("/{session}/language")>
                <label for="language">{common.language}</label>
                " "
                <select id="language" name="language" autocomplete="off">
                    {locales::ALL.into_iter().map(option).collect::<Vec<_>>()}
                </select>
                " "
                <button type="submit" class="button plain">
                    {common.switch}
                </button>
            </form>
        </footer>
    }
}

fn steps(scene: &Scene, current: usize) -> impl IntoView + use<> {
    let common = &scene.texts().common;
    let done = common.step_done;
    let step = move |(at, name): (usize, &'static str)| {
        let class = if at < current { "done" } else { "" };
        view! {
            <li class=class aria-current=(at == current).then_some("step")>
                {name}
                {(at < current).then(|| named_icon(Icon::Check, done))}
            </li>
        }
    };
    view! {
        <nav aria-label=common.steps_label>
            <ol class="steps">
                {common.steps.into_iter().enumerate().map(step).collect::<Vec<_>>()}
            </ol>
        </nav>
    }
}

fn message(scene: &Scene, notice: Notice) -> impl IntoView + use<> {
    let good = matches!(notice, Notice::Released | Notice::Simulating);
    view! {
        <p
            id="notice"
            class=if good { "notice good" } else { "notice" }
            role=if good { "status" } else { "alert" }
            tabindex="-1"
        >
            {(scene.texts().notices.text)(notice)}
        </p>
    }
}
