//! Rate limits of this replica (`spec.md` §3, §4): per API key, per session and address, and per
//! address for requests nobody vouches for.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::Clock as _;
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::nanos::Nanos;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use kayle_domain::SessionId;

use crate::engine::Clock;
use crate::error::Error;

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, Pace, StateInformationMiddleware>;

/// The time limits run on: the steady one, for a clock that is set back would lock everybody out.
#[derive(Debug, Clone)]
struct Pace(Clock);

impl governor::clock::Clock for Pace {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.steady().into()
    }
}

/// What a visitor showed; each kind has room of its own, so that nobody who shows nothing can use
/// up what belongs to the session's own user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// Nothing that counts.
    Nothing,
    /// The page credential.
    Page,
    /// A device credential.
    Device,
    /// A hand-off token.
    Handoff,
    /// The cancel token.
    CancelToken,
}

/// What is left of a limit after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    limit: u32,
    remaining: u32,
    /// Seconds until all of it is there again; after a refusal, until one more request is.
    reset: u64,
}

/// Where the limit a request met is noted, for the headers of its answer.
pub type Slot = Arc<OnceLock<Standing>>;

/// Buckets of every key, session and address seen lately.
#[derive(Debug)]
pub struct Limits(Option<Buckets>);

#[derive(Debug)]
struct Buckets {
    keys: Limiter<String>,
    visitors: Limiter<(SessionId, IpAddr, Proof)>,
    wrong_tokens: Limiter<(SessionId, IpAddr)>,
    strangers: Limiter<IpAddr>,
    pace: Pace,
}

const fn count(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("a positive number")
}

fn limiter<K: Hash + Eq + Clone>(quota: Quota, pace: &Pace) -> Limiter<K> {
    RateLimiter::new(quota, DefaultKeyedStateStore::default(), pace.clone())
}

impl Standing {
    fn after(state: &StateSnapshot) -> Self {
        let (quota, remaining) = (state.quota(), state.remaining_burst_capacity());
        let limit = quota.burst_size().get();
        let missing = quota.replenish_interval() * limit.saturating_sub(remaining);
        Self { limit, remaining, reset: missing.as_secs() + u64::from(missing.subsec_nanos() > 0) }
    }
}

fn ask<K: Hash + Eq + Clone>(
    limiter: &Limiter<K>,
    key: &K,
    pace: &Pace,
    slot: Option<&Slot>,
) -> Result<(), Error> {
    let (standing, answer) = match limiter.check_key(key) {
        Ok(state) => (Standing::after(&state), Ok(())),
        Err(not_until) => {
            let reset = not_until.wait_time_from(pace.now()).as_secs() + 1;
            let limit = not_until.quota().burst_size().get();
            (Standing { limit, remaining: 0, reset }, Err(Error::rate_limited(reset)))
        }
    };
    if let Some(slot) = slot {
        // The first limit a request meets is the one its answer tells of.
        let _ = slot.set(standing);
    }
    answer
}

/// The network an address is counted as: all of an IPv6 subscriber's /64 is one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Limits {
    /// Limits as documented, or none at all: for load tests.
    pub fn new(on: bool, clock: &Clock) -> Self {
        let api = Quota::per_second(count(50)).allow_burst(count(100));
        let wrong = Quota::with_period(Duration::from_mins(2)).map(|q| q.allow_burst(count(5)));
        let pace = Pace(clock.clone());
        Self(on.then(|| Buckets {
            keys: limiter(api, &pace),
            visitors: limiter(Quota::per_minute(count(30)), &pace),
            wrong_tokens: limiter(wrong.expect("two minutes is a valid period"), &pace),
            strangers: limiter(api, &pace),
            pace,
        }))
    }

    /// Counts a request made with an API key.
    pub fn key(&self, key: &str, slot: Option<&Slot>) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        ask(&buckets.keys, &key.to_owned(), &buckets.pace, slot)
    }

    /// Counts a request that changes something on the public side.
    pub fn visitor(
        &self,
        id: &SessionId,
        address: IpAddr,
        proof: Proof,
        slot: Option<&Slot>,
    ) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        let key = (id.clone(), network(address), proof);
        ask(&buckets.visitors, &key, &buckets.pace, slot)
    }

    /// Counts a request that nobody vouches for: without a credential, or with a wrong one.
    pub fn stranger(&self, address: IpAddr, slot: Option<&Slot>) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        ask(&buckets.strangers, &network(address), &buckets.pace, slot)
    }

    /// Counts a wrong token; an error when this address has guessed too often for this session.
    pub fn wrong_token(&self, id: &SessionId, address: IpAddr) -> Result<(), Error> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        ask(&buckets.wrong_tokens, &(id.clone(), network(address)), &buckets.pace, None)
    }

    /// Forgets keys and visitors that are within their limits again.
    pub fn forget(&self) {
        if let Some(buckets) = &self.0 {
            buckets.keys.retain_recent();
            buckets.visitors.retain_recent();
            buckets.wrong_tokens.retain_recent();
            buckets.strangers.retain_recent();
        }
    }
}

