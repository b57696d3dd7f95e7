//! English.

use kayle_domain::FailureCode;
use kayle_domain::share::Claim;

use super::{
    Catalogue, Claims, Common, Confirm, Consent, FailureText, Handoff, Messages, Notices, Outcome,
    Problems, Progress, QuestionText, Sandbox, Titled, catalogue, plural,
};
use crate::page::{Notice, Problem, Question};

/// The English catalogue.
pub(super) static CATALOGUE: Catalogue = catalogue!("en", "English", "ltr", plural::one_or_other);

const COMMON: Common = Common {
    skip: "Skip to content",
    language: "Language",
    switch: "Change language",
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
    lead: "You need your passport and a phone that can read its chip. It takes about three minutes. Nothing is shared before you agree.",
    about: |org| format!("About {org}"),
    website: "Website",
    privacy: "Privacy notice",
    terms: "Terms",
    required: |org| format!("What {org} receives"),
    required_mark: "Required",
    optional: "What you may add",
    optional_lead: |org| format!("{org} would like these too. It works without them."),
    says: |org| format!("{org} says:"),
    added: "Part of every verification.",
    not_shared: |org| format!("What {org} does not receive"),
    not_shared_text: |org| {
        format!(
            "Your passport photo, the pictures of your face, and anything that is not listed here. They are used for the check only and are not kept. {org} learns whether the check succeeded."
        )
    },
    afterwards: "Afterwards",
    afterwards_text: ["You are sent on to ", "."],
    afterwards_here: "You can close this page when you are done.",
    face: "Your face",
    biometric: "I agree that my face is compared with the photo in my passport",
    biometric_hint: "A phone films your face for a moment. This is biometric data. It is used only to check that the passport is yours, and is deleted right after.",
    agree: "Agree and continue",
    decline: "Decline",
    cannot: "I cannot do this",
    cannot_text: "No passport with a chip, no suitable phone, or you would rather not have your face compared?",
    fallback: |org| format!("Use the other way {org} offers"),
    support: |org| format!("Ask {org} for another way:"),
    nobody: |org| format!("Ask {org} for another way."),
};

const HANDOFF: Handoff = Handoff {
    heading: "Continue on your phone",
    scan: "Point your phone’s camera at this code. Your phone reads the passport’s chip and films your face.",
    qr_alternative: "QR code that opens this verification on your phone. The same link is given as text next to it.",
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
};

const PROGRESS: Progress = Progress {
    heading_chip: "Read your passport’s chip",
    lead_chip: "Follow the steps on your phone. Keep the passport flat, and the phone still on top of it.",
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
            "Made from your name, date of birth, sex and nationality, to recognise you with another document. They cannot be read from it.",
        ),
        Claim::MrzOptionalData => Some("What this holds depends on the country."),
        _ => None,
    }
}

fn age_over(years: u8) -> String {
    format!("Whether you are over {years} — not your date of birth")
}

/// How it ends.
const OUTCOME: Outcome = Outcome {
    succeeded: Titled {
        heading: "Your identity is verified",
        text: "The passport is genuine, and it is yours.",
    },
    succeeded_org: |org| format!("{org} receives what you agreed to share, and nothing else."),
    failed: Titled {
        heading: "Your identity could not be verified",
        text: "The check did not succeed.",
    },
    failed_again: |org| {
        format!(
            "Nothing about you or your document was shared. {org} can start a new verification."
        )
    },
    expired: Titled {
        heading: "The time for this verification is over",
        text: "It was not finished in time. Nothing was shared.",
    },
    expired_again: |org| format!("If you still want to be verified, start again at {org}."),
    cancelled: Titled {
        heading: "This verification was cancelled",
        text: "It cannot be continued.",
    },
    cancelled_by_user: Titled {
        heading: "You cancelled this verification",
        text: "It cannot be continued. Nothing more is shared.",
    },
    cancelled_by_org: |org| {
        (
            format!("{org} cancelled this verification"),
            format!("It cannot be continued. Nothing was shared. {org} can tell you why."),
        )
    },
    go_on: |host| format!("Continue to {host}"),
    close: "You can close this page now.",
    countdown: &[
        ("one", "You are sent on in {n} second."),
        ("other", "You are sent on in {n} seconds."),
    ],
    pause: "Stay here",
    resume: "Send me on",
    withdrawn: "You withdrew this verification",
    withdrawn_part: |org| {
        format!("What had not reached {org} yet is destroyed; only {org} can delete the rest.")
    },
    withdraw_heading: "Changed your mind?",
    withdraw_text: |org| format!("You can withdraw what has not reached {org} yet."),
    withdraw_late: |org| {
        format!(
            "The result has already reached {org}. It cannot be taken back from here, but {org} can delete it."
        )
    },
    withdraw: "Withdraw",
};

