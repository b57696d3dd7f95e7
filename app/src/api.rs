//! The page's server functions: what its forms do. Each is the address of a form, works without
//! JavaScript, and leaves everything to the backend, which decides where the browser goes next. (The
//! backend is named by its path: in the browser these bodies are not there, and would import it in vain.)

use kayle_domain::SessionId;
use leptos::prelude::*;

use crate::error::PageError;
use crate::page::{Destination, Scenario};
use crate::view::HandoffView;

/// The user agrees.
#[server(name = Consent, prefix = "/form", endpoint = "consent")]
pub async fn consent(
    /// Whose page the form is on.
    session: SessionId,
    /// BCP 47 tag of the language the form was read in.
    locale: String,
    /// The claims to share: every required one, and the optional ones that were ticked.
    #[server(default)]
    field: Vec<String>,
    /// Whether the comparison of the face was ticked; a box that is not is not sent.
    #[server(default)]
    biometric: bool,
) -> Result<Destination, PageError> {
    crate::backend::use_backend().consent(Consent { session, locale, field, biometric }).await
}

/// The user cancels an open session, or declines to consent.
#[server(name = Cancel, prefix = "/form", endpoint = "cancel")]
pub async fn cancel(
    /// Whose page the form is on.
    session: SessionId,
) -> Result<Destination, PageError> {
    crate::backend::use_backend().cancel(Cancel { session }).await
}

/// The user withdraws a finished session: what was not delivered yet never is. (One that is still open is
/// cancelled: the session decides which of the two it is.)
#[server(name = Withdraw, prefix = "/form", endpoint = "withdraw")]
pub async fn withdraw(
    /// Whose page the form is on.
    session: SessionId,
) -> Result<Destination, PageError> {
    crate::backend::use_backend().withdraw(Withdraw { session }).await
}

/// The user disconnects the phone.
#[server(name = Release, prefix = "/form", endpoint = "release")]
pub async fn release(
    /// Whose page the form is on.
    session: SessionId,
) -> Result<Destination, PageError> {
    crate::backend::use_backend().release(Release { session }).await
}

/// The user reads every page in another language from now on.
#[server(name = ChooseLanguage, prefix = "/form", endpoint = "language")]
pub async fn language(
    /// Whose page the form is on.
    session: SessionId,
    /// BCP 47 tag of a language there is a file for.
    tag: String,
) -> Result<Destination, PageError> {
    crate::backend::use_backend().language(ChooseLanguage { session, tag }).await
}

/// A fresh link for the phone, for a page that stays open longer than its link.
#[server(name = Handoff, prefix = "/form", endpoint = "handoff")]
pub async fn handoff(
    /// Whose page the link is shown on.
    session: SessionId,
) -> Result<HandoffView, PageError> {
    crate::backend::use_backend().handoff(Handoff { session }).await
}

/// A tester lets the sandbox's simulated phone loose on the session.
#[server(name = Simulate, prefix = "/form", endpoint = "simulate")]
pub async fn simulate(
    /// Whose page the form is on.
    session: SessionId,
    /// What the phone plays.
    scenario: Scenario,
) -> Result<Destination, PageError> {
    crate::backend::use_backend().simulate(Simulate { session, scenario }).await
}
