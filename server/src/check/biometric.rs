//! The biometric verifier: a service of its own that says whether a face is alive and the
//! document's (`spec.md` §7). What it cannot say for certain is trouble, never a yes.

pub mod client;
pub mod contract;
pub mod threshold;

use kayle_domain::FailureCode;

pub use client::Client;

use crate::engine::Engine;
use crate::error::Error;
use contract::{Answer, Liveness, Verdict};
use threshold::threshold;

/// What a verifier is asked to judge.
#[derive(Clone)]
pub struct Sample<'a> {
    /// EF.DG2 as the chip gave it.
    pub dg2: &'a [u8],
    /// The film of the face.
    pub media: Media<'a>,
    /// Full years, where the document says enough.
    pub holder_age: Option<u8>,
    /// Fresh for every question; the answer repeats it.
    pub nonce: [u8; 32],
}

/// A film of a face.
#[derive(Clone)]
pub enum Media<'a> {
    /// Pictures, in the order taken.
    Frames(Vec<&'a [u8]>),
    /// A video.
    Video(&'a [u8]),
}

/// The verifier, where the settings name one.
pub fn client(engine: &Engine) -> Result<&Client, Error> {
    let missing = || super::unavailable("biometric verifier to judge faces");
    engine.judges.biometric.as_ref().ok_or_else(missing)
}

/// Why an answer does not confirm; `None` if it does.
fn decide(answer: &Answer, holder_age: Option<u8>) -> Option<FailureCode> {
    if answer.liveness.verdict != Liveness::Live {
        return Some(FailureCode::LivenessFailed);
    }
    let same =
        answer.verdict == Verdict::Confirmed && answer.face_match.score >= threshold(holder_age);
    (!same).then_some(FailureCode::SelfieFaceMismatch)
}

#[cfg(test)]
mod tests {
    use super::contract::{FaceMatch, LivenessResult};
    use super::*;

    #[test]
    fn only_a_live_face_that_is_like_enough_confirms() {
        for (alive, score, verdict, age, refused) in [
            (Liveness::Live, 0.60, Verdict::Confirmed, Some(30), None),
            (
                Liveness::Live,
                0.59,
                Verdict::Confirmed,
                Some(30),
                Some(FailureCode::SelfieFaceMismatch),
            ),
            (Liveness::Live, 0.60, Verdict::Confirmed, None, Some(FailureCode::SelfieFaceMismatch)),
            (
                Liveness::Live,
                0.99,
                Verdict::NotConfirmed,
                Some(30),
                Some(FailureCode::SelfieFaceMismatch),
            ),
            (
                Liveness::NotLive,
                0.99,
                Verdict::Confirmed,
                Some(30),
                Some(FailureCode::LivenessFailed),
            ),
        ] {
            let answer = Answer {
                nonce: String::new(),
                liveness: LivenessResult { verdict: alive, score: 0.9 },
                face_match: FaceMatch { score },
                verdict,
            };
            assert_eq!(decide(&answer, age), refused, "{alive:?} {score} {verdict:?} {age:?}");
        }
    }
}
