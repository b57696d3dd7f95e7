//! The sandbox's phone plays on a session: for its integrator, or for whoever has its page open.

use kayle_app::page::Scenario;
use kayle_domain::{SessionId, Step};

use super::callers::{Caller, Scope};
use super::{sessions, verify};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::sandbox::panel;
use crate::sandbox::passport::Design;
use crate::sandbox::phone::{Errand, Report};

/// Plays, and waits until the phone is done.
pub async fn simulate(
    engine: &Engine,
    caller: &Caller,
    id: &SessionId,
    (design, errand): (Design, Errand),
) -> Result<Report, Error> {
    let session = sessions::own(engine, caller.require(Scope::SessionsWrite)?, id).await?;
    session.ok_or_else(Error::session_not_found)?;
    // The phone goes on if its caller hangs up: a session is never left half played.
    let (own, own_id) = (engine.clone(), id.clone());
    let played = async move { panel::perform(&own, &own_id, design, &errand).await };
    let report = engine.finish(played).await?;
    let busy = || Error::new(Code::SimulationFailed, "a simulated phone is at work on it");
    report.ok_or_else(busy)
}

/// Starts a phone that plays `scenario` under its user's eyes, on a session that still waits for one.
/// Whether it was started: not where a phone is at work, or everything is over.
pub async fn play(engine: &Engine, id: &SessionId, scenario: Scenario) -> Result<bool, Error> {
    let view = verify::view(engine, &verify::load(engine, id).await?);
    let waits = matches!(view.step, Step::Consent | Step::Handoff);
    Ok(waits && panel::play(engine, id, scenario).map_err(Error::internal)?)
}
