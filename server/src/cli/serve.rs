//! `kayle serve`: both listeners and the workers, from the first bind to the last drain.

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{admin, print_line, until_asked_to_end};
use crate::check::attestation::Attestation;
use crate::check::trust;
use crate::config::Config;
use crate::engine::{Clock, Engine, Entropy};
use crate::http::{self, router};
use crate::service::callers;
use crate::worker;

/// How long open requests, tries and what was begun may take once the process was asked to end: as
/// long as a face may be judged, or a withdrawal may wait for a delivery in flight.
const DRAIN: Duration = Duration::from_secs(30);
/// How long the database may take to be closed after that.
const CLOSE: Duration = Duration::from_secs(2);

/// Serves until the process is asked to end, then drains.
pub(super) async fn serve(mut config: Config) -> Result<(), String> {
    let public = bind("KAYLE_ADDR", config.addr).await?;
    let admin = bind("KAYLE_ADMIN_ADDR", config.admin_addr).await?;
    settle_address(&mut config, local(&public)?);
    let _lock = lock(&config)?;
    let asked = until_asked_to_end()?;
    let (address, admin_address) = (config.addr, local(&admin)?);
    forbid_dumps();
    prefer_small_pages();
    let engine = Engine::build(config, Clock::system(), Entropy::system()).await?;
    let limit = engine.config.request_timeout;
    let mut work = worker::run(&engine, &asked);
    work.spawn(reload_on_hangup(engine.clone(), asked.clone()));
    work.spawn(http::serve::serve(public, router(engine.clone()), limit, asked.clone()));
    work.spawn(http::serve::serve(admin, admin::router(engine.clone()), limit, asked.clone()));
    print_line(&format!("listening on http://{address}"))?;
    tracing::info!(%address, %admin_address, sandbox = engine.config.sandbox, "listening");
    let ended = watch(&mut work, &asked).await;
    asked.cancel();
    engine.mailbox.close();
    drain(work, &engine.begun).await;
    callers::note_use(&engine).await.unwrap_or_else(|error| error.log());
    // What still holds a connection now is not waited for: an interrupted write is rolled back.
    let _ = tokio::time::timeout(CLOSE, engine.store.close()).await;
    ended
}

/// No core dump, and no other process of this user looks into this one's memory.
fn forbid_dumps() {
    if let Err(error) = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0) {
        tracing::warn!(%error, "core dumps cannot be switched off");
    }
    let undumpable = rustix::process::DumpableBehavior::NotDumpable;
    if let Err(error) = rustix::process::set_dumpable_behavior(undumpable) {
        tracing::warn!(%error, "memory cannot be closed to other processes");
    }
}

/// Memory in pages of 4 kB: of 2 MB each, most of what the allocator holds in them lies idle.
fn prefer_small_pages() {
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::warn!(%error, "more memory than needed will be held");
    }
}

/// Reads the certificates anew at every SIGHUP.
async fn reload_on_hangup(engine: Engine, asked: CancellationToken) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else {
        tracing::warn!("SIGHUP cannot be heard: certificates are read at start only");
        return asked.cancelled().await;
    };
    loop {
        tokio::select! {
            () = asked.cancelled() => return,
            _ = hangup.recv() => {}
        }
        let engine = engine.clone();
        let reload = move || {
            if let Some(Err(error)) = engine.judges.attestation.as_ref().map(Attestation::reload) {
                tracing::error!(%error, "revoked phones stay as they were");
            }
            engine.judges.trust.as_ref().map(|trust| trust.reload(engine.now()))
        };
        match tokio::task::spawn_blocking(reload).await {
            Ok(Some(Ok(report))) => trust::log(&report),
            Ok(Some(Err(error))) => tracing::error!(%error, "certificates stay as they were"),
            Ok(None) => tracing::info!("KAYLE_TRUST_DIR names no folder: nothing to read anew"),
            Err(error) => tracing::error!(%error, "certificates stay as they were"),
        }
    }
}

/// Waits until the process is asked to end; an error if a part of it ends before.
async fn watch(work: &mut JoinSet<()>, asked: &CancellationToken) -> Result<(), String> {
    tokio::select! {
        biased;
        () = asked.cancelled() => Ok(()),
        _ = work.join_next() => Err("a part of the server ended unexpectedly: see the log".into()),
    }
}

async fn drain(mut work: JoinSet<()>, begun: &TaskTracker) {
    tracing::info!("draining");
    begun.close();
    let all = async {
        while work.join_next().await.is_some() {}
        begun.wait().await;
    };
    if tokio::time::timeout(DRAIN, all).await.is_err() {
        tracing::warn!("open requests or tries were cut off");
    }
}

async fn bind(name: &str, address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address)
        .await
        .map_err(|error| format!("{name}: cannot listen on {address}: {error}"))
}

fn local(listener: &TcpListener) -> Result<SocketAddr, String> {
    listener.local_addr().map_err(|error| error.to_string())
}

/// With port 0 the system chose the port: URLs that were derived from the address follow it.
fn settle_address(config: &mut Config, bound: SocketAddr) {
    let derived = format!("http://{}", config.addr);
    if config.app_link == format!("{derived}/app") && config.public_url == derived {
        config.app_link = format!("http://{bound}/app");
    }
    if config.public_url == derived {
        config.public_url = format!("http://{bound}");
    }
    config.addr = bound;
}

/// One server per `SQLite` file: its commits would not wake the other's streams and workers.
fn lock(config: &Config) -> Result<Option<File>, String> {
    let Some(database) = config.sqlite_path() else { return Ok(None) };
    let path = format!("{}.lock", database.display());
    let file = File::create(&path).map_err(|error| format!("{path}: {error}"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            Err(format!("another kayle serve is running on {}", database.display()))
        }
        Err(TryLockError::Error(error)) => Err(format!("{path}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Source;

    fn settled(pairs: &[(&str, &str)]) -> (String, String) {
        let all = [&[("KAYLE_SANDBOX", "true"), ("KAYLE_ADDR", "127.0.0.1:0")], pairs].concat();
        let mut config = Config::read(&Source::from_pairs(&all)).expect("valid");
        settle_address(&mut config, SocketAddr::from(([127, 0, 0, 1], 4000)));
        (config.public_url, config.app_link)
    }

    #[test]
    fn urls_follow_the_bound_port_unless_they_were_set() {
        let bound = "http://127.0.0.1:4000";
        assert_eq!(settled(&[]), (bound.into(), format!("{bound}/app")));
        let set = [("KAYLE_PUBLIC_URL", "http://localhost:9")];
        assert_eq!(settled(&set), ("http://localhost:9".into(), "http://localhost:9/app".into()));
        let link = [("KAYLE_APP_LINK", "http://localhost:9/open")];
        assert_eq!(settled(&link), (bound.into(), "http://localhost:9/open".into()));
    }
}
