//! Sessions as integrators use them: create, get, list, cancel.

use kayle_domain::session::Terms;
use kayle_domain::{
    Attempt, CancelledBy, EndpointId, OrganizationId, Session, SessionId, Status, Timestamp,
};

use super::apply::{self, Decision};
use super::callers::{Caller, Scope};
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::sessions::{self, Filter};
use crate::store::{attempts, outbox};

/// A session that was just created, with the token that is shown only now.
#[derive(Debug)]
pub struct Created {
    /// The session.
    pub session: Session,
    /// The cancel token.
    pub cancel_token: String,
}

/// A session with its attempts, if they were asked for.
#[derive(Debug)]
pub struct Found {
    /// The session.
    pub session: Session,
    /// Its attempts, oldest first.
    pub attempts: Option<Vec<Attempt>>,
}

/// One page of a list.
#[derive(Debug)]
pub struct Listed {
    /// The sessions, newest first.
    pub sessions: Vec<Found>,
    /// Whether there are more.
    pub has_more: bool,
}

/// Creates a session on the caller's terms.
pub async fn create(engine: &Engine, caller: &Caller, terms: Terms) -> Result<Created, Error> {
    caller.require(Scope::SessionsWrite)?;
    if !terms.endpoints.is_empty() {
        check_endpoints(engine, &terms.organization, &terms.endpoints).await?;
    }
    let now = engine.now();
    let id = SessionId::new(now, engine.entropy.bytes());
    let cancel_token = engine.entropy.text::<48>();
    let session = Session::open(id, terms, engine.config.session_ttl, now);
    let hash = engine.keys.tag(Purpose::CancelToken, &[session.id.as_str(), &cancel_token]);
    let session = engine
        .store
        .write((session, hash), |tx, (session, hash)| {
            Box::pin(async move {
                sessions::insert(tx, session, hash).await?;
                Ok(session.clone())
            })
        })
        .await?;
    Ok(Created { session, cancel_token })
}

async fn check_endpoints(
    engine: &Engine,
    organization: &OrganizationId,
    named: &[EndpointId],
) -> Result<(), Error> {
    let mut conn = engine.store.read().await?;
    let own = outbox::endpoints(&mut conn, organization.as_str()).await?;
    let usable =
        |id: &EndpointId| own.iter().any(|row| row.id == id.as_str() && row.disabled_at.is_none());
    match named.iter().find(|id| !usable(id)) {
        None => Ok(()),
        Some(id) => Err(Error::new(
            Code::WebhookEndpointUnavailable,
            format!("webhook_endpoint_id: {id} is not an enabled endpoint of your organization"),
        )),
    }
}

/// One session of the caller's organization.
pub async fn get(
    engine: &Engine,
    caller: &Caller,
    id: &SessionId,
    with_attempts: bool,
) -> Result<Found, Error> {
    let organization = caller.require(Scope::SessionsRead)?;
    let mut conn = engine.store.read().await?;
    let stored = sessions::by_id(&mut conn, id.as_str(), engine.config.sandbox).await?;
    let own = stored.filter(|stored| stored.session.terms.organization == *organization);
    let session = own.ok_or_else(Error::session_not_found)?.session;
    let attempts = match with_attempts {
        true => Some(attempts::of_session(&mut conn, id.as_str()).await?),
        false => None,
    };
    Ok(Found { session, attempts })
}

/// What a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The filters, without the cursor.
    pub filter: Filter,
    /// The cursor: the last session of the page before.
    pub starting_after: Option<SessionId>,
    /// Sessions per page: 1–100.
    pub limit: u8,
    /// Whether attempts come with each.
    pub with_attempts: bool,
}

/// One page of the caller's sessions, newest first.
pub async fn list(engine: &Engine, caller: &Caller, query: Query) -> Result<Listed, Error> {
    let organization = caller.require(Scope::SessionsRead)?;
    let sandbox = engine.config.sandbox;
    let mut conn = engine.store.read().await?;
    let mut filter = query.filter;
    if let Some(id) = &query.starting_after {
        let stored = sessions::by_id(&mut conn, id.as_str(), sandbox).await?;
        let own = stored.filter(|stored| stored.session.terms.organization == *organization);
        let session = own
            .ok_or_else(|| Error::invalid("starting_after names no session of your organization"))?
            .session;
        filter.after = Some((session.created_at, session.id.into()));
    }
    let limit = usize::from(query.limit);
    let span = (engine.now(), i64::from(query.limit) + 1);
    let mut rows = sessions::list(&mut conn, organization.as_str(), &filter, span, sandbox).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let mut found = Vec::with_capacity(rows.len());
    for session in rows {
        let attempts = match query.with_attempts {
            true => Some(attempts::of_session(&mut conn, session.id.as_str()).await?),
            false => None,
        };
        found.push(Found { session, attempts });
    }
    Ok(Listed { sessions: found, has_more })
}

/// Cancels an open session; in every other status nothing happens (`spec.md` §3).
pub async fn cancel(engine: &Engine, caller: &Caller, id: &SessionId) -> Result<(), Error> {
    let organization = caller.require(Scope::SessionsWrite)?.clone();
    apply::change(engine, id, move |_, stored, now| {
        let session = stored.session;
        if session.terms.organization != organization {
            return Err(Error::session_not_found());
        }
        Ok(cancel_open(session, CancelledBy::Organization, now))
    })
    .await
    .map(drop)
    .or_else(already_over)
}

/// Cancels a session that is open; leaves one that is over as it is.
pub fn cancel_open(session: Session, by: CancelledBy, now: Timestamp) -> Decision {
    if session.state.status().is_terminal() {
        Decision::Keep(session)
    } else {
        session.cancel(by, now).into()
    }
}

/// Both cancels answer 204 when only the expiry happened: the session is terminal (§2.1).
pub fn already_over(error: Error) -> Result<(), Error> {
    if error.code == Code::SessionExpired { Ok(()) } else { Err(error) }
}

/// The status an integrator sees now.
pub fn visible_status(engine: &Engine, session: &Session) -> Status {
    session.status_at(engine.now())
}
