//! An integrator has the sandbox's phone play on a session of its own.

use kayle_domain::SessionId;

use super::callers::{Caller, Scope};
use super::sessions;
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
