//! Every SQL text is accepted by both databases: what compile-time checks would say.

use kayle_server::store::{Dialect, access, attempts, outbox, sessions};
use sqlx::{Executor as _, SqlSafeStr as _};

use crate::app::TestApp;
use crate::both;

const ALL: &[&str] = &[
    access::SETTLE_MODE,
    access::MODE,
    access::INSERT_ORGANIZATION,
    access::ORGANIZATIONS,
    access::ORGANIZATION,
    access::INSERT_KEY,
    access::KEYS,
    access::KEY_BY_HASH,
    access::DISABLE_KEY,
    sessions::INSERT,
    sessions::BY_ID,
    sessions::SHORT,
    sessions::SAVE,
    sessions::CONSUME_TOKEN,
    sessions::DUE,
    sessions::LIST,
    sessions::AUDIT,
    attempts::INSERT,
    attempts::BY_ID,
    attempts::OPEN,
    attempts::OF_SESSION,
    attempts::CLOSE,
    attempts::REOPEN,
    attempts::CLOSE_ALL,
    outbox::INSERT_ENDPOINT,
    outbox::ENDPOINTS,
    outbox::ENDPOINT,
    outbox::SET_DISABLED,
    outbox::INSERT_EVENT,
    outbox::INSERT_DELIVERY,
    outbox::OF_SESSION,
    outbox::RECLAIM,
    outbox::SETTLE,
    outbox::INSERT_TRY,
    outbox::SUPERSEDE,
    outbox::NEXT_DUE,
    outbox::SCRUB,
];

both! {
    async fn every_statement_prepares(app: TestApp) {
        let mut conn = app.engine.store.read().await.unwrap();
        let claim = match app.engine.store.dialect() {
            Dialect::Sqlite => outbox::CLAIM_SQLITE,
            Dialect::Postgres => outbox::CLAIM_POSTGRES,
        };
        for sql in ALL.iter().chain([&claim]) {
            let prepared = (&mut *conn).prepare(sql.into_sql_str()).await;
            assert!(prepared.is_ok(), "{sql}\n{:?}", prepared.err());
        }
    }
}

#[test]
fn the_list_above_names_every_statement() {
    let sources = [
        include_str!("../../src/store/access.rs"),
        include_str!("../../src/store/attempts.rs"),
        include_str!("../../src/store/outbox.rs"),
        include_str!("../../src/store/sessions.rs"),
    ];
    let constants: usize = sources.iter().map(|source| source.matches("pub const ").count()).sum();
    assert_eq!(constants, ALL.len() + 2, "two claims, one per database, and the list");
}
