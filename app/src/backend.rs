//! The one seam to the server: what pages and server functions ask of whoever serves them.

use std::sync::Arc;

use async_trait::async_trait;
use leptos::prelude::*;

use crate::api::{Cancel, ChooseLanguage, Consent, Handoff, Release, Simulate, Withdraw};
use crate::error::PageError;
use crate::page::{Destination, Problem, Question, SessionPage, Surroundings};
use crate::view::HandoffView;

/// The server, as one request sees it. Every function that changes something is called by the server
/// function of the same name, with the form it read.
#[async_trait]
pub trait VerifyBackend: Send + Sync {
    /// What every page of this answer shares. `locale` is the language the session's integrator asked
    /// for, as a BCP 47 tag; the user's own choice goes before it.
    fn surroundings(&self, locale: Option<&str>) -> Surroundings;

    /// Sets the HTTP status of the answer; 200 where nothing does.
    fn set_status(&self, status: u16);

    /// The page of the session that `id` names, or the `question` that is asked instead of it, where it
    /// makes sense. `id` comes from the address and may be anything.
    async fn session_page(
        &self,
        id: &str,
        question: Option<Question>,
    ) -> Result<SessionPage, Problem>;

    /// Records what the user agreed to.
    async fn consent(&self, form: Consent) -> Result<Destination, PageError>;

    /// Cancels an open session; one that was faster is withdrawn.
    async fn cancel(&self, form: Cancel) -> Result<Destination, PageError>;

    /// Withdraws a finished session; one that is still open is cancelled.
    async fn withdraw(&self, form: Withdraw) -> Result<Destination, PageError>;

    /// Unbinds the phone.
    async fn release(&self, form: Release) -> Result<Destination, PageError>;

    /// Keeps the user's language.
    async fn language(&self, form: ChooseLanguage) -> Result<Destination, PageError>;

    /// Makes a link for the phone.
    async fn handoff(&self, form: Handoff) -> Result<HandoffView, PageError>;

    /// Starts the sandbox's simulated phone; outside a sandbox there is nothing of the kind.
    async fn simulate(&self, form: Simulate) -> Result<Destination, PageError>;
}

/// A handle on the backend, as the context holds it.
pub type Backend = Arc<dyn VerifyBackend>;

/// The backend of this request. Only while one is answered: the list of routes is made without.
pub(crate) fn use_backend() -> Backend {
    expect_context()
}
