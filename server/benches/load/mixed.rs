//! The mixed load: what a busy service really does, reads, creates, pages and cancels side by side,
//! on both databases, each beside the same mix on bare routes.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::bare;
use crate::call::Call;
use crate::client::Connection;
use crate::meter::{ROUNDS, Round, WORKERS, Work, measure, median};
use crate::server::Program;
use crate::table::Row;

/// Sessions that reads, pages and cancels go to.
const SESSIONS: usize = 20_000;
/// Callers that create them side by side.
const CREATORS: usize = 20;
/// What is asked next: 60 % reads (half of them the user's short status), 20 % creates, 10 % pages,
/// 10 % cancels.
const fn chosen(hundredth: u8) -> Call {
    match hundredth {
        0..30 => Call::Get,
        30..60 => Call::Short,
        60..80 => Call::Create,
        80..90 => Call::Page,
        _ => Call::Cancel,
    }
}

/// A row for each database.
pub async fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let base = std::env::var("KAYLE_TEST_POSTGRES");
    let base = base.map_err(|_| "KAYLE_TEST_POSTGRES names no server: run `make bench`")?;
    let file = format!("sqlite://{}/mixed.db", folder.display());
    let mut rows = Vec::new();
    for (url, name) in [(file, "mixed load, SQLite"), (base, "mixed load, PostgreSQL")] {
        rows.push(row(name, &Program::on(url)).await?);
    }
    Ok(rows)
}

async fn row(name: &'static str, program: &Program) -> Result<Row, String> {
    let key: Arc<str> = program.tenant().await?.into();
    let server = program.serve().await?;
    let address = server.address;
    eprintln!("{name}: {SESSIONS} sessions");
    let ids: Arc<[String]> = create(address, &key).await?.into();
    let bare = bare::serve(samples(address, &key, &ids).await?)?;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        eprintln!("{name}, round {round} of {ROUNDS}");
        ours.push(measure(users(address, &key, &ids).await?).await?);
        floor.push(measure(users(bare, &key, &ids).await?).await?);
    }
    server.stop().await?;
    let of = |rounds: &[Round], figure: fn(&Round) -> f64| median(rounds.iter().map(figure));
    let rate: fn(&Round) -> f64 = |round| round.rate;
    Ok(Row::against(name, of(&ours, rate), of(&floor, rate), None)
        .with_latency(of(&ours, |round| round.p50), of(&ours, |round| round.p99)))
}

/// One answer to each call, for the bare routes.
async fn samples(address: SocketAddr, key: &str, ids: &[String]) -> Result<Vec<Vec<u8>>, String> {
    let mut connection = Connection::open(address).await?;
    let mut samples = Vec::with_capacity(Call::ALONE.len());
    for call in Call::ALONE {
        let request = call.request(address, key, &ids[0]);
        samples.push(connection.exchange(&request, call.status()).await?.body.to_vec());
    }
    Ok(samples)
}

/// The ids of fresh sessions.
async fn create(address: SocketAddr, key: &Arc<str>) -> Result<Vec<String>, String> {
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..CREATORS {
        let key = key.clone();
        running.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let request = Call::Create.request(address, &key, "");
            let mut ids = Vec::with_capacity(SESSIONS / CREATORS);
            for _ in 0..SESSIONS / CREATORS {
                let reply = connection.exchange(&request, Call::Create.status()).await?;
                ids.push(crate::session_id(reply.body)?);
            }
            Ok::<_, String>(ids)
        });
    }
    let shares: Result<Vec<_>, String> = running.join_all().await.into_iter().collect();
    Ok(shares?.concat())
}

/// One connection of the mix: what it asks, and of which session, is drawn from its own seed.
struct User {
    connection: Connection,
    address: SocketAddr,
    key: Arc<str>,
    ids: Arc<[String]>,
    draw: StdRng,
}

impl Work for User {
    async fn once(&mut self) -> Result<(), String> {
        let call = chosen(self.draw.random_range(0..100));
        let id = &self.ids[self.draw.random_range(0..self.ids.len())];
        let request = call.request(self.address, &self.key, id);
        self.connection.exchange(&request, call.status()).await.map(drop)
    }
}

async fn users(
    address: SocketAddr,
    key: &Arc<str>,
    ids: &Arc<[String]>,
) -> Result<Vec<User>, String> {
    let mut users = Vec::with_capacity(WORKERS);
    for seed in 0..WORKERS as u64 {
        users.push(User {
            connection: Connection::open(address).await?,
            address,
            key: key.clone(),
            ids: ids.clone(),
            draw: StdRng::seed_from_u64(seed),
        });
    }
    Ok(users)
}
