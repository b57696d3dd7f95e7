//! It is over: what came of it, where to go, and what can still be taken back.

use kayle_domain::{CancelledBy, Status};
use leptos::prelude::*;

use super::waiting::help;
use crate::islands::countdown::{Countdown, CountdownWords};
use crate::locales::Titled;
use crate::page::Problem;
use crate::parts::{News, Scene, Tone, address, lines, seal, who};
use crate::render::Content;
use crate::view::{Aftermath, OrganizationView, SessionView};

/// The last page.
pub(crate) fn outcome(
    scene: &Scene,
    view: SessionView,
    organization: OrganizationView,
    redirect_host: Option<String>,
    aftermath: Aftermath,
) -> Content {
    let org = scene.lang.isolate(&organization.name);
    let said = said(scene, &view, &org, aftermath);
    let withdraw = withdraw(scene, &view, &org, aftermath);
    let above = view! {
        {who(&organization)}
        {seal(said.tone)}
    };
    let above = Some(above.into_any());
    let content = view! {
        <p class="lead">{said.text}</p>
        {said.more.map(|more| view! { <p>{more}</p> })}
        {go_on(scene, view.redirect_url, redirect_host)}
        {withdraw}
        {help(scene, organization)}
    }
    .into_any();
    Content { above, heading: said.heading, step: Some(3), news: News::None, view: content }
}

/// What is said about one outcome.
struct Said {
    heading: String,
    text: String,
    more: Option<String>,
    tone: Tone,
}

impl Said {
    fn new(titled: Titled, tone: Tone) -> Self {
        let Titled { heading, text } = titled;
        Self { heading: heading.to_owned(), text: text.to_owned(), more: None, tone }
    }

    /// Adds a sentence about the organization, if it is known.
    fn about(mut self, org: &str, more: fn(&str) -> String) -> Self {
        self.more = (!org.is_empty()).then(|| more(org));
        self
    }
}

fn said(scene: &Scene, view: &SessionView, org: &str, aftermath: Aftermath) -> Said {
    let texts = &scene.texts().outcome;
    match view.status {
        Status::Succeeded => Said::new(texts.succeeded, Tone::Good).about(org, texts.succeeded_org),
        Status::Failed => {
            let mut said = Said::new(texts.failed, Tone::Bad).about(org, texts.failed_again);
            if let Some(code) = view.failure_code {
                (scene.texts().failure)(code).end.clone_into(&mut said.text);
            }
            said
        }
        Status::Expired => Said::new(texts.expired, Tone::Over).about(org, texts.expired_again),
        Status::Cancelled => match view.cancelled_by {
            Some(CancelledBy::User) if aftermath.withdrawn => {
                let text = (texts.withdrawn_part)(org);
                Said { heading: texts.withdrawn.to_owned(), text, more: None, tone: Tone::Over }
            }
            Some(CancelledBy::User) => Said::new(texts.cancelled_by_user, Tone::Over),
            Some(CancelledBy::Organization) if !org.is_empty() => {
                let (heading, text) = (texts.cancelled_by_org)(org);
                Said { heading, text, more: None, tone: Tone::Over }
            }
            _ => Said::new(texts.cancelled, Tone::Over),
        },
        // Nobody is sent here before the end.
        Status::Created | Status::InProgress => {
            Said::new((scene.texts().problems.text)(Problem::OpenOriginal), Tone::Over)
        }
    }
}

fn go_on(scene: &Scene, url: Option<String>, host: Option<String>) -> impl IntoView + use<> {
    let texts = &scene.texts().outcome;
    let Some(url) = address(url) else {
        return view! { <p>{texts.close}</p> }.into_any();
    };
    let host = host.unwrap_or_else(|| host_of(&url).to_owned());
    let words = CountdownWords {
        url: url.clone(),
        lang: scene.lang.tag.to_owned(),
        seconds: lines(texts.countdown),
        pause: texts.pause.to_owned(),
        resume: texts.resume.to_owned(),
    };
    view! {
        <div class="actions">
            <a class="button" href=url rel="noreferrer">
                {(texts.go_on)(&scene.lang.isolate(&host))}
            </a>
        </div>
        <Countdown words />
    }
    .into_any()
}

/// The host of an address whose host nobody handed over.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// What can be taken back, or why nothing can.
fn withdraw(
    scene: &Scene,
    view: &SessionView,
    org: &str,
    aftermath: Aftermath,
) -> Option<impl IntoView + use<>> {
    let texts = &scene.texts().outcome;
    let ask = format!("/{}?ask=withdraw", view.session_id);
    let stoppable = aftermath.is_stoppable();
    let text = match aftermath {
        _ if stoppable => texts.withdraw_text,
        Aftermath { withdrawn: true, .. } => texts.withdrawn_part,
        _ => texts.withdraw_late,
    };
    view.can_withdraw.then(|| {
        view! {
            <section class="withdraw">
                <h2>{texts.withdraw_heading}</h2>
                <p>{text(org)}</p>
                {stoppable.then(|| view! { <a href=ask>{texts.withdraw}</a> })}
            </section>
        }
    })
}
