//! Who is tried next: free slots go round the endpoints that wait, one each, so that nobody's
//! backlog stands before anybody else (`spec.md` §6).

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use crate::store::outbox::Lane;
use crate::store::outbox::claims::Queue;
use crate::webhook::outcome::Outcome;

/// An answer that takes longer is slow, whatever it says: it holds a slot.
const SLOW: Duration = Duration::from_secs(2);
/// Tries under way for a slow endpoint: it goes on, in a part of the slots.
const SLOW_ROOM: usize = 8;
/// First tries under way for one endpoint.
pub const FIRST_ROOM: usize = 32;
/// Failing endpoints remembered: when there are more, all are given their full room once.
const REMEMBERED: usize = 10_000;

/// How many tries of a lane may be under way.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// In this process.
    pub slots: usize,
    /// In this process for one organization, however many endpoints it has.
    pub organization: usize,
    /// In this process for all endpoints together whose last try failed or was slow.
    pub troubled: usize,
    /// For one endpoint, in all processes.
    pub room: usize,
}

/// What is the matter with an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Its last try failed: it is probed, not flooded.
    Failing,
    /// Its last answer was good, and slow.
    Slow,
}

impl Trouble {
    /// What a try tells of its endpoint.
    pub fn of(outcome: &Outcome) -> Option<Self> {
        match outcome.error_class {
            Some(_) => Some(Self::Failing),
            None => (outcome.latency > SLOW).then_some(Self::Slow),
        }
    }

    const fn room(self) -> usize {
        match self {
            Self::Failing => 1,
            Self::Slow => SLOW_ROOM,
        }
    }
}

impl Rules {
    /// Those of a lane.
    pub const fn of(lane: Lane) -> Self {
        match lane {
            Lane::First => Self { slots: 256, organization: 64, troubled: 128, room: FIRST_ROOM },
            Lane::Again => Self { slots: 64, organization: 16, troubled: 48, room: 4 },
        }
    }
}

/// What of a lane's slots is in use in this process.
#[derive(Debug, Clone, Default)]
pub struct Load {
    all: usize,
    troubled: usize,
    organizations: HashMap<String, usize>,
}

impl Load {
    /// One more try under way.
    pub fn add(&mut self, organization: &str, troubled: bool) {
        self.all += 1;
        self.troubled += usize::from(troubled);
        match self.organizations.get_mut(organization) {
            Some(count) => *count += 1,
            None => _ = self.organizations.insert(organization.to_owned(), 1),
        }
    }

    fn takes(&self, rules: &Rules, organization: &str, troubled: bool) -> bool {
        self.all < rules.slots
            && (!troubled || self.troubled < rules.troubled)
            && self.organizations.get(organization).is_none_or(|n| *n < rules.organization)
    }
}

/// Deals the free slots out: how many each endpoint gets, those with the fewest tries under way
/// and the longest wait first.
pub fn deal<'a>(
    queues: &'a [Queue],
    rules: &Rules,
    mut load: Load,
    trouble: impl Fn(&str) -> Option<Trouble>,
) -> Vec<(&'a str, usize)> {
    let seat = |queue: &'a Queue| {
        let trouble = trouble(&queue.endpoint);
        let room = trouble.map_or(rules.room, |trouble| trouble.room().min(rules.room));
        (queue, trouble.is_some(), room.saturating_sub(queue.busy))
    };
    let mut waiting: Vec<_> = queues.iter().map(seat).collect();
    waiting.sort_by_key(|(queue, _, _)| (queue.busy, queue.oldest));
    let mut dealt = vec![0; waiting.len()];
    loop {
        let before = load.all;
        for ((queue, troubled, spare), share) in waiting.iter().zip(&mut dealt) {
            if *share < *spare && load.takes(rules, &queue.organization, *troubled) {
                *share += 1;
                load.add(&queue.organization, *troubled);
            }
        }
        if load.all == before {
            break;
        }
    }
    let shares = waiting.iter().zip(dealt).map(|((queue, ..), n)| (queue.endpoint.as_str(), n));
    shares.filter(|(_, n)| *n > 0).collect()
}

/// The endpoints whose last try failed or was slow.
#[derive(Debug, Default)]
pub struct Troubled(Mutex<HashMap<String, Trouble>>);

