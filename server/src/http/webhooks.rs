//! `/v1/webhooks`: endpoints, keys, events and deliveries, as integrators manage them (`spec.md` §6).

pub mod deliveries;
pub mod endpoints;
pub mod events;
pub mod keys;

use serde::Serialize;

use super::answer::{Page, Pagination};
use crate::error::Error;
use crate::service::webhooks::history;

/// A parameter that is an id; anything else is refused by name.
fn id<T: std::str::FromStr<Err = kayle_domain::id::InvalidId>>(
    name: &str,
    text: Option<&String>,
) -> Result<Option<T>, Error> {
    let parsed = text.map(|text| text.parse()).transpose();
    parsed.map_err(|error: kayle_domain::id::InvalidId| Error::invalid(format!("{name} {error}")))
}

/// One of a closed set of words; anything else is refused by name.
fn word(name: &str, text: Option<String>, known: &[&str]) -> Result<Option<String>, Error> {
    match text {
        Some(text) if !known.contains(&text.as_str()) => {
            Err(Error::invalid(format!("{name} must be one of {}", known.join(", "))))
        }
        text => Ok(text),
    }
}

/// A page of the answer, from a page of rows.
fn page<R, B: Serialize>(
    rows: history::Page<R>,
    limit: u8,
    id: fn(&R) -> &str,
    body: fn(R) -> B,
) -> Page<B> {
    let last = rows.rows.last().filter(|_| rows.has_more);
    let next_cursor = last.map(|row| id(row).to_owned());
    let pagination = Pagination { limit, has_more: rows.has_more, next_cursor };
    Page { data: rows.rows.into_iter().map(body).collect(), error: (), pagination }
}
