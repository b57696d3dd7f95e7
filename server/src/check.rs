//! Judging what a device sends: the document by cryptography, the face by the biometric verifier.

pub mod assertion;
pub mod attestation;
pub mod biometric;
pub mod claims;
pub mod document;
pub mod evidence;
pub mod exchange;
pub mod receipt;
pub mod trust;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::error::{Code, Error};

/// Who judges evidence, as far as the settings name them.
#[derive(Debug, Default)]
pub struct Judges {
    /// Whose documents are believed.
    pub trust: Option<trust::Trust>,
    /// Who compares faces.
    pub biometric: Option<biometric::Client>,
    /// What phones have to prove of themselves.
    pub attestation: Option<attestation::Attestation>,
    /// Room for computations.
    pub room: Room,
}

/// Room for as many computations at once as there are processors: more would only make each of
/// them, and everything else, slower.
#[derive(Debug)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Semaphore::new(processors)))
    }
}

impl Judges {
    /// Computes on a thread of its own, once there is room.
    pub async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.room.0).acquire_owned().await.map_err(Error::internal)?;
        let work = move || {
            let _place = place;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)
    }
}

/// What is answered where nobody is there to judge; it costs no try.
fn unavailable(what: &str) -> Error {
    let message = format!("this server has no {what}: nothing was judged, no try was spent");
    Error::new(Code::EvidenceUnavailable, message)
}
