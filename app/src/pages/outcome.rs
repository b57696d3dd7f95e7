//! It is over: what came of it, where to go, and what can still be taken back.

use kayle_domain::{CancelledBy, FailureCode, Status};
use leptos::prelude::*;

use super::waiting::Help;
use crate::islands::countdown::{Countdown, CountdownWords};
use crate::locales::Language;
use crate::parts::{Document, Links, News, Seal, Tone, Who, use_language, web_address};
use crate::view::{Aftermath, OrganizationView, SessionView};

/// The last page.
#[component]
pub(crate) fn OutcomePage(
    view: SessionView,
    organization: OrganizationView,
    redirect_host: Option<String>,
    aftermath: Aftermath,
) -> impl IntoView {
    let language = use_language();
    let org = language.isolate(&organization.name);
    let said = said(language, &view, &org, aftermath);
    let session = view.session_id.clone();
    let above = view! {
        <Who organization=organization.clone() links=Links::Left />
        <Seal tone=said.tone />
    }
    .into_any();
    view! {
        <Document heading=said.heading session step=Some(3) news=News::None above>
            <p class="lead">{said.text}</p>
            {said.more.map(|more| view! { <p>{more}</p> })}
            <GoOn url=view.redirect_url.clone() host=redirect_host />
            <Withdrawal view org aftermath />
            <Help organization />
        </Document>
    }
}

/// What is said about one outcome.
struct Said {
    heading: String,
    text: String,
    /// A sentence about the organization.
    more: Option<String>,
    tone: Tone,
}

impl Said {
    fn new(heading: impl Into<String>, text: impl Into<String>, tone: Tone) -> Self {
        Self { heading: heading.into(), text: text.into(), more: None, tone }
    }

    /// Adds a sentence about the organization, if it is known.
    fn about(self, org: &str, more: impl FnOnce(&str) -> String) -> Self {
        Self { more: (!org.is_empty()).then(|| more(org)), ..self }
    }
}

fn said(language: &'static Language, view: &SessionView, org: &str, aftermath: Aftermath) -> Said {
    match view.status {
        Status::Succeeded => {
            Said::new(language.outcome_succeeded(), language.outcome_succeeded_text(), Tone::Good)
                .about(org, |org| language.outcome_succeeded_organization(org))
        }
        Status::Failed => {
            let text = view
                .failure_code
                .map_or(language.outcome_failed_text(), |code| end(language, code));
            Said::new(language.outcome_failed(), text, Tone::Bad)
                .about(org, |org| language.outcome_failed_organization(org))
        }
        Status::Expired => {
            Said::new(language.outcome_expired(), language.outcome_expired_text(), Tone::Over)
                .about(org, |org| language.outcome_expired_organization(org))
        }
        Status::Cancelled => cancelled(language, view.cancelled_by, org, aftermath),
        // Nobody is sent here before the end.
        Status::Created | Status::InProgress => Said::new(
            language.problem_open_original(),
            language.problem_open_original_text(),
            Tone::Over,
        ),
    }
}

fn cancelled(
    language: &'static Language,
    by: Option<CancelledBy>,
    org: &str,
    aftermath: Aftermath,
) -> Said {
    match by {
        Some(CancelledBy::User) if aftermath.withdrawn => Said::new(
            language.outcome_withdrawn(),
            language.outcome_withdrawn_text(org),
            Tone::Over,
        ),
        Some(CancelledBy::User) => Said::new(
            language.outcome_cancelled_by_user(),
            language.outcome_cancelled_by_user_text(),
            Tone::Over,
        ),
        Some(CancelledBy::Organization) if !org.is_empty() => Said::new(
            language.outcome_cancelled_by_organization(org),
            language.outcome_cancelled_by_organization_text(org),
            Tone::Over,
        ),
        _ => Said::new(language.outcome_cancelled(), language.outcome_cancelled_text(), Tone::Over),
    }
}

/// What a failure means when there is no other try.
fn end(language: &'static Language, code: FailureCode) -> &'static str {
    match code {
        FailureCode::DocumentAuthenticityFailed => {
            language.failure_document_authenticity_failed_end()
        }
        FailureCode::DocumentActiveAuthenticationFailed => {
            language.failure_document_active_authentication_failed_end()
        }
        FailureCode::DocumentChipAuthenticationFailed => {
            language.failure_document_chip_authentication_failed_end()
        }
        FailureCode::DocumentAntiCloningAttestationFailed => {
            language.failure_document_anti_cloning_attestation_failed_end()
        }
        FailureCode::DocumentDataInvalid => language.failure_document_data_invalid_end(),
        FailureCode::LivenessFailed => language.failure_liveness_failed_end(),
        FailureCode::SelfieFaceMismatch => language.failure_selfie_face_mismatch_end(),
    }
}

/// The link back to the organization, and a countdown that follows it.
#[component]
fn GoOn(url: Option<String>, host: Option<String>) -> impl IntoView {
    let language = use_language();
    let Some(url) = web_address(url) else {
        return view! { <p>{language.outcome_close()}</p> }.into_any();
    };
    let host = host.unwrap_or_else(|| host_of(&url).to_owned());
    let words = CountdownWords {
        url: url.clone(),
        lang: language.tag.to_owned(),
        seconds: language.outcome_countdown().to_owned(),
        pause: language.outcome_pause().to_owned(),
        resume: language.outcome_resume().to_owned(),
    };
    view! {
        <div class="actions">
            <a class="button" href=url rel="noreferrer">
                {language.outcome_go_on(&language.isolate(&host))}
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
#[component]
fn Withdrawal(view: SessionView, org: String, aftermath: Aftermath) -> impl IntoView {
    if !view.can_withdraw {
        return None;
    }
    let language = use_language();
    let is_stoppable = aftermath.is_stoppable();
    let text = if is_stoppable {
        language.outcome_withdraw_text(&org)
    } else if aftermath.withdrawn {
        language.outcome_withdrawn_text(&org)
    } else {
        language.outcome_withdraw_late(&org)
    };
    let link = is_stoppable.then(|| {
        let ask = format!("/{}?ask=withdraw", view.session_id);
        view! { <a href=ask>{language.outcome_withdraw()}</a> }
    });
    Some(view! {
        <section class="withdraw">
            <h2>{language.outcome_withdraw_heading()}</h2>
            <p>{text}</p>
            {link}
        </section>
    })
}
