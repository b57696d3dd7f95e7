//! The load driver: the real server over loopback, each figure beside its floor in the same run.
//!
//! A figure's floor is the slower of a bare axum route that reads and answers the same bytes, and
//! of the same statements without HTTP: writes as the store commits them, reads one by one over its
//! pool. Every answer's status is checked.

mod bare;
mod call;
mod client;
mod database;
mod deliveries;
mod meter;
mod mixed;
mod receiver;
mod scale;
mod server;
mod stock;
mod streams;
mod table;

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use kayle_app::page::Assets;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use call::Call;
use client::Connection;
use database::Database;
use meter::{Round, Work as _, measure, median};
use server::{Program, Server};
use table::{Limit, Row, Table};

/// Sessions that reads go round.
const SESSIONS: usize = 512;
/// Starts on the database that the load left behind.
const STARTS: usize = 5;

/// What can be measured alone.
const PARTS: [&str; 7] = ["calls", "page", "mixed", "streams", "deliveries", "lists", "start"];

/// The least share of a stock application's rate.
const STOCK: f64 = 0.8;

const WEIGHT: Limit = Limit { name: "consent page, all of it (brotli)", most: 72.0, unit: "kB" };
const MEMORY: Limit = Limit { name: "resident memory", most: 60.0, unit: "MB" };
const SPREAD: Limit = Limit { name: "create, p99 / p50", most: 5.0, unit: "×" };
const GROWTH: Limit = Limit { name: "memory over 200,000 creates", most: 8.0, unit: "MB" };
const SCALE: Limit = Limit { name: "", most: 2.0, unit: "×" };
/// Creates over which memory has to stay where it is.
const CREATES: usize = 200_000;
const START: Limit = Limit { name: "start-up", most: 300.0, unit: "ms" };

/// The same allocator as the server's, so that the floors have no slower one.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<mimalloc::MiMalloc> =
    zeroizing_alloc::ZeroAlloc(mimalloc::MiMalloc);

