//! The page's language: chosen, else the session's, else the browser's (`spec.md` §8).

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::app::{Answer, TestApp};
use crate::both;
use crate::receiver::Receiver;

/// A request of a browser that is on our page.
pub async fn visit(
    app: &TestApp,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

fn language(page: &Answer) -> &str {
    let after = page.text.split_once("<html lang=\"").expect("a language").1;
    after.split_once('"').expect("its end").0
}

async fn session(app: &TestApp, locale: Option<&str>) -> (String, String) {
    let created = app.api("POST", "/v1/sessions", Some(json!({ "locale": locale }))).await.data();
    let text = |name: &str| created[name].as_str().unwrap().to_owned();
    (text("id"), text("cancel_token"))
}

pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
pub const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

both! {
    async fn the_browser_the_session_and_the_user_are_heard_in_this_order(app: TestApp) {
        let (plain, _) = session(&app, None).await;
        let (german, _) = session(&app, Some("de-AT")).await;
        let wish = ("accept-language", "tlh, ar;q=0.9, fr;q=0.8");
        for (path, headers, expected) in [
            (format!("/{plain}"), vec![], "en"),
            (format!("/{plain}"), vec![wish], "ar"),
            (format!("/{german}"), vec![wish], "de"),
            (format!("/{german}"), vec![wish, ("cookie", "kayle_language=ja")], "ja"),
            ("/nowhere".to_owned(), vec![wish], "ar"),
            ("/app".to_owned(), vec![("cookie", "kayle_language=zh-Hans")], "zh-Hans"),
        ] {
            let page = visit(&app, "GET", &path, &headers, "").await;
            assert_eq!(language(&page), expected, "{path} {headers:?}");
            assert_eq!(page.headers["vary"], "Cookie, Accept-Language");
            let dir = if expected == "ar" { "dir=\"rtl\"" } else { "dir=\"ltr\"" };
            assert!(page.text.contains(dir));
        }
    }

    async fn the_switcher_keeps_a_language_we_have_and_nothing_else(app: TestApp) {
        let (id, _) = session(&app, None).await;
        let path = "/form/language";
        let form = |tag: &str| format!("session={id}&{tag}");
        let switched = visit(&app, "POST", path, &[FORM, OURS], &form("tag=uk")).await;
        assert_eq!((switched.status.as_u16(), switched.headers["location"].to_str().unwrap()), (303, format!("/{id}").as_str()));
        let cookie = switched.headers["set-cookie"].to_str().unwrap();
        assert_eq!(cookie, "kayle_language=uk; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000");
        let page = visit(&app, "GET", &format!("/{id}"), &[("cookie", "kayle_language=uk")], "").await;
        assert_eq!(language(&page), "uk");
        assert!(page.text.contains("<option value=\"uk\" lang=\"uk\" selected"), "{}", page.text);
        for body in ["tag=tlh", "tag=", "", "tag=uk&tag=de"] {
            let refused = visit(&app, "POST", path, &[FORM, OURS], &form(body)).await;
            assert_eq!(refused.status, 400, "{body}");
            assert!(!refused.headers.contains_key("set-cookie"), "{body}");
        }
        let forged = visit(&app, "POST", path, &[FORM, ("sec-fetch-site", "cross-site")], &form("tag=uk")).await;
        assert_eq!(forged.status, 403);
        assert!(!forged.headers.contains_key("set-cookie"));
    }

    async fn what_was_agreed_to_is_remembered_in_the_language_it_was_shown_in(mut app: TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(receiver.url()).await;
        let (id, token) = session(&app, Some("fr")).await;
        let entered = visit(&app, "GET", &format!("/{id}?cancel_token={token}"), &[], "").await;
        let cookie = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        let page = visit(&app, "GET", &format!("/{id}"), &[("cookie", cookie)], "").await;
        assert!(page.text.contains("<input type=\"hidden\" name=\"locale\" value=\"fr\">"), "{}", page.text);
        let body = format!("session={id}&field[]=kayle_document_id&biometric=true&locale=fr");
        let agreed = visit(&app, "POST", "/form/consent", &[FORM, OURS, ("cookie", cookie)], &body).await;
        assert_eq!(agreed.status, 303);
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE consent_locale = 'fr'").await, 1);
        // Over REST: as a page would have been.
        for (locale, wish, shown) in [(None, "es-MX", "es"), (Some("nl-BE"), "es-MX", "nl"), (Some("tlh"), "pl", "pl")] {
            let (other, _) = session(&app, locale).await;
            let body = json!({ "selected_field_keys": ["kayle_document_id"], "biometric_consent": true }).to_string();
            let headers = [("content-type", "application/json"), ("accept-language", wish)];
            let agreed = visit(&app, "POST", &format!("/v1/verify/session/{other}/consent"), &headers, &body).await;
            assert_eq!(agreed.status, 200, "{}", agreed.text);
            let mut conn = app.engine.store.read().await.unwrap();
            let kept = sqlx::query_scalar::<_, String>("SELECT consent_locale FROM sessions WHERE id = $1").bind(&other);
            assert_eq!(kept.fetch_one(&mut *conn).await.unwrap(), shown);
        }
        app.deliver().await;
    }
}
