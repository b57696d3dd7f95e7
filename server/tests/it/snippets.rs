//! The guide's own snippets: what it shows is the file, and the Rust one is run here against real
//! deliveries (the others are run where their languages are).

#[path = "../../../docs/webhooks/verify.rs"]
mod verify;

use std::path::Path;

use josekit::jwe::RSA_OAEP_256;
use kayle_server::engine::Clock;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::both;
use crate::receiver::{Received, Receiver};

fn text(received: &Received) -> &str {
    std::str::from_utf8(&received.body).unwrap()
}

fn docs() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

#[test]
fn the_guide_shows_every_snippet_as_it_is() {
    let guide = std::fs::read_to_string(docs().join("webhooks.md")).unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(docs().join("webhooks")).unwrap() {
        let path = entry.unwrap().path();
        let snippet = std::fs::read_to_string(&path).unwrap();
        assert!(guide.contains(&format!("\n{snippet}```\n")), "{} differs", path.display());
        count += 1;
    }
    assert_eq!(count, guide.matches("\n```").count() / 2, "a block of code has no file");
}

both! {
    async fn the_rust_snippet_verifies_and_decrypts(mut app: TestApp) {
        // The library it uses reads the machine's clock.
        app.engine.clock.set(Clock::system().now());
        let now = app.engine.now().unix_seconds().unsigned_abs();
        let receiver = Receiver::start().await;
        let (endpoint, old) = {
            let made = app.api("POST", "/v1/webhooks/endpoints", Some(json!({ "url": receiver.url() }))).await.data();
            (made["id"].as_str().unwrap().to_owned(), made["signing_secret"].as_str().unwrap().to_owned())
        };
        let at = format!("/v1/webhooks/endpoints/{endpoint}");
        let test = async |app: &mut TestApp| {
            assert_eq!(app.api("POST", &format!("{at}/test"), None).await.status, 202);
            app.deliver().await;
            receiver.next().await
        };
        let plain = test(&mut app).await;
        assert!(verify::verify_kayle(&old, &plain.headers, &plain.body, now));
        verify::verify_standard(&old, &plain.headers, &plain.body).unwrap();

        let rotated = app.api("POST", &format!("{at}/signing-secret/rotate"), None).await.data();
        let new = rotated["signing_secret"].as_str().unwrap().to_owned();
        let key = RSA_OAEP_256.generate_key_pair(2048).unwrap();
        let mut jwk = key.to_jwk_public_key();
        jwk.set_key_use("enc");
        jwk.set_key_id("mine");
        let body = json!({ "jwk": Value::from(jwk.as_ref().clone()) });
        let registered = app.api("POST", &format!("{at}/keys"), Some(body)).await;
        assert_eq!(registered.status, 201, "{}", registered.text);
        let sealed = test(&mut app).await;
        assert_eq!(sealed.header("content-type"), "application/jose");
        for secret in [&old, &new] {
            assert!(verify::verify_kayle(secret, &sealed.headers, &sealed.body, now));
            verify::verify_standard(secret, &sealed.headers, &sealed.body).unwrap();
        }
        let pem = key.to_pem_private_key();
        let event: Value = serde_json::from_slice(&verify::decrypt(&pem, text(&sealed)).unwrap()).unwrap();
        assert_eq!((&event["type"], &event["data"]["endpoint_id"]), (&json!("webhook.test"), &json!(endpoint)));

        // And refuses what is not genuine, not recent or not for it.
        let other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        assert!(!verify::verify_kayle(other, &sealed.headers, &sealed.body, now));
        assert!(verify::verify_standard(other, &sealed.headers, &sealed.body).is_err());
        assert!(!verify::verify_kayle(&new, &sealed.headers, &plain.body, now));
        assert!(verify::verify_standard(&new, &sealed.headers, &plain.body).is_err());
        for late in [now + 301, now - 302] {
            assert!(!verify::verify_kayle(&new, &sealed.headers, &sealed.body, late));
        }
        for missing in ["", "t=", "t=1", "v1=00", "t=x,v1=00"] {
            let mut headers = sealed.headers.clone();
            headers.insert("x-kayle-signature", missing.parse().unwrap());
            assert!(!verify::verify_kayle(&new, &headers, &sealed.body, now), "{missing}");
        }
        let stranger = RSA_OAEP_256.generate_key_pair(2048).unwrap().to_pem_private_key();
        assert!(verify::decrypt(&stranger, text(&sealed)).is_err());
        assert!(verify::decrypt(&pem, text(&plain)).is_err());
    }
}
