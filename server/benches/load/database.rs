//! The floor of the database: the same statements through the same store, without HTTP.

use std::path::Path;
use std::sync::Arc;

use kayle_app::view::OrganizationView;
use kayle_domain::redirect::RedirectUrl;
use kayle_domain::session::Terms;
use kayle_domain::{OrganizationId, Session, SessionId, ShareContract};
use kayle_server::config::{Config, Source};
use kayle_server::engine::{Clock, Engine, Entropy};
use kayle_server::keys::Purpose;
use kayle_server::service::organizations;
use kayle_server::store::idempotency::{self, Remembered};
use kayle_server::store::sessions::{self, Filter};

use crate::call::{self, Call};
use crate::meter::{WORKERS, Work};

/// A database beside the server's, with sessions to read.
pub struct Database {
    engine: Engine,
    terms: Terms,
    token: String,
    answer: String,
    ids: Vec<SessionId>,
}

impl Database {
    /// A fresh one in `folder`.
    pub async fn open(folder: &Path, sessions: usize) -> Result<Self, String> {
        let url = format!("sqlite://{}/floor.db", folder.display());
        let settings = [("KAYLE_SANDBOX", "true"), ("DATABASE_URL", url.as_str())];
        let config = Config::read(&Source::from_pairs(&settings))?;
        let engine = Engine::build_idle(config, Clock::system(), Entropy::system()).await?;
        let view = OrganizationView { name: "Bench".to_owned(), ..OrganizationView::default() };
        let made = organizations::create(&engine, view).await;
        let terms = terms(made.map_err(|error| error.to_string())?)?;
        let token = engine.keys.tag(Purpose::CancelToken, &["any"]);
        // As long as the sealed answer to such a create.
        let answer = engine.keys.seal(Purpose::Payload, "", &[0; 1100], engine.entropy.bytes());
        let mut database = Self { engine, terms, token, answer, ids: Vec::with_capacity(sessions) };
        for _ in 0..sessions {
            let id = database.insert(false).await?;
            database.ids.push(id);
        }
        Ok(database)
    }

    /// Tasks that do what `call` does to the database; reads `shared` as the server shares them, or
    /// one statement each.
    pub fn workers(self: &Arc<Self>, call: Call, shared: bool) -> Vec<Statements> {
        let worker = |number: usize| Statements {
            shared,
            database: self.clone(),
            call,
            next: number * self.ids.len() / WORKERS,
        };
        (0..WORKERS).map(worker).collect()
    }

    /// What a create writes, with the row that remembers it if `keyed`.
    async fn insert(&self, keyed: bool) -> Result<SessionId, String> {
        let now = self.engine.now();
        let id = SessionId::new(now, self.engine.entropy.bytes());
        let ttl = self.engine.config.session_ttl;
        let session = Session::open(id.clone(), self.terms.clone(), ttl, now);
        let tag = keyed.then(|| self.engine.entropy.text::<73>());
        let create = Remembered { body_tag: self.token.clone(), answer: self.answer.clone() };
        let job = (session, self.token.clone(), tag, create);
        let write = self.engine.store.write(job, |tx, (session, token, tag, create)| {
            Box::pin(async move {
                if let Some(tag) = tag {
                    let now = session.created_at.millis();
                    idempotency::claim(tx, tag, create, (now, now + 86_400_000)).await?;
                }
                sessions::insert(tx, session, token, tag.as_deref()).await
            })
        });
        write.await.map_err(|error| error.to_string())?;
        Ok(id)
    }

    /// One statement over a connection of the pool, as a loop would do it.
    async fn read(&self, call: Call, id: &str) -> Result<bool, String> {
        let read = self.engine.store.read().await;
        let mut conn = read.map_err(|error| error.to_string())?;
        let organization = self.terms.organization.as_str();
        let found = match call {
            Call::List => {
                let (filter, span) = (Filter::default(), (self.engine.now(), 11));
                let list = sessions::list(&mut conn, organization, &filter, span, true).await;
                list.map(|rows| rows.len() == 11)
            }
            Call::Short => {
                let row = sqlx::query(SHORT).bind(id).fetch_optional(&mut *conn).await;
                row.map(|row| row.is_some()).map_err(Into::into)
            }
            _ => sessions::by_id(&mut conn, id, true).await.map(|row| row.is_some()),
        };
        found.map_err(|error| error.to_string())
    }
}

impl Database {
    /// A read that shares its statement with those that wait beside it.
    async fn read_shared(&self, call: Call, id: &SessionId) -> Result<bool, String> {
        let store = &self.engine.store;
        let found = match call {
            Call::Short => store.short(id).await.map(|row| row.is_some()),
            _ => store.session(id).await.map(|row| row.is_some()),
        };
        found.map_err(|error| error.to_string())
    }
}

/// What the short status needs.
const SHORT: &str = "SELECT id, status, device_id, expires_at FROM sessions WHERE id = $1";

/// What the body of the create request stands for.
fn terms(organization: OrganizationId) -> Result<Terms, String> {
    let body = call::terms();
    let redirect = body["redirect_url"].as_str().unwrap_or_default();
    Ok(Terms {
        organization,
        contract: ShareContract::parse(&body["share_fields"]).map_err(|error| error.to_string())?,
        redirect_url: Some(RedirectUrl::parse(redirect, true).map_err(|error| error.to_string())?),
        client_reference_id: None,
        metadata: serde_json::Map::new(),
        locale: None,
        endpoints: Vec::new(),
        sandbox: true,
    })
}

/// One task's share of a round.
pub struct Statements {
    database: Arc<Database>,
    call: Call,
    shared: bool,
    next: usize,
}

impl Work for Statements {
    async fn once(&mut self) -> Result<(), String> {
        let database = &*self.database;
        if self.call.creates() {
            return database.insert(self.call == Call::Keyed).await.map(drop);
        }
        let id = &database.ids[self.next];
        self.next = (self.next + 1) % database.ids.len();
        let found = match self.shared {
            true => database.read_shared(self.call, id).await?,
            false => database.read(self.call, id.as_str()).await?,
        };
        if found { Ok(()) } else { Err(format!("{id} is not in the floor's database")) }
    }
}
