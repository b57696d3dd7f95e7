//! The admin listener: readiness, and metrics in Prometheus' text form.

use std::fmt::Write as _;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use kayle_domain::Timestamp;

use crate::engine::Engine;
use crate::store::StoreError;
use crate::store::counts::{self, Counts};

/// Size of a page of memory; the same on every 64-bit Linux this runs on.
const PAGE: u64 = 4096;

/// What the listener needs.
#[derive(Debug, Clone)]
struct Admin {
    engine: Engine,
    started: Timestamp,
}

/// `/readyz` and `/metrics`.
pub(super) fn router(engine: Engine) -> Router {
    let started = engine.now();
    Router::new()
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Admin { engine, started })
}

async fn count(engine: &Engine) -> Result<Counts, StoreError> {
    let mut conn = engine.store.read().await?;
    counts::counts(&mut conn).await
}

/// 200 when the database answers.
async fn ready(State(admin): State<Admin>) -> impl IntoResponse {
    match count(&admin.engine).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

async fn metrics(State(admin): State<Admin>) -> impl IntoResponse {
    let now = admin.engine.now();
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, value: u64| {
        writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}")
            .expect("a String takes everything");
    };
    let found = count(&admin.engine).await;
    gauge("kayle_up", "Whether the database answers.", u64::from(found.is_ok()));
    gauge("kayle_uptime_seconds", "Since this process started.", (now - admin.started).as_secs());
    if let Some(bytes) = resident() {
        gauge("process_resident_memory_bytes", "Resident memory of this process.", bytes);
    }
    if let Ok(counts) = found {
        let size = |count: i64| u64::try_from(count).unwrap_or(0);
        let late = counts.next_due.map_or(0, |due| (now - Timestamp::from_millis(due)).as_secs());
        gauge("kayle_sessions_open", "Sessions that are not terminal.", size(counts.open_sessions));
        gauge("kayle_deliveries_pending", "Deliveries that wait for a try.", size(counts.pending));
        gauge("kayle_deliveries_delivering", "Tries under way.", size(counts.delivering));
        gauge("kayle_deliveries_late_seconds", "How late the most overdue delivery is.", late);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

/// Resident memory in bytes: the second field of `/proc/self/statm`, in pages.
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split(' ').nth(1)?.parse::<u64>().ok()?.checked_mul(PAGE)
}
