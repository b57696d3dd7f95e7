//! Chip authentication begins: this server's key and command for one attempt of one phone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kayle_document::chip::{Exchange, Invitation};
use kayle_domain::{AttemptId, Check, SessionId};

use crate::check::{document, exchange};
use crate::engine::Engine;
use crate::error::{Code, Error};

/// The longest EF.DG14, in bytes.
const LONGEST: usize = 8_192;

/// What the phone is given.
#[derive(Debug)]
pub struct Begun {
    /// The exchange, sealed: it comes back with the evidence.
    pub exchange: String,
    /// What the chip is given.
    pub invitation: Invitation,
}

/// Begins an exchange with the chip of that data group 14 (base64url).
pub async fn begin(
    engine: &Engine,
    id: &SessionId,
    epoch: i64,
    (attempt, dg14): (AttemptId, &str),
) -> Result<Begun, Error> {
    document::trust(engine)?;
    let invalid = |message: &str| Error::new(Code::InvalidEvidence, message);
    let file = URL_SAFE_NO_PAD.decode(dg14).ok().filter(|file| file.len() <= LONGEST);
    let file = file.ok_or_else(|| {
        invalid("dg14 must be EF.DG14 in base64url without padding, at most 8192 bytes")
    })?;
    let session = super::verify::load(engine, id).await?;
    if session.device.is_none() || session.epoch != epoch {
        return Err(super::checks::disconnected());
    }
    // Nothing is written here: what is due is committed with the check itself.
    let admitted = session.clone().admit(Check::Nfc, &attempt, engine.now());
    admitted.map_err(|refused| Error::from(refused.refusal))?;
    let entropy = engine.entropy.clone();
    let work = move || Exchange::begin(&file, &mut |bytes| entropy.fill(bytes));
    let (begun, invitation) = engine
        .judges
        .compute(work)
        .await?
        .map_err(|_| invalid("dg14 offers no chip authentication that this server knows"))?;
    let exchange = exchange::seal(engine, &session, &attempt, &begun);
    Ok(Begun { exchange, invitation })
}
