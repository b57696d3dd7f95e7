//! Ages on a day, from dates of birth of which parts may be unknown (`spec.md` §2.3).

use time::{Date, Month, util::days_in_month};

/// The earliest and the latest day a date of reduced precision (`1974-08-12`, `1974-08`, `1974`)
/// may mean.
fn range(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse::<u8>).transpose().ok()?;
    let day = parts.next().map(str::parse::<u8>).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let months = match month {
        Some(month) => [Month::try_from(month).ok()?; 2],
        None => [Month::January, Month::December],
    };
    let date = |month: Month, day| Date::from_calendar_date(year, month, day).ok();
    let first = date(months[0], day.unwrap_or(1))?;
    let last = date(months[1], day.unwrap_or_else(|| days_in_month(months[1], year)))?;
    Some((first, last))
}

/// The day somebody turns `years`: who was born on 29 February does so on 1 March in common years.
fn birthday(birth: Date, years: u8) -> Option<Date> {
    let year = birth.year() + i32::from(years);
    let same = Date::from_calendar_date(year, birth.month(), birth.day());
    same.or_else(|_| Date::from_calendar_date(year, Month::March, 1)).ok()
}

/// Whether `years` full years have passed since the birth; `None` where the unknown parts of the
/// date decide, or there is no date.
pub fn is_over(date_of_birth: &str, years: u8, today: Date) -> Option<bool> {
    let (first, last) = range(date_of_birth)?;
    let (earliest, latest) = (birthday(first, years)?, birthday(last, years)?);
    match (today >= earliest, today >= latest) {
        (true, true) => Some(true),
        (false, false) => Some(false),
        _ => None,
    }
}

/// Full years since the birth, at least: the latest day the date may mean counts.
pub fn age(date_of_birth: &str, today: Date) -> Option<u8> {
    let (_, last) = range(date_of_birth)?;
    (0..=u8::MAX).take_while(|years| birthday(last, *years).is_some_and(|day| day <= today)).last()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        for (birth, years, today, over) in [
            ("2008-05-05", 18, date!(2026 - 05 - 04), Some(false)),
            ("2008-05-05", 18, date!(2026 - 05 - 05), Some(true)),
            ("2008-02-29", 18, date!(2026 - 02 - 28), Some(false)),
            ("2008-02-29", 18, date!(2026 - 03 - 01), Some(true)),
            ("2008-02-29", 20, date!(2028 - 02 - 29), Some(true)),
            ("2008-02-29", 20, date!(2028 - 02 - 28), Some(false)),
            ("2008-02-30", 18, date!(2026 - 03 - 01), None),
            ("2008-05", 18, date!(2026 - 04 - 30), Some(false)),
            ("2008-05", 18, date!(2026 - 05 - 15), None),
            ("2008-05", 18, date!(2026 - 05 - 31), Some(true)),
            ("2008", 18, date!(2025 - 12 - 31), Some(false)),
            ("2008", 18, date!(2026 - 05 - 15), None),
            ("2008", 18, date!(2026 - 12 - 31), Some(true)),
            ("", 18, date!(2026 - 05 - 15), None),
            ("2008-05-05-05", 18, date!(2026 - 05 - 15), None),
            ("2008-13", 18, date!(2026 - 05 - 15), None),
        ] {
            assert_eq!(is_over(birth, years, today), over, "{birth} {years} {today}");
        }
    }

    #[test]
    fn an_age_is_never_more_than_it_may_be() {
        let today = date!(2026 - 05 - 05);
        for (birth, years) in [
            ("2008-05-05", Some(18)),
            ("2008-05-06", Some(17)),
            ("2008-05", Some(17)),
            ("2008", Some(17)),
            ("2026-05-05", Some(0)),
            ("2026-05-06", None),
            ("", None),
        ] {
            assert_eq!(age(birth, today), years, "{birth}");
        }
    }
}
