//! How a round is measured: workers side by side repeat one thing until the time is up.

use std::future::Future;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::timeout;

/// Connections, or tasks without HTTP, side by side.
pub const WORKERS: usize = 32;
/// Rounds of which a figure is the median.
pub const ROUNDS: usize = 3;
/// The part of a round that does not count.
const WARM_UP: Duration = Duration::from_millis(300);
/// The part that does.
pub const LENGTH: Duration = Duration::from_millis(1500);
/// Repetitions after which a worker stops, whatever the time.
const MOST: usize = 10_000;
/// When a round counts as stuck.
const STUCK: Duration = Duration::from_secs(30);

/// Something a worker does again and again.
pub trait Work: Send + 'static {
    /// Does it once; an error ends the run.
    fn once(&mut self) -> impl Future<Output = Result<(), String>> + Send;
}

/// What a round gave.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// Repetitions per second, all workers together.
    pub rate: f64,
    /// Half of them took at most this (ms).
    pub p50: f64,
    /// 99 of 100 took at most this (ms).
    pub p99: f64,
}

/// One round with these workers.
pub async fn measure<W: Work>(workers: Vec<W>) -> Result<Round, String> {
    let from = Instant::now() + WARM_UP;
    let mut running = JoinSet::new();
    for worker in workers {
        running.spawn(repeat(worker, from));
    }
    let all = timeout(STUCK, running.join_all()).await;
    let mut took = Vec::new();
    let mut end = from;
    for share in all.map_err(|_| "a round did not end: the server hangs")? {
        let (times, last) = share?;
        took.extend(times);
        end = end.max(last);
    }
    took.sort_unstable();
    let count = u32::try_from(took.len()).unwrap_or(u32::MAX);
    Ok(Round {
        rate: f64::from(count) / end.duration_since(from).as_secs_f64(),
        p50: percentile(&took, 50)?,
        p99: percentile(&took, 99)?,
    })
}

/// How long each repetition that began after `from` took, and when the last one ended.
async fn repeat(mut work: impl Work, from: Instant) -> Result<(Vec<Duration>, Instant), String> {
    let until = from + LENGTH;
    let mut took = Vec::with_capacity(MOST);
    loop {
        let begun = Instant::now();
        if begun >= until || took.len() == MOST {
            return Ok((took, begun));
        }
        work.once().await?;
        if begun >= from {
            took.push(begun.elapsed());
        }
    }
}

/// The least duration that so many of 100 did not exceed, in ms.
pub fn percentile(sorted: &[Duration], percent: usize) -> Result<f64, String> {
    let last = sorted.len().checked_sub(1).ok_or("nothing was answered in a whole round")?;
    Ok(sorted[last * percent / 100].as_secs_f64() * 1e3)
}

/// The middle one; 0 of none.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
