//! The real binary: settings that are wrong, commands, and the whole path through its own phone.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

const BINARY: &str = env!("CARGO_BIN_EXE_kayle");

/// The binary with exactly these settings, in `folder`.
fn kayle(folder: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(BINARY);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KAYLE_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env_remove("DATABASE_URL").envs(settings.iter().copied());
    command.stdin(Stdio::null());
    command
}

const SANDBOX: [(&str, &str); 4] = [
    ("KAYLE_SANDBOX", "true"),
    ("KAYLE_ADDR", "127.0.0.1:0"),
    ("KAYLE_ADMIN_ADDR", "127.0.0.1:0"),
    ("KAYLE_LOG", "warn"),
];

fn run(folder: &Path, arguments: &[&str]) -> Output {
    kayle(folder, &SANDBOX).args(arguments).output().expect("the binary starts")
}

/// The one JSON object a command prints.
fn object(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {error}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// A process that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a command and returns the first line of its output, with a reader for the rest.
fn start(mut command: Command) -> (Running, String, impl BufRead) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let mut reader = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a line");
    (Running(child), line, reader)
}

#[test]
fn a_wrong_setting_is_named_and_the_exit_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for (setting, named) in [
        (("KAYLE_ADDR", "nowhere"), "KAYLE_ADDR"),
        (("KAYLE_SESSION_TTL", "soon"), "KAYLE_SESSION_TTL"),
        (("KAYLE_SECRET", "short"), "KAYLE_SECRET"),
        (("DATABASE_URL", "mysql://x"), "DATABASE_URL"),
        (("KAYLE_SANDBOX", "perhaps"), "KAYLE_SANDBOX"),
        (("KAYLE_UNHEARD_OF", "1"), "KAYLE_UNHEARD_OF"),
        (("KAYLE_SITE", "/nonexistent"), "KAYLE_SITE"),
        (("KAYLE_CONFIG", "/nonexistent.toml"), "KAYLE_CONFIG"),
    ] {
        let mut settings = SANDBOX.to_vec();
        settings.retain(|(name, _)| *name != setting.0);
        settings.push(setting);
        let output = kayle(folder.path(), &settings).arg("serve").output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{setting:?} was accepted");
        assert!(told.contains(named), "{setting:?}: {told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn commands_print_one_object_and_refuse_what_does_not_exist() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(run(at, &["migrate"]).status.success());
    let organization = object(at, &["org", "create", "--name", "Demo Bank"])["id"].clone();
    let id = organization.as_str().unwrap();
    let key =
        object(at, &["key", "create", "--org", id, "--name", "k", "--scopes", "sessions:read"]);
    assert!(key["key"].as_str().unwrap().starts_with("kk_"));
    let listed = run(at, &["key", "list"]);
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(
        text.contains(key["id"].as_str().unwrap()) && !text.contains(key["key"].as_str().unwrap())
    );
    assert!(run(at, &["key", "disable", key["id"].as_str().unwrap()]).status.success());
    for wrong in [
        &["key", "disable", key["id"].as_str().unwrap()][..],
        &["key", "create", "--org", "org_1", "--name", "k", "--scopes", "sessions:read"],
        &["key", "create", "--org", id, "--name", "k", "--scopes", "everything"],
        &["org", "create", "--name", " "],
        &["org", "create", "--name", "A", "--website", "javascript:alert(1)"],
        &["simulate", "vs_1", "--scenario", "pass"],
    ] {
        let output = run(at, wrong);
        assert!(!output.status.success() && !output.stderr.is_empty(), "{wrong:?}");
        assert!(output.stdout.is_empty(), "{wrong:?}");
    }
    let secret = at.join("kayle.db.sandbox-secret");
    let mode = std::os::unix::fs::PermissionsExt::mode(&secret.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

/// Sends one request over a socket and returns the answer's body.
fn post(address: &str, path: &str, key: &str, body: &Value) -> Value {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let body = body.to_string();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: Bearer {key}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap_or_default()
}

#[test]
fn a_session_goes_from_post_to_webhook_in_every_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut serve = kayle(at, &SANDBOX);
    serve.arg("serve");
    let (_server, line, _) = start(serve);
    let url = line.trim().strip_prefix("listening on ").expect("an address").to_owned();
    let address = url.strip_prefix("http://").unwrap();
    std::os::unix::fs::symlink(at.join("kayle.db"), at.join("other name.db")).unwrap();
    for database in ["sqlite://kayle.db", "sqlite://./kayle%2Edb", "sqlite://other%20name.db"] {
        let second = kayle(at, &[&SANDBOX[..], &[("DATABASE_URL", database)]].concat())
            .arg("serve")
            .output();
        let second = second.unwrap();
        assert!(!second.status.success());
        let said = String::from_utf8_lossy(&second.stderr).into_owned();
        assert!(said.contains("another kayle serve"), "{database}: {said}");
    }
    let organization = object(at, &["org", "create", "--name", "Demo Bank"]);
    let id = organization["id"].as_str().unwrap();
    let key =
        object(at, &["key", "create", "--org", id, "--name", "k", "--scopes", "sessions:write"]);
    let key = key["key"].as_str().unwrap();
    let mut listen = kayle(at, &SANDBOX);
    listen.args(["listen", "--port", "0", "--org", id]);
    let (_listener, ready, mut events) = listening(at, listen);
    assert!(ready.contains("listening on"), "{ready}");
    for (scenario, kind, code) in [
        ("pass", "succeeded", Value::Null),
        ("nfc-fail", "failed", json!("document_authenticity_failed")),
        ("liveness-fail", "failed", json!("liveness_failed")),
        ("face-mismatch", "failed", json!("selfie_face_mismatch")),
        ("cloned", "failed", json!("document_anti_cloning_attestation_failed")),
    ] {
        let body =
            json!({ "share_fields": { "family_name": { "required": false, "reason": "x" } } });
        let created = post(address, "/v1/sessions", key, &body)["data"].clone();
        let url = created["verification_url"].as_str().unwrap();
        let report = object(at, &["simulate", url, "--scenario", scenario, "--select", ""]);
        assert_eq!(
            (report["status"].clone(), report["failure_code"].clone()),
            (json!(kind), code.clone())
        );
        let mut line = String::new();
        events.read_line(&mut line).unwrap();
        let event: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["verified"], true);
        assert_eq!(event["body"]["type"], format!("verification.session.{kind}"));
        assert_eq!(event["body"]["metadata"]["verification_session_id"], created["id"]);
        if code.is_null() {
            let claims = event["body"]["data"]["claims"].as_object().unwrap();
            assert_eq!(claims.keys().collect::<Vec<_>>(), ["kayle_document_id"]);
        } else {
            assert_eq!(event["body"]["data"]["failure_code"], code);
        }
    }
}

/// `kayle listen` as a shell would start it; returns what it says first.
fn listening(folder: &Path, mut command: Command) -> (Running, String, impl BufRead) {
    let child = command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("it starts");
    let output = BufReader::new(child.stdout.take().expect("piped"));
    let mut said = BufReader::new(child.stderr.take().expect("piped"));
    let (mut first, mut secret) = (String::new(), String::new());
    said.read_line(&mut first).expect("where it listens");
    said.read_line(&mut secret).expect("its secret");
    assert!(secret.starts_with("signing secret: whsec_"), "{secret}");
    (Running(child), first, output)
}

#[test]
fn a_listener_passes_deliveries_on_and_shows_them_to_people_and_to_programs() {
    use std::io::{Read as _, Write as _};
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let organization = object(at, &["org", "create", "--name", "Demo Bank"]);
    let id = organization["id"].as_str().unwrap();
    // Whoever it passes them on to answers 202 to the first and is gone for the second.
    let target = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let forward = format!("http://{}/hooks", target.local_addr().unwrap());
    let receiver = std::thread::spawn(move || {
        let (mut stream, _) = target.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !request.ends_with(b"}") {
            let length = stream.read(&mut buffer).unwrap();
            request.extend_from_slice(&buffer[..length]);
        }
        stream.write_all(b"HTTP/1.1 202 Accepted\r\nconnection: close\r\n\r\n").unwrap();
        String::from_utf8(request).unwrap()
    });
    let mut serve = kayle(at, &SANDBOX);
    serve.arg("serve").env("KAYLE_WEBHOOK_SCHEDULE", "0s");
    let (_server, line, _) = start(serve);
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    let key =
        object(at, &["key", "create", "--org", id, "--name", "k", "--scopes", "sessions:write"]);
    let cancel = || {
        let key = key["key"].as_str().unwrap();
        let created = post(&address, "/v1/sessions", key, &json!({}))["data"]["id"].clone();
        post(
            &address,
            &format!("/v1/sessions/{}/cancel", created.as_str().unwrap()),
            key,
            &json!({}),
        );
        created
    };

    let mut piped = kayle(at, &SANDBOX);
    piped.args(["listen", "--port", "0", "--org", id, "--forward", &forward]);
    let (listener, _, mut output) = listening(at, piped);
    let created = cancel();
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let shown: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&shown["verified"], &shown["forwarded"]["status"]), (&json!(true), &json!(202)));
    assert_eq!(shown["body"]["metadata"]["verification_session_id"], created);
    let request = receiver.join().unwrap();
    assert!(
        request.starts_with("POST /hooks HTTP/1.1\r\n")
            && request.contains("x-kayle-signature: t=")
    );
    cancel();
    line.clear();
    output.read_line(&mut line).unwrap();
    let shown: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&shown["verified"], &shown["forwarded"]["status"]), (&json!(true), &Value::Null));
    drop(listener);

    // `script` runs it on a terminal of its own.
    let terminal = kayle(at, &SANDBOX);
    let binary = terminal.get_program().to_owned();
    let mut script = Command::new("script");
    script.envs(terminal.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let words = format!("{} listen --port 0 --org {id} 2>said", binary.to_str().unwrap());
    script.args(["-qefc", &words, "/dev/null"]).env("TERM", "xterm").stdin(Stdio::null());
    let child = script.current_dir(at).stdout(Stdio::piped()).spawn().expect("util-linux is there");
    let mut running = Running(child);
    let output = BufReader::new(running.0.stdout.take().unwrap());
    let said = || std::fs::read_to_string(at.join("said")).unwrap_or_default();
    while !said().contains("signing secret") {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    cancel();
    let lines: Vec<_> = output.lines().map(Result::unwrap).take(6).collect();
    assert!(lines[0].contains("✓\u{1b}[0m \u{1b}[1mverification.session.cancelled"), "{lines:?}");
    assert!(
        lines[1..]
            .iter()
            .any(|line| line.trim() == "\"type\": \"verification.session.cancelled\","),
        "{lines:?}"
    );
}
