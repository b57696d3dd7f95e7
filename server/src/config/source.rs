//! Where settings are written: the environment over a TOML file of the same names.

use std::collections::BTreeMap;
use std::time::Duration;

/// Settings by their variable's name.
#[derive(Debug, Clone, Default)]
pub struct Source(BTreeMap<String, String>);

impl Source {
    /// The process's environment over the file `KAYLE_CONFIG` names, if it names one.
    pub fn from_environment() -> Result<Self, String> {
        let environment: BTreeMap<_, _> =
            std::env::vars().filter(|(name, value)| is_ours(name) && !value.is_empty()).collect();
        let mut settings = match environment.get("KAYLE_CONFIG") {
            Some(path) => from_file(path)?,
            None => BTreeMap::new(),
        };
        settings.extend(environment);
        Ok(Self(settings))
    }

    /// Exactly these settings: for tests.
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    /// The setting's text.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    /// The setting's text, split at commas.
    pub fn list(&self, name: &str) -> Vec<String> {
        let text = self.0.get(name).map_or("", String::as_str);
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    /// One message for each name that is not among `known`.
    pub fn unknown(&self, known: &[&str]) -> Vec<String> {
        let strange = self.0.keys().filter(|name| !known.contains(&name.as_str()));
        strange.map(|name| format!("{name} is not a setting")).collect()
    }
}

fn is_ours(name: &str) -> bool {
    name.starts_with("KAYLE_") || name == "DATABASE_URL"
}

fn from_file(path: &str) -> Result<BTreeMap<String, String>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("KAYLE_CONFIG names {path}, which cannot be read: {error}"))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error| format!("KAYLE_CONFIG names {path}, which is not TOML: {error}"))?;
    table
        .into_iter()
        .map(|(name, value)| match value {
            toml::Value::String(text) => Ok((name, text)),
            toml::Value::Boolean(_) | toml::Value::Integer(_) => Ok((name, value.to_string())),
            _ => Err(format!("{name} in {path} must be a string, a number or a flag")),
        })
        .collect()
}

/// A whole number with a unit: `500ms`, `30s`, `5m`, `2h` or `30d`.
pub(super) fn parse_span(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number: u64 = digits.parse().ok().filter(|n| *n <= 1_000_000_000)?;
    match &text[digits.len()..] {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number * 60)),
        "h" => Some(Duration::from_secs(number * 3600)),
        "d" => Some(Duration::from_secs(number * 86_400)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_the_same_names_and_its_mistakes_are_told() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let path = file.path().to_str().expect("a printable path");
        std::fs::write(path, "KAYLE_SANDBOX = true\nKAYLE_SESSION_TTL = \"2m\"\n")
            .expect("written");
        let settings = from_file(path).expect("valid");
        assert_eq!(settings["KAYLE_SANDBOX"], "true");
        assert_eq!(settings["KAYLE_SESSION_TTL"], "2m");
        std::fs::write(path, "KAYLE_ADDR = [1]\n").expect("written");
        assert!(from_file(path).expect_err("refused").contains("KAYLE_ADDR"));
        std::fs::write(path, "= 1").expect("written");
        assert!(from_file(path).expect_err("refused").contains("not TOML"));
        assert!(from_file("/nonexistent").expect_err("refused").contains("cannot be read"));
    }
}
