//! Deliveries: claimed, turned into a request, posted, judged and settled (`spec.md` §6).
//!
//! `Claimed → Request → Outcome → Decision`: each stage is a value of its own, and only the first
//! and the last touch the database.

pub mod claim;
pub mod lease;
pub mod request;
pub mod settle;

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::engine::{CLOCK_SLACK, Engine, Moment};
use crate::error::Error;
use crate::store::outbox::{Lane, claims};
use crate::webhook::fair::Load;
use crate::webhook::outcome::{INVALID_URL, Outcome};
use claim::{Catch, Claimed};
use settle::{Ended, Ending};

/// How often work is looked for when nothing wakes the worker.
pub const POLL: Duration = Duration::from_secs(1);
/// The shortest time between two looks at what was tried before.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a delivery that was taken back waits, so that a withdrawal that waits for it wins.
const RESPITE: Duration = Duration::from_secs(1);
/// How long the connections of an endpoint are remembered that nothing is sent to.
const IDLE: Duration = Duration::from_mins(5);
/// Tries that one statement ends: more are not waited for.
const TOGETHER: usize = 16;
/// How long a try that ended waits for others.
const LINGER: Duration = Duration::from_millis(1);
/// How soon a turn is taken again that the database did not take.
const AGAIN: Duration = Duration::from_millis(100);

