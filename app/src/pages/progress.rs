//! A phone is at work.

use std::cmp::Ordering;

use kayle_domain::{FailureCode, Step};
use leptos::prelude::*;

use super::waiting::{Help, WaitingFooter};
use crate::islands::panel::{Panel, PanelWords};
use crate::islands::snapshot::Snapshot;
use crate::locales::Language;
use crate::parts::{Document, Drawing, Icon, Links, News, TimeToExpiry, Who, stream, use_language};
use crate::view::{OrganizationView, SessionView};

/// The progress page.
#[component]
pub(crate) fn ProgressPage(view: SessionView, organization: OrganizationView) -> impl IntoView {
    let language = use_language();
    let (heading, lead) = if view.step == Step::Face {
        (language.progress_heading_face(), language.progress_lead_face())
    } else {
        (language.progress_heading_chip(), language.progress_lead_chip())
    };
    let words = words(language, &view.session_id);
    let above = view! { <Who organization=organization.clone() links=Links::Left /> }.into_any();
    view! {
        <Document heading session=view.session_id.clone() step=Some(2) news=News::Awaited above>
            <p class="lead">{lead}</p>
            <Checks step=view.step />
            <Panel stream=stream(&view) first=Snapshot::from(&view) words />
            <p class="time">
                <Icon drawing=Drawing::Clock /> <TimeToExpiry expires_at=view.expires_at />
            </p>
            <WaitingFooter view />
            <Help organization />
        </Document>
    }
}

/// Phone, chip, face: behind, at work, or ahead.
#[component]
fn Checks(step: Step) -> impl IntoView {
    let language = use_language();
    let current = if step == Step::Face { 2 } else { 1 };
    let items = [
        (Drawing::Phone, language.progress_check_phone()),
        (Drawing::Passport, language.progress_check_chip()),
        (Drawing::Face, language.progress_check_face()),
    ];
    let items = items.into_iter().enumerate().map(move |(at, (drawing, name))| {
        let (class, state) = match at.cmp(&current) {
            Ordering::Less => ("done", language.progress_state_done()),
            Ordering::Equal => ("now", language.progress_state_now()),
            Ordering::Greater => ("next", language.progress_state_next()),
        };
        view! {
            <li class=class>
                <Icon drawing /> <span>{name}</span> <span class="state">{state}</span>
            </li>
        }
    });
    view! {
        <ol class="checks" aria-label=language.progress_checks_label()>
            {items.collect::<Vec<_>>()}
        </ol>
    }
}

/// What the island says in every state it may come to.
fn words(language: &'static Language, session: &str) -> PanelWords {
    let failures = FailureCode::ALL.iter().map(|code| {
        let [what, next] = failure(language, *code);
        [code.as_str(), what, next].join("\t")
    });
    PanelWords {
        code_label: language.progress_code_label().to_owned(),
        code_hint: language.progress_code_hint().to_owned(),
        release: language.progress_release().to_owned(),
        release_url: format!("/{session}?ask=release"),
        tries: language.progress_tries().to_owned(),
        chip: language.progress_tries_chip().to_owned(),
        face: language.progress_tries_face().to_owned(),
        left_0: language.progress_left_0().to_owned(),
        left_1: language.progress_left_1().to_owned(),
        left_2: language.progress_left_2().to_owned(),
        left_3: language.progress_left_3().to_owned(),
        failed: language.progress_failed().to_owned(),
        failures: failures.collect::<Vec<_>>().join("\n"),
    }
}

/// What happened, and what to do next.
fn failure(language: &'static Language, code: FailureCode) -> [&'static str; 2] {
    match code {
        FailureCode::DocumentAuthenticityFailed => [
            language.failure_document_authenticity_failed(),
            language.failure_document_authenticity_failed_next(),
        ],
        FailureCode::DocumentActiveAuthenticationFailed => [
            language.failure_document_active_authentication_failed(),
            language.failure_document_active_authentication_failed_next(),
        ],
        FailureCode::DocumentChipAuthenticationFailed => [
            language.failure_document_chip_authentication_failed(),
            language.failure_document_chip_authentication_failed_next(),
        ],
        FailureCode::DocumentAntiCloningAttestationFailed => [
            language.failure_document_anti_cloning_attestation_failed(),
            language.failure_document_anti_cloning_attestation_failed_next(),
        ],
        FailureCode::DocumentDataInvalid => [
            language.failure_document_data_invalid(),
            language.failure_document_data_invalid_next(),
        ],
        FailureCode::LivenessFailed => {
            [language.failure_liveness_failed(), language.failure_liveness_failed_next()]
        }
        FailureCode::SelfieFaceMismatch => {
            [language.failure_selfie_face_mismatch(), language.failure_selfie_face_mismatch_next()]
        }
    }
}
