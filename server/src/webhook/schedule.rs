//! When a delivery is tried, and what follows from the outcome of a try (`spec.md` §6).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use kayle_domain::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::webhook::outcome::{HTTP_STATUS, Outcome};

/// More tries than this make no sense.
const MAX_TRIES: usize = 32;
/// Undelivered payloads are kept for at most 168 h.
const LONGEST_STEP: Duration = Duration::from_hours(168);
const GONE: u16 = 410;

/// The text is not a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be 1 to 32 waits of at most 168h, such as \"0s,5s,5m,2h\"")]
pub struct InvalidSchedule;

/// The wait before each try, the first included; its length is the number of tries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Schedule(Vec<Duration>);

impl Default for Schedule {
    fn default() -> Self {
        const HOUR: u64 = 3600;
        let seconds = [0, 5, 300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
        Self(seconds.map(Duration::from_secs).to_vec())
    }
}

impl Schedule {
    /// How many tries there are in all.
    pub fn tries(&self) -> usize {
        self.0.len()
    }

    /// The wait before the try that follows `tries_made`; `None` when there is none left.
    pub fn wait_after(&self, tries_made: u32) -> Option<Duration> {
        self.0.get(usize::try_from(tries_made).ok()?).copied()
    }

    /// The longest that a delivery can be on its way: every wait as long as the endpoint may ask.
    pub fn span(&self) -> Duration {
        let waits = u32::try_from(self.tries()).unwrap_or(u32::MAX);
        self.longest().saturating_mul(waits).saturating_mul(11) / 10
    }

    fn longest(&self) -> Duration {
        self.0.iter().copied().max().unwrap_or_default()
    }
}

fn parse_wait(text: &str) -> Option<Duration> {
    let (digits, scale) = [('s', 1), ('m', 60), ('h', 3600)]
        .into_iter()
        .find_map(|(unit, scale)| Some((text.trim().strip_suffix(unit)?, scale)))?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let wait = Duration::from_secs(digits.parse::<u64>().ok()?.checked_mul(scale)?);
    (wait <= LONGEST_STEP).then_some(wait)
}

impl FromStr for Schedule {
    type Err = InvalidSchedule;

    /// Reads `"0s,5s,5m,2h"`: whole numbers of seconds, minutes or hours, separated by commas.
    fn from_str(text: &str) -> Result<Self, InvalidSchedule> {
        let steps: Vec<_> =
            text.split(',').map(parse_wait).collect::<Option<_>>().ok_or(InvalidSchedule)?;
        if steps.len() > MAX_TRIES { Err(InvalidSchedule) } else { Ok(Self(steps)) }
    }
}

impl TryFrom<String> for Schedule {
    type Error = InvalidSchedule;

    fn try_from(text: String) -> Result<Self, InvalidSchedule> {
        text.parse()
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}

impl fmt::Display for Schedule {
    /// The form that [`FromStr`] reads, in the largest unit that fits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match step.as_secs() {
                s if s > 0 && s % 3600 == 0 => write!(f, "{comma}{}h", s / 3600)?,
                s if s > 0 && s % 60 == 0 => write!(f, "{comma}{}m", s / 60)?,
                s => write!(f, "{comma}{s}s")?,
            }
        }
        Ok(())
    }
}

/// What becomes of a delivery after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The endpoint has it; its payload can be destroyed.
    Delivered,
    /// Another try.
    Retry {
        /// Not before this instant.
        at: Timestamp,
    },
    /// That was the last try.
    Failed {
        /// The error class of that last try.
        reason: &'static str,
    },
    /// The endpoint is gone (410): this delivery fails and no other is tried.
    DisableEndpoint,
}

/// What follows from the outcome of try number `tries_made`, which ended at `now`.
///
/// `jitter` is uniform: 0 takes 10 % off the wait, `u16::MAX` adds 10 %. A `Retry-After` can make
/// the wait longer, never shorter, and at most as long as the longest step of the schedule.
pub fn decide(
    outcome: &Outcome,
    tries_made: u32,
    schedule: &Schedule,
    now: Timestamp,
    jitter: u16,
) -> Decision {
    match outcome.status {
        Some(200..=299) => return Decision::Delivered,
        Some(GONE) => return Decision::DisableEndpoint,
        _ => {}
    }
    let Some(step) = schedule.wait_after(tries_made) else {
        return Decision::Failed { reason: outcome.error_class.unwrap_or(HTTP_STATUS) };
    };
    let asked = outcome.retry_after.unwrap_or_default().min(schedule.longest());
    Decision::Retry { at: now.plus(jittered(step, jitter).max(asked)) }
}

