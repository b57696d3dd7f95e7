//! The sweep, and expiry that is visible before it.

use kayle_server::worker::sweep;

use crate::app::TestApp;
use crate::both;
use crate::phone::{Phone, path};
use crate::receiver::Receiver;

both! {
    async fn an_overdue_session_reads_as_expired_and_writes_nothing(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        app.advance(3600);
        let read = app.get(&id).await;
        assert_eq!(read["status"], "expired");
        assert_eq!(read["completed_at"], read["expires_at"]);
        let status = app.call("GET", &path(&id, "status"), "", None).await.data();
        assert_eq!((status["status"].as_str(), status["is_terminal"].as_bool()), (Some("expired"), Some(true)));
        assert_eq!(app.count("SELECT COUNT(*) FROM events").await, 0);
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE status = 'created'").await, 1);
    }

    async fn the_sweep_expires_everything_due_and_tells_each_endpoint_once(mut app: TestApp) {
        let receiver = Receiver::start().await;
        let (_, secret) = app.endpoint(receiver.url()).await;
        for _ in 0..3 { app.create().await; }
        let bound = app.create().await["id"].as_str().unwrap().to_owned();
        Phone::connected(&app, &bound).await;
        app.advance(1800);
        let young = app.create().await["id"].as_str().unwrap().to_owned();
        app.advance(1800);
        assert_eq!(sweep::tick(&app.engine).await.unwrap(), 4);
        assert_eq!(sweep::tick(&app.engine).await.unwrap(), 0);
        assert_eq!(app.get(&young).await["status"], "created");
        app.deliver().await;
        for _ in 0..4 {
            let event = receiver.next().await;
            event.verify(&secret);
            assert_eq!(event.json()["type"], "verification.session.expired");
            assert_eq!(event.json()["data"], serde_json::json!({}));
        }
        assert_eq!(receiver.count(), 4);
        assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE to_status = 'expired'").await, 4);
    }

    async fn a_late_change_commits_the_expiry_once_and_is_told(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let (mut phone, page) = Phone::connected(&app, &id).await;
        app.advance(3600);
        for _ in 0..2 {
            let answer = app.call("POST", &path(&id, "release"), &page, None).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (410, "SESSION_EXPIRED"));
        }
        let chip = phone.check(&app, kayle_domain::Check::Nfc, crate::phone::Upload::default()).await;
        assert_eq!((chip.status.as_u16(), chip.code().as_str()), (410, "SESSION_EXPIRED"));
        assert_eq!(sweep::tick(&app.engine).await.unwrap(), 0);
        app.deliver().await;
        assert_eq!(receiver.count(), 1);
    }
}
