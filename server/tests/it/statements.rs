//! Every SQL text is accepted by both databases: what compile-time checks would say.

use kayle_server::store::outbox::claims;
use kayle_server::store::{
    Dialect, access, attempts, endpoints, history, idempotency, outbox, retention, sessions,
};
use sqlx::{Executor as _, SqlSafeStr as _};

use crate::app::TestApp;
use crate::both;

const ALL: &[&str] = &[
    access::SETTLE_MODE,
    access::MODE,
    access::INSERT_ORGANIZATION,
    access::ORGANIZATIONS,
    access::ORGANIZATIONS_BY_ID,
    access::INSERT_KEY,
    access::KEYS,
    access::KEY_BY_HASH,
    access::DISABLE_KEY,
    access::USE_KEY,
    idempotency::CLAIM,
    idempotency::FIND,
    idempotency::FORGET,
    idempotency::FORGET_OLD,
    sessions::INSERT,
    sessions::BY_ID,
    sessions::BY_IDS,
    sessions::SHORTS,
    sessions::SAVE,
    sessions::CONSUME_TOKEN,
    sessions::DUE,
    sessions::LIST,
    sessions::LIST_BY_STATUS,
    sessions::LIST_EXPIRED,
    sessions::LIST_BY_REFERENCE,
    sessions::LIST_BY_STATUS_AND_REFERENCE,
    sessions::LIST_EXPIRED_BY_REFERENCE,
    sessions::ERASE,
    sessions::AUDIT,
    attempts::INSERT,
    attempts::BY_ID,
    attempts::OPEN,
    attempts::OF_SESSIONS,
    attempts::CLOSE,
    attempts::REOPEN,
    attempts::CLOSE_ALL,
    endpoints::INSERT,
    endpoints::OF_ORGANIZATION,
    endpoints::BY_ID,
    endpoints::SAVE,
    endpoints::SET_DISABLED,
    endpoints::GONE,
    endpoints::LOCK,
    endpoints::LOCK_ORGANIZATION,
    endpoints::INSERT_KEY,
    endpoints::KEYS,
    endpoints::KEY,
    endpoints::TARGET,
    endpoints::DEACTIVATE_KEYS,
    endpoints::SET_DEACTIVATED,
    history::EVENTS,
    history::EVENT,
    history::DELIVERIES,
    history::DELIVERY,
    history::OF_EVENT,
    history::TRIES,
    history::RETRY,
    history::ENDPOINT_DELETED,
    outbox::INSERT_EVENT,
    outbox::INSERT_DELIVERY,
    outbox::OF_SESSION,
    outbox::AFTERMATH,
    claims::QUEUES,
    claims::HELD,
    claims::RECLAIM,
    claims::PULL_FORWARD,
    claims::DELIVERED,
    claims::SETTLE,
    claims::INSERT_TRIES,
    outbox::SUPERSEDE,
    outbox::HOLD,
    outbox::IN_FLIGHT,
    outbox::ERASE,
    outbox::NEXT_DUE,
    outbox::SCRUB,
    retention::TRIES,
    retention::DELIVERIES,
    retention::EVENTS,
    retention::ATTEMPTS,
    retention::SESSIONS,
    retention::AUDIT,
];

both! {
    async fn every_statement_prepares(app: TestApp) {
        let mut conn = app.engine.store.read().await.unwrap();
        let claim = match app.engine.store.dialect() {
            Dialect::Sqlite => claims::CLAIM_SQLITE,
            Dialect::Postgres => claims::CLAIM_POSTGRES,
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
        include_str!("../../src/store/endpoints.rs"),
        include_str!("../../src/store/history.rs"),
        include_str!("../../src/store/idempotency.rs"),
        include_str!("../../src/store/outbox.rs"),
        include_str!("../../src/store/outbox/claims.rs"),
        include_str!("../../src/store/retention.rs"),
        include_str!("../../src/store/sessions.rs"),
        include_str!("../../src/store/sessions/list.rs"),
    ];
    let constants: usize = sources.iter().map(|source| source.matches("pub const ").count()).sum();
    // Beside the list there are two claims, one per database, and one text that is no statement.
    assert_eq!(constants, ALL.len() + 3);
}
