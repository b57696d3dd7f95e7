//! The shape of a catalogue: one field a message, functions where something is filled in.

use kayle_domain::{FailureCode, share::Claim};

use crate::page::{Notice, Problem, Question, Scenario};

/// A message by CLDR plural category, `other` last; `{n}` is the number.
pub(crate) type Forms = &'static [(&'static str, &'static str)];

/// A message with one thing filled in: mostly the organization's name.
pub(crate) type With = fn(&str) -> String;

/// Every message of the page.
#[derive(Debug)]
pub(crate) struct Messages {
    pub common: Common,
    pub claims: Claims,
    pub consent: Consent,
    pub handoff: Handoff,
    pub progress: Progress,
    pub outcome: Outcome,
    pub confirm: Confirm,
    pub notices: Notices,
    pub sandbox: Sandbox,
    pub problems: Problems,
    /// What one failure means.
    pub failure: fn(FailureCode) -> FailureText,
}

/// What several pages say.
#[derive(Debug)]
pub(crate) struct Common {
    pub skip: &'static str,
    pub language: &'static str,
    pub switch: &'static str,
    pub ribbon: &'static str,
    pub steps_label: &'static str,
    /// Agree, phone, check, done.
    pub steps: [&'static str; 4],
    /// Said to screen readers behind a step that lies behind.
    pub step_done: &'static str,
    pub minutes_left: Forms,
    pub hours_left: Forms,
    pub moments_left: &'static str,
    pub time_is_up: &'static str,
    pub check_now: &'static str,
    pub no_script: &'static str,
    pub reconnecting: &'static str,
    pub cancel: &'static str,
    pub new_tab: &'static str,
    pub help: With,
}

/// Plain names of what may be shared.
#[derive(Debug)]
pub(crate) struct Claims {
    pub name: fn(Claim) -> &'static str,
    pub hint: fn(Claim) -> Option<&'static str>,
    /// Whether the holder is over this age.
    pub age_over: fn(u8) -> String,
}

/// Who asks for what.
#[derive(Debug)]
pub(crate) struct Consent {
    pub heading: With,
    pub lead: &'static str,
    pub about: With,
    pub website: &'static str,
    pub privacy: &'static str,
    pub terms: &'static str,
    pub required: With,
    pub required_mark: &'static str,
    pub optional: &'static str,
    pub optional_lead: With,
    pub says: With,
    pub added: &'static str,
    pub not_shared: With,
    pub not_shared_text: With,
    pub afterwards: &'static str,
    /// Around the host.
    pub afterwards_text: [&'static str; 2],
    pub afterwards_here: &'static str,
    pub face: &'static str,
    pub biometric: &'static str,
    pub biometric_hint: &'static str,
    pub agree: &'static str,
    pub decline: &'static str,
    pub cannot: &'static str,
    pub cannot_text: &'static str,
    pub fallback: With,
    pub support: With,
    pub nobody: With,
}

/// Bring a phone.
#[derive(Debug)]
pub(crate) struct Handoff {
    pub heading: &'static str,
    pub scan: &'static str,
    pub qr_alternative: &'static str,
    pub link_label: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub heading_phone: &'static str,
    pub lead_phone: &'static str,
    pub open: &'static str,
    pub other_phone: &'static str,
    pub next: &'static str,
    pub next_items: [&'static str; 3],
    pub by_itself: &'static str,
}

/// A phone is at work.
#[derive(Debug)]
pub(crate) struct Progress {
    pub heading_chip: &'static str,
    pub lead_chip: &'static str,
    pub heading_face: &'static str,
    pub lead_face: &'static str,
    pub checks_label: &'static str,
    /// Phone, chip, face.
    pub checks: [&'static str; 3],
    /// Behind, at work, ahead.
    pub states: [&'static str; 3],
    pub code_label: &'static str,
    pub code_hint: &'static str,
    pub release: &'static str,
    pub tries: &'static str,
    /// Chip, face.
    pub tries_of: [&'static str; 2],
    /// By how many are left, 0 to 3.
    pub tries_left: [&'static str; 4],
    pub failed: &'static str,
}

/// What one failure means, as long as there is another try, and when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FailureText {
    pub what: &'static str,
    pub next: &'static str,
    pub end: &'static str,
}

/// A heading and what stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Titled {
    pub heading: &'static str,
    pub text: &'static str,
}

/// It is over.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub succeeded: Titled,
    pub succeeded_org: With,
    pub failed: Titled,
    pub failed_again: With,
    pub expired: Titled,
    pub expired_again: With,
    pub cancelled: Titled,
    pub cancelled_by_user: Titled,
    pub cancelled_by_org: fn(&str) -> (String, String),
    pub go_on: With,
    pub close: &'static str,
    pub countdown: Forms,
    pub pause: &'static str,
    pub resume: &'static str,
    /// A heading.
    pub withdrawn: &'static str,
    /// What that means, whatever may have been delivered before.
    pub withdrawn_part: With,
    pub withdraw_heading: &'static str,
    pub withdraw_text: With,
    /// Nothing is left to withdraw.
    pub withdraw_late: With,
    pub withdraw: &'static str,
}

/// A question before something final.
#[derive(Debug)]
pub(crate) struct Confirm {
    pub question: fn(Question) -> QuestionText,
    pub back: &'static str,
}

/// A question, what yes does, and yes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuestionText {
    pub heading: &'static str,
    pub text: With,
    pub yes: &'static str,
}

/// Messages from the closed set of the address, and the two landing pages.
#[derive(Debug)]
pub(crate) struct Notices {
    pub text: fn(Notice) -> &'static str,
}

/// A tester plays the phone.
#[derive(Debug)]
pub(crate) struct Sandbox {
    pub heading: &'static str,
    pub text: &'static str,
    pub scenario: &'static str,
    /// In the order of [`Scenario::ALL`].
    pub scenarios: [&'static str; Scenario::ALL.len()],
    pub start: &'static str,
    /// Opens the command below.
    pub command_line: &'static str,
    /// Before the command that does the same.
    pub terminal: &'static str,
}

/// What is in the way.
#[derive(Debug)]
pub(crate) struct Problems {
    pub text: fn(Problem) -> Titled,
    pub app: Titled,
}
