//! The simulated phone over REST: an integration's own tests drive a whole check with one request.

use serde_json::{Value, json};

use crate::app::{Db, LIVE, TestApp, tenant};
use crate::both;
use crate::fleet::Fleet;

async fn ask(app: &TestApp, id: &str, body: Value) -> (u16, String, String) {
    let answer = app.api("POST", &format!("/v1/sessions/{id}/simulate"), Some(body)).await;
    (answer.status.as_u16(), answer.code(), answer.message())
}

both! {
    async fn what_cannot_be_played_is_named_and_changes_nothing(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        for (body, named) in [
            (json!({}), "scenario"),
            (json!({ "scenario": "perhaps" }), "scenario"),
            (json!({ "scenario": "pass", "colour": 1 }), "colour"),
            (json!({ "scenario": "pass", "select": "family_name" }), "select"),
            (json!({ "scenario": "pass", "passport": "td1" }), "passport"),
            (json!({ "scenario": "pass", "passport": { "issuer": "XYZ" } }), "issuer"),
            (json!({ "scenario": "pass", "passport": { "colour": 1 } }), "colour"),
        ] {
            let (status, code, message) = ask(&app, &id, body.clone()).await;
            assert_eq!((status, code.as_str()), (400, "INVALID_REQUEST"), "{body}");
            assert!(message.contains(named), "{message}");
        }
        let (status, code, message) = ask(&app, &id, json!({ "scenario": "pass" })).await;
        assert_eq!((status, code.as_str()), (409, "SIMULATION_FAILED"), "nobody listens here: {message}");
        assert!(message.contains("cannot be reached"), "{message}");
        let (_, stranger) = tenant(&app.engine, "Another").await;
        let path = format!("/v1/sessions/{id}/simulate");
        let body = Some(json!({ "scenario": "pass" }));
        let answer = app.call("POST", &path, &format!("Bearer {stranger}"), body).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "SESSION_NOT_FOUND"));
        assert_eq!(app.get(&id).await["status"], "created");
    }
}

#[tokio::test]
async fn outside_the_sandbox_there_is_no_such_route() {
    let app = TestApp::with(Db::Sqlite, &LIVE).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    for body in [json!({ "scenario": "pass" }), json!({ "scenario": 1 }), json!({ "colour": 1 })] {
        let (status, code, _) = ask(&app, &id, body).await;
        assert_eq!((status, code.as_str()), (404, "NOT_FOUND"));
    }
    let path = format!("/v1/sessions/{id}/simulate");
    let answer = app.call("POST", &path, "", Some(json!({}))).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_is_played_to_its_end() {
    let fleet = Fleet::start(Db::Sqlite).await;
    let server = fleet.serve().await;
    let german = json!({ "issuer": "D", "nationality": "D", "form": "td1", "chip": "none" });
    for (body, status, failure) in [
        (json!({ "scenario": "pass", "passport": german }), "succeeded", Value::Null),
        (json!({ "scenario": "pass", "select": [] }), "succeeded", Value::Null),
        (json!({ "scenario": "nfc-fail" }), "failed", json!("document_authenticity_failed")),
        (json!({ "scenario": "liveness-fail" }), "failed", json!("liveness_failed")),
        (json!({ "scenario": "face-mismatch" }), "failed", json!("selfie_face_mismatch")),
        (
            json!({ "scenario": "cloned" }),
            "failed",
            json!("document_anti_cloning_attestation_failed"),
        ),
        (json!({ "scenario": "abandon" }), "in_progress", Value::Null),
    ] {
        let id = server.create().await["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/sessions/{id}/simulate");
        let (code, answer) = server.call(&path, body.clone()).await.unwrap();
        assert_eq!(code, 200, "{body} {answer}");
        let data = &answer["data"];
        assert_eq!((&data["status"], &data["failure_code"]), (&json!(status), &failure), "{body}");
        assert_eq!((&data["session_id"], &data["scenario"]), (&json!(id), &body["scenario"]));
        let first = &data["steps"][0]["step"];
        assert_eq!(first, "consent", "{answer}");
        let (code, again) = server.call(&path, body).await.unwrap();
        let over = again["error"]["code"].as_str().unwrap();
        let expected =
            if status == "in_progress" { "SIMULATION_FAILED" } else { "SESSION_TERMINAL" };
        assert_eq!((code, over), (409, expected));
    }
    let id = server.create().await["id"].as_str().unwrap().to_owned();
    fleet.execute("UPDATE sessions SET expires_at = created_at WHERE status = 'created'").await;
    let path = format!("/v1/sessions/{id}/simulate");
    let (code, late) = server.call(&path, json!({ "scenario": "pass" })).await.unwrap();
    assert_eq!((code, &late["error"]["code"]), (410, &json!("SESSION_EXPIRED")), "{late}");
    server.stop().await;
}
