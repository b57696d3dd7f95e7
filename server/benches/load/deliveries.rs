//! Deliveries: how many a second beside a bare loop of the same client, how soon after the commit,
//! beside a dead endpoint's backlog, and what it costs to have very many wait.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use kayle_app::view::OrganizationView;
use kayle_domain::{EventId, EventKind};
use kayle_server::config::{Config, Source};
use kayle_server::engine::{Clock, Engine, Entropy};
use kayle_server::service::webhooks::endpoints::{self, NewEndpoint};
use kayle_server::service::{apply, organizations};
use kayle_server::store::Dialect;
use kayle_server::store::endpoints::EndpointRow;
use kayle_server::store::outbox::{self, Lane};
use kayle_server::webhook::fair::FIRST_ROOM;
use kayle_server::worker;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::meter::{ROUNDS, Work, measure, median};
use crate::receiver::{self, Arrivals};
use crate::server::Program;
use crate::table::{Limit, Row};

const RATIO: f64 = 0.5;
const SOON: Limit = Limit { name: "first try after commit, p99", most: 50.0, unit: "ms" };
const FAIR: Limit = Limit { name: "… beside 10,000 for a dead endpoint", most: 1.5, unit: "×" };
const MEMORY: Limit = Limit { name: "memory, 100,000 pending over 100", most: 20.0, unit: "MB" };
/// Deliveries of a round.
const BATCH: usize = 6_000;
/// Deliveries that wait for the dead endpoint.
const BACKLOG: usize = 10_000;
/// Events of a latency run, one every [`PACE`].
const EVENTS: usize = 400;
const PACE: Duration = Duration::from_millis(10);
/// When a run counts as stuck.
const STUCK: Duration = Duration::from_mins(1);
/// A body as long as a success's.
const BODY: &str = r#"{"type":"verification.session.succeeded","timestamp":"2026-05-05T11:20:00.000Z","data":{"claims":{"date_of_birth":"1974-08-12","family_name":"ERIKSSON","given_names":"ANNA MARIA","kayle_document_id":"kdid_0000000000000000000000000000000000000000000000000000000000000000","age_over_18":true},"selected_field_keys":["date_of_birth","family_name","given_names","kayle_document_id","age_over_18"],"consent":{"id":"vc_00000000000000000000000000000000","consented_at":"2026-05-05T11:10:00.000Z","contract_hash":"0000000000000000000000000000000000000000000000000000000000000000","locale":"en"}},"metadata":{"event_id":"evt_00000000000000000000000000000000","verification_session_id":"vs_00000000000000000000000000000000","contract_version":1,"client_reference_id":null,"session_metadata":{},"sandbox":true}}"#;

/// Every row, on both databases.
pub async fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let base = std::env::var("KAYLE_TEST_POSTGRES");
    let base = base.map_err(|_| "KAYLE_TEST_POSTGRES names no server: run `make bench`")?;
    let file = format!("sqlite://{}/deliveries.db", folder.display());
    let (address, arrivals) = receiver::serve()?;
    let mut rows = Vec::new();
    for (url, name) in [(file, "deliveries, SQLite"), (base, "deliveries, PostgreSQL")] {
        eprintln!("{name}");
        let desk = Desk::open(&url, address, arrivals.clone()).await?;
        rows.push(desk.compare(name).await?);
        rows.extend(desk.latencies().await?);
        desk.engine.store.close().await;
    }
    rows.push(MEMORY.row(memory(folder, address).await?));
    Ok(rows)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

async fn engine(url: &str) -> Result<Engine, String> {
    let settings = [("KAYLE_SANDBOX", "true"), ("DATABASE_URL", url)];
    let config = Config::read(&Source::from_pairs(&settings))?;
    Engine::build_idle(config, Clock::system(), Entropy::system()).await
}

/// A database with an endpoint that answers and one that does not.
struct Desk {
    engine: Engine,
    fine: EndpointRow,
    dead: EndpointRow,
    url: Url,
    arrivals: Arrivals,
}

