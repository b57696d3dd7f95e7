//! The page's server functions as somebody without our page meets them: whatever is wrong with a form, it
//! ends on a page of ours with its own status, and changes nothing.

use axum::body::{Body, Bytes};
use axum::http::Request;
use kayle_app::api::{Cancel, ChooseLanguage, Consent, Handoff, Release, Simulate, Withdraw};
use leptos::server_fn::ServerFn as _;
use serde_json::json;

use crate::app::{Answer, TestApp};
use crate::both;
use crate::languages::{FORM, OURS, visit};
use crate::phone::agree;

/// Every server function, and the fields beside the session that make a form of it right.
const FUNCTIONS: [(&str, &str); 7] = [
    (Consent::PATH, "&locale=en&field[]=kayle_document_id&field[]=age_over_18&biometric=true"),
    (Cancel::PATH, ""),
    (Withdraw::PATH, ""),
    (Release::PATH, ""),
    (ChooseLanguage::PATH, "&tag=uk"),
    (Handoff::PATH, ""),
    (Simulate::PATH, "&scenario=pass"),
];

const PAGE: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
const DATA: (&str, &str) = ("accept", "application/json");

/// A session whose user has its page open, and the cookie of that browser.
async fn open(app: &TestApp) -> (String, String) {
    let created = app.create().await;
    let text = |name: &str| created[name].as_str().unwrap().to_owned();
    let link = format!("/{}?cancel_token={}", text("id"), text("cancel_token"));
    let entered = visit(app, "GET", &link, &[], "").await;
    let cookie = entered.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    (text("id"), cookie.to_owned())
}

/// A page of ours with this status; or, for an island, data with it.
fn is_ours(answer: &Answer, status: u16, accept: (&str, &str), why: &str) {
    assert_eq!(answer.status, status, "{why}: {}", answer.text);
    if accept == PAGE {
        assert!(answer.text.starts_with("<!DOCTYPE html><html lang="), "{why}: {}", answer.text);
        assert!(answer.text.ends_with("</html>") && answer.text.contains("<h1"), "{why}");
        assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8", "{why}");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'nonce-"), "{why}: {policy}");
        let length = answer.headers["content-length"].to_str().unwrap();
        assert_eq!(length, answer.text.len().to_string(), "{why}");
    }
    for header in ["location", "set-cookie"] {
        assert!(!answer.headers.contains_key(header), "{why}: {header}");
    }
    assert_eq!(answer.headers["cache-control"], "no-store", "{why}");
}

#[test]
fn leptos_knows_these_server_functions_and_no_others() {
    let mut known: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    known.sort_by_key(|(path, _)| *path);
    let mut expected = FUNCTIONS.map(|(path, _)| (path, axum::http::Method::POST));
    expected.sort_by_key(|(path, _)| *path);
    assert_eq!(known, expected);
    for (path, _) in known {
        assert!(path.strip_prefix("/form/").is_some_and(|name| !name.contains(char::is_numeric)));
    }
}