/// What is asked before something final.
const CONFIRM: Confirm = Confirm { question, back: "Go back" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Cancel this verification?",
            text: |org| {
                format!(
                    "Nothing is shared with {org}, except that you cancelled. You cannot continue afterwards; {org} would have to start a new verification."
                )
            },
            yes: "Yes, cancel it",
        },
        Question::Withdraw => QuestionText {
            heading: "Withdraw this verification?",
            text: |org| {
                format!(
                    "What has not been delivered to {org} yet is destroyed and never sent. What {org} has already received cannot be taken back from here: ask {org} to delete it."
                )
            },
            yes: "Yes, withdraw",
        },
        Question::Release => QuestionText {
            heading: "Disconnect the phone?",
            text: |_| {
                "The connected phone can no longer continue. You can then connect another one. Attempts that were used stay used."
                    .to_owned()
            },
            yes: "Yes, disconnect it",
        },
    }
}

/// Messages carried in the address.
const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "To continue, tick the box under “Your face”. Without the comparison this check is not possible."
        }
        Notice::SelectionIncomplete => {
            "Something that is required was missing from your selection. Please agree again."
        }
        Notice::ConsentFrozen => {
            "A phone has already started, so what you agreed to can no longer be changed."
        }
        Notice::Released => "The phone is disconnected. You can connect another one.",
        Notice::Simulating => "The simulated phone has started. This page follows it.",
        Notice::Changed => {
            "That was not possible any more. This page shows where things stand now."
        }
        Notice::TooMany => "Too many requests. Please wait a minute and try again.",
        Notice::Trouble => {
            "Something went wrong on our side. Nothing was changed. Please try again."
        }
    }
}

/// What testers read.
const SANDBOX: Sandbox = Sandbox {
    heading: "Sandbox: play the phone",
    text: "Choose what the simulated phone does with this session, and watch this page.",
    scenario: "What happens",
    scenarios: [
        "Everything succeeds",
        "The chip is not genuine, three times",
        "Nobody is seen in front of the camera, three times",
        "The face is somebody else’s, three times",
        "The chip is a copy: it ends at once",
        "The phone connects, and then does nothing",
    ],
    start: "Start the phone",
    command_line: "On the command line",
    terminal: "The sandbox has a simulated phone. In a terminal with this server’s settings:",
};

/// What is in the way.
const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Open this on a phone with the app",
        text: "This step needs the phone app: it reads the passport’s chip and films your face. Install the app, then scan the code or open the link again.",
    },
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "This verification does not exist",
            "It may have been deleted. Check the link, or ask whoever sent it for a new one.",
        ),
        Problem::Malformed => (
            "This link is not complete",
            "Part of the address is missing or mistyped. Open the link again exactly as you received it.",
        ),
        Problem::OpenOriginal => (
            "Please open your original link",
            "This verification was started in another browser. Open the link you were given there, or open it here once more.",
        ),
        Problem::WrongLink => (
            "This link does not fit this verification",
            "The key in the link is not the right one. Open the link again exactly as you received it.",
        ),
        Problem::Forged => (
            "This was not sent from our page",
            "For your safety nothing was changed. Go back to the verification page and try there.",
        ),
        Problem::Method => (
            "There is nothing to see at this address",
            "It only receives forms. Go back to the verification page and continue there.",
        ),
        Problem::BadForm => (
            "The form could not be read",
            "Nothing was changed. Go back, reload the page, and try again.",
        ),
        Problem::TooMany => ("Too many requests", "Please wait a minute, then reload this page."),
        Problem::Trouble => (
            "Something went wrong on our side",
            "Nothing was changed. Please try again in a moment.",
        ),
    };
    Titled { heading, text }
}

/// The words for one failure.
fn failure(code: FailureCode) -> FailureText {
    match code {
        FailureCode::DocumentAuthenticityFailed => FailureText {
            what: "The chip’s data could not be confirmed as genuine.",
            next: "Check that it is the right passport and read the chip again.",
            end: "The data on the chip could not be confirmed as issued by a state. If your passport is genuine, its country may not be supported yet.",
        },
        FailureCode::DocumentActiveAuthenticationFailed => FailureText {
            what: "The chip did not prove that it is the original.",
            next: "Keep the phone still on the passport and read the chip again.",
            end: "The chip did not prove that it is the original and not a copy.",
        },
        FailureCode::DocumentChipAuthenticationFailed => FailureText {
            what: "The secure connection to the chip failed.",
            next: "Take the phone out of its case, keep it still, and read the chip again.",
            end: "The chip could not show with a secure connection that it is the original.",
        },
        FailureCode::DocumentAntiCloningAttestationFailed => FailureText {
            what: "The protection against copied chips did not pass.",
            next: "This cannot be tried again here.",
            end: "The protection against copied chips did not pass. For safety this cannot be tried again here.",
        },
        FailureCode::DocumentDataInvalid => FailureText {
            what: "The chip’s data could not be read.",
            next: "Check that the document is a passport with the chip symbol, and try again.",
            end: "The data on the chip could not be read as a passport.",
        },
        FailureCode::LivenessFailed => FailureText {
            what: "We could not see clearly that a person is in front of the camera.",
            next: "Find even light, take off sunglasses or a mask, hold the phone at eye level, and try again.",
            end: "We could not see clearly that a person was in front of the camera.",
        },
        FailureCode::SelfieFaceMismatch => FailureText {
            what: "Your face was not recognised as the one in the passport.",
            next: "Make sure it is your own passport. Face the camera in even light, and try again.",
            end: "The face in front of the camera was not recognised as the one in the passport.",
        },
    }
}
