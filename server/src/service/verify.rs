//! The page's and the device's side: consent, hand-off, hello, release, cancel (`spec.md` §4).

use kayle_app::view::{
    BudgetView, Details, DeviceView, OrganizationView, SessionView, ShareFieldView, TriesView,
};
use kayle_domain::redirect::RedirectUrl;
use kayle_domain::session::{Consent, Device, Refusal};
use kayle_domain::share::Source;
use kayle_domain::{CancelledBy, Check, ConsentId, Session, SessionId, Status, Timestamp};

use super::apply::{self, Decision, Token};
use super::credentials::{self, Credential};
use super::{organizations, sessions as integrator, withdraw};
use crate::check::assertion;
use crate::check::attestation::{self, Given};
use crate::engine::Engine;
use crate::error::{Code, Error, over};
use crate::keys::{Purpose, sha256_hex};
use crate::store::sessions::{Short, Stored};

/// One session, for whoever proved to be its user.
pub async fn load(engine: &Engine, id: &SessionId) -> Result<Session, Error> {
    Ok(stored(engine, id).await?.session)
}

async fn stored(engine: &Engine, id: &SessionId) -> Result<Stored, Error> {
    engine.store.session(id).await?.ok_or_else(Error::session_not_found)
}

/// One session with the organization that asks.
pub async fn load_with_organization(
    engine: &Engine,
    id: &SessionId,
) -> Result<(Stored, OrganizationView), Error> {
    let stored = stored(engine, id).await?;
    let row = organizations::one(engine, stored.session.terms.organization.as_str()).await?;
    let row = row.ok_or_else(|| Error::internal("a session without organization"))?;
    Ok((stored, row.view.clone()))
}

/// What anyone who knows the id may read.
pub async fn short(engine: &Engine, id: &SessionId) -> Result<Short, Error> {
    let mut short = engine.store.short(id).await?.ok_or_else(Error::session_not_found)?;
    if !short.status.is_terminal() && engine.now() >= short.expires_at {
        short.status = Status::Expired;
    }
    Ok(short)
}

/// The whole state, as the session's own user sees it.
pub fn view(engine: &Engine, session: &Session) -> SessionView {
    let now = engine.now();
    let status = session.status_at(now);
    let terminal = status.is_terminal();
    let tries = |check| BudgetView {
        used: session.tries.used(check),
        remaining: session.tries.remaining(check),
    };
    let bound = session.device.is_some() && !terminal;
    let redirect = |url: &RedirectUrl| url.with_outcome(session.id.as_str(), status.as_str());
    let fresh = session
        .completed_at(now)
        .is_some_and(|at| now < at.plus(engine.config.withdrawal_window()));
    SessionView {
        session_id: session.id.as_str().to_owned(),
        version: session.version,
        status,
        step: session.step_at(now),
        is_terminal: terminal,
        expires_at: session.expires_at,
        completed_at: session.completed_at(now),
        redirect_url: session.terms.redirect_url.as_ref().filter(|_| terminal).map(redirect),
        same_device_only: bound,
        device: DeviceView {
            connected: bound,
            confirmation_code: bound.then(|| credentials::confirmation_code(engine, session)),
            last_seen_at: session.device.as_ref().map(|device| device.last_seen_at),
        },
        tries: TriesView { nfc: tries(Check::Nfc), liveness: tries(Check::Liveness) },
        last_failure_code: session.last_failure,
        failure_code: session.failure_code(),
        cancelled_by: session.cancelled_by(),
        can_cancel: !terminal,
        can_withdraw: matches!(status, Status::Succeeded | Status::Failed) && fresh,
        locale: session.terms.locale.clone(),
    }
}

/// What the user reads before agreeing; only while the session is open.
pub async fn details(engine: &Engine, id: &SessionId) -> Result<Details, Error> {
    let (stored, organization) = load_with_organization(engine, id).await?;
    let status = stored.session.status_at(engine.now());
    if status.is_terminal() {
        return Err(Refusal::Terminal(status).into());
    }
    Ok(describe(&stored.session, organization))
}

/// A session's terms, as the user reads them.
pub fn describe(session: &Session, organization: OrganizationView) -> Details {
    let field = |(key, field): &(_, kayle_domain::share::ShareField)| ShareFieldView {
        key: kayle_domain::ClaimKey::to_string(key),
        required: field.required,
        reason: field.reason.clone(),
        source: match field.source {
            Source::Rc => "rc".to_owned(),
            Source::Default => "default".to_owned(),
        },
    };
    Details {
        organization,
        share_fields: session.terms.contract.fields().iter().map(field).collect(),
        redirect_host: session.terms.redirect_url.as_ref().map(RedirectUrl::host),
        locale: session.terms.locale.clone(),
        expires_at: session.expires_at,
    }
}

