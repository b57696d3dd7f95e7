//! Settings that are right, wrong, missing or unheard of.

use super::*;

fn read(pairs: &[(&str, &str)]) -> Result<Config, String> {
    Config::read(&Source::from_pairs(pairs))
}

#[test]
fn a_sandbox_needs_no_setting_but_its_own() {
    let config = read(&[("KAYLE_SANDBOX", "true")]).expect("valid");
    assert_eq!(config.public_url, "http://127.0.0.1:3000");
    assert_eq!(config.app_link, "http://127.0.0.1:3000/app");
    assert_eq!(config.sandbox_secret_path(), PathBuf::from("kayle.db.sandbox-secret"));
    assert_eq!(config.session_ttl, Duration::from_hours(1));
}

#[test]
fn every_mistake_is_named_in_one_go() {
    let secret = "x".repeat(32);
    for (pairs, message) in [
        (&[("KAYLE_SANDBOX", "yes")][..], "KAYLE_SANDBOX must be true or false"),
        (&[("KAYLE_SANDBOX", "true"), ("KAYLE_ADDR", "here")], "KAYLE_ADDR must be an address"),
        (&[("KAYLE_SANDBOX", "true"), ("KAYLE_ADDR", "0.0.0.0:3000")], "KAYLE_SANDBOX_PUBLIC=true"),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_WEBHOOK_TIMEOUT", "21s")],
            "KAYLE_WEBHOOK_TIMEOUT must be at most 20s",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_RETENTION_EVENTS", "8d")],
            "KAYLE_RETENTION_EVENTS must be at least 168h longer",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_RETENTION_SESSIONS", "24h")],
            "KAYLE_RETENTION_SESSIONS must be at least 168h longer",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_SECRET", "short")],
            "KAYLE_SECRET must have at least",
        ),
        (
            &[
                ("KAYLE_SANDBOX", "true"),
                ("KAYLE_SECRET", "a comma, in a secret of forty characters"),
            ],
            "KAYLE_SECRET must not hold a comma",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_SESSION_TTL", "soon")],
            "KAYLE_SESSION_TTL must be a",
        ),
        (&[("KAYLE_SANDBOX", "true"), ("KAYLE_SESSION_TTL", "0s")], "KAYLE_SESSION_TTL must be a"),
        (&[("KAYLE_SANDBOX", "true"), ("DATABASE_URL", "mysql://x")], "DATABASE_URL must begin"),
        (&[("KAYLE_SANDBOX", "true"), ("KAYLE_SANDBOXX", "1")], "KAYLE_SANDBOXX is not a setting"),
        (&[("KAYLE_SECRET", &secret)], "KAYLE_PUBLIC_URL must begin with https://"),
        (&[("KAYLE_PUBLIC_URL", "https://v.example")], "KAYLE_SECRET must be set"),
    ] {
        let error = read(pairs).expect_err(message);
        assert!(error.contains(message), "{pairs:?}: {error}");
    }
    assert_eq!(read(&[]).expect_err("mistakes").lines().count(), 4);
}

#[test]
fn secrets_do_not_show() {
    let secret = "s".repeat(40);
    let config = read(&[("KAYLE_SANDBOX", "true"), ("KAYLE_SECRET", &secret)]).expect("valid");
    assert!(!format!("{config:?}").contains(&secret));
}
