//! An integrator has the sandbox's phone play on a session of its own.

use kayle_domain::SessionId;

use super::callers::{Caller, Scope};
use super::sessions;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::sandbox::panel;
use crate::sandbox::passport::Design;
use crate::sandbox::phone::{Errand, PhoneError, Report};

/// Plays, and waits until the phone is done.
pub async fn simulate(
    engine: &Engine,
    caller: &Caller,
    id: &SessionId,
    (design, errand): (Design, Errand),
) -> Result<Report, Error> {
    if !engine.config.sandbox {
        return Err(Error::new(Code::NotFound, "phones are simulated in a sandbox only"));
    }
    let session = sessions::own(engine, caller.require(Scope::SessionsWrite)?, id).await?;
    session.ok_or_else(Error::session_not_found)?;
    match panel::perform(engine, id, design, &errand).await {
        Ok(Some(report)) => Ok(report),
        Ok(None) => Err(Error::new(Code::SimulationFailed, "a simulated phone is at work on it")),
        Err(error @ PhoneError::Over(_)) => {
            Err(Error::new(Code::SessionTerminal, error.to_string()))
        }
        Err(error) => Err(Error::new(Code::SimulationFailed, error.to_string())),
    }
}