both! {
    async fn a_form_that_is_not_ours_or_not_readable_changes_nothing(app: TestApp) {
        let (id, cookie) = open(&app).await;
        let before = app.get(&id).await;
        let large = format!("session={id}&x={}", "x".repeat(64 * 1024));
        let own = ("cookie", cookie.as_str());
        for (path, fields) in FUNCTIONS {
            let right = format!("session={id}{fields}");
            for (headers, body, status) in [
                // Whose it is.
                (vec![FORM, own], right.clone(), 403),
                (vec![FORM, own, ("sec-fetch-site", "cross-site")], right.clone(), 403),
                (vec![FORM, own, ("sec-fetch-site", "same-site")], right.clone(), 403),
                (vec![FORM, own, ("sec-fetch-site", "none")], right.clone(), 403),
                (vec![FORM, own, ("origin", "https://evil.example")], right.clone(), 403),
                (vec![FORM, own, ("origin", "null")], right.clone(), 403),
                // What it is.
                (vec![OURS, own], right.clone(), 415),
                (vec![OURS, own, ("content-type", "application/json")], json!({ "session": id }).to_string(), 415),
                (vec![OURS, own, ("content-type", "multipart/form-data; boundary=x")], right.clone(), 415),
                (vec![OURS, own, ("content-type", "text/plain")], right.clone(), 415),
                (vec![FORM, OURS, own], large.clone(), 413),
                // What it says.
                (vec![FORM, OURS, own], String::new(), 400),
                (vec![FORM, OURS, own], fields.trim_start_matches('&').to_owned(), 400),
                (vec![FORM, OURS, own], format!("session={fields}"), 400),
                (vec![FORM, OURS, own], format!("session=vs_1{fields}"), 400),
                (vec![FORM, OURS, own], format!("session={}{fields}", id.to_uppercase()), 400),
                (vec![FORM, OURS, own], format!("session={id}&session={id}{fields}"), 400),
                (vec![FORM, OURS, own], format!("session[]={id}{fields}"), 400),
                (vec![FORM, OURS, own], format!("session[a][b]={id}{fields}"), 400),
                (vec![FORM, OURS, own], format!("session=%ff%fe{fields}"), 400),
                (vec![FORM, OURS, own], "&&&=&=%00".to_owned(), 400),
            ] {
                for accept in [PAGE, DATA] {
                    let headers: Vec<_> = headers.iter().copied().chain([accept]).collect();
                    let answer = visit(&app, "POST", path, &headers, &body).await;
                    // What was refused before it was read is told by a page to everybody.
                    let told = if status == 400 { accept } else { PAGE };
                    is_ours(&answer, status, told, &format!("{path} {headers:?} {body:.80}"));
                }
            }
            for method in ["GET", "PUT", "DELETE"] {
                let answer = visit(&app, method, path, &[own, OURS, PAGE], "").await;
                is_ours(&answer, 405, PAGE, &format!("{method} {path}"));
            }
            let parts: [Result<Bytes, std::io::Error>; 2] =
                [Ok(Bytes::from(right.clone())), Err(std::io::Error::other("cut short"))];
            let cut = Request::builder().method("POST").uri(path).header("cookie", &cookie)
                .header(FORM.0, FORM.1).header(OURS.0, OURS.1).header(PAGE.0, PAGE.1)
                .body(Body::from_stream(futures::stream::iter(parts))).unwrap();
            is_ours(&app.send(cut).await, 400, PAGE, &format!("{path} cut short"));
        }
        for (path, status) in [
            ("/form", 405), // the address of a session, if that were its id
            ("/form/", 404),
            ("/form/consents", 404),
            ("/form/consent/", 404),
            ("/form/consent1234", 404),
        ] {
            let answer = visit(&app, "POST", path, &[FORM, OURS, PAGE], &format!("session={id}")).await;
            is_ours(&answer, status, PAGE, path);
        }
        assert_eq!(app.get(&id).await, before);
    }

    async fn a_field_of_the_wrong_kind_is_refused_and_one_nobody_knows_is_ignored(app: TestApp) {
        let (id, cookie) = open(&app).await;
        let before = app.get(&id).await;
        let headers = [FORM, OURS, PAGE, ("cookie", cookie.as_str())];
        let all = "field[]=kayle_document_id&field[]=age_over_18";
        for (path, body) in [
            (Consent::PATH, format!("{all}&biometric=true")),
            (Consent::PATH, format!("locale=en&{all}&biometric=perhaps")),
            (Consent::PATH, format!("locale=en&{all}&biometric=true&biometric=true")),
            (Consent::PATH, format!("locale[]=en&{all}&biometric=true")),
            (Consent::PATH, "locale=en&field[a]=kayle_document_id&biometric=true".to_owned()),
            (Consent::PATH, "locale=en&field[][]=kayle_document_id&biometric=true".to_owned()),
            (ChooseLanguage::PATH, "tag=tlh".to_owned()),
            (ChooseLanguage::PATH, "tag=de&tag=uk".to_owned()),
            (Simulate::PATH, "scenario=perhaps".to_owned()),
            (Simulate::PATH, "scenario=PASS".to_owned()),
            (Simulate::PATH, "scenario=pass&scenario=pass".to_owned()),
        ] {
            let answer = visit(&app, "POST", path, &headers, &format!("session={id}&{body}")).await;
            is_ours(&answer, 400, PAGE, &format!("{path} {body}"));
        }
        for (body, notice) in [
            ("locale=en".to_owned(), "biometric_required"),
            ("locale=en&biometric=true".to_owned(), "selection_incomplete"),
            (format!("locale=en&{all}&biometric=false"), "biometric_required"),
            (format!("locale=en&{all}&field[]=date_of_birth&biometric=true"), "selection_incomplete"),
            (format!("locale=en&{all}&field[]=age_over_18&biometric=true"), "selection_incomplete"),
            (format!("locale=en&{all}&field[]=%3Cscript%3E&biometric=true"), "selection_incomplete"),
        ] {
            let answer = visit(&app, "POST", Consent::PATH, &headers, &format!("session={id}&{body}")).await;
            assert_eq!(answer.status, 303, "{body}");
            assert_eq!(answer.headers["location"], format!("/{id}?notice={notice}"), "{body}");
            assert!(!answer.headers.contains_key("set-cookie"), "{body}");
        }
        assert_eq!(app.get(&id).await, before);
        let more = format!("session={id}&locale=tlh&{all}&biometric=true&extension=1&__err=x&ask[a]=b");
        let agreed = visit(&app, "POST", Consent::PATH, &headers, &more).await;
        assert_eq!((agreed.status.as_u16(), agreed.headers["location"].to_str().unwrap()), (303, format!("/{id}").as_str()));
        assert_eq!(app.count("SELECT COUNT(*) FROM sessions WHERE consent_locale = 'en'").await, 1);
    }

    async fn a_cookie_opens_its_own_session_and_no_other(app: TestApp) {
        let (_, cookie) = open(&app).await;
        let (other, _) = open(&app).await;
        agree(&app, &other, &["kayle_document_id", "age_over_18"]).await;
        let before = app.get(&other).await;
        let headers = [FORM, OURS, PAGE, ("cookie", cookie.as_str())];
        for (path, fields) in FUNCTIONS.into_iter().filter(|(path, _)| *path != ChooseLanguage::PATH) {
            let answer = visit(&app, "POST", path, &headers, &format!("session={other}{fields}")).await;
            is_ours(&answer, 401, PAGE, path);
            let unknown = format!("session=vs_{}{fields}", "0".repeat(32));
            let answer = visit(&app, "POST", path, &headers, &unknown).await;
            // What only the page may do is refused before anybody looks whether the session exists.
            let for_page = [Release::PATH, Handoff::PATH, Simulate::PATH].contains(&path);
            is_ours(&answer, if for_page { 401 } else { 404 }, PAGE, path);
        }
        assert_eq!(app.get(&other).await, before);
    }

    async fn what_a_form_did_decides_where_its_browser_goes(app: TestApp) {
        let (id, cookie) = open(&app).await;
        // Where it came from, and an error in the address, are leptos' own ideas; ours is the session's page.
        let headers = [FORM, OURS, PAGE, ("cookie", cookie.as_str()), ("referer", "https://evil.example/?__err=x")];
        let send = async |path: &str, fields: &str| {
            let answer = visit(&app, "POST", path, &headers, &format!("session={id}{fields}")).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.text);
            assert!(answer.text.is_empty() && !answer.headers.contains_key("serverfnerror"), "{path}");
            answer.headers["location"].to_str().unwrap().strip_prefix(&format!("/{id}")).unwrap().to_owned()
        };
        assert_eq!(send(Handoff::PATH, "").await, "?notice=changed", "nobody has agreed");
        assert_eq!(send(Release::PATH, "").await, "?notice=changed", "there is no phone");
        assert_eq!(send(Consent::PATH, FUNCTIONS[0].1).await, "");
        assert_eq!(send(Handoff::PATH, "").await, "");
        let data = visit(&app, "POST", Handoff::PATH, &[FORM, OURS, DATA, ("cookie", &cookie)], &format!("session={id}")).await;
        assert_eq!((data.status.as_u16(), data.headers["content-type"].to_str().unwrap()), (200, "application/json"));
        assert!(data.json()["link"].as_str().unwrap().contains(&id) && data.json()["qr"]["size"].as_u64() > Some(20));
        assert_eq!(send(Cancel::PATH, "").await, "");
        assert_eq!(app.get(&id).await["status"], "cancelled");
        assert_eq!(send(Cancel::PATH, "").await, "", "it is what was wished");
        assert_eq!(send(Consent::PATH, FUNCTIONS[0].1).await, "?notice=changed");
        assert_eq!(send(Simulate::PATH, "&scenario=pass").await, "?notice=changed");
        let data = visit(&app, "POST", Handoff::PATH, &[FORM, OURS, DATA, ("cookie", &cookie)], &format!("session={id}")).await;
        assert_eq!(data.status, 409);
    }

    async fn somebody_else_s_cookies_cost_nobody_theirs(app: TestApp) {
        let (id, cookie) = open(&app).await;
        let agreed = format!("session={id}{}", FUNCTIONS[0].1);
        let name = cookie.split('=').next().unwrap();
        visit(&app, "POST", Consent::PATH, &[FORM, OURS, ("cookie", &cookie)], &agreed).await;
        for (lines, status) in [
            (vec![format!("{name}=wrong; {cookie}").into_bytes()], 200),
            (vec![format!("{cookie}; {name}=wrong").into_bytes()], 200),
            (vec![format!("{name}=").into_bytes(), cookie.clone().into_bytes()], 200),
            (vec![[b"theirs=\xff\xfe; ", cookie.as_bytes()].concat()], 200),
            (vec!["ü=ü; =; ;;".to_owned().into_bytes(), cookie.clone().into_bytes()], 200),
            (vec![format!("x{cookie}; {name}=wrong").into_bytes()], 401),
        ] {
            let mut request = Request::builder().uri(format!("/{id}"));
            for line in &lines {
                request = request.header("cookie", axum::http::HeaderValue::from_bytes(line).unwrap());
            }
            let page = app.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(page.status, status, "{:?}", lines.iter().map(|line| String::from_utf8_lossy(line)).collect::<Vec<_>>());
        }
    }

    async fn an_island_that_agrees_holds_the_session_like_a_browser_that_does(app: TestApp) {
        let id = app.create().await["id"].as_str().unwrap().to_owned();
        let agreed = format!("session={id}{}", FUNCTIONS[0].1);
        let answer = visit(&app, "POST", Consent::PATH, &[FORM, OURS, DATA], &agreed).await;
        assert_eq!((answer.status.as_u16(), answer.json()["session"].as_str().unwrap()), (200, id.as_str()));
        let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        let page = visit(&app, "GET", &format!("/{id}"), &[("cookie", cookie)], "").await;
        assert_eq!(page.status, 200);
        let chosen = visit(&app, "POST", ChooseLanguage::PATH, &[FORM, OURS, DATA], &format!("session={id}&tag=uk")).await;
        assert!(chosen.headers["set-cookie"].to_str().unwrap().starts_with("kayle_language=uk;"));
    }

    async fn however_an_address_is_written_its_token_does_not_stay_there(app: TestApp) {
        let created = app.create().await;
        let (id, token) = (created["id"].as_str().unwrap(), created["cancel_token"].as_str().unwrap());
        for path in [
            format!("/{id}"),
            format!("/{id}/"),
            format!("//{id}"),
            format!("/{}", id.replace('_', "%5F")),
            format!("/%76{}", &id[1..]),
        ] {
            let entered = visit(&app, "GET", &format!("{path}?cancel_token={token}"), &[], "").await;
            assert_eq!((entered.status.as_u16(), entered.headers["location"].to_str().unwrap()), (303, format!("/{id}").as_str()), "{path}");
            assert!(entered.headers.contains_key("set-cookie"), "{path}");
            let wrong = visit(&app, "GET", &format!("{path}?cancel_token=x"), &[], "").await;
            is_ours(&wrong, 401, PAGE, &path);
            let without = visit(&app, "GET", &path, &[], "").await;
            assert_eq!(without.status, if path == format!("/{id}") { 200 } else { 303 }, "{path}");
        }
        for path in [format!("/./{id}"), format!("/x/../{id}"), format!("/{id}/x"), format!("/{}", id.to_uppercase())] {
            let lost = visit(&app, "GET", &format!("{path}?cancel_token={token}"), &[], "").await;
            is_ours(&lost, 404, PAGE, &path);
        }
    }
}