/// Makes the deliveries of a lane until `shutdown`; then ends those under way.
pub async fn run(engine: Engine, lane: Lane, shutdown: CancellationToken) {
    let (tries, busy, unsettled) = (JoinSet::new(), HashMap::new(), Vec::new());
    let mut desk = Desk { engine, lane, tries, busy, unsettled };
    while !(shutdown.is_cancelled() && desk.is_idle()) {
        let rest = desk.turn(!shutdown.is_cancelled()).await;
        tokio::select! {
            Some(ended) = desk.tries.join_next_with_id() => desk.gather(ended).await,
            () = shutdown.cancelled(), if !shutdown.is_cancelled() => {}
            () = desk.engine.mailbox.wait_for_deliveries(lane) => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// The tries of one lane that are under way in this process.
struct Desk {
    engine: Engine,
    lane: Lane,
    tries: JoinSet<Option<Ended>>,
    /// The endpoint each is for, and whose that is.
    busy: HashMap<Id, (String, String)>,
    unsettled: Vec<Ended>,
}

type Joined = Result<(Id, Option<Ended>), JoinError>;

impl Desk {
    /// What is under way here.
    fn load(&self) -> Load {
        let mut load = Load::default();
        for (endpoint, owner) in self.busy.values() {
            load.add(owner, self.engine.troubled.of(endpoint).is_some());
        }
        load
    }

    fn is_idle(&self) -> bool {
        self.tries.is_empty() && self.unsettled.is_empty()
    }

    /// Keeps how a try ended, and how others do in a moment: they are written together, while the
    /// rest are under way.
    async fn gather(&mut self, first: Joined) {
        self.keep(first);
        let more = async {
            while self.unsettled.len() < TOGETHER {
                match self.tries.join_next_with_id().await {
                    Some(joined) => self.keep(joined),
                    None => return,
                }
            }
        };
        // Whoever is not there then comes with the next turn.
        let _ = tokio::time::timeout(LINGER, more).await;
    }

    fn keep(&mut self, joined: Joined) {
        match joined {
            Ok((id, ended)) => {
                self.busy.remove(&id);
                self.unsettled.extend(ended);
            }
            // Its lease will end.
            Err(error) => {
                self.busy.remove(&error.id());
                Error::internal(error).log();
            }
        }
    }

    /// Writes what is not written yet, and begins what is due; returns how long to rest before the
    /// next turn. While the database is away, what ended is kept and nothing is begun.
    async fn turn(&mut self, claiming: bool) -> Duration {
        let caught = if !claiming {
            settle::settle(&self.engine, &self.unsettled).await.map(|()| Catch::default())
        } else if self.unsettled.is_empty() {
            claim::claim(&self.engine, self.lane, &self.load()).await
        } else {
            let load = self.load();
            claim::settle_and_claim(&self.engine, &self.unsettled, (self.lane, load)).await
        };
        let Catch { claimed, next } = match caught {
            Ok(catch) => catch,
            Err(error) => {
                error.log();
                return AGAIN;
            }
        };
        self.unsettled.clear();
        for claimed in claimed {
            let engine = self.engine.clone();
            let place = (claimed.delivery.endpoint_id.clone(), claimed.owner().to_owned());
            let task = self.tries.spawn(async move {
                let ending = attempt(&engine, &claimed).await;
                settle::judge(&engine, claimed, &ending)
            });
            self.busy.insert(task.id(), place);
        }
        if self.lane == Lane::Again {
            tokio::time::sleep(PAUSE).await;
        }
        next.map_or(POLL, |next| next.clamp(PAUSE, POLL))
    }
}

/// Makes every delivery that is due at the engine's present; returns how many tries were made.
pub async fn drain(engine: &Engine) -> Result<usize, Error> {
    let mut tries = 0;
    loop {
        let mut claimed = Vec::new();
        for lane in [Lane::First, Lane::Again] {
            claimed.extend(claim::claim(engine, lane, &Load::default()).await?.claimed);
        }
        if claimed.is_empty() {
            return Ok(tries);
        }
        tries += claimed.len();
        let attempts = claimed.into_iter().map(async |claimed| {
            let ending = attempt(engine, &claimed).await;
            settle::judge(engine, claimed, &ending)
        });
        let ended: Vec<_> =
            futures::future::join_all(attempts).await.into_iter().flatten().collect();
        settle::settle(engine, &ended).await?;
    }
}

/// Sends what was claimed, if that can still end under its lease.
pub async fn attempt(engine: &Engine, claimed: &Claimed) -> Ending {
    let request = match request::request(engine, claimed) {
        Ok(request) => request,
        Err(ending) => return ending,
    };
    // A worker that slept must not send what was superseded meanwhile.
    if claimed.at.until(engine.moment()) > lease::MARGIN {
        return Ending::Late;
    }
    let Ok(url) = Url::parse(&request.url) else {
        return Ending::Tried(Outcome::unanswered(INVALID_URL, Duration::ZERO));
    };
    let endpoint = &claimed.delivery.endpoint_id;
    Ending::Tried(engine.client.post(endpoint, &url, &request.headers, request.body).await)
}

/// When this process last looked after its deliveries, on both clocks.
#[derive(Debug, Default)]
pub struct Tended(Mutex<Option<Moment>>);

/// Takes back what crashed workers held, and what a clock that was set back has put off; returns
/// how much was taken back.
pub async fn tend(engine: &Engine) -> Result<usize, Error> {
    let (now, last) = (engine.moment(), engine.tended.last());
    // The first look counts as a clock set back: nobody saw what happened before.
    let set_back = last.is_none_or(|last| {
        let steady = now.steady.saturating_sub(last.steady);
        last.wall.plus(steady) - now.wall > CLOCK_SLACK
    });
    if set_back {
        pull_forward(engine).await?;
    }
    engine.tended.note(now);
    engine.client.forget_idle(IDLE);
    reclaim(engine).await
}

impl Tended {
    fn last(&self) -> Option<Moment> {
        *self.0.lock().expect("no holder of this lock panics")
    }

    fn note(&self, now: Moment) {
        *self.0.lock().expect("no holder of this lock panics") = Some(now);
    }
}

async fn pull_forward(engine: &Engine) -> Result<(), Error> {
    let now = engine.now();
    let work = engine.store.write(now, |tx, now| {
        Box::pin(claims::pull_forward(tx, now.millis(), now.plus(CLOCK_SLACK).millis()))
    });
    let moved = work.await?;
    if moved > 0 {
        tracing::warn!(deliveries = moved, "the clock was set back: their next tries were moved");
        engine.mailbox.deliveries_due(Lane::Again);
    }
    Ok(())
}

/// Gives deliveries back whose worker went away; returns how many.
pub async fn reclaim(engine: &Engine) -> Result<usize, Error> {
    let held = {
        let mut conn = engine.store.read().await?;
        claims::held(&mut conn).await?
    };
    let length = lease::length(&engine.config);
    let over = engine.leases.observe(held, engine.clock.steady(), length);
    if over.is_empty() {
        return Ok(0);
    }
    let work = engine.store.write((over, engine.now()), |tx, (over, now)| {
        Box::pin(async move {
            let mut taken = 0;
            for held in over {
                let next_at = now.plus(RESPITE).millis();
                taken += usize::from(claims::reclaim(tx, held, next_at, now.millis()).await?);
            }
            Ok(taken)
        })
    });
    let taken = work.await?;
    if taken > 0 {
        tracing::warn!(deliveries = taken, "taken back: their leases had ended");
        engine.mailbox.deliveries_due(Lane::Again);
    }
    Ok(taken)
}
