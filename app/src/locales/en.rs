//! English.

mod failures;
mod outcome;

use kayle_domain::share::Claim;

use super::{Catalogue, Claims, Common, Consent, Handoff, Messages, Progress};

/// The English catalogue.
pub(super) static ENGLISH: Catalogue = Catalogue {
    tag: "en",
    name: "English",
    dir: "ltr",
    plural: |count| if count == 1 { "one" } else { "other" },
    messages: Messages {
        common: COMMON,
        claims: Claims { name: claim, hint, age_over },
        consent: CONSENT,
        handoff: HANDOFF,
        progress: PROGRESS,
        outcome: outcome::OUTCOME,
        confirm: outcome::CONFIRM,
        notices: outcome::NOTICES,
        problems: outcome::PROBLEMS,
        failure: failures::failure,
    },
};

const COMMON: Common = Common {
    skip: "Skip to content",
    ribbon: "Sandbox: nothing here is real",
    steps_label: "Progress",
    steps: ["Agree", "Phone", "Check", "Done"],
    step_done: "(done)",
    minutes_left: &[("one", "{n} minute left"), ("other", "{n} minutes left")],
    hours_left: &[("one", "{n} hour left"), ("other", "{n} hours left")],
    moments_left: "Less than a minute left",
    time_is_up: "Time is up",
    check_now: "Check now",
    no_script: "This page looks for news by itself every 20 seconds.",
    reconnecting: "Connection lost. Reconnecting…",
    cancel: "Cancel verification",
    new_tab: "(opens in a new tab)",
    help: |org| format!("Questions? Write to {org}:"),
};

const CONSENT: Consent = Consent {
    heading: |org| format!("{org} asks to verify your identity"),
    lead: "You need your passport and a phone that can read its chip. It takes about three \
           minutes. Nothing is shared before you agree.",
    about: |org| format!("About {org}"),
    website: "Website",
    privacy: "Privacy notice",
    terms: "Terms",
    required: |org| format!("What {org} receives"),
    required_mark: "Required",
    optional: "What you may add",
    optional_lead: |org| format!("{org} would like these too. It works without them."),
    says: |org| format!("{org} says:"),
    added: "Part of every verification:",
    not_shared: |org| format!("What {org} does not receive"),
    not_shared_text: |org| {
        format!(
            "Your passport photo, the pictures of your face, and anything that is not listed \
             here. They are used for the check only and are not kept. {org} learns whether the \
             check succeeded."
        )
    },
    afterwards: "Afterwards",
    afterwards_text: ["You are sent on to ", "."],
    afterwards_here: "You can close this page when you are done.",
    face: "Your face",
    biometric: "I agree that my face is compared with the photo in my passport",
    biometric_hint: "A phone films your face for a moment. This is biometric data. It is used \
                     only to check that the passport is yours, and is deleted right after.",
    agree: "Agree and continue",
    decline: "Decline",
    cannot: "I cannot do this",
    cannot_text: "No passport with a chip, no suitable phone, or you would rather not have your \
                  face compared?",
    fallback: |org| format!("Use the other way {org} offers"),
    support: |org| format!("Ask {org} for another way:"),
    nobody: |org| format!("Ask {org} for another way."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Continue on your phone",
    scan: "Point your phone’s camera at this code. Your phone reads the passport’s chip and films \
           your face.",
    qr_alternative: "QR code that opens this verification on your phone. The same link is given \
                     as text next to it.",
    link_label: "Or open this link on your phone",
    copy: "Copy link",
    copied: "Copied",
    heading_phone: "Continue in the app",
    lead_phone: "The app reads your passport’s chip and films your face. Have your passport ready.",
    open: "Open the app",
    other_phone: "Use another phone",
    next: "What happens next",
    next_items: [
        "Scan the photo page of your passport.",
        "Hold the phone to the passport until its chip is read.",
        "Look into the camera for a moment.",
    ],
    by_itself: "This page continues by itself as soon as your phone has started.",
    simulate: "The sandbox has a simulated phone. In a terminal with this server’s settings:",
};

const PROGRESS: Progress = Progress {
    heading_chip: "Read your passport’s chip",
    lead_chip: "Follow the steps on your phone. Keep the passport flat, and the phone still on \
                top of it.",
    heading_face: "Now your face",
    lead_face: "The chip has been read. Look into your phone’s camera and follow what it says.",
    checks_label: "Steps on your phone",
    checks: ["Phone connected", "Passport chip", "Face"],
    states: ["Done", "Now", "Next"],
    code_label: "Your phone shows",
    code_hint: "The same four digits are on the phone that is connected.",
    release: "Not your phone? Disconnect it",
    tries: "Attempts remaining",
    tries_of: ["Passport chip", "Face"],
    tries_left: [
        "None left of 3",
        "1 of 3: this is the last one",
        "2 of 3: two left",
        "3 of 3: all three left",
    ],
    failed: "The last attempt did not work",
};

fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::DocumentTypeCode => "Type of document",
        Claim::IssuingCountryCode => "Country that issued the document",
        Claim::FamilyName => "Family name",
        Claim::GivenNames => "Given names",
        Claim::DocumentNumber => "Document number",
        Claim::NationalityCode => "Nationality",
        Claim::DateOfBirth => "Date of birth",
        Claim::SexMarker => "Sex, as the document says it",
        Claim::DocumentExpiryDate => "Date the document expires",
        Claim::MrzOptionalData => "Optional data of the document, such as a personal number",
        Claim::KayleDocumentId => "A code for your document (Kayle Document ID)",
        Claim::KayleHumanId => "A code for you (Kayle Human ID)",
    }
}

fn hint(claim: Claim) -> Option<&'static str> {
    match claim {
        Claim::KayleDocumentId => Some(
            "The same document gives the same code. Your document number cannot be read from it.",
        ),
        Claim::KayleHumanId => Some(
            "Made from your name, date of birth, sex and nationality, to recognise you with \
             another document. They cannot be read from it.",
        ),
        Claim::MrzOptionalData => Some("What this holds depends on the country."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Whether you are over {years} — not your date of birth")
}
