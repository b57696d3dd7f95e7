//! `kayle trust` and SIGHUP: the folder of certificates, from the outside.

use std::path::Path;
use std::process::Output;

use kayle_document::issue::{Algorithm, Authority, SigningKey, Validity};
use serde_json::{Value, json};

use crate::app::Db;
use crate::fleet::{Fleet, eventually};

const GOOD: Validity = Validity { from: 1_600_000_000, to: 2_500_000_000 };

fn authority(name: &str, good: Validity) -> Authority {
    let key = SigningKey::generate(Algorithm::P256).unwrap();
    Authority::new(key, ("UT", name), good).unwrap()
}

fn trust(folder: &Path, trusted: &str, arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kayle"));
    command.current_dir(folder).env("KAYLE_SANDBOX", "true").env("KAYLE_LOG", "off");
    command.env("KAYLE_TRUST_DIR", folder.join(trusted));
    command.arg("trust").args(arguments).output().unwrap()
}

fn printed(output: &Output) -> Value {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn certificates_are_imported_if_they_are_of_use_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("trusted")).unwrap();
    assert_eq!(printed(&trust(at, "trusted", &["list"])), json!({ "anchors": [], "troubles": [] }));
    let good = authority("CSCA One", GOOD);
    std::fs::write(at.join("good.der"), good.certificate()).unwrap();
    let old = authority("CSCA Old", Validity { from: 1_000_000_000, to: 1_100_000_000 });
    std::fs::write(at.join("old.der"), old.certificate()).unwrap();
    std::fs::write(at.join("nonsense"), b"not a certificate").unwrap();
    let done = printed(&trust(at, "trusted", &["import", "good.der", "old.der"]));
    assert_eq!(done["imported"].as_array().unwrap().len(), 2);
    assert_eq!(done["imported"][1]["troubles"][0]["status"], "expired");
    let refused = trust(at, "trusted", &["import", "nonsense"]);
    assert!(!refused.status.success());
    let error = String::from_utf8_lossy(&refused.stderr);
    assert!(error.contains("nonsense") && error.contains("malformed"), "{error}");
    let missing = trust(at, "trusted", &["import", "nowhere"]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere"));
    let listed = printed(&trust(at, "trusted", &["list"]));
    let subjects: Vec<_> =
        listed["anchors"].as_array().unwrap().iter().map(|a| &a["subject"]).collect();
    assert_eq!(subjects.len(), 2, "{listed}");
    assert_eq!(listed["anchors"][0]["country"], "UT");
    assert_eq!(listed["anchors"][0]["key"], "P256");
    assert_eq!(listed["troubles"].as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(std::fs::read_dir(at.join("trusted")).unwrap().count(), 2, "nothing is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_reads_the_folder_anew_and_does_not_end_the_server() {
    let fleet = Fleet::start(Db::Sqlite).await;
    let trusted = tempfile::tempdir().unwrap();
    let log = fleet.folder().join("log");
    let settings =
        [("KAYLE_TRUST_DIR", trusted.path().to_str().unwrap()), ("KAYLE_LOG", "kayle_server=info")];
    let server = fleet.serve_logging(&log, &settings).await;
    let loaded = |counts: &str| {
        std::fs::read_to_string(&log).unwrap().contains(&format!("\"counts\":\"{counts}\""))
    };
    let own = kayle_document::country::all().len();
    assert!(loaded(&format!("{own} trusted")), "the sandbox's own");
    std::fs::write(trusted.path().join("new.der"), authority("CSCA", GOOD).certificate()).unwrap();
    server.signal("HUP").await;
    eventually("both are trusted", async || loaded(&format!("{} trusted", own + 1))).await;
    server.stop().await;
}
