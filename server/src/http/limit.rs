//! Rate limits of this replica (`spec.md` §3, §4): per API key, and per session and address.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kayle_domain::SessionId;

use crate::error::Error;

type Visitors = DefaultKeyedRateLimiter<(SessionId, IpAddr)>;

/// Buckets of every key, session and address seen lately.
#[derive(Debug)]
pub struct Limits(Option<Buckets>);

#[derive(Debug)]
struct Buckets {
    keys: DefaultKeyedRateLimiter<String>,
    visitors: Visitors,
    wrong_tokens: Visitors,
    clock: DefaultClock,
}

const fn count(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("a positive number")
}

fn ask<K: Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
    clock: &DefaultClock,
) -> Result<(), Error> {
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(clock.now());
        Error::rate_limited(wait.as_secs() + 1)
    })
}

impl Limits {
    /// Limits as documented, or none at all: for load tests.
    pub fn new(on: bool) -> Self {
        let wrong = Quota::with_period(Duration::from_mins(2)).map(|q| q.allow_burst(count(5)));
        Self(on.then(|| Buckets {
            keys: RateLimiter::keyed(Quota::per_second(count(50)).allow_burst(count(100))),
            visitors: RateLimiter::keyed(Quota::per_minute(count(30))),
            wrong_tokens: RateLimiter::keyed(wrong.expect("two minutes is a valid period")),
            clock: DefaultClock::default(),
        }))
    }

    /// Counts a request made with an API key.
    pub fn key(&self, key: &str) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        ask(&buckets.keys, &key.to_owned(), &buckets.clock)
    }

    /// Counts a request that changes something on the public side.
    pub fn visitor(&self, id: &SessionId, address: IpAddr) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        ask(&buckets.visitors, &(id.clone(), address), &buckets.clock)
    }

    /// Counts a wrong token; an error when this address has guessed too often for this session.
    pub fn wrong_token(&self, id: &SessionId, address: IpAddr) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        ask(&buckets.wrong_tokens, &(id.clone(), address), &buckets.clock)
    }

    /// Forgets keys and visitors that are within their limits again.
    pub fn forget(&self) {
        if let Some(buckets) = &self.0 {
            buckets.keys.retain_recent();
            buckets.visitors.retain_recent();
            buckets.wrong_tokens.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_tokens_and_no_more_per_session_and_address() {
        let limits = Limits::new(true);
        let id: SessionId = "vs_0190000000017fffbfffffffffffffff".parse().expect("an id");
        let (here, there) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..5 {
            assert!(limits.wrong_token(&id, here).is_ok());
        }
        let refused = limits.wrong_token(&id, here).expect_err("too many");
        assert!(refused.retry_after.is_some_and(|s| (1..=121).contains(&s)));
        assert!(limits.wrong_token(&id, there).is_ok());
        let off = Limits::new(false);
        assert!((0..1000).all(|_| off.visitor(&id, here).is_ok() && off.key("k").is_ok()));
    }
}
