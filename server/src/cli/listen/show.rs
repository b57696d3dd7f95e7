//! How a delivery is shown: to a person on a terminal, to a program as one line of JSON.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::Value;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// A delivery as it came, and what became of it.
#[derive(Debug, Serialize)]
pub(super) struct Delivery {
    /// Its id, as its header has it.
    #[serde(rename = "delivery_id")]
    pub id: Option<String>,
    /// The event's type, as its header has it.
    pub event: Option<String>,
    /// Whether its signatures are right.
    pub verified: bool,
    /// What is wrong with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// What it says, if it is genuine: JSON, or the text of a JWE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// What whoever it was passed on to answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Forwarded>,
}

/// An answer to a delivery that was passed on.
#[derive(Debug, Serialize)]
pub(super) struct Forwarded {
    /// Its status; `null` if none came.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub latency_ms: u64,
    /// Why none came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl Forwarded {
    pub(super) fn answered(status: u16, took: Duration) -> Self {
        Self { status: Some(status), latency_ms: millis(took), problem: None }
    }

    pub(super) fn unanswered(problem: String, took: Duration) -> Self {
        Self { status: None, latency_ms: millis(took), problem: Some(problem) }
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

/// Shows a delivery on standard output.
pub(super) fn show(delivery: &Delivery) -> io::Result<()> {
    let text = match io::stdout().is_terminal() {
        true => pretty(delivery),
        false => serde_json::to_string(delivery)? + "\n",
    };
    // Colours stay where a terminal takes them, and NO_COLOR is heard.
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A few lines for a person. What others wrote is quoted as JSON, so that it controls no terminal.
fn pretty(delivery: &Delivery) -> String {
    let Delivery { id, event, verified, problem, body, forwarded } = delivery;
    let quoted = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or("?");
        let plain =
            text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-?".contains(&byte));
        if plain { text.to_owned() } else { Value::from(text).to_string() }
    };
    let (mark, style) = if *verified { ("✓", GOOD) } else { ("✗", BAD) };
    let (event, id) = (quoted(event), quoted(id));
    let mut lines =
        vec![format!("{style}{mark}{style:#} {STRONG}{event}{STRONG:#} {QUIET}{id}{QUIET:#}")];
    lines.extend(problem.iter().map(|problem| format!("  {BAD}refused{BAD:#}: {problem}")));
    match body {
        Some(Value::String(jwe)) => {
            lines.push(format!("  encrypted to the endpoint's key: {} bytes", jwe.len()));
        }
        Some(body) => {
            let json = serde_json::to_string_pretty(body).unwrap_or_default();
            lines.extend(json.lines().map(|line| format!("  {line}")));
        }
        None => {}
    }
    lines.extend(forwarded.iter().map(passed_on));
    lines.join("\n") + "\n"
}

fn passed_on(Forwarded { status, latency_ms, problem }: &Forwarded) -> String {
    let Some(status) = status else {
        let problem = problem.as_deref().unwrap_or_default();
        return format!("  forwarded: {BAD}no answer{BAD:#}: {problem}");
    };
    let style = if (200..300).contains(status) { GOOD } else { BAD };
    format!("  forwarded: {style}{status}{style:#} in {latency_ms} ms")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain(delivery: &Delivery) -> String {
        anstream::adapter::strip_str(&pretty(delivery)).to_string()
    }

    fn delivery() -> Delivery {
        Delivery {
            id: Some("whd_1".into()),
            event: Some("verification.session.expired".into()),
            verified: true,
            problem: None,
            body: Some(json!({ "data": {} })),
            forwarded: None,
        }
    }

    #[test]
    fn a_person_sees_what_came_and_what_became_of_it() {
        let mut shown = delivery();
        let head = "✓ verification.session.expired whd_1\n  {\n    \"data\": {}\n  }\n";
        assert_eq!(plain(&shown), head);
        for (forwarded, line) in [
            (Forwarded::answered(204, Duration::from_millis(12)), "204 in 12 ms"),
            (Forwarded::answered(500, Duration::from_secs(1)), "500 in 1000 ms"),
            (Forwarded::unanswered("refused".into(), Duration::ZERO), "no answer: refused"),
        ] {
            shown.forwarded = Some(forwarded);
            assert_eq!(plain(&shown), format!("{head}  forwarded: {line}\n"));
        }
        shown.forwarded = None;
        shown.body = Some(json!("eyJ.a.b.c.d"));
        let wanted =
            "✓ verification.session.expired whd_1\n  encrypted to the endpoint's key: 11 bytes\n";
        assert_eq!(plain(&shown), wanted);
    }

    #[test]
    fn what_strangers_write_controls_no_terminal() {
        let shown = Delivery {
            id: Some("\u{1b}[2J\u{7}".into()),
            event: None,
            verified: false,
            problem: Some("the header X-Kayle-Signature is missing".into()),
            body: Some(json!({ "a": "\u{1b}]0;x\u{7}" })),
            forwarded: None,
        };
        let text = pretty(&shown);
        assert!(
            !text.contains("\u{1b}[2J") && !text.contains('\u{7}') && !text.contains("\u{1b}]")
        );
        assert!(plain(&shown).starts_with("✗ ? \"\\u001b[2J\\u0007\"\n  refused: the header"));
    }

    #[test]
    fn a_program_gets_what_it_always_got() {
        let text = serde_json::to_string(&delivery()).expect("JSON");
        let wanted = r#"{"delivery_id":"whd_1","event":"verification.session.expired","verified":true,"body":{"data":{}}}"#;
        assert_eq!(text, wanted);
    }
}