/// Tells in `RateLimit-*` headers what is left of the limit a request met.
pub fn tell(slot: &Slot, headers: &mut HeaderMap) {
    let Some(standing) = slot.get() else { return };
    for (name, value) in [
        ("ratelimit-limit", u64::from(standing.limit)),
        ("ratelimit-remaining", u64::from(standing.remaining)),
        ("ratelimit-reset", standing.reset),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frozen() -> Clock {
        Clock::frozen(kayle_domain::Timestamp::from_millis(1_777_978_800_000))
    }

    fn session() -> SessionId {
        "vs_0190000000017fffbfffffffffffffff".parse().expect("an id")
    }

    #[test]
    fn five_wrong_tokens_and_no_more_per_session_and_address() {
        let limits = Limits::new(true, &frozen());
        let id = session();
        let (here, there) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..5 {
            assert!(limits.wrong_token(&id, here).is_ok());
        }
        let refused = limits.wrong_token(&id, here).expect_err("too many");
        assert!(refused.retry_after.is_some_and(|s| (1..=121).contains(&s)));
        assert!(limits.wrong_token(&id, there).is_ok());
        let off = Limits::new(false, &frozen());
        let asked = |_| {
            let visitor = off.visitor(&id, here, Proof::Nothing, None);
            visitor.is_ok() && off.key("k", None).is_ok() && off.stranger(here, None).is_ok()
        };
        assert!((0..1000).all(asked));
    }

    #[test]
    fn what_was_used_comes_back_with_time_and_not_before() {
        let clock = frozen();
        let limits = Limits::new(true, &clock);
        assert_eq!((0..200).filter(|_| limits.key("k", None).is_ok()).count(), 100);
        clock.advance(Duration::from_millis(19));
        assert!(limits.key("k", None).is_err());
        clock.advance(Duration::from_millis(1));
        assert!(limits.key("k", None).is_ok() && limits.key("k", None).is_err());
    }

    #[test]
    fn who_shows_nothing_uses_up_nobody_elses_room() {
        let (limits, id, here) =
            (Limits::new(true, &frozen()), session(), IpAddr::from([192, 0, 2, 1]));
        let ask = |proof| limits.visitor(&id, here, proof, None);
        assert_eq!((0..40).filter(|_| ask(Proof::Nothing).is_ok()).count(), 30);
        for proof in [Proof::Page, Proof::Device, Proof::Handoff, Proof::CancelToken] {
            assert!(ask(proof).is_ok(), "{proof:?}");
        }
    }

    #[test]
    fn an_ipv6_network_is_one_address_and_a_mapped_one_is_its_ipv4() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn the_standing_counts_down_and_says_when_it_is_whole_again() {
        let (limits, slot) = (Limits::new(true, &frozen()), Slot::default());
        assert!(limits.key("k", Some(&slot)).is_ok());
        let first = *slot.get().expect("a standing");
        assert_eq!((first.limit, first.remaining, first.reset), (100, 99, 1));
        while limits.key("k", None).is_ok() {}
        let slot = Slot::default();
        let refused = limits.key("k", Some(&slot)).expect_err("all is used");
        let last = *slot.get().expect("a standing");
        assert_eq!((last.limit, last.remaining, Some(last.reset)), (100, 0, refused.retry_after));
    }
}
