//! One file a page; each turns what the server knows of a session into a document.

mod app_link;
mod confirm;
mod consent;
mod handoff;
mod outcome;
mod problem;
mod progress;
mod waiting;

pub(crate) use app_link::AppLinkPage;
pub(crate) use confirm::ConfirmPage;
pub(crate) use consent::ConsentPage;
pub(crate) use handoff::HandoffPage;
pub(crate) use outcome::OutcomePage;
pub(crate) use problem::ProblemPage;
pub(crate) use progress::ProgressPage;
