//! The engine: everything a use case needs, cheap to clone, passed everywhere.

use std::ops::Deref;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kayle_domain::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::check::Evaluator;
use crate::config::Config;
use crate::http::limit::Limits;
use crate::keys::KeyRing;
use crate::mailbox::Mailbox;
use crate::service::callers::CallerCache;
use crate::service::recent::Recent;
use crate::store::Store;
use crate::store::access::OrganizationRow;
use crate::webhook::client::Client;

/// How far the clocks of two replicas may differ before a lease that another one holds is taken
/// for one that a clock jump left behind.
pub const CLOCK_SLACK: Duration = Duration::from_mins(1);

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's own.
    System,
    /// Stands still until it is told to move: for tests.
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn frozen(at: Timestamp) -> Self {
        Self::Frozen(Arc::new(AtomicI64::new(at.millis())))
    }

    /// The present instant.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Frozen(at) => Timestamp::from_millis(at.load(Ordering::SeqCst)),
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }

    /// Moves a frozen clock; the machine's own is left alone.
    pub fn advance(&self, span: Duration) {
        if let Self::Frozen(at) = self {
            let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
            at.fetch_add(millis, Ordering::SeqCst);
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
    pub evaluator: Box<dyn Evaluator>,
    /// How deliveries leave.
    pub client: Client,
    /// Rate limits.
    pub limits: Limits,
    /// API keys seen within the last second.
    pub callers: CallerCache,
    /// Organizations seen within the last second.
    pub organizations: Recent<OrganizationRow>,
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
