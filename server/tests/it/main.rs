//! The integration suite: HTTP in-process against real databases, SQLite and PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

mod app;
mod assets;
mod at_rest;
mod attestation;
mod biometric;
mod cancelling;
mod checks;
mod cli;
mod contract;
mod crashes;
mod documents;
mod endpoints;
mod erasure;
mod errors;
mod faults;
mod fleet;
mod forms;
mod history;
mod idempotency;
mod keys;
mod languages;
mod limits;
mod listing;
mod outages;
mod panel;
mod phone;
mod privacy;
mod protocol;
mod races;
mod receiver;
mod retention;
mod sessions;
mod simulation;
mod snippets;
mod statements;
mod streams;
mod sweep;
mod table;
mod trust;
mod verify;
mod webhooks;
mod withdrawal;

/// Runs every test on both databases: `sqlite::name` and `postgres::name`. Each begins with what
/// it is given: an application, or a fleet of processes.
macro_rules! both {
    ($(async fn $name:ident($($given:ident)+: $kind:ty) $body:block)*) => {
        $(async fn $name($($given)+: $kind) $body)*

        mod sqlite {
            use super::*;

            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(<$kind>::start($crate::app::Db::Sqlite).await).await;
            })*
        }

        mod postgres {
            use super::*;

            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(<$kind>::start($crate::app::Db::Postgres).await).await;
            })*
        }
    };
}
pub(crate) use both;