impl Desk {
    async fn open(url: &str, address: SocketAddr, arrivals: Arrivals) -> Result<Self, String> {
        let engine = engine(url).await?;
        let view = OrganizationView { name: "Bench".to_owned(), ..OrganizationView::default() };
        let organization = organizations::create(&engine, view).await.map_err(text)?;
        let mut made = Vec::new();
        for path in ["hook", "hang"] {
            let new = NewEndpoint::of(path, &format!("http://{address}/{path}"));
            let row = endpoints::create_for(&engine, &organization, new).await;
            made.push(row.map_err(text)?.0);
        }
        let (dead, fine) = made.pop().zip(made.pop()).ok_or("two endpoints were made")?;
        let url = Url::parse(&fine.url).map_err(text)?;
        Ok(Self { engine, fine, dead, url, arrivals })
    }

    /// Stores so many events for an endpoint; returns their ids.
    async fn store(&self, endpoint: &EndpointRow, count: usize) -> Result<Vec<String>, String> {
        let mut ids = Vec::with_capacity(count);
        while ids.len() < count {
            let part = (count - ids.len()).min(500);
            let job = (self.engine.clone(), endpoint.clone(), part);
            let work = self.engine.store.write(job, |tx, (engine, endpoint, part)| {
                Box::pin(async move {
                    let mut ids = Vec::with_capacity(*part);
                    for _ in 0..*part {
                        ids.push(store_one(engine, tx, endpoint).await?);
                    }
                    Ok(ids)
                })
            });
            ids.extend(work.await.map_err(text)?);
        }
        Ok(ids)
    }

