//! What was read a moment ago and may be believed for another: for rows that every request needs
//! and hardly any changes.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use kayle_domain::Timestamp;

/// How long something may be believed without asking the database: a disabled key stops within a
/// second (`spec.md` §3).
const MEMORY: Duration = Duration::from_millis(800);
/// Entries remembered at the most.
const CAPACITY: usize = 10_000;

/// Values by name, each with the time it was read.
#[derive(Debug)]
pub struct Recent<T>(RwLock<HashMap<String, (Timestamp, Arc<T>)>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

/// Whether what was read at `at` may still be believed; a clock that went back ends that too.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    at <= now && now - at < MEMORY
}

impl<T> Recent<T> {
    /// What was read under this name less than a moment ago.
    pub fn get(&self, name: &str, now: Timestamp) -> Option<Arc<T>> {
        let known = self.0.read().expect("no holder of this lock panics");
        known.get(name).filter(|(at, _)| is_fresh(*at, now)).map(|(_, value)| value.clone())
    }

    /// Remembers what was read; where there is no room, nothing.
    pub fn put(&self, name: String, value: Arc<T>, now: Timestamp) {
        let mut known = self.0.write().expect("no holder of this lock panics");
        if known.len() >= CAPACITY {
            known.retain(|_, (at, _)| is_fresh(*at, now));
        }
        if known.len() < CAPACITY {
            known.insert(name, (now, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_believed_for_less_than_a_second_and_never_from_the_future() {
        let recent = Recent::default();
        let at = |millis| Timestamp::from_millis(millis);
        recent.put("a".into(), Arc::new(1), at(10_000));
        assert_eq!(recent.get("a", at(10_799)).as_deref(), Some(&1));
        assert_eq!(recent.get("a", at(10_800)), None);
        assert_eq!(recent.get("a", at(9_999)), None);
        assert_eq!(recent.get("b", at(10_000)), None);
    }

    #[test]
    fn a_full_memory_drops_what_is_stale_and_takes_no_more_than_it_holds() {
        let recent = Recent::default();
        let at = |millis| Timestamp::from_millis(millis);
        for n in 0..=CAPACITY {
            recent.put(n.to_string(), Arc::new(n), at(0));
        }
        assert_eq!(recent.get(&CAPACITY.to_string(), at(0)), None);
        recent.put("new".into(), Arc::new(1), at(800));
        assert_eq!(recent.get("new", at(800)).as_deref(), Some(&1));
    }
}
