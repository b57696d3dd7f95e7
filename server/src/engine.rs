//! The engine: everything a use case needs, cheap to clone, passed everywhere.

use std::ops::Deref;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kayle_domain::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use crate::check::Judges;
use crate::config::Config;
use crate::error::Error;
use crate::http::limit::Limits;
use crate::keys::KeyRing;
use crate::mailbox::Mailbox;
use crate::sandbox::panel::Players;
use crate::service::callers::CallerCache;
use crate::service::recent::Recent;
use crate::store::Store;
use crate::store::access::OrganizationRow;
use crate::webhook::client::Client;
use crate::webhook::fair::Troubled;
use crate::worker::deliver::Tended;
use crate::worker::deliver::lease::Leases;

/// How far the clocks of two replicas may differ before a lease that another one holds is taken
/// for one that a clock jump left behind.
pub const CLOCK_SLACK: Duration = Duration::from_mins(1);

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's own, since the instant this was made.
    System(Instant),
    /// Stands still until it is told to move: for tests.
    Frozen(Arc<Frozen>),
}

/// What a frozen clock shows.
#[derive(Debug)]
pub struct Frozen {
    wall: AtomicI64,
    steady: AtomicU64,
}

impl Clock {
    /// The machine's own.
    pub fn system() -> Self {
        Self::System(Instant::now())
    }

    /// A clock that stands at `at`.
    pub fn frozen(at: Timestamp) -> Self {
        let (wall, steady) = (AtomicI64::new(at.millis()), AtomicU64::new(0));
        Self::Frozen(Arc::new(Frozen { wall, steady }))
    }

    /// The present instant, as far as the machine knows: it may be set forward and back.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Frozen(shown) => Timestamp::from_millis(shown.wall.load(Ordering::SeqCst)),
            Self::System(_) => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }

    /// Time since some instant of this process: it never goes back, and nobody can set it.
    pub fn steady(&self) -> Duration {
        match self {
            Self::Frozen(shown) => Duration::from_millis(shown.steady.load(Ordering::SeqCst)),
            Self::System(start) => start.elapsed(),
        }
    }

    /// Lets time pass on a frozen clock; the machine's own is left alone.
    pub fn advance(&self, span: Duration) {
        if let Self::Frozen(shown) = self {
            let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
            shown.steady.fetch_add(millis, Ordering::SeqCst);
            shown.wall.fetch_add(i64::try_from(millis).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }

    /// Sets a frozen clock to `at` without any time passing; the machine's own is left alone.
    pub fn set(&self, at: Timestamp) {
        if let Self::Frozen(shown) = self {
            shown.wall.store(at.millis(), Ordering::SeqCst);
        }
    }
}

/// Where randomness comes from.
#[derive(Debug, Clone)]
pub struct Entropy(Arc<Source>);

#[derive(Debug)]
enum Source {
    System,
    Seeded(Box<Mutex<StdRng>>),
}

impl Entropy {
    /// A cryptographically secure generator per thread, seeded by the operating system.
    pub fn system() -> Self {
        Self(Arc::new(Source::System))
    }

    /// The same bytes every time: for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Source::Seeded(Box::new(Mutex::new(StdRng::seed_from_u64(seed))))))
    }

    /// Fresh random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        match &*self.0 {
            Source::System => rand::rng().random(),
            Source::Seeded(rng) => rng.lock().expect("no holder of this lock panics").random(),
        }
    }

    /// Fills `bytes` with fresh random ones.
    pub fn fill(&self, bytes: &mut [u8]) {
        match &*self.0 {
            Source::System => rand::rng().fill(bytes),
            Source::Seeded(rng) => rng.lock().expect("no holder of this lock panics").fill(bytes),
        }
    }

    /// Random characters of `[a-z0-9]`, each equally likely.
    pub fn text<const N: usize>(&self) -> String {
        const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let mut out = String::with_capacity(N);
        while out.len() < N {
            for byte in self.bytes::<N>() {
                // 252 is the largest multiple of 36 that fits a byte: no letter is favoured.
                if byte < 252 && out.len() < N {
                    out.push(char::from(ALPHABET[usize::from(byte) % 36]));
                }
            }
        }
        out
    }
}

/// What one process shares between all its requests and workers.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// The settings.
    pub config: Config,
    /// Who waits for what in this process.
    pub mailbox: Mailbox,
    /// Secrets, by purpose.
    pub keys: KeyRing,
    /// Who judges evidence.
    pub judges: Judges,
    /// How deliveries leave.
    pub client: Client,
    /// Endpoints whose last try failed or was slow.
    pub troubled: Troubled,
    /// Deliveries held by anybody.
    pub leases: Leases,
    /// When deliveries were last looked after.
    pub tended: Tended,
    /// Rate limits.
    pub limits: Limits,
    /// API keys seen within the last second.
    pub callers: CallerCache,
    /// Simulated phones started on the page.
    pub players: Players,
    /// Organizations seen within the last second.
    pub organizations: Recent<OrganizationRow>,
    /// What is finished whether or not anybody still waits for it.
    pub begun: TaskTracker,
}

/// A handle on [`Parts`].
#[derive(Debug, Clone)]
pub struct Engine(Arc<Parts>);

impl Engine {
    /// Shares `parts`.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Both clocks at once, to tell later how long ago this was.
    pub fn moment(&self) -> Moment {
        Moment { wall: self.clock.now(), steady: self.clock.steady() }
    }

    /// Goes on with `work` also if its caller hangs up meanwhile; an orderly end waits for it.
    pub async fn finish<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        self.begun.spawn(work.in_current_span()).await.map_err(Error::internal)?
    }
}

/// One instant on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the machine's clock showed.
    pub wall: Timestamp,
    /// What the steady clock showed.
    pub steady: Duration,
}

impl Moment {
    /// How long before `later` this was by the clock that says the longer: the steady one stands
    /// still while a machine sleeps, the other may be set either way.
    pub fn until(self, later: Self) -> Duration {
        let apart = (later.wall - self.wall).max(self.wall - later.wall);
        later.steady.saturating_sub(self.steady).max(apart)
    }
}

impl Deref for Engine {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_text_every_time_and_only_letters_and_digits() {
        let text = Entropy::seeded(1).text::<48>();
        assert_eq!(text, Entropy::seeded(1).text::<48>());
        assert_eq!(text.len(), 48);
        assert!(text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        assert_ne!(Entropy::system().text::<48>(), Entropy::system().text::<48>());
    }
}
