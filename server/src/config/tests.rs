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
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_TRUST_DIR", "/no/such/folder")],
            "KAYLE_TRUST_DIR must be a folder",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_TRUST_SHA1_UNTIL", "2015")],
            "KAYLE_TRUST_SHA1_UNTIL must be a date",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_ATTESTATION", "yes")],
            "KAYLE_ATTESTATION must be off or required",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_ATTESTATION", "required")],
            "KAYLE_ATTESTATION_APPS must name",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_ATTESTATION", "required")],
            "KAYLE_ATTESTATION_ROOTS must be the folder",
        ),
        (
            &[("KAYLE_SANDBOX", "true"), ("KAYLE_ATTESTATION_APPS", "android:app:00")],
            "KAYLE_ATTESTATION_APPS must hold",
        ),
        (&[("KAYLE_SECRET", &secret)], "KAYLE_PUBLIC_URL must begin with https://"),
        (&[("KAYLE_PUBLIC_URL", "https://v.example")], "KAYLE_SECRET must be set"),
    ] {
        let error = read(pairs).expect_err(message);
        assert!(error.contains(message), "{pairs:?}: {error}");
    }
    assert_eq!(read(&[]).expect_err("mistakes").lines().count(), 4);
}

const FACES: &str = "KAYLE_BIOMETRIC_URL";
const CA: &str = "KAYLE_BIOMETRIC_CA";
const IDENTITY: &str = "KAYLE_BIOMETRIC_IDENTITY";

/// Exactly these mistakes about the verifier of faces are told.
fn assert_told(pairs: &[(&str, &str)], mistakes: &[&str]) {
    let told = read(pairs).map_or_else(|error| error, |_| String::new());
    assert_eq!(told.lines().count(), mistakes.len(), "{pairs:?} {told}");
    for mistake in mistakes {
        assert!(told.contains(&format!("KAYLE_BIOMETRIC_{mistake}")), "{pairs:?} {told}");
    }
}

#[test]
fn the_verifier_of_faces_is_known_by_certificates() {
    let secret = "x".repeat(32);
    let base = [
        ("KAYLE_PUBLIC_URL", "https://v.example"),
        ("KAYLE_SECRET", &secret),
        ("KAYLE_IDENTITY_SECRET", &secret),
    ];
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let url = (FACES, "https://faces.example");
    let (ca, identity) = ((CA, file), (IDENTITY, file));
    let long = ("KAYLE_BIOMETRIC_TIMEOUT", "21s");
    for (own, mistakes) in [
        (&[][..], &[][..]),
        (&[url, ca, identity], &[]),
        (&[(FACES, "https://faces.example/under/here/"), ca, identity], &[]),
        (&[(FACES, "http://faces.example"), ca, identity], &["URL must begin with https://"]),
        (&[(FACES, "http://127.0.0.1:9"), ca, identity], &["URL must begin with https://"]),
        (&[(FACES, "faces.example"), ca, identity], &["URL must begin with https://"]),
        (&[(FACES, "https://faces.example?a=b"), ca, identity], &["URL must have no user"]),
        (&[(FACES, "https://me@faces.example"), ca, identity], &["URL must have no user"]),
        (&[(FACES, "https://faces.example#a"), ca, identity], &["URL must have no user"]),
        (&[url], &["CA must be set", "IDENTITY must be set"]),
        (&[url, (CA, "/nowhere"), identity], &["CA must be a PEM file"]),
        (&[url, ca, (IDENTITY, "/nowhere")], &["IDENTITY must be a PEM file"]),
        (&[ca, identity], &["CA is of no use", "IDENTITY is of no use"]),
        (&[url, ca, identity, long], &["TIMEOUT must be at most 20s"]),
    ] {
        assert_told(&[&base, own].concat(), mistakes);
    }
}

#[test]
fn in_the_sandbox_the_verifier_of_faces_may_be_on_this_machine() {
    for (url, mistakes) in [
        ("http://localhost:9", &[][..]),
        ("http://127.0.0.1:9/", &[]),
        ("http://[::1]:9", &[]),
        ("http://faces.example", &["URL must begin with https://"]),
        ("http://127.0.0.1.example", &["URL must begin with https://"]),
        ("http://localhost@faces.example", &["URL must begin with https://", "URL must have no"]),
        ("https://127.0.0.1:9", &["CA must be set", "IDENTITY must be set"]),
    ] {
        let longest = ("KAYLE_BIOMETRIC_TIMEOUT", "20s");
        assert_told(&[("KAYLE_SANDBOX", "true"), (FACES, url), longest], mistakes);
    }
}

#[test]
fn secrets_do_not_show() {
    let secret = "s".repeat(40);
    let config = read(&[("KAYLE_SANDBOX", "true"), ("KAYLE_SECRET", &secret)]).expect("valid");
    assert!(!format!("{config:?}").contains(&secret));
}
