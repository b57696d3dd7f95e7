//! One application per test: its own database, a frozen clock, seeded randomness, no network.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kayle_app::view::OrganizationView;
use kayle_domain::Timestamp;
use kayle_server::config::{Config, Source};
use kayle_server::engine::{Clock, Engine, Entropy};
use kayle_server::service::callers::Scope;
use kayle_server::service::organizations;
use kayle_server::service::webhooks::endpoints::{self, NewEndpoint};
use kayle_server::worker::deliver;
use serde_json::{Value, json};
use sqlx::Executor;
use tower::ServiceExt as _;

/// A database to run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Db {
    /// A file of its own.
    Sqlite,
    /// A schema of its own.
    Postgres,
}

/// The instant every test begins at.
pub const START: i64 = 1_777_978_800_000; // 2026-05-05T11:00:00.000Z

/// An application under test.
pub struct TestApp {
    pub engine: Engine,
    pub router: Router,
    /// A key with every scope, of the first organization.
    pub key: String,
    pub organization: String,
    url: String,
    folder: Option<tempfile::TempDir>,
    drained: bool,
    seeds: AtomicU64,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    /// The error's code, after checking that the envelope is whole.
    pub fn code(&self) -> String {
        let json = self.json();
        assert!(json["data"].is_null(), "{json}");
        for field in ["message", "hint", "docs"] {
            assert!(json["error"][field].as_str().is_some_and(|s| !s.is_empty()), "{json}");
        }
        json["error"]["code"].as_str().expect("a code").to_owned()
    }

    pub fn message(&self) -> String {
        self.json()["error"]["message"].as_str().expect("a message").to_owned()
    }
}

fn postgres_base() -> String {
    std::env::var("KAYLE_TEST_POSTGRES").expect(
        "KAYLE_TEST_POSTGRES names no server: run the tests through `cargo xtask test` or \
         `cargo xtask postgres -- cargo test`",
    )
}

/// A PostgreSQL schema of its own, and the address that puts every connection into it.
pub async fn fresh_schema() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let base = postgres_base();
    let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&base).await.expect("PostgreSQL answers");
    let create = format!("CREATE SCHEMA {name}");
    pool.execute(sqlx::AssertSqlSafe(create)).await.expect("a schema");
    pool.close().await;
    let join = if base.contains('?') { '&' } else { '?' };
    format!("{base}{join}options[search_path]={name}&application_name={name}")
}

impl TestApp {
    /// A sandbox with one organization.
    pub async fn start(db: Db) -> Self {
        Self::with(db, &[]).await
    }

    /// The same with other settings.
    pub async fn with(db: Db, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match db {
            Db::Sqlite => format!("sqlite://{}/kayle.db", folder.path().display()),
            Db::Postgres => fresh_schema().await,
        };
        let clock = Clock::frozen(Timestamp::from_millis(START));
        let engine = engine(&url, clock, Entropy::seeded(7), settings).await;
        let (organization, key) = tenant(&engine, "Demo Bank").await;
        let router = kayle_server::http::router(engine.clone());
        Self {
            engine,
            router,
            key,
            organization,
            url,
            folder: Some(folder),
            drained: true,
            seeds: AtomicU64::new(8),
        }
    }

    /// Another process on the same database, at the same time, with other settings.
    pub async fn beside(&self, settings: &[(&str, &str)]) -> Self {
        let clock = self.engine.clock.clone();
        let seed = self.seeds.fetch_add(1, Ordering::SeqCst);
        let engine = engine(&self.url, clock, Entropy::seeded(seed), settings).await;
        let router = kayle_server::http::router(engine.clone());
        Self {
            engine,
            router,
            key: self.key.clone(),
            organization: self.organization.clone(),
            url: self.url.clone(),
            folder: None,
            drained: true,
            seeds: AtomicU64::new(1 << 32),
        }
    }

    /// The folder of the database, if it is one of SQLite.
    pub fn sqlite_folder(&self) -> Option<&std::path::Path> {
        self.url.starts_with("sqlite").then(|| self.folder())
    }