/// What the user agrees to.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The claims to share.
    pub selected: Vec<String>,
    /// Whether the biometric check was agreed to explicitly.
    pub biometric: bool,
    /// BCP 47 tag of the language the user read.
    pub locale: String,
}

/// Records the user's consent. Without a credential only the first one counts.
pub async fn consent(
    engine: &Engine,
    id: &SessionId,
    who: Credential,
    agreement: Agreement,
) -> Result<(Session, Consent), Error> {
    let session = apply::change(engine, id, move |engine, stored, now| {
        let session = stored.session;
        let open = !session.status_at(now).is_terminal();
        if open && session.consent.is_some() && who != Credential::Page {
            return Err(Error::unauthorized(
                "somebody has agreed already: a page credential is needed",
            ));
        }
        if open && !agreement.biometric {
            return Err(Error::invalid("biometric_consent must be true"));
        }
        let selected = match session.terms.contract.select(&agreement.selected) {
            Ok(selected) => selected,
            Err(error) if open => return Err(error.into()),
            Err(_) => Vec::new(),
        };
        let consent = Consent {
            id: ConsentId::new(now, engine.entropy.bytes()),
            at: now,
            contract_hash: sha256_hex(session.terms.contract.canonical().as_bytes()),
            selected,
            locale: agreement.locale.clone(),
        };
        Ok(session.consent(consent, now).into())
    })
    .await?;
    let consent = session.consent.clone();
    Ok((session, consent.ok_or_else(|| Error::internal("a consent was not kept"))?))
}

/// A hand-off link's token.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The token.
    pub token: String,
    /// What the phone opens; the token rides in its fragment, which no server sees.
    pub link: String,
    /// When both stop working.
    pub expires_at: Timestamp,
}

/// A hand-off for the session, while nobody's phone is at work.
pub async fn handoff(engine: &Engine, id: &SessionId) -> Result<Offer, Error> {
    let session = load(engine, id).await?;
    let now = engine.now();
    match session.clone().offer(now) {
        Ok(session) => Ok(offer(engine, &session)),
        Err(refused) if refused.expiry.is_some() => {
            // The expiry is owed: commit it, then say so.
            apply::change(engine, id, |_, stored, now| Ok(expire(stored.session, now))).await?;
            Err(refused.refusal.into())
        }
        Err(refused) => Err(refused.refusal.into()),
    }
}

fn expire(session: Session, now: Timestamp) -> Decision {
    match session.clone().expire(now) {
        Some(expiry) => Decision::Commit(expiry, Token::Leave),
        None => Decision::Keep(session),
    }
}

/// The hand-off of a session that may be handed off.
pub fn offer(engine: &Engine, session: &Session) -> Offer {
    let (token, expires_at) = credentials::handoff(engine, session, engine.now());
    let link = format!("{}#{}.{token}", engine.config.app_link, session.id);
    Offer { token, link, expires_at }
}

/// What a device says first.
#[derive(Debug, Clone)]
pub struct Hello {
    /// The hand-off token.
    pub token: String,
    /// Chosen by the device.
    pub device_id: String,
    /// P-256, SEC1 uncompressed, base64url.
    pub public_key: String,
    /// ECDSA with SHA-256 over [`assertion::hello_message`], base64url.
    pub signature: String,
    /// That key and app are genuine, if the phone says so.
    pub attestation: Option<Given>,
}