#[tokio::test]
async fn who_sends_nothing_or_asks_too_often_is_told_by_a_page() {
    let settings = [("KAYLE_REQUEST_TIMEOUT", "200ms"), ("KAYLE_RATE_LIMIT", "on")];
    let app = TestApp::with(crate::app::Db::Sqlite, &settings).await;
    let id = app.create().await["id"].as_str().unwrap().to_owned();
    let form = |body: Body| {
        Request::builder()
            .method("POST")
            .uri(Cancel::PATH)
            .header(FORM.0, FORM.1)
            .header(OURS.0, OURS.1)
            .header(PAGE.0, PAGE.1)
            .body(body)
            .unwrap()
    };
    let stalls = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
    is_ours(&app.send(form(stalls)).await, 408, PAGE, "a body that never comes");
    let announced = Body::from(vec![b'x'; 70_000]);
    is_ours(&app.send(form(announced)).await, 413, PAGE, "a body that is announced as too large");
    // The clock stands still: nothing comes back of what is used up.
    let mut refused = None;
    for _ in 0..200 {
        let answer = app.send(form(Body::from("session=x"))).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
        is_ours(&answer, 400, PAGE, "a form nobody can read");
    }
    let refused = refused.expect("unreadable forms are counted");
    is_ours(&refused, 429, PAGE, "too many");
    assert!(refused.headers.contains_key("retry-after"));
    let data = visit(
        &app,
        "POST",
        Cancel::PATH,
        &[FORM, OURS, DATA],
        &format!("session={id}&session={id}"),
    )
    .await;
    assert_eq!(data.status, 429);
    assert!(data.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn behind_https_a_cookie_is_this_host_s_alone() {
    let app = TestApp::with(crate::app::Db::Sqlite, &crate::app::LIVE).await;
    let created = app.create().await;
    let (id, token) = (created["id"].as_str().unwrap(), created["cancel_token"].as_str().unwrap());
    let entered = visit(&app, "GET", &format!("/{id}?cancel_token={token}"), &[], "").await;
    let cookie = entered.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with(&format!("__Host-kayle_{id}=")), "{cookie}");
    for part in ["; Secure", "; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let own = cookie.split(';').next().unwrap();
    for (cookie, links) in [(own, 1), (own.trim_start_matches("__Host-"), 0)] {
        let page = visit(&app, "GET", &format!("/{id}"), &[("cookie", cookie)], "").await;
        assert_eq!(page.text.matches("?ask=cancel").count(), links, "{cookie}");
    }
}
