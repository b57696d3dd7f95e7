//! The simulated phone is let loose on a session of this server: by the page's panel, or over REST.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use kayle_app::page::Scenario;
use kayle_domain::{SessionId, Status};

use super::passport::Design;
use super::phone::{Errand, Kit, Pace, Phone, PhoneError, Report};
use crate::engine::Engine;
use crate::error::{Code, Error};

/// Rests before each step, so that whoever watches sees every state.
struct Watched;

impl Pace for Watched {
    async fn before(&mut self, _: &'static str) {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
    }
}

/// Rests nowhere.
struct Unwatched;

impl Pace for Unwatched {
    async fn before(&mut self, _: &'static str) {}
}

/// The sessions that such a phone plays on: one each.
#[derive(Debug, Clone, Default)]
pub struct Players(Arc<Mutex<HashSet<String>>>);

/// A phone's place among them; given back when it is dropped.
struct Place {
    players: Players,
    id: String,
}

impl Players {
    fn known(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().expect("no holder of this lock panics")
    }

    fn take(&self, id: &SessionId) -> Option<Place> {
        let id = id.as_str().to_owned();
        self.known().insert(id.clone()).then(|| Place { players: self.clone(), id })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.players.known().remove(&self.id);
    }
}

/// Starts a phone that plays `scenario` over this server's own listener; how it ends is logged.
/// Whether it was started: nobody plays on one session twice at a time.
pub fn play(engine: &Engine, id: &SessionId, scenario: Scenario) -> Result<bool, PhoneError> {
    let Some(place) = engine.players.take(id) else { return Ok(false) };
    let phone = phone(engine, id, Design::default())?;
    let errand = Errand { scenario, select: None };
    tokio::spawn(async move {
        let played = phone.run(&errand, Watched).await;
        if let Err(error) = played {
            tracing::warn!(%error, "the simulated phone could not go on");
        }
        drop(place);
    });
    Ok(true)
}

/// Has a phone with that passport run the errand at once; `None` if one is at work already.
pub async fn perform(
    engine: &Engine,
    id: &SessionId,
    design: Design,
    errand: &Errand,
) -> Result<Option<Report>, Error> {
    let Some(_place) = engine.players.take(id) else { return Ok(None) };
    let (own, own_id) = (engine.clone(), id.clone());
    // A passport's keys may take seconds to make.
    let phone = engine.judges.compute(move || phone(&own, &own_id, design)).await?;
    let played = phone.map_err(|error| told(&error))?.run(errand, Unwatched).await;
    played.map(Some).map_err(|error| told(&error))
}

fn told(error: &PhoneError) -> Error {
    let code = match error {
        PhoneError::Over(Status::Expired) => Code::SessionExpired,
        PhoneError::Over(_) => Code::SessionTerminal,
        _ => Code::SimulationFailed,
    };
    Error::new(code, error.to_string())
}

fn phone(engine: &Engine, id: &SessionId, design: Design) -> Result<Phone, PhoneError> {
    let base = format!("http://{}", engine.config.addr);
    let (keys, entropy) = (engine.keys.clone(), engine.entropy.clone());
    Phone::new(&base, id.clone(), Kit { keys, entropy, design })
}
