//! `kayle simulate`: the simulated phone from a terminal.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use kayle_app::page::Scenario;
use kayle_domain::SessionId;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin, stdin};
use url::Url;

use super::print;
use crate::config::Config;
use crate::engine::Entropy;
use crate::sandbox::passport::{self, Design};
use crate::sandbox::phone::{Errand, Kit, Pace, Phone};
use crate::sandbox::secret;

/// What to play.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The session's id or its `verification_url`.
    #[arg(value_name = "SESSION_OR_URL")]
    session: String,
    /// How the check goes.
    #[arg(long, value_parser = PossibleValuesParser::new(Scenario::ALL.map(Scenario::as_str))
        .map(|name| Scenario::parse(&name).expect("one of the possible values")))]
    scenario: Scenario,
    /// The optional claims to agree to, if nobody has agreed yet; all when absent, none when empty.
    #[arg(long, value_delimiter = ',')]
    select: Option<Vec<String>>,
    /// The passport to read, in JSON, such as {"birth": "080505", "signer": "rsa2048-sha256",
    /// "chip": "none"}; what is left out is the specimen's.
    #[arg(long, value_name = "JSON", value_parser = passport::asked::design)]
    passport: Option<Design>,
    /// Wait for a line on standard input before each step.
    #[arg(long)]
    step: bool,
}

/// Plays the phone on one session and prints what came of it.
pub(super) async fn simulate(config: &Config, options: Options) -> Result<(), String> {
    if !config.sandbox {
        return Err("kayle simulate works only in the sandbox: set KAYLE_SANDBOX=true".into());
    }
    let (base, id) = target(config, &options.session)?;
    let keys = secret::key_ring(config)?;
    let kit =
        Kit { keys, entropy: Entropy::system(), design: options.passport.unwrap_or_default() };
    let phone = Phone::new(&base, id, kit).map_err(|error| error.to_string())?;
    let told = Told(options.step.then(|| BufReader::new(stdin()).lines()));
    let named = |list: Vec<String>| list.into_iter().filter(|name| !name.is_empty()).collect();
    let errand = Errand { scenario: options.scenario, select: options.select.map(named) };
    let report = phone.run(&errand, told).await;
    print(&report.map_err(|error| error.to_string())?)
}

/// Says which step comes next; where lines are given, holds it until one arrives, or the input's end.
struct Told(Option<Lines<BufReader<Stdin>>>);

impl Pace for Told {
    async fn before(&mut self, step: &'static str) {
        let Some(lines) = &mut self.0 else {
            eprintln!("{step}");
            return;
        };
        eprintln!("{step}: press Enter");
        if let Err(error) = lines.next_line().await {
            eprintln!("standard input: {error}");
        }
    }
}

/// The server's origin and the session: from a URL, or from an id and the settings.
fn target(config: &Config, text: &str) -> Result<(String, SessionId), String> {
    let wrong = || format!("{text} is neither a session's id nor its verification_url");
    if let Ok(id) = text.parse() {
        return Ok((config.public_url.clone(), id));
    }
    let url = Url::parse(text).map_err(|_| wrong())?;
    let id = url.path_segments().and_then(|mut path| path.next()?.parse().ok());
    Ok((url.origin().ascii_serialization(), id.ok_or_else(wrong)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Source;

    #[test]
    fn a_session_is_named_by_its_id_or_its_url() {
        let config =
            Config::read(&Source::from_pairs(&[("KAYLE_SANDBOX", "true")])).expect("valid");
        let id = "vs_0190000000017fffbfffffffffffffff";
        let ask = |text: &str| target(&config, text).map(|(base, id)| (base, id.to_string()));
        assert_eq!(ask(id), Ok(("http://127.0.0.1:3000".into(), id.into())));
        let url = format!("http://localhost:7/{id}?cancel_token=x");
        assert_eq!(ask(&url), Ok(("http://localhost:7".into(), id.into())));
        for bad in ["", "vs_1", "http://localhost:7/", "http://localhost:7/docs"] {
            assert!(ask(bad).is_err(), "{bad}");
        }
    }
}
