//! The page's panel lets the simulated phone loose on the page's own session.

use std::time::Duration;

use kayle_app::page::Scenario;
use kayle_domain::SessionId;

use super::phone::{Errand, Pace, Phone, PhoneError};
use crate::engine::Engine;

/// Rests before each step, so that whoever watches sees every state.
struct Watched;

impl Pace for Watched {
    async fn before(&mut self, _: &'static str) {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
    }
}

/// Starts a phone that plays `scenario` over this server's own listener; how it ends is logged.
pub fn play(engine: &Engine, id: &SessionId, scenario: Scenario) -> Result<(), PhoneError> {
    let base = format!("http://{}", engine.config.addr);
    let phone = Phone::new(&base, id.clone(), engine.keys.clone(), engine.entropy.clone())?;
    let errand = Errand { scenario, select: None };
    tokio::spawn(async move {
        let played = phone.run(&errand, Watched).await;
        if let Err(error) = played {
            tracing::warn!(%error, "the simulated phone could not go on");
        }
    });
    Ok(())
}