impl Troubled {
    fn known(&self) -> MutexGuard<'_, HashMap<String, Trouble>> {
        self.0.lock().expect("no holder of this lock panics")
    }

    /// Takes note of how a try of `endpoint` ended.
    pub fn note(&self, endpoint: &str, trouble: Option<Trouble>) {
        let mut known = self.known();
        let Some(trouble) = trouble else {
            known.remove(endpoint);
            return;
        };
        if let Some(before) = known.get_mut(endpoint) {
            *before = trouble;
            return;
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(endpoint.to_owned(), trouble);
    }

    /// What the last try of `endpoint` told of it.
    pub fn of(&self, endpoint: &str) -> Option<Trouble> {
        self.known().get(endpoint).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn queue(endpoint: &str, oldest: i64, busy: usize) -> Queue {
        let organization = format!("org of {endpoint}");
        Queue { endpoint: endpoint.to_owned(), organization, oldest, busy }
    }

    fn rules(slots: usize, room: usize) -> Rules {
        Rules { slots, organization: 99, troubled: 99, room }
    }

    #[test]
    fn slots_go_round_and_nobody_waits_behind_a_backlog() {
        let (dead, fine) = (queue("dead", 1, 1), queue("fine", 9, 0));
        for (queues, free, room, want) in [
            (vec![], 4, 4, vec![]),
            (vec![dead.clone()], 0, 4, vec![]),
            (vec![dead.clone()], 9, 4, vec![("dead", 3)]),
            (vec![dead.clone(), fine.clone()], 1, 4, vec![("fine", 1)]),
            (vec![dead.clone(), fine.clone()], 3, 4, vec![("fine", 2), ("dead", 1)]),
            (vec![dead.clone(), fine.clone()], 9, 1, vec![("fine", 1)]),
            (vec![queue("b", 2, 0), queue("a", 1, 0)], 3, 4, vec![("a", 2), ("b", 1)]),
            (vec![queue("full", 1, 4)], 9, 4, vec![]),
        ] {
            let dealt = deal(&queues, &rules(free, room), Load::default(), |_| None);
            assert_eq!(dealt, want, "{queues:?}, {free} free");
        }
    }

    #[test]
    fn one_organization_and_the_troubled_together_never_have_everything() {
        let lane = Rules::of(Lane::First);
        let many: Vec<_> = (0..20)
            .map(|n| Queue { organization: "one".into(), ..queue(&n.to_string(), n, 0) })
            .chain([queue("other", 99, 0)])
            .collect();
        let dealt = deal(&many, &lane, Load::default(), |_| None);
        let of = |name: &str| dealt.iter().find(|(id, _)| *id == name).map_or(0, |(_, n)| *n);
        assert_eq!(of("other"), FIRST_ROOM);
        assert_eq!(dealt.iter().map(|(_, n)| n).sum::<usize>(), 64 + FIRST_ROOM);
        let hanging: Vec<_> = (0..300).map(|n| queue(&n.to_string(), n, 0)).collect();
        let dealt = deal(&hanging, &lane, Load::default(), |_| Some(Trouble::Failing));
        assert_eq!((dealt.len(), dealt[0].1), (lane.troubled, 1), "half of it stays free");
        let mut load = Load::default();
        for _ in 0..64 {
            load.add("one", false);
        }
        assert_eq!(deal(&many, &lane, load, |_| None), [("other", FIRST_ROOM)]);
    }

    #[test]
    fn an_endpoint_that_fails_or_is_slow_is_probed_until_it_answers() {
        let troubled = Troubled::default();
        let dealt = || {
            let queues = [queue("whe_1", 1, 0), queue("whe_2", 1, 0)];
            let dealt = deal(&queues, &rules(99, 20), Load::default(), |id| troubled.of(id));
            dealt.into_iter().map(|(_, n)| n).collect::<Vec<_>>()
        };
        let answered = |status, millis| {
            let outcome = Outcome::answered(status, None, Duration::from_millis(millis));
            Trouble::of(&outcome)
        };
        for (outcome, room) in [
            (answered(200, 1), 20),
            (answered(500, 1), 1),
            (answered(500, 1), 1),
            (answered(204, 2001), 8),
            (answered(301, 9000), 1),
            (answered(200, 2000), 20),
        ] {
            troubled.note("whe_1", outcome);
            assert_eq!(dealt(), [room, 20]);
        }
    }

    #[test]
    fn only_so_many_failing_endpoints_are_remembered() {
        let troubled = Troubled::default();
        for n in 0..=REMEMBERED {
            troubled.note(&n.to_string(), Some(Trouble::Slow));
        }
        assert_eq!(troubled.known().len(), 1);
    }

    proptest! {
        #[test]
        fn every_slot_that_can_be_used_is_and_no_room_is_exceeded(
            queues in prop::collection::vec((0..9_i64, 0..6_usize), 0..12),
            free in 0..40_usize,
            room in 0..6_usize,
        ) {
            let queues: Vec<_> = queues
                .into_iter()
                .enumerate()
                .map(|(n, (oldest, busy))| queue(&n.to_string(), oldest, busy))
                .collect();
            let dealt = deal(&queues, &rules(free, room), Load::default(), |_| None);
            let spare: usize = queues.iter().map(|queue| room.saturating_sub(queue.busy)).sum();
            prop_assert_eq!(dealt.iter().map(|(_, n)| n).sum::<usize>(), free.min(spare));
            for (endpoint, n) in dealt {
                let queue = queues.iter().find(|queue| queue.endpoint == endpoint);
                prop_assert!(queue.is_some_and(|queue| queue.busy + n <= room));
            }
        }
    }
}