    /// The folder of the SQLite database.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.as_ref().expect("the application that made it").path()
    }

    pub fn advance(&self, seconds: u64) {
        self.engine.clock.advance(Duration::from_secs(seconds));
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer { status: parts.status, headers: parts.headers, text };
        crate::contract::check(&method, &path, &answer);
        answer
    }

    /// A request with a JSON body and, if not empty, an `Authorization` header.
    pub async fn call(&self, method: &str, path: &str, auth: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !auth.is_empty() {
            request = request.header("authorization", auth);
        }
        let body = match body {
            None => Body::empty(),
            Some(json) => {
                request = request.header("content-type", "application/json");
                Body::from(json.to_string())
            }
        };
        self.send(request.body(body).expect("a request")).await
    }

    /// A request with the organization's API key.
    pub async fn api(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.call(method, path, &format!("Bearer {}", self.key), body).await
    }

    /// A new session with a required age gate and an optional family name.
    pub async fn create(&self) -> Value {
        let body = json!({
            "share_fields": {
                "age_over_18": { "required": true, "reason": "You must be an adult" },
                "family_name": { "required": false, "reason": "To greet you" },
            },
            "redirect_url": "https://yourapp.example/done?x=1",
            "client_reference_id": "order-7",
            "metadata": { "plan": "gold" },
        });
        let answer = self.api("POST", "/v1/sessions", Some(body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.data()
    }

    /// The id of a new session that its integrator cancels at once.
    pub async fn cancelled(&self) -> String {
        let id = self.create().await["id"].as_str().expect("an id").to_owned();
        let answer = self.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await;
        assert_eq!(answer.status, 204);
        id
    }

    /// The session as its integrator sees it.
    pub async fn get(&self, id: &str) -> Value {
        let path = format!("/v1/sessions/{id}?include_attempts=true");
        let answer = self.api("GET", &path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.data()
    }

    /// Registers `url` for every event; returns the endpoint's id and its signing secret.
    pub async fn endpoint(&mut self, url: &str) -> (String, String) {
        self.drained = false;
        let organization = self.organization.parse().expect("an id");
        let new = NewEndpoint::of("test", url);
        let made = endpoints::create_for(&self.engine, &organization, new).await;
        let (row, secret) = made.expect("an endpoint");
        (row.id, secret.as_str().to_owned())
    }

    /// Makes every delivery that is due.
    pub async fn deliver(&mut self) {
        deliver::drain(&self.engine).await.expect("deliveries are made");
        self.drained = true;
    }

    /// The one number a statement gives.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut conn = self.engine.store.read().await.expect("a connection");
        sqlx::query_scalar(sql).fetch_one(&mut *conn).await.expect("a number")
    }
}

/// What makes an application a live one, not a sandbox.
pub const LIVE: [(&str, &str); 3] = [
    ("KAYLE_SANDBOX", "false"),
    ("KAYLE_PUBLIC_URL", "https://verify.test"),
    ("KAYLE_IDENTITY_SECRET", "an identity secret, long enough to be one"),
];

/// The secret of every application that is not told another one.
pub const SECRET: &str = "a secret for tests that is long enough to be one";

pub async fn engine(
    url: &str,
    clock: Clock,
    entropy: Entropy,
    settings: &[(&str, &str)],
) -> Engine {
    let mut pairs = vec![
        ("KAYLE_SANDBOX", "true"),
        ("KAYLE_RATE_LIMIT", "off"),
        ("KAYLE_SECRET", SECRET),
        ("KAYLE_PUBLIC_URL", "http://verify.test"),
        ("DATABASE_URL", url),
        ("KAYLE_WEBHOOK_SCHEDULE", "0s,5s,5m"),
        ("KAYLE_WEBHOOK_TIMEOUT", "10s"),
    ];
    pairs.retain(|(name, _)| settings.iter().all(|(other, _)| other != name));
    pairs.extend_from_slice(settings);
    let config = Config::read(&Source::from_pairs(&pairs)).expect("valid settings");
    Engine::build(config, clock, entropy).await.expect("an engine")
}

/// A new organization with a key that has every scope.
pub async fn tenant(engine: &Engine, name: &str) -> (String, String) {
    let view = OrganizationView {
        name: name.to_owned(),
        support_email: Some("help@bank.example".to_owned()),
        ..OrganizationView::default()
    };
    let organization = organizations::create(engine, view).await.expect("an organization");
    let scopes = Scope::ALL.map(|scope| scope.as_str().to_owned());
    let made = organizations::create_key(engine, organization.as_str(), "test", &scopes).await;
    (organization.into(), made.expect("a key").1)
}

impl Drop for TestApp {
    /// A test that registers an endpoint says what becomes of its deliveries.
    fn drop(&mut self) {
        let forgotten = !self.drained && !std::thread::panicking();
        assert!(!forgotten, "deliveries were left undrained");
    }
}

impl TestApp {
    /// With the API key under `/v1/sessions`, without credentials on the public side.
    pub async fn api_or_public(&self, method: &str, path: &str) -> Answer {
        if path.starts_with("/v1/verify") {
            self.call(method, path, "", None).await
        } else {
            self.api(method, path, None).await
        }
    }
}