fn main() -> ExitCode {
    // `cargo bench` says so; `cargo test --benches` only wants to see that this starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let runtime = Runtime::new().expect("the machine has threads");
    match runtime.block_on(run()) {
        Ok(table) => {
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<Table, String> {
    // Beside the build and not in /tmp, which may be memory: commits are to cost what they cost.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))
        .map_err(|error| format!("no temporary folder: {error}"))?;
    let program = Program::find(folder.path());
    // `-- deliveries` and the like measure a part; nothing named measures all.
    let named: Vec<String> =
        std::env::args().filter(|word| PARTS.contains(&word.as_str())).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let mut table = Table::default();
    if wanted("calls") || wanted("page") {
        let calls = if wanted("calls") { &Call::ALONE[..] } else { &[Call::Page] };
        requests(folder.path(), &program, calls, &mut table).await?;
    }
    if wanted("mixed") {
        mixed::rows(folder.path()).await?.into_iter().for_each(|row| table.push(row));
    }
    if wanted("streams") {
        streams::rows(&program).await?.into_iter().for_each(|row| table.push(row));
    }
    if wanted("deliveries") {
        deliveries::rows(folder.path()).await?.into_iter().for_each(|row| table.push(row));
    }
    if wanted("lists") {
        for (name, ratio) in scale::lists(folder.path()).await? {
            table.push(SCALE.named(name).row(ratio));
        }
    }
    if wanted("start") {
        table.push(START.row(starts(&program).await?));
    }
    Ok(table)
}

/// Calls beside their floors, and what the server weighs meanwhile.
async fn requests(
    folder: &Path,
    program: &Program,
    calls: &[Call],
    table: &mut Table,
) -> Result<(), String> {
    let key = program.tenant().await?;
    let server = program.serve().await?;
    let database = Arc::new(Database::open(folder, SESSIONS).await?);
    let bench = Bench::prepare(&server, key, database).await?;
    table.push(WEIGHT.row(bench.weight().await?));
    bench.beside_stock().await?.into_iter().for_each(|row| table.push(row));
    for call in calls {
        let (row, spread) = bench.compare(*call).await?;
        table.push(row);
        if *call == Call::Create {
            table.push(SPREAD.row(spread));
        }
    }
    if calls.len() == Call::ALONE.len() {
        for (call, name) in [(Call::Get, "get, shared reads"), (Call::Short, "short, shared reads")]
        {
            table.push(Row::rate(name, bench.shared(call).await?));
        }
        table.push(MEMORY.row(server.resident()?));
        table.push(GROWTH.row(bench.growth(&server).await?));
    }
    server.stop().await
}

/// Everything the figures are taken from.
struct Bench {
    ours: SocketAddr,
    bare: SocketAddr,
    database: Arc<Database>,
    requests: [Arc<[Vec<u8>]>; Call::ALONE.len()],
    page: Vec<u8>,
    path: String,
}

impl Bench {
    /// Creates the sessions that are read, and a bare route for each call's own answer.
    async fn prepare(
        server: &Server,
        key: String,
        database: Arc<Database>,
    ) -> Result<Self, String> {
        let ours = server.address;
        let mut connection = Connection::open(ours).await?;
        let create = Call::Create.request(ours, &key, "");
        let mut ids = Vec::with_capacity(SESSIONS);
        for _ in 0..SESSIONS {
            let body = connection.exchange(&create, Call::Create.status()).await?.body;
            ids.push(session_id(body)?);
        }
        let requests = Call::ALONE.map(|call| {
            let count = if call.creates() || call == Call::List { 1 } else { ids.len() };
            ids[..count].iter().map(|id| call.request(ours, &key, id)).collect::<Arc<[_]>>()
        });
        let mut samples = Vec::with_capacity(Call::ALONE.len());
        for call in Call::ALONE {
            let request = &requests[call as usize][0];
            samples.push(connection.exchange(request, call.status()).await?.body.to_vec());
        }
        let page = samples[Call::Page as usize].clone();
        let bare = bare::serve(samples)?;
        let path = format!("/{}", ids[0]);
        Ok(Self { ours, bare, database, requests, page, path })
    }

    /// The rounds of one call, ours and its floors in turn, so that they share the machine's moods.
    async fn compare(&self, call: Call) -> Result<(Row, f64), String> {
        let (mut ours, mut bare, mut sql) = (Vec::new(), Vec::new(), Vec::new());
        for round in 1..=meter::ROUNDS {
            eprintln!("{}, round {round} of {}", call.name(), meter::ROUNDS);
            ours.push(self.drive(self.ours, call).await?);
            bare.push(self.drive(self.bare, call).await?);
            sql.push(measure(self.database.workers(call, false)).await?);
        }
        let of = |rounds: &[Round], figure: fn(&Round) -> f64| median(rounds.iter().map(figure));
        let rate: fn(&Round) -> f64 = |round| round.rate;
        let row = Row::compared(call, of(&ours, rate), [of(&bare, rate), of(&sql, rate)])
            .with_latency(of(&ours, |round| round.p50), of(&ours, |round| round.p99));
        Ok((row, of(&ours, |round| round.p99 / round.p50)))
    }

    /// The consent page beside stock leptos applications with the same bytes of HTML.
    async fn beside_stock(&self) -> Result<[Row; 2], String> {
        let page = String::from_utf8_lossy(&self.page);
        let mut connection = Connection::open(self.ours).await?;
        let asked = format!("/v1/verify/session{}/details", self.path);
        let details = format!("GET {asked} HTTP/1.1\r\nhost: {}\r\n\r\n", self.ours);
        let answer = connection.exchange(details.as_bytes(), 200).await?;
        let mut answer: Value = serde_json::from_slice(answer.body).map_err(|e| e.to_string())?;
        let details = serde_json::from_value(answer["data"].take()).map_err(|e| e.to_string())?;
        let named = |ending: &str| {
            let files = call::files(&page);
            files.into_iter().find(|path| path.ends_with(ending)).unwrap_or_default().to_owned()
        };
        let assets = Assets { css: named(".css"), js: named(".js"), wasm: named(".wasm") };
        let components = stock::components(details, assets)?;
        let text = stock::text(&page)?;
        let request = &self.requests[Call::Page as usize][0];
        for address in [components, text] {
            let length = Connection::open(address).await?.exchange(request, 200).await?.body.len();
            if !(page.len() * 9 / 10..=page.len() * 11 / 10).contains(&length) {
                return Err(format!("a reference has {length} bytes, the page {}", page.len()));
            }
        }
        let (mut ours, mut same, mut string) = (Vec::new(), Vec::new(), Vec::new());
        for round in 1..=meter::ROUNDS {
            eprintln!("consent page and stock applications, round {round} of {}", meter::ROUNDS);
            ours.push(self.drive(self.ours, Call::Page).await?.rate);
            same.push(self.drive(components, Call::Page).await?.rate);
            string.push(self.drive(text, Call::Page).await?.rate);
        }
        let of = |rates: Vec<f64>| median(rates.into_iter());
        let ours = of(ours);
        Ok([
            Row::against("consent page / stock leptos", ours, of(same), Some(STOCK)),
            Row::against("… its HTML as one string", ours, of(string), Some(STOCK)),
        ])
    }

    /// What the store gives without HTTP when reads share their statements, as the server's do.
    async fn shared(&self, call: Call) -> Result<f64, String> {
        let mut rates = Vec::new();
        for _ in 0..meter::ROUNDS {
            rates.push(measure(self.database.workers(call, true)).await?.rate);
        }
        Ok(median(rates.into_iter()))
    }

    async fn drive(&self, address: SocketAddr, call: Call) -> Result<Round, String> {
        let requests = &self.requests[call as usize];
        measure(client::workers(address, requests, call.status()).await?).await
    }

    /// How much more memory the server holds after very many creates, in MB.
    async fn growth(&self, server: &Server) -> Result<f64, String> {
        eprintln!("memory over {CREATES} creates");
        let requests = &self.requests[Call::Create as usize];
        let before = server.resident()?;
        let callers = client::workers(self.ours, requests, Call::Create.status()).await?;
        let share = CREATES / callers.len();
        let mut running = JoinSet::new();
        for mut caller in callers {
            running.spawn(async move {
                for _ in 0..share {
                    caller.once().await?;
                }
                Ok::<(), String>(())
            });
        }
        for done in running.join_all().await {
            done?;
        }
        Ok(server.resident()? - before)
    }

    /// What a browser that takes brotli loads for the consent page, the page itself included, in kB.
    async fn weight(&self) -> Result<f64, String> {
        let page = String::from_utf8_lossy(&self.page);
        let files = call::files(&page);
        if files.is_empty() {
            return Err("the consent page names no files: build the site and set KAYLE_SITE".into());
        }
        let mut connection = Connection::open(self.ours).await?;
        let mut bytes = 0;
        for path in files.into_iter().chain([self.path.as_str()]) {
            let reply = connection.exchange(&call::file(self.ours, path), 200).await?;
            if reply.header("content-encoding") != Some("br") {
                return Err(format!("{path} is not served as brotli"));
            }
            bytes += reply.body.len();
        }
        Ok(f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e3)
    }
}

/// The id in the answer to a create request.
fn session_id(body: &[u8]) -> Result<String, String> {
    let answer: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let id = answer["data"]["id"].as_str().ok_or("a created session has no id")?;
    Ok(id.to_owned())
}

/// Starts the server again and again; the median time to its first answer, in ms.
async fn starts(program: &Program) -> Result<f64, String> {
    let mut took = Vec::with_capacity(STARTS);
    for start in 1..=STARTS {
        eprintln!("start-up, {start} of {STARTS}");
        let server = program.serve().await?;
        took.push(server.took);
        server.stop().await?;
    }
    Ok(median(took.iter().map(Duration::as_secs_f64)) * 1e3)
}
