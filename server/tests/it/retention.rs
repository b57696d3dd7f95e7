//! What has been over for long enough is forgotten, and nothing that is still needed.

use kayle_domain::{Check, FailureCode};
use kayle_server::worker::{retain, sweep};

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, Upload};
use crate::receiver::Receiver;

const DAY: u64 = 24 * 3600;

async fn rows(app: &TestApp) -> [i64; 6] {
    [
        app.count("SELECT COUNT(*) FROM sessions").await,
        app.count("SELECT COUNT(*) FROM attempts").await,
        app.count("SELECT COUNT(*) FROM events").await,
        app.count("SELECT COUNT(*) FROM deliveries").await,
        app.count("SELECT COUNT(*) FROM delivery_tries").await,
        app.count("SELECT COUNT(*) FROM audit").await,
    ]
}

both! {
    async fn each_kind_is_forgotten_when_its_time_is_over(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, _) = Phone::connected(&app, &id).await;
        for _ in 0..3 {
            let failing = Upload::failing(FailureCode::DocumentDataInvalid);
            assert_eq!(phone.check(&app, Check::Nfc, failing).await.status, 200);
        }
        app.deliver().await;
        app.advance(30 * DAY - 1);
        assert_eq!(retain::tick(&app.engine).await.unwrap(), 0);
        assert_eq!(rows(&app).await, [1, 3, 1, 1, 1, 5]);
        // Young, open or on its way: none of it is forgotten.
        let open = app.create().await["id"].as_str().unwrap().to_owned();
        app.advance(1);
        assert_eq!(retain::tick(&app.engine).await.unwrap(), 7);
        assert_eq!(rows(&app).await, [1, 0, 0, 0, 0, 5]);
        assert_eq!(app.get(&open).await["status"], "created");
        assert_eq!(app.api("GET", &format!("/v1/sessions/{id}"), None).await.status, 404);
        app.advance(335 * DAY);
        sweep::tick(&app.engine).await.unwrap();
        app.advance(60 * DAY);
        retain::tick(&app.engine).await.unwrap();
        assert_eq!(rows(&app).await, [0, 0, 1, 1, 0, 1], "what waits for its endpoint waits on");
        app.deliver().await;
        retain::tick(&app.engine).await.unwrap();
        assert_eq!(rows(&app).await, [0, 0, 0, 0, 0, 1]);
    }

    async fn much_is_forgotten_in_parts(app: TestApp) {
        for _ in 0..3 {
            let id = app.create().await["id"].as_str().unwrap().to_owned();
            assert_eq!(app.api("POST", &format!("/v1/sessions/{id}/cancel"), None).await.status, 204);
        }
        app.advance(400 * DAY);
        let work = app.engine.store.write(app.engine.now().millis(), |tx, now| {
            use kayle_server::store::retention::{Kept, forget};
            Box::pin(forget(tx, Kept::Sessions, *now, 2))
        });
        assert_eq!(work.await.unwrap(), 2);
        assert_eq!(rows(&app).await[0], 1);
    }
}
