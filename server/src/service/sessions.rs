//! Sessions as integrators use them: create, get, list, cancel.

use kayle_domain::session::Terms;
use kayle_domain::{
    Attempt, CancelledBy, EndpointId, OrganizationId, Session, SessionId, Status, Timestamp,
};

use super::apply::{self, Decision};
use super::callers::{Caller, Scope};
use super::idempotency::Once;
use crate::engine::Engine;
use crate::error::{Code, Error};
use crate::keys::Purpose;
use crate::store::sessions::{self, Filter};
use crate::store::{Conn, StoreError, attempts, endpoints};

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

/// Opens a session on the caller's terms; it exists once [`create`] has stored it.
pub fn open(engine: &Engine, caller: &Caller, terms: Terms) -> Result<Created, Error> {
    caller.require(Scope::SessionsWrite)?;
    let now = engine.now();
    let id = SessionId::new(now, engine.entropy.bytes());
    let cancel_token = engine.entropy.text::<48>();
    let session = Session::open(id, terms, engine.config.session_ttl, now);
    Ok(Created { session, cancel_token })
}

/// What a session is stored with.
struct Draft {
    engine: Engine,
    session: Session,
    token_hash: String,
    once: Option<Once>,
}

/// Stores a session that was opened. `None`: it exists now; else what the create it repeats was
/// answered.
pub async fn create(
    engine: &Engine,
    created: &Created,
    once: Option<Once>,
) -> Result<Option<Vec<u8>>, Error> {
    let session = created.session.clone();
    let parts = [session.id.as_str(), &created.cancel_token];
    let token_hash = engine.keys.tag(Purpose::CancelToken, &parts);
    let draft = Draft { engine: engine.clone(), session, token_hash, once };
    engine.store.write(draft, |tx, draft| Box::pin(keep(tx, draft))).await?
}

async fn keep(tx: &mut Conn, draft: &Draft) -> Result<Result<Option<Vec<u8>>, Error>, StoreError> {
    let Draft { engine, session, token_hash, once } = draft;
    let named = check_endpoints(tx, session).await?;
    if let Some(once) = once
        && let Some(found) = once.claim(tx, session.created_at, named.is_ok()).await?
    {
        return Ok(once.replay(engine, &found).map(Some));
    }
    if let Err(refused) = named {
        return Ok(Err(refused));
    }
    sessions::insert(tx, session, token_hash, once.as_ref().map(Once::tag)).await?;
    Ok(Ok(None))
}

async fn check_endpoints(
    tx: &mut Conn,
    session: &Session,
) -> Result<Result<(), Error>, StoreError> {
    let Terms { organization, endpoints: named, .. } = &session.terms;
    if named.is_empty() {
        return Ok(Ok(()));
    }
    let own = endpoints::of_organization(tx, organization.as_str()).await?;
    let usable =
        |id: &EndpointId| own.iter().any(|row| row.id == id.as_str() && row.disabled_at.is_none());
    Ok(named.iter().find(|id| !usable(id)).map_or(Ok(()), |id| {
        let message =
            format!("webhook_endpoint_id: {id} is not an enabled endpoint of your organization");
        Err(Error::new(Code::WebhookEndpointUnavailable, message))
    }))
}

/// One session of the caller's organization.
pub async fn get(
    engine: &Engine,
    caller: &Caller,
    id: &SessionId,
    with_attempts: bool,
) -> Result<Found, Error> {
    let session = own(engine, caller.require(Scope::SessionsRead)?, id).await?;
    let session = session.ok_or_else(Error::session_not_found)?;
    let attempts = match with_attempts {
        true => {
            let mut conn = engine.store.read().await?;
            Some(attempts::of_sessions(&mut conn, &[id.as_str()]).await?)
        }
        false => None,
    };
    Ok(Found { session, attempts })
}

/// A session, if it is the organization's.
pub(super) async fn own(
    engine: &Engine,
    organization: &OrganizationId,
    id: &SessionId,
) -> Result<Option<Session>, Error> {
    let found = engine.store.session(id).await?;
    let session = found.map(|stored| stored.session);
    Ok(session.filter(|session| session.terms.organization == *organization))
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
    let mut filter = query.filter;
    if let Some(id) = &query.starting_after {
        let unknown = || Error::invalid("starting_after names no session of your organization");
        let session = own(engine, organization, id).await?.ok_or_else(unknown)?;
        filter.after = Some((session.created_at, session.id.into()));
    }
    let mut conn = engine.store.read().await?;
    let limit = usize::from(query.limit);
    let span = (engine.now(), i64::from(query.limit) + 1);
    let mut rows = sessions::list(&mut conn, organization.as_str(), &filter, span, sandbox).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let mut found: Vec<Found> =
        rows.into_iter().map(|session| Found { session, attempts: None }).collect();
    if query.with_attempts {
        let ids: Vec<&str> = found.iter().map(|found| found.session.id.as_str()).collect();
        let mut attempts = attempts::of_sessions(&mut conn, &ids).await?;
        for Found { session, attempts: own } in &mut found {
            *own = Some(attempts.extract_if(.., |a| a.session_id == session.id).collect());
        }
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
