//! What the server hands over to be shown, and the closed sets of codes that addresses and forms carry.

use kayle_domain::SessionId;
use serde::{Deserialize, Serialize};

use crate::locales::Language;
use crate::view::{Aftermath, Details, HandoffView, OrganizationView, SessionView};

/// The hashed addresses of the page's own files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The JavaScript that loads the WebAssembly.
    pub js: String,
    /// The WebAssembly.
    pub wasm: String,
}

/// What every page of one answer shares.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The language to render in.
    pub language: &'static Language,
    /// The nonce of this answer's content security policy.
    pub nonce: String,
    /// The page's own files.
    pub assets: Assets,
    /// Whether a ribbon says that nothing here is real.
    pub sandbox: bool,
    /// Milliseconds since the epoch at which this answer is made.
    pub now_millis: i64,
}

/// A session's page: what its step needs to be rendered, and nothing to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionPage {
    /// Who asks for what, and why; the user agrees or declines.
    Consent {
        /// The session.
        view: SessionView,
        /// What is asked for.
        details: Details,
    },
    /// Bring a phone: a QR code on a computer, a link on a phone.
    Handoff {
        /// The session.
        view: SessionView,
        /// Who asks.
        organization: OrganizationView,
        /// The link.
        handoff: HandoffView,
        /// Whether this browser seems to run on a phone, so that the link comes first.
        on_phone: bool,
    },
    /// A phone is at work.
    Progress {
        /// The session.
        view: SessionView,
        /// Who asked.
        organization: OrganizationView,
    },
    /// It is over.
    Outcome {
        /// The session.
        view: SessionView,
        /// Who asked.
        organization: OrganizationView,
        /// The host of `view.redirect_url`.
        redirect_host: Option<String>,
        /// What can still be stopped.
        aftermath: Aftermath,
    },
    /// A question before something that cannot be taken back.
    Confirm {
        /// The session.
        view: SessionView,
        /// Who asked.
        organization: OrganizationView,
        /// The question.
        question: Question,
    },
}

impl SessionPage {
    /// The session it is about.
    pub fn session(&self) -> &SessionView {
        match self {
            Self::Consent { view, .. }
            | Self::Handoff { view, .. }
            | Self::Progress { view, .. }
            | Self::Outcome { view, .. }
            | Self::Confirm { view, .. } => view,
        }
    }
}

/// Where the browser goes after a form was carried out: to the session's page, as it now stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// The session.
    pub session: SessionId,
    /// What the page says above its content.
    pub notice: Option<Notice>,
}

/// What is asked once more before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Cancel an open session (also: decline to consent).
    Cancel,
    /// Withdraw a finished one.
    Withdraw,
    /// Disconnect the phone.
    Release,
}

impl Question {
    /// Its name in the query (`?ask=`) and in the address the form posts to (`/{id}/…`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Withdraw => "withdraw",
            Self::Release => "release",
        }
    }

    /// The question `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Cancel, Self::Withdraw, Self::Release].into_iter().find(|q| q.as_str() == text)
    }
}

/// What a sandbox's simulated phone plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scenario {
    /// Both checks confirm.
    Pass,
    /// The chip is not genuine, three times.
    NfcFail,
    /// The chip confirms; no live person is seen, three times.
    LivenessFail,
    /// The chip confirms; the person is another one, three times.
    FaceMismatch,
    /// The upload is not signed by the phone: terminal at once.
    Cloned,
    /// The phone says hello and nothing more.
    Abandon,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: [Self; 6] = [
        Self::Pass,
        Self::NfcFail,
        Self::LivenessFail,
        Self::FaceMismatch,
        Self::Cloned,
        Self::Abandon,
    ];

    /// Its name on the command line and in the page's form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::NfcFail => "nfc-fail",
            Self::LivenessFail => "liveness-fail",
            Self::FaceMismatch => "face-mismatch",
            Self::Cloned => "cloned",
            Self::Abandon => "abandon",
        }
    }

    /// The scenario `text` names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.as_str() == text)
    }
}

/// A message carried in the address as a code (`?notice=`), never as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The box for the biometric check was not ticked.
    BiometricRequired,
    /// A field that is required was not selected.
    SelectionIncomplete,
    /// A phone has started, so the consent can no longer change.
    ConsentFrozen,
    /// The phone was disconnected.
    Released,
    /// The sandbox's simulated phone is at work.
    Simulating,
    /// That was not possible any more; the page shows where things stand now.
    Changed,
    /// Too many requests; wait a minute.
    TooMany,
    /// Something went wrong on our side; nothing was changed.
    Trouble,
}

impl Notice {
    const ALL: [(Self, &'static str); 8] = [
        (Self::BiometricRequired, "biometric_required"),
        (Self::SelectionIncomplete, "selection_incomplete"),
        (Self::ConsentFrozen, "consent_frozen"),
        (Self::Released, "released"),
        (Self::Simulating, "simulating"),
        (Self::Changed, "changed"),
        (Self::TooMany, "too_many"),
        (Self::Trouble, "trouble"),
    ];

    /// Its code in the address.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(notice, _)| *notice == self).map_or("", |(_, code)| code)
    }

    /// The message `code` stands for.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, text)| *text == code).map(|(notice, _)| *notice)
    }
}

/// What is in the way; each has its own HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Problem {
    /// 404: no such session.
    NotFound,
    /// 404: the address is not one of ours (mistyped or cut off).
    Malformed,
    /// 401: somebody else's browser: open the original link.
    OpenOriginal,
    /// 401: the cancel token in the link is not this session's.
    WrongLink,
    /// 403: a form came from somewhere else.
    Forged,
    /// 405: a form address opened as a page.
    Method,
    /// 400: the form cannot be read.
    BadForm,
    /// 413: the form is larger than any of ours.
    TooLarge,
    /// 415: what was sent is no form.
    NoForm,
    /// 408: it took too long, and nobody knows whether it was done.
    TimedOut,
    /// 429: too many requests.
    TooMany,
    /// 500: trouble on our side.
    Trouble,
}

impl Problem {
    /// The HTTP status its page is answered with.
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound | Self::Malformed => 404,
            Self::OpenOriginal | Self::WrongLink => 401,
            Self::Forged => 403,
            Self::Method => 405,
            Self::BadForm => 400,
            Self::TimedOut => 408,
            Self::TooLarge => 413,
            Self::NoForm => 415,
            Self::TooMany => 429,
            Self::Trouble => 500,
        }
    }
}
