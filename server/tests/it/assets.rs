//! The site's files, as browsers and caches ask for them.

use std::fs;

use axum::http::StatusCode;

use crate::app::{Answer, Db, TestApp};
use crate::languages::visit;

const SCRIPT: &str = "/pkg/kayle.0123456789abcdef.js";

/// A site with one hashed file in three forms, and one beside it.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pkg")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("pkg/kayle.0123456789abcdef.js", "plain script");
    write("pkg/kayle.0123456789abcdef.js.br", "brotli");
    write("pkg/kayle.0123456789abcdef.js.gz", "gzipped");
    write("pkg/manifest.json", &format!(r#"{{"js":"{SCRIPT}"}}"#));
    write("favicon.svg", "<svg/>");
    folder
}

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    visit(app, "GET", path, headers, "").await
}

#[tokio::test]
async fn a_file_comes_in_the_form_that_is_taken_with_its_type_and_validators() {
    let site = site();
    let folder = site.path().to_str().unwrap();
    let app = TestApp::with(Db::Sqlite, &[("KAYLE_SITE", folder)]).await;
    for (accepted, text, encoding) in [
        ("", "plain script", None),
        ("br", "brotli", Some("br")),
        ("gzip, deflate, br", "brotli", Some("br")),
        ("gzip", "gzipped", Some("gzip")),
        ("br;q=0, gzip", "gzipped", Some("gzip")),
        ("br;q=0.0, gzip;q=0.000", "plain script", None),
        ("br;q=0.5, gzip;q=0.9", "gzipped", Some("gzip")),
        ("zstd", "plain script", None),
    ] {
        let answer = get(&app, SCRIPT, &[("accept-encoding", accepted)]).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, text), "{accepted}");
        let told = answer.headers.get("content-encoding").map(|value| value.to_str().unwrap());
        assert_eq!(told, encoding, "{accepted}");
        assert_eq!(answer.headers["vary"], "accept-encoding", "{accepted}");
        assert_eq!(answer.headers["content-type"], "text/javascript", "{accepted}");
        assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
    let whole = get(&app, SCRIPT, &[]).await;
    let tag = whole.headers["etag"].to_str().unwrap();
    let again = get(&app, SCRIPT, &[("if-none-match", tag)]).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    assert_eq!(again.headers["etag"], tag);
    assert!(again.headers["cache-control"].to_str().unwrap().contains("immutable"));
    let other = get(&app, SCRIPT, &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status, 200);
    let since = whole.headers["last-modified"].to_str().unwrap();
    assert_eq!(get(&app, SCRIPT, &[("if-modified-since", since)]).await.status, 304);
    let part = get(&app, SCRIPT, &[("range", "bytes=6-11")]).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "script"));
    assert_eq!(part.headers["content-range"], "bytes 6-11/12");
    assert_eq!(get(&app, SCRIPT, &[("range", "bytes=99-")]).await.status, 416);
    let icon = get(&app, "/favicon.svg", &[]).await;
    assert_eq!((icon.status.as_u16(), icon.text.as_str()), (200, "<svg/>"));
    assert_eq!(icon.headers["content-type"], "image/svg+xml");
    assert_eq!(icon.headers["cache-control"], "public, max-age=3600");
    let manifest = get(&app, "/pkg/manifest.json", &[]).await;
    assert_eq!(manifest.headers["cache-control"], "no-cache", "its name stays");
    for other in ["/pkg//manifest.json", "/pkg/%6danifest.json"] {
        let answer = get(&app, other, &[]).await;
        assert!(answer.headers["cache-control"].to_str().unwrap().starts_with("no-"), "{other}");
    }
}

#[tokio::test]
async fn what_a_watched_build_writes_under_one_name_is_asked_for_again() {
    let site = site();
    fs::remove_file(site.path().join("pkg/manifest.json")).unwrap();
    fs::write(site.path().join("pkg/kayle.js"), "first").unwrap();
    let folder = site.path().to_str().unwrap();
    let app = TestApp::with(Db::Sqlite, &[("KAYLE_SITE", folder)]).await;
    assert!(get(&app, "/app", &[]).await.text.contains("data-js=\"/pkg/kayle.js\""));
    let first = get(&app, "/pkg/kayle.js", &[]).await;
    assert_eq!(
        (first.text.as_str(), first.headers["cache-control"].to_str().unwrap()),
        ("first", "no-cache")
    );
    fs::write(site.path().join("pkg/kayle.js"), "and another").unwrap();
    let tag = first.headers["etag"].to_str().unwrap();
    assert_eq!(get(&app, "/pkg/kayle.js", &[("if-none-match", tag)]).await.text, "and another");
}

#[tokio::test]
async fn what_is_not_of_the_site_is_not_served_and_not_kept() {
    let site = site();
    let folder = site.path().to_str().unwrap();
    let app = TestApp::with(Db::Sqlite, &[("KAYLE_SITE", folder)]).await;
    let (long, deep) = (format!("/pkg/{}", "a".repeat(300)), format!("/pkg{}", "/a".repeat(3_000)));
    for path in [
        long.as_str(),
        deep.as_str(),
        "/pkg/other.js",
        "/pkg/",
        "/pkg",
        "/pkg/../favicon.svg",
        "/pkg/%2e%2e/favicon.svg",
        "/pkg/..%2ffavicon.svg",
        "/pkg/%00",
        "/pkg/manifest.json/",
        "/favicon.svg.br",
        "/kayle.db",
    ] {
        let answer = get(&app, path, &[]).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
    assert_eq!(visit(&app, "POST", SCRIPT, &[], "").await.status, 405);
    assert_eq!(visit(&app, "HEAD", SCRIPT, &[], "").await.text, "");
    // A page names what was built, and nothing that was not.
    let page = get(&app, "/app", &[]).await;
    assert!(page.text.contains(&format!("data-js=\"{SCRIPT}\"")), "{}", page.text);
}
