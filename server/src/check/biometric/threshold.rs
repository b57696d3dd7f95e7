//! From which score on two faces count as one person's.

/// Youngest age of each group, and its threshold. Among children, and among the old, different
/// people look more alike to recognisers (NIST IR 8280 §4): they need more.
const GROUPS: [(u8, f64); 4] = [(65, 0.64), (18, 0.60), (12, 0.66), (0, 0.72)];

/// The score from which a face counts as the document's. An unknown age gets the strictest.
pub fn threshold(holder_age: Option<u8>) -> f64 {
    let strictest = GROUPS.iter().map(|(_, score)| *score).fold(0.0, f64::max);
    let group = |age| GROUPS.iter().find(|(from, _)| age >= *from).map(|(_, score)| *score);
    holder_age.and_then(group).unwrap_or(strictest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the numbers are written down, not computed")]
    fn the_young_the_old_and_the_unknown_need_more() {
        for (age, score) in [
            (Some(0), 0.72),
            (Some(11), 0.72),
            (Some(12), 0.66),
            (Some(17), 0.66),
            (Some(18), 0.60),
            (Some(64), 0.60),
            (Some(65), 0.64),
            (Some(130), 0.64),
            (None, 0.72),
        ] {
            assert_eq!(threshold(age), score, "{age:?}");
        }
    }
}
