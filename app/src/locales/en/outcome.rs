//! How it ends, what is asked before, and what may be in the way, in English.

use crate::locales::{Confirm, Notices, Outcome, Problems, QuestionText, Titled};
use crate::page::{Notice, Problem, Question};

/// How it ends.
pub(super) const OUTCOME: Outcome = Outcome {
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
    open: Titled {
        heading: "This verification is still open",
        text: "Open it with the link you were given to continue.",
    },
    go_on: |host| format!("Continue to {host}"),
    close: "You can close this page now.",
    countdown: &[
        ("one", "You are sent on in {n} second."),
        ("other", "You are sent on in {n} seconds."),
    ],
    pause: "Stay here",
    resume: "Send me on",
    withdraw_heading: "Changed your mind?",
    withdraw_text: |org| format!("You can withdraw what has not reached {org} yet."),
    withdraw: "Withdraw",
};

/// What is asked before something final.
pub(super) const CONFIRM: Confirm = Confirm { question, back: "Go back" };

fn question(question: Question) -> QuestionText {
    match question {
        Question::Cancel => QuestionText {
            heading: "Cancel this verification?",
            text: |org| {
                format!(
                    "Nothing is shared with {org}, except that you cancelled. You cannot continue \
                     afterwards; {org} would have to start a new verification."
                )
            },
            yes: "Yes, cancel it",
        },
        Question::Withdraw => QuestionText {
            heading: "Withdraw this verification?",
            text: |org| {
                format!(
                    "What has not been delivered to {org} yet is destroyed and never sent. What \
                     {org} has already received cannot be taken back from here: ask {org} to \
                     delete it."
                )
            },
            yes: "Yes, withdraw",
        },
        Question::Release => QuestionText {
            heading: "Disconnect the phone?",
            text: |_| {
                "The connected phone can no longer continue. You can then connect another one. \
                 Attempts that were used stay used."
                    .to_owned()
            },
            yes: "Yes, disconnect it",
        },
    }
}

/// Messages carried in the address.
pub(super) const NOTICES: Notices = Notices { text: notice };

fn notice(notice: Notice) -> &'static str {
    match notice {
        Notice::BiometricRequired => {
            "To continue, tick the box under “Your face”. Without the comparison this check is \
             not possible."
        }
        Notice::SelectionIncomplete => {
            "Something that is required was missing from your selection. Please agree again."
        }
        Notice::ConsentFrozen => {
            "A phone has already started, so what you agreed to can no longer be changed."
        }
        Notice::Released => "The phone is disconnected. You can connect another one.",
        Notice::Changed => {
            "That was not possible any more. This page shows where things stand now."
        }
        Notice::TooMany => "Too many requests. Please wait a minute and try again.",
        Notice::Trouble => {
            "Something went wrong on our side. Nothing was changed. Please try again."
        }
    }
}

/// What is in the way.
pub(super) const PROBLEMS: Problems = Problems {
    text: problem,
    app: Titled {
        heading: "Open this on a phone with the app",
        text: "This step needs the phone app: it reads the passport’s chip and films your face. \
               Install the app, then scan the code or open the link again.",
    },
    app_sandbox: "In the sandbox there is no app: the simulated phone takes its place. Run this \
                  with the session’s id:",
};

fn problem(problem: Problem) -> Titled {
    let (heading, text) = match problem {
        Problem::NotFound => (
            "This verification does not exist",
            "It may have been deleted. Check the link, or ask whoever sent it for a new one.",
        ),
        Problem::Malformed => (
            "This link is not complete",
            "Part of the address is missing or mistyped. Open the link again exactly as you \
             received it.",
        ),
        Problem::OpenOriginal => (
            "Please open your original link",
            "This verification was started in another browser. Open the link you were given \
             there, or open it here once more.",
        ),
        Problem::WrongLink => (
            "This link does not fit this verification",
            "The key in the link is not the right one. Open the link again exactly as you \
             received it.",
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
