//! A phone is at work.

use kayle_domain::{FailureCode, Step};
use leptos::prelude::*;

use super::waiting::{footer, help};
use crate::islands::panel::{Panel, PanelWords};
use crate::islands::snapshot::Snapshot;
use crate::parts::{Icon, News, Scene, icon, stream, time_left, who};
use crate::render::Content;
use crate::view::{OrganizationView, SessionView};

/// The progress page.
pub(crate) fn progress(
    scene: &Scene,
    view: &SessionView,
    organization: OrganizationView,
) -> Content {
    let texts = &scene.texts().progress;
    let (heading, lead) = if view.step == Step::Face {
        (texts.heading_face, texts.lead_face)
    } else {
        (texts.heading_chip, texts.lead_chip)
    };
    let page = format!("/{}", view.session_id);
    let (stream, first) = (stream(scene, view), Snapshot::from(view));
    let words = words(scene, &page);
    let above = who(&organization).map(IntoAny::into_any);
    let content = view! {
        <p class="lead">{lead}</p>
        {checks(scene, view.step)}
        <Panel stream first words />
        <p class="time">{icon(Icon::Clock)} {time_left(scene, view)}</p>
        {footer(scene, view)}
        {help(scene, organization)}
    }
    .into_any();
    let step = Some(2);
    Content { above, heading: heading.to_owned(), step, news: News::Awaited, view: content }
}

/// Phone, chip, face: behind, at work, or ahead.
fn checks(scene: &Scene, step: Step) -> impl IntoView + use<> {
    let texts = &scene.texts().progress;
    let [done, now, next] = texts.states;
    let current = if step == Step::Face { 2 } else { 1 };
    let drawings = [Icon::Phone, Icon::Passport, Icon::Face];
    let items = texts.checks.into_iter().zip(drawings).enumerate().map(move |(at, named)| {
        let (name, drawing) = named;
        let (class, state) = match at.cmp(&current) {
            std::cmp::Ordering::Less => ("done", done),
            std::cmp::Ordering::Equal => ("now", now),
            std::cmp::Ordering::Greater => ("next", next),
        };
        view! {
            <li class=class>
                {icon(drawing)} <span>{name}</span> <span class="state">{state}</span>
            </li>
        }
    });
    view! {
        <ol class="checks" aria-label=texts.checks_label>
            {items.collect::<Vec<_>>()}
        </ol>
    }
}

fn words(scene: &Scene, page: &str) -> PanelWords {
    let (texts, failure) = (&scene.texts().progress, scene.texts().failure);
    let failures = FailureCode::ALL.iter().map(|code| {
        let text = failure(*code);
        [code.as_str(), text.what, text.next].join("\t")
    });
    PanelWords {
        code_label: texts.code_label.to_owned(),
        code_hint: texts.code_hint.to_owned(),
        release: texts.release.to_owned(),
        release_url: format!("{page}?ask=release"),
        tries: texts.tries.to_owned(),
        chip: texts.tries_of[0].to_owned(),
        face: texts.tries_of[1].to_owned(),
        left: texts.tries_left.join("\n"),
        failed: texts.failed.to_owned(),
        failures: failures.collect::<Vec<_>>().join("\n"),
    }
}