fn jittered(step: Duration, jitter: u16) -> Duration {
    let tenth = step / 10;
    tenth * 9 + tenth * 2 * u32::from(jitter) / u32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::outcome::{BLOCKED_ADDRESS, REDIRECT, TIMEOUT};

    const NOW: Timestamp = Timestamp::from_millis(1_777_980_000_000);
    const MIDDLE: u16 = 32_768;

    fn answered(status: u16) -> Outcome {
        Outcome::answered(status, None, Duration::ZERO)
    }

    fn wait(outcome: &Outcome, tries_made: u32, jitter: u16) -> Option<Duration> {
        match decide(outcome, tries_made, &Schedule::default(), NOW, jitter) {
            Decision::Retry { at } => Some(at - NOW),
            _ => None,
        }
    }

    #[test]
    fn schedules_are_read_and_written() {
        let text = "0s,5s,5m,30m,2h,5h,10h,10h";
        assert_eq!(text.parse(), Ok(Schedule::default()));
        assert_eq!(Schedule::default().to_string(), text);
        assert_eq!(Schedule::default().tries(), 8);
        assert_eq!("0s, 90s ,60s".parse::<Schedule>().map(String::from), Ok("0s,90s,1m".into()));
        let longest = vec!["168h"; 32].join(",");
        assert_eq!(longest.parse::<Schedule>().map(|s| s.tries()), Ok(32));
    }

    #[test]
    fn nonsense_is_not_a_schedule() {
        let too_many = vec!["1s"; 33].join(",");
        let overflow = format!("{}h", u64::MAX);
        for bad in
            ["", ",", "0s,", "5", "s", "-5s", "+5s", "5d", "5.5s", "169h", &too_many, &overflow]
        {
            assert_eq!(bad.parse::<Schedule>(), Err(InvalidSchedule), "{bad:?}");
        }
    }

    #[test]
    fn each_try_waits_for_its_step() {
        let waits: Vec<_> = (1..=8).map(|made| wait(&answered(500), made, MIDDLE)).collect();
        let close = |want: u64, got: Option<Duration>| {
            let got = got.expect("a retry").as_secs_f64();
            assert!((got / f64::from(u32::try_from(want).expect("small")) - 1.0).abs() < 1e-4);
        };
        for (want, got) in [5, 300, 1800, 7200, 18_000, 36_000, 36_000].into_iter().zip(&waits) {
            close(want, *got);
        }
        assert_eq!(waits[7], None);
    }

    #[test]
    fn jitter_is_a_tenth_either_way() {
        assert_eq!(wait(&answered(500), 1, 0), Some(Duration::from_millis(4500)));
        assert_eq!(wait(&answered(500), 1, u16::MAX), Some(Duration::from_millis(5500)));
        assert_eq!(wait(&answered(500), 7, 0), Some(Duration::from_hours(9)));
        assert_eq!(wait(&answered(500), 7, u16::MAX), Some(Duration::from_hours(11)));
        let week = Duration::from_hours(168);
        assert_eq!(jittered(week, u16::MAX), week + week / 10);
        assert_eq!(jittered(Duration::ZERO, u16::MAX), Duration::ZERO);
    }

    #[test]
    fn the_status_decides() {
        let last = Schedule::default().tries().try_into().expect("small");
        for status in [200, 201, 204, 299] {
            let decision = decide(&answered(status), last, &Schedule::default(), NOW, 0);
            assert_eq!(decision, Decision::Delivered, "{status}");
        }
        for tries_made in [1, last] {
            let decision = decide(&answered(410), tries_made, &Schedule::default(), NOW, 0);
            assert_eq!(decision, Decision::DisableEndpoint);
        }
        for status in [101, 301, 302, 307, 308, 400, 404, 409, 429, 500, 503] {
            assert!(wait(&answered(status), 1, 0).is_some(), "{status}");
        }
    }

    #[test]
    fn the_last_try_says_why_it_failed() {
        for (outcome, reason) in [
            (answered(500), HTTP_STATUS),
            (answered(301), REDIRECT),
            (Outcome::unanswered(TIMEOUT, Duration::ZERO), TIMEOUT),
            (Outcome::unanswered(BLOCKED_ADDRESS, Duration::ZERO), BLOCKED_ADDRESS),
        ] {
            for tries_made in [8, 9, u32::MAX] {
                let decision = decide(&outcome, tries_made, &Schedule::default(), NOW, 0);
                assert_eq!(decision, Decision::Failed { reason });
            }
        }
    }

    #[test]
    fn retry_after_only_lengthens_the_wait_and_only_to_the_longest_step() {
        let asking = |seconds| {
            let outcome =
                Outcome::answered(503, Some(Duration::from_secs(seconds)), Duration::ZERO);
            wait(&outcome, 1, 0).map(|w| w.as_millis())
        };
        assert_eq!(asking(0), Some(4500));
        assert_eq!(asking(4), Some(4500));
        assert_eq!(asking(60), Some(60_000));
        assert_eq!(asking(36_000), Some(36_000_000));
        assert_eq!(asking(36_001), Some(36_000_000));
        assert_eq!(asking(u64::MAX), Some(36_000_000));
    }
}
