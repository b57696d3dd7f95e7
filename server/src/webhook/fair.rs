//! Who is tried next: free slots go round the endpoints that wait, one each, so that nobody's
//! backlog stands before anybody else (`spec.md` §6).

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard};

use crate::store::outbox::Lane;
use crate::store::outbox::claims::Queue;

/// First tries under way in one process.
pub const FIRST_SLOTS: usize = 256;
/// Later tries under way in one process.
pub const AGAIN_SLOTS: usize = 64;
/// First tries under way for one endpoint.
pub const FIRST_ROOM: usize = 32;
/// Later tries under way for one endpoint.
pub const AGAIN_ROOM: usize = 4;
/// Tries of each lane under way for an endpoint whose last one failed.
pub const TROUBLED_ROOM: usize = 1;
/// Failing endpoints remembered: when there are more, all are given their full room once.
const REMEMBERED: usize = 10_000;

/// Tries of a lane under way in one process.
pub const fn slots(lane: Lane) -> usize {
    match lane {
        Lane::First => FIRST_SLOTS,
        Lane::Again => AGAIN_SLOTS,
    }
}

/// Deals `free` slots out: how many each endpoint gets, those with the fewest tries under way and
/// the longest wait first. No endpoint has more than `room` under way.
pub fn deal(queues: &[Queue], free: usize, room: impl Fn(&str) -> usize) -> Vec<(&str, usize)> {
    let mut waiting: Vec<_> = queues
        .iter()
        .map(|queue| (queue, room(&queue.endpoint).saturating_sub(queue.busy)))
        .filter(|(_, spare)| *spare > 0)
        .collect();
    waiting.sort_by_key(|(queue, _)| (queue.busy, queue.oldest));
    let mut dealt = vec![0; waiting.len()];
    let mut left = free;
    while left > 0 {
        let before = left;
        for ((_, spare), share) in waiting.iter().zip(&mut dealt) {
            if left > 0 && *share < *spare {
                *share += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    let shares = waiting.iter().zip(dealt).map(|((queue, _), n)| (queue.endpoint.as_str(), n));
    shares.filter(|(_, n)| *n > 0).collect()
}

/// The endpoints whose last try failed: they are probed, not flooded.
#[derive(Debug, Default)]
pub struct Troubled(Mutex<HashSet<String>>);

impl Troubled {
    fn known(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().expect("no holder of this lock panics")
    }

    /// Takes note of how a try of `endpoint` ended.
    pub fn note(&self, endpoint: &str, failed: bool) {
        let mut known = self.known();
        if !failed {
            known.remove(endpoint);
        } else if !known.contains(endpoint) {
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(endpoint.to_owned());
        }
    }

    /// How many tries of a lane an endpoint may have under way.
    pub fn room(&self, lane: Lane, endpoint: &str) -> usize {
        match lane {
            _ if self.known().contains(endpoint) => TROUBLED_ROOM,
            Lane::First => FIRST_ROOM,
            Lane::Again => AGAIN_ROOM,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn queue(endpoint: &str, oldest: i64, busy: usize) -> Queue {
        Queue { endpoint: endpoint.to_owned(), oldest, busy }
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
            assert_eq!(deal(&queues, free, |_| room), want, "{queues:?}, {free} free");
        }
    }

    #[test]
    fn an_endpoint_that_fails_is_probed_until_it_answers() {
        let troubled = Troubled::default();
        let room = |lane| troubled.room(lane, "whe_1");
        assert_eq!((room(Lane::First), room(Lane::Again)), (FIRST_ROOM, AGAIN_ROOM));
        for _ in 0..2 {
            troubled.note("whe_1", true);
            assert_eq!((room(Lane::First), room(Lane::Again)), (TROUBLED_ROOM, TROUBLED_ROOM));
        }
        assert_eq!(troubled.room(Lane::First, "whe_2"), FIRST_ROOM);
        troubled.note("whe_1", false);
        assert_eq!(room(Lane::First), FIRST_ROOM);
    }

    #[test]
    fn only_so_many_failing_endpoints_are_remembered() {
        let troubled = Troubled::default();
        for n in 0..=REMEMBERED {
            troubled.note(&n.to_string(), true);
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
            let dealt = deal(&queues, free, |_| room);
            let spare: usize = queues.iter().map(|queue| room.saturating_sub(queue.busy)).sum();
            prop_assert_eq!(dealt.iter().map(|(_, n)| n).sum::<usize>(), free.min(spare));
            for (endpoint, n) in dealt {
                let queue = queues.iter().find(|queue| queue.endpoint == endpoint);
                prop_assert!(queue.is_some_and(|queue| queue.busy + n <= room));
            }
        }
    }
}
