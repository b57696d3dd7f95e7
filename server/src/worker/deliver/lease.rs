//! Leases by observation: a delivery is taken back once it was seen under the same lease for
//! longer than any try may take. No two clocks are compared, so none that jumps or differs can
//! take a delivery from a worker that is alive, or strand one whose worker is gone.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use crate::config::Config;
use crate::store::outbox::claims::Held;

/// How long after the claim a try may still begin.
pub const MARGIN: Duration = Duration::from_secs(5);

/// How long a delivery stays with whoever claimed it.
pub fn length(config: &Config) -> Duration {
    config.webhook_timeout + MARGIN
}

/// When each lease was first seen, on this process's steady clock.
#[derive(Debug, Default)]
pub struct Leases(Mutex<HashMap<Held, Duration>>);

impl Leases {
    /// Takes note of what is held at `now`; returns what was for `length` already.
    pub fn observe(&self, held: Vec<Held>, now: Duration, length: Duration) -> Vec<Held> {
        let mut seen = self.0.lock().expect("no holder of this lock panics");
        let first = |held: Held| {
            let since = seen.get(&held).copied().unwrap_or(now);
            (held, since)
        };
        let known: HashMap<_, _> = held.into_iter().map(first).collect();
        *seen = known;
        let over = |(_, since): &(&Held, &Duration)| now.saturating_sub(**since) >= length;
        seen.iter().filter(over).map(|(held, _)| held.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: Duration = Duration::from_secs(20);

    fn held(id: &str, token: &str) -> Held {
        Held { id: id.to_owned(), token: token.to_owned() }
    }

    #[test]
    fn a_lease_is_over_when_it_was_seen_unchanged_for_its_length() {
        let leases = Leases::default();
        let at = |seconds, held| leases.observe(held, Duration::from_secs(seconds), LENGTH);
        let one = || vec![held("whd_1", "a")];
        assert_eq!(at(5, one()), []);
        assert_eq!(at(24, one()), []);
        assert_eq!(at(25, one()), one());
        // Until it is taken back, it stays over.
        assert_eq!(at(26, one()), one());
    }

    #[test]
    fn a_new_lease_and_one_that_was_gone_in_between_start_anew() {
        let leases = Leases::default();
        let at = |seconds, held| leases.observe(held, Duration::from_secs(seconds), LENGTH);
        assert_eq!(at(0, vec![held("whd_1", "a"), held("whd_2", "a")]), []);
        assert_eq!(at(19, vec![held("whd_1", "b")]), []);
        assert_eq!(at(38, vec![held("whd_1", "b"), held("whd_2", "a")]), []);
        assert_eq!(at(39, vec![held("whd_1", "b"), held("whd_2", "a")]), [held("whd_1", "b")]);
    }
}
