//! Lists: everything once, in order, and at the same cost at any size.

use std::collections::BTreeSet;

use kayle_server::store::{Dialect, sessions};
use sqlx::Row as _;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, Upload};

/// Every session a list gives, page by page; `between` runs after each page.
async fn walk(app: &TestApp, query: &str, mut between: impl AsyncFnMut()) -> Vec<String> {
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app.api("GET", &format!("/v1/sessions?{query}{cursor}"), None).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let json = page.json();
        let ids =
            json["data"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap().to_owned());
        seen.extend(ids);
        let Some(next) = json["pagination"]["next_cursor"].as_str() else { return seen };
        cursor = format!("&starting_after={next}");
        between().await;
    }
}

async fn make(app: &TestApp, count: usize) -> Vec<String> {
    let mut made = Vec::new();
    for n in 0..count {
        if n % 3 == 0 {
            app.advance(1);
        }
        made.push(app.create().await["id"].as_str().unwrap().to_owned());
    }
    made
}

fn set(ids: &[String]) -> BTreeSet<&str> {
    ids.iter().map(String::as_str).collect()
}

both! {
    async fn what_was_there_before_page_one_comes_exactly_once_while_others_create(app: TestApp) {
        let made = make(&app, 25).await;
        let create = async || {
            let more = (0..6).map(|_| app.create());
            futures::future::join_all(more).await;
        };
        for query in ["limit=4", "limit=4&status=created", "limit=4&client_reference_id=order-7"] {
            let seen = walk(&app, query, create).await;
            assert_eq!(set(&seen).len(), seen.len(), "{query}: nothing twice");
            let before: Vec<_> = seen.iter().filter(|id| made.contains(id)).cloned().collect();
            assert_eq!(set(&before), set(&made), "{query}: nothing left out");
        }
    }

    async fn a_list_that_is_walked_while_many_create_at_once_holds_together(app: TestApp) {
        let made = make(&app, 12).await;
        let writing = async { for _ in 0..20 { futures::future::join_all((0..4).map(|_| app.create())).await; } };
        let (seen, ()) = tokio::join!(walk(&app, "limit=1", async || {}), writing);
        assert_eq!(set(&seen).len(), seen.len());
        assert!(set(&seen).is_superset(&set(&made)));
    }

    async fn expired_ones_are_swept_or_overdue_in_one_order(app: TestApp) {
        let swept = make(&app, 4).await;
        app.advance(3600);
        kayle_server::worker::sweep::tick(&app.engine).await.unwrap();
        let overdue = make(&app, 4).await;
        app.advance(3600);
        let open = make(&app, 2).await;
        let mut expected: Vec<_> = swept.iter().chain(&overdue).cloned().collect();
        let seen = walk(&app, "status=expired&limit=3", async || {}).await;
        assert_eq!(set(&seen), set(&expected));
        let sorted = walk(&app, "limit=100", async || {}).await;
        expected.sort_by_key(|id| sorted.iter().position(|other| other == id));
        assert_eq!(seen, expected);
        assert_eq!(set(&walk(&app, "status=created", async || {}).await), set(&open));
        let both = "status=expired&client_reference_id=order-7&limit=3";
        assert_eq!(set(&walk(&app, both, async || {}).await), set(&expected));
    }

    async fn bounds_are_inclusive_and_meet_the_cursor(app: TestApp) {
        let made = make(&app, 9).await;
        let range = "created_from=2026-05-05T11:00:02Z&created_to=2026-05-05T13:00:02%2B02:00";
        assert_eq!(set(&walk(&app, range, async || {}).await), set(&made[3..6]));
        assert_eq!(walk(&app, &range.replace("%2B", "+"), async || {}).await.len(), 3);
        let paged = format!("{range}&limit=1");
        assert_eq!(set(&walk(&app, &paged, async || {}).await), set(&made[3..6]));
        let after_the_range = format!("{range}&starting_after={}", made[0]);
        assert!(walk(&app, &after_the_range, async || {}).await.is_empty());
        let empty = "created_from=2026-05-06T00:00:00Z&created_to=2026-05-05T00:00:00Z";
        assert!(walk(&app, empty, async || {}).await.is_empty());
    }

    async fn attempts_come_with_their_own_sessions_on_long_pages(app: TestApp) {
        let mut tried = Vec::new();
        for n in 0..13 {
            let id = app.create().await["id"].as_str().unwrap().to_owned();
            if n % 4 == 0 {
                let (mut phone, _) = Phone::connected(&app, &id).await;
                let failing = Upload::failing(kayle_domain::FailureCode::DocumentDataInvalid);
                assert_eq!(phone.check(&app, kayle_domain::Check::Nfc, failing).await.status, 200);
                tried.push(id);
            }
        }
        let list = app.api("GET", "/v1/sessions?limit=100&include_attempts=true", None).await.data();
        for session in list.as_array().unwrap() {
            let id = session["id"].as_str().unwrap();
            let attempts = session["attempts"].as_array().unwrap();
            assert_eq!(attempts.len(), usize::from(tried.iter().any(|other| other == id)), "{id}");
            assert!(attempts.iter().all(|attempt| attempt["session_id"] == id));
        }
    }

    async fn every_list_walks_an_index_and_sorts_nothing(app: TestApp) {
        for (sql, index) in [
            (sessions::LIST, "sessions_newest"),
            (sessions::LIST_BY_STATUS, "sessions_by_status"),
            (sessions::LIST_BY_REFERENCE, "sessions_by_reference"),
            (sessions::LIST_BY_STATUS_AND_REFERENCE, "sessions_by_reference_status"),
            (sessions::LIST_EXPIRED, "sessions_due"),
            (sessions::LIST_EXPIRED_BY_REFERENCE, "sessions_by_reference_status"),
        ] {
            let plan = plan(&app, sql).await;
            assert!(plan.contains(index), "{sql}\n{plan}");
            if !sql.contains("overdue") {
                for costly in ["SCAN sessions", "Seq Scan", "TEMP B-TREE", "Sort "] {
                    assert!(!plan.contains(costly), "{sql}\n{plan}");
                }
            }
        }
    }
}

/// How the database would answer a list, as it says itself.
async fn plan(app: &TestApp, sql: &str) -> String {
    let mut conn = app.engine.store.read().await.unwrap();
    let dialect = app.engine.store.dialect();
    let (explain, column) = match dialect {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", 3),
        Dialect::Postgres => ("EXPLAIN", 0),
    };
    if dialect == Dialect::Postgres {
        // On a table of no rows reading all of it is right; here the question is what it can do.
        for setting in
            ["SET enable_seqscan = off", "SET enable_sort = off", "SET enable_bitmapscan = off"]
        {
            sqlx::query(setting).execute(&mut *conn).await.unwrap();
        }
    }
    let text = format!("{explain} {sql}");
    let walk = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind("org_1")
        .bind(0_i64)
        .bind(i64::MAX)
        .bind("")
        .bind(10_i64);
    let query = match sql {
        sessions::LIST => walk,
        sessions::LIST_BY_REFERENCE => walk.bind("order-7"),
        sessions::LIST_EXPIRED => walk.bind(0_i64),
        sessions::LIST_EXPIRED_BY_REFERENCE => walk.bind(0_i64).bind("order-7"),
        sessions::LIST_BY_STATUS => walk.bind("created").bind(0_i64),
        _ => walk.bind("created").bind(0_i64).bind("order-7"),
    };
    let rows = query.fetch_all(&mut *conn).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get(column).unwrap()).collect();
    conn.detach();
    lines.join("\n")
}
