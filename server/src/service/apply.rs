//! The only way a session changes: compare-and-set, event, deliveries and audit row in one
//! transaction (`spec.md` §2.1).

use kayle_domain::session::Refused;
use kayle_domain::{DeliveryId, Event, EventId, Session, SessionId, Status, Timestamp, Transition};

use crate::engine::Engine;
use crate::error::Error;
use crate::keys::Purpose;
use crate::store::endpoints::{self, EndpointRow};
use crate::store::outbox::{self, DeliveryRow};
use crate::store::sessions::{self, Stored};
use crate::store::{Conn, StoreError, attempts};

/// A transition with the status it starts from.
#[derive(Debug, Clone)]
pub struct Change {
    /// The status that is stored.
    pub from: Status,
    /// The change.
    pub transition: Transition,
}

/// What was decided about a session that was just read.
#[derive(Debug)]
pub enum Decision {
    /// Commit this, and consume the cancel token if told so.
    Commit(Transition, Token),
    /// Tell the caller no, after committing the expiry that may be due.
    Refuse(Refused),
    /// Everything is as the caller wishes already.
    Keep(Session),
}

/// What happens to the cancel token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// It is consumed.
    Consume,
    /// It stays as it is.
    Leave,
}

impl From<Result<Transition, Refused>> for Decision {
    fn from(decided: Result<Transition, Refused>) -> Self {
        match decided {
            Ok(transition) => Self::Commit(transition, Token::Leave),
            Err(refused) => Self::Refuse(refused),
        }
    }
}

/// Reads the session, lets `decide` judge it, and commits what it decided: all in one transaction.
pub async fn change<D>(engine: &Engine, id: &SessionId, decide: D) -> Result<Session, Error>
where
    D: Fn(&Engine, Stored, Timestamp) -> Result<Decision, Error> + Send + Sync + 'static,
{
    let job = (engine.clone(), id.clone(), decide);
    let answer = engine
        .store
        .write(job, |tx, (engine, id, decide)| {
            Box::pin(async move {
                let found = sessions::by_id(tx, id.as_str(), engine.config.sandbox).await?;
                let Some(stored) = found else { return Ok(Err(Error::session_not_found())) };
                let from = stored.session.state.status();
                match decide(engine, stored, engine.now()) {
                    Ok(decision) => commit(engine, tx, from, decision).await,
                    Err(error) => Ok(Err(error)),
                }
            })
        })
        .await?;
    announce(engine, id);
    answer
}

async fn commit(
    engine: &Engine,
    tx: &mut Conn,
    from: Status,
    decision: Decision,
) -> Result<Result<Session, Error>, StoreError> {
    match decision {
        Decision::Keep(session) => Ok(Ok(session)),
        Decision::Refuse(refused) => refuse(engine, tx, from, refused).await.map(Err),
        Decision::Commit(transition, token) => {
            if token == Token::Consume {
                let session = &transition.session;
                sessions::consume_token(tx, session.id.as_str(), session.updated_at).await?;
            }
            let session = transition.session.clone();
            apply(engine, tx, &[Change { from, transition }]).await?;
            Ok(Ok(session))
        }
    }
}

/// Commits the expiry a refusal may carry, and turns the refusal into what the caller is told.
pub async fn refuse(
    engine: &Engine,
    tx: &mut Conn,
    from: Status,
    refused: Refused,
) -> Result<Error, StoreError> {
    if let Some(expiry) = refused.expiry {
        apply(engine, tx, &[Change { from, transition: *expiry }]).await?;
    }
    Ok(refused.refusal.into())
}

/// Wakes whoever waits for this session or for deliveries; call it after the commit.
pub fn announce(engine: &Engine, id: &SessionId) {
    engine.mailbox.session_changed(id.as_str());
    engine.mailbox.deliveries_due(outbox::Lane::First);
}

/// Saves every change, with its event, one delivery per subscribed endpoint and its audit row.
pub async fn apply(engine: &Engine, tx: &mut Conn, changes: &[Change]) -> Result<(), StoreError> {
    for Change { from, transition } in changes {
        let session = &transition.session;
        sessions::save(tx, session).await?;
        let to = session.state.status();
        if to != *from {
            audit(engine, tx, session, (*from, to.as_str(), None)).await?;
        }
        let Some(body) = &transition.event else { continue };
        let id = EventId::new(session.updated_at, engine.entropy.bytes());
        let event = Event { id, at: session.updated_at, body: body.clone() };
        close_attempts(tx, session).await?;
        let endpoints = subscribed(tx, session, event.body.kind().as_str()).await?;
        tell(engine, tx, session, &event, &endpoints).await?;
    }
    Ok(())
}

/// Notes what became of a session in the audit trail.
pub async fn audit(
    engine: &Engine,
    tx: &mut Conn,
    session: &Session,
    change: (Status, &str, Option<&str>),
) -> Result<(), StoreError> {
    let id = EventId::new(session.updated_at, engine.entropy.bytes());
    sessions::audit(tx, id.as_str(), session, change).await
}

async fn close_attempts(tx: &mut Conn, session: &Session) -> Result<(), StoreError> {
    let failure = match session.state.status() {
        Status::Expired => "session_expired",
        Status::Cancelled => "session_cancelled",
        _ => return Ok(()),
    };
    attempts::close_all(tx, session.id.as_str(), failure, session.updated_at).await
}

/// The enabled endpoints that want `kind`, among those the session names.
pub async fn subscribed(
    tx: &mut Conn,
    session: &Session,
    kind: &str,
) -> Result<Vec<EndpointRow>, StoreError> {
    let all = endpoints::of_organization(tx, session.terms.organization.as_str()).await?;
    let named = &session.terms.endpoints;
    let wants = |row: &EndpointRow| {
        row.disabled_at.is_none()
            && (named.is_empty() || named.iter().any(|id| id.as_str() == row.id))
            && row.event_types.split(',').any(|wanted| wanted == kind)
    };
    Ok(all.into_iter().filter(wants).collect())
}

/// Stores the event and a sealed copy of it for each endpoint.
pub async fn tell(
    engine: &Engine,
    tx: &mut Conn,
    session: &Session,
    event: &Event,
    endpoints: &[EndpointRow],
) -> Result<(), StoreError> {
    let (kind, now) = (event.body.kind().as_str(), event.at.millis());
    let organization = session.terms.organization.as_str();
    let owner = (organization, session.id.as_str());
    outbox::insert_event(tx, event.id.as_str(), owner, (kind, now)).await?;
    let body = event.envelope(session);
    for endpoint in endpoints {
        let row = sealed(engine, (&event.id, kind), session.id.as_str(), endpoint, &body);
        outbox::insert_delivery(tx, organization, &row, now).await?;
    }
    Ok(())
}

/// A delivery of an event that is due at once, its body sealed.
pub fn sealed(
    engine: &Engine,
    (event, kind): (&EventId, &str),
    session: &str,
    endpoint: &EndpointRow,
    body: &str,
) -> DeliveryRow {
    let id = DeliveryId::new(engine.now(), engine.entropy.bytes());
    let nonce = engine.entropy.bytes();
    let payload = engine.keys.seal(Purpose::Payload, id.as_str(), body.as_bytes(), nonce);
    DeliveryRow {
        id: id.into(),
        event_id: event.as_str().to_owned(),
        endpoint_id: endpoint.id.clone(),
        session_id: session.to_owned(),
        kind: kind.to_owned(),
        status: "pending".to_owned(),
        payload: Some(payload),
        tries: 0,
        lease_token: None,
    }
}
