//! One page as the server hands it over: everything a render needs, and nothing to fetch.

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

/// A page to render.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Page {
    /// BCP 47 tag of the language to render in.
    pub lang: String,
    /// The nonce of this answer's content security policy.
    pub nonce: String,
    /// The page's own files.
    pub assets: Assets,
    /// Whether a ribbon says that nothing here is real.
    pub sandbox: bool,
    /// A message from a closed set, above the content.
    pub notice: Option<Notice>,
    /// Milliseconds since the epoch at which this page was rendered.
    pub now_millis: i64,
    /// The content.
    pub body: Body,
}

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Body {
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
    /// The landing page of the app link, where no app took it.
    App,
    /// Something is in the way.
    Problem(Problem),
}

impl Body {
    /// The session a page is about, if it is about one.
    pub fn session(&self) -> Option<&SessionView> {
        match self {
            Self::Consent { view, .. }
            | Self::Handoff { view, .. }
            | Self::Progress { view, .. }
            | Self::Outcome { view, .. }
            | Self::Confirm { view, .. } => Some(view),
            Self::App | Self::Problem(_) => None,
        }
    }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// 413 or 400: the form cannot be read.
    BadForm,
    /// 429: too many requests.
    TooMany,
    /// 500: trouble on our side.
    Trouble,
}