    async fn until(&self, arrived: usize) -> Result<(), String> {
        let waited = tokio::time::timeout(STUCK, async {
            while self.arrivals.count() < arrived {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        waited.await.map_err(|_| format!("only {} arrived", self.arrivals.count()))
    }

    /// Ours and a bare loop of the same client in turn, with as many calls at a time.
    async fn compare(&self, name: &'static str) -> Result<Row, String> {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            bare.push(measure((0..FIRST_ROOM).map(|_| self.poster()).collect()).await?.rate);
            self.store(&self.fine, BATCH).await?;
            let before = self.arrivals.count();
            let (begun, end) = (Instant::now(), CancellationToken::new());
            let mut workers = worker::run(&self.engine, &end);
            self.until(before + BATCH).await?;
            let took = begun.elapsed().as_secs_f64();
            end.cancel();
            while workers.join_next().await.is_some() {}
            ours.push(f64::from(u32::try_from(BATCH).unwrap_or(u32::MAX)) / took);
        }
        let bare = median(bare.into_iter());
        Ok(Row::against(name, median(ours.into_iter()), bare, Some(RATIO)))
    }

    fn poster(&self) -> Poster {
        Poster { engine: self.engine.clone(), url: self.url.clone() }
    }

    /// How long after its commit each of some events arrived, 99 of 100 (ms): alone, and beside a
    /// backlog for the dead endpoint.
    async fn latencies(&self) -> Result<[Row; 2], String> {
        let (mut alone, mut ratios) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let reference = self.p99().await?;
            self.store(&self.dead, BACKLOG).await?;
            let beside = self.p99().await?;
            self.forget(&self.dead).await?;
            alone.push(reference);
            ratios.push(beside / reference);
        }
        Ok([SOON.row(median(alone.into_iter())), FAIR.row(median(ratios.into_iter()))])
    }

    async fn p99(&self) -> Result<f64, String> {
        self.settle().await?;
        let end = CancellationToken::new();
        let workers = worker::run(&self.engine, &end);
        self.arrivals.take();
        let before = self.arrivals.count();
        let mut pace = tokio::time::interval(PACE);
        let mut commits = HashMap::with_capacity(EVENTS);
        for _ in 0..EVENTS {
            pace.tick().await;
            let ids = self.store(&self.fine, 1).await?;
            self.engine.mailbox.deliveries_due(Lane::First);
            let now = Instant::now();
            commits.extend(ids.into_iter().map(|id| (id, now)));
        }
        self.until(before + EVENTS).await?;
        // What hangs is not waited for.
        drop(workers);
        let times = self.arrivals.take();
        let took = commits.iter().filter_map(|(id, at)| Some(times.get(id)?.duration_since(*at)));
        let mut took: Vec<_> = took.collect();
        took.sort_unstable();
        let at = took.len() * 99 / 100;
        let slow = took.get(at).ok_or("no event arrived")?;
        Ok(slow.as_secs_f64() * 1e3)
    }

    /// Lets the database do now what it would do later for the rows that were just stored.
    async fn settle(&self) -> Result<(), String> {
        let statements: &[&'static str] = match self.engine.store.dialect() {
            Dialect::Sqlite => &["PRAGMA wal_checkpoint(TRUNCATE)"],
            Dialect::Postgres => &["VACUUM (ANALYZE) deliveries", "CHECKPOINT"],
        };
        let mut conn = self.engine.store.read().await.map_err(text)?;
        for sql in statements {
            sqlx::query(*sql).execute(&mut *conn).await.map_err(text)?;
        }
        Ok(())
    }

    async fn forget(&self, endpoint: &EndpointRow) -> Result<(), String> {
        let work = self.engine.store.write(endpoint.id.clone(), |tx, id| {
            Box::pin(async move {
                let sql = "DELETE FROM deliveries WHERE endpoint_id = $1";
                sqlx::query(sql).bind(id.as_str()).execute(tx).await?;
                Ok(())
            })
        });
        work.await.map_err(text)
    }
}

async fn store_one(
    engine: &Engine,
    tx: &mut kayle_server::store::Conn,
    endpoint: &EndpointRow,
) -> Result<String, kayle_server::store::StoreError> {
    let (now, kind) = (engine.now(), EventKind::Succeeded.as_str());
    let event = EventId::new(now, engine.entropy.bytes());
    let owner = (endpoint.organization_id.as_str(), "");
    outbox::insert_event(tx, event.as_str(), owner, (kind, now.millis())).await?;
    let row = apply::sealed(engine, (&event, kind), "", endpoint, BODY);
    outbox::insert_delivery(tx, &endpoint.organization_id, &row, now.millis()).await?;
    Ok(event.into())
}

/// The client alone, with headers and a body like a delivery's.
struct Poster {
    engine: Engine,
    url: Url,
}

impl Work for Poster {
    async fn once(&mut self) -> Result<(), String> {
        let headers = [
            ("x-kayle-signature", format!("t=1777980000,v1={}", "0".repeat(64))),
            ("x-kayle-delivery-id", format!("whd_{}", "0".repeat(32))),
            ("x-kayle-event", EventKind::Succeeded.as_str().to_owned()),
            ("webhook-timestamp", "1777980000".to_owned()),
            ("webhook-signature", format!("v1,{}", "0".repeat(44))),
            ("content-type", "application/json".to_owned()),
        ];
        let body = BODY.as_bytes().to_vec();
        let outcome = self.engine.client.post("bare", &self.url, &headers, body).await;
        outcome.error_class.map_or(Ok(()), |class| Err(class.to_owned()))
    }
}

/// How much more memory a server holds with 100,000 deliveries that wait than with 100, in MB.
async fn memory(folder: &Path, address: SocketAddr) -> Result<f64, String> {
    eprintln!("memory with deliveries that wait");
    let url = format!("sqlite://{}/waiting.db", folder.display());
    let desk = Desk::open(&url, address, Arrivals::default()).await?;
    let program = Program::on(url);
    let mut held = Vec::new();
    for more in [100, 99_900] {
        desk.store(&desk.dead, more).await?;
        let server = program.serve().await?;
        // Long enough for every worker to have looked, and to hold what it takes.
        tokio::time::sleep(Duration::from_secs(4)).await;
        held.push(server.resident()?);
        drop(server);
    }
    Ok(held[1] - held[0])
}
