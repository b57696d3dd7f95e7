//! Plural rules that several languages share: CLDR's, for whole numbers.

/// No language distinguishes less.
pub(super) fn other(_: u64) -> &'static str {
    "other"
}

/// One is singular.
pub(super) fn one_or_other(count: u64) -> &'static str {
    if count == 1 { "one" } else { "other" }
}

/// One is singular, and whole millions have a form of their own.
pub(super) fn one_many_or_other(count: u64) -> &'static str {
    match count {
        1 => "one",
        _ if count != 0 && count.is_multiple_of(1_000_000) => "many",
        _ => "other",
    }
}

/// The same, where zero is singular too.
pub(super) fn zero_is_one(count: u64) -> &'static str {
    if count == 0 { "one" } else { one_many_or_other(count) }
}