/// Binds the first device that proves its key; the same one may come back.
pub async fn hello(engine: &Engine, id: &SessionId, hello: Hello) -> Result<Session, Error> {
    apply::change(engine, id, move |engine, stored, now| {
        let session = stored.session;
        if session.status_at(now).is_terminal() {
            return match session.clone().expire(now) {
                Some(_) => Ok(session.resume(now).into()),
                None => Err(over(&session)),
            };
        }
        let token = credentials::read_handoff(engine, &session, &hello.token)?;
        let message = assertion::hello_message(id_of(&session), &hello.token, &hello.device_id);
        let mismatch = |why: &str| Error::new(Code::HandoffDeviceMismatch, why);
        if !assertion::verify(&hello.public_key, message.as_bytes(), &hello.signature)? {
            return Err(mismatch(
                "signature is not by device_public_key over this token, session and device",
            ));
        }
        let consumed = || {
            Error::new(Code::HandoffTokenConsumed, "mobile_write_token was used by another phone")
        };
        if let Some(bound) = &session.device {
            return match (bound.public_key == hello.public_key, bound.id == hello.device_id) {
                (false, _) => Err(consumed()),
                (true, false) => Err(mismatch("device_id is not the one this key was bound with")),
                (true, true) => Ok(session.resume(now).into()),
            };
        }
        if token.epoch != session.epoch {
            return Err(consumed());
        }
        if now >= token.expires_at {
            return Err(Error::new(Code::HandoffTokenExpired, "mobile_write_token has expired"));
        }
        attestation::check(engine, id_of(&session), &hello)?;
        let device = Device {
            id: hello.device_id.clone(),
            public_key: hello.public_key.clone(),
            last_seen_at: now,
        };
        Ok(session.begin(device, now).into())
    })
    .await
}

fn id_of(session: &Session) -> &str {
    session.id.as_str()
}

/// Unbinds the phone; what it holds becomes worthless.
pub async fn release(engine: &Engine, id: &SessionId) -> Result<Session, Error> {
    apply::change(engine, id, |_, stored, now| Ok(stored.session.release(now).into())).await
}

/// By what right a user cancels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right {
    /// The cancel token.
    Token(String),
    /// A page or device credential that was checked already.
    Credential(Credential),
}

/// What came of a user's wish to end a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    /// It was open and is cancelled, or was over without a verdict already.
    Cancelled,
    /// There was a verdict; what was not delivered of it never is.
    Withdrawn,
    /// There was a verdict, and nothing of it is left to stop.
    TooLate,
}

/// The user cancels an open session, or withdraws a finished one (`spec.md` §5). Which of the two
/// it is, the transaction decides: a success that was faster is withdrawn.
pub async fn cancel(engine: &Engine, id: &SessionId, right: Right) -> Result<Cancellation, Error> {
    let by_token = matches!(right, Right::Token(_));
    let by_device = matches!(right, Right::Credential(Credential::Device { .. }));
    let decided = apply::change(engine, id, move |engine, stored, now| {
        check_right(engine, &stored, &right)?;
        let used = stored.cancel_token_used;
        match integrator::cancel_open(stored.session, CancelledBy::User, now) {
            Decision::Commit(..) if by_token && used => {
                Err(Error::new(Code::CancelTokenUsed, "cancel_token was used already"))
            }
            Decision::Commit(transition, _) if by_token => {
                Ok(Decision::Commit(transition, Token::Consume))
            }
            decision => Ok(decision),
        }
    });
    match decided.await {
        Ok(session) if is_withdrawable(&session) && by_device => Ok(Cancellation::TooLate),
        Ok(session) if is_withdrawable(&session) => withdraw::withdraw(engine, id, by_token).await,
        other => {
            other.map(drop).or_else(integrator::already_over).map(|()| Cancellation::Cancelled)
        }
    }
}

fn is_withdrawable(session: &Session) -> bool {
    matches!(session.state.status(), Status::Succeeded | Status::Failed)
}

/// Refuses a right that does not count for this session.
fn check_right(engine: &Engine, stored: &Stored, right: &Right) -> Result<(), Error> {
    match right {
        Right::Token(token) => {
            let parts = [stored.session.id.as_str(), token.as_str()];
            if engine.keys.verify(Purpose::CancelToken, &parts, &stored.cancel_token_hash) {
                Ok(())
            } else {
                let message = "cancel_token is not this session's";
                Err(Error::new(Code::CancelTokenInvalid, message))
            }
        }
        Right::Credential(Credential::Page) => Ok(()),
        Right::Credential(Credential::Device { epoch }) => {
            let session = &stored.session;
            if session.device.is_some() && session.epoch == *epoch {
                Ok(())
            } else {
                Err(Error::unauthorized("this phone is not connected to the session any more"))
            }
        }
        Right::Credential(Credential::None) => {
            Err(Error::unauthorized("cancel_token, or a page or device credential, is needed"))
        }
    }
}

/// Whether `token` is the cancel token of `id`: what opens the page for its user.
pub async fn is_cancel_token(engine: &Engine, id: &SessionId, token: &str) -> Result<bool, Error> {
    let found = stored(engine, id).await?;
    match check_right(engine, &found, &Right::Token(token.to_owned())) {
        Ok(()) => Ok(true),
        Err(error) if error.code == Code::CancelTokenInvalid => Ok(false),
        Err(error) => Err(error),
    }
}
