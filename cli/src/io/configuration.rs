//! `rapporteur.toml`: what a folder or a user has settled for all commands. What the command line says holds over
//! it.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rapporteur::model::Language;
use rapporteur::{Error, Result};
use serde::Deserialize;

use crate::io::files::{paths, reads};

/// The name of the file.
const FILE: &str = "rapporteur.toml";

/// What a file of settings says.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Configuration {
    /// Path of the file itself; empty where there is none.
    #[serde(skip)]
    pub(crate) path: String,
    /// Path of the roster, seen from the folder of the file.
    pub(crate) roster: Option<String>,
    /// Path of the list of issues, seen from the folder of the file.
    pub(crate) issues: Option<String>,
    /// Language of the input.
    pub(crate) language: Option<Language>,
    /// Words of a summary or an answer.
    pub(crate) words: Option<NonZeroU32>,
}

static CONFIGURATION: OnceLock<Configuration> = OnceLock::new();

/// Reads the file in this folder, else that in the user's folder for settings; nothing holds where there is none.
///
/// # Errors
/// When it cannot be read or says what no setting is.
pub(crate) fn load() -> Result<()> {
    let places = std::iter::once(PathBuf::from(FILE)).chain(of_user());
    let Some(place) = places.into_iter().find(|place| place.is_file()) else { return Ok(()) };
    let path = paths::text(&place);
    let text =
        std::fs::read_to_string(&place).map_err(|error| Error::usage(error.to_string()).in_file(&path))?;
    let configuration = parse(&text, &path)?;
    reads::note(&path);
    // A second call would find the same.
    let _ = CONFIGURATION.set(configuration);
    Ok(())
}

/// What was read; nothing where there is no file, or the command takes no settings.
pub(crate) fn get() -> &'static Configuration {
    CONFIGURATION.get_or_init(Configuration::default)
}

impl Configuration {
    /// What it says in a line; nothing where there is no file.
    pub(crate) fn shown(&self) -> Option<String> {
        let words = self.words.map(|words| words.to_string());
        let language = self.language.map(|language| language.code().to_owned());
        let settings =
            [("roster", &self.roster), ("issues", &self.issues), ("language", &language), ("words", &words)];
        let said: Vec<String> = settings
            .iter()
            .filter_map(|(name, value)| Some(format!("{name} = {}", value.as_ref()?)))
            .collect();
        (!self.path.is_empty()).then(|| format!("settings of {}: {}", self.path, said.join(", ")))
    }
}

fn parse(text: &str, path: &str) -> Result<Configuration> {
    let mut found: Configuration = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
        Error::usage(error.message().to_owned())
            .in_file(path)
            .at_line(before.matches('\n').count() as u64 + 1)
            .remedy("the settings are roster, issues, language and words")
    })?;
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    for named in [&mut found.roster, &mut found.issues].into_iter().flatten() {
        *named = paths::text(&folder.join(paths::path(named)));
    }
    path.clone_into(&mut found.path);
    Ok(found)
}

/// The file in the user's folder for settings: `$XDG_CONFIG_HOME`, `~/.config`, or `%APPDATA%`.
fn of_user() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || folder("HOME").map(|home| home.join(".config"));
    let settings = if cfg!(windows) { folder("APPDATA") } else { folder("XDG_CONFIG_HOME").or_else(home) };
    settings.map(|settings| settings.join("rapporteur").join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_from_its_own_folder_and_a_mistake_is_named_with_its_line() {
        let text = "roster = \"people.csv\"\nissues = \"/lists/i.json\"\nlanguage = \"fr\"\nwords = 60\n";
        let found = parse(text, "settings/rapporteur.toml").unwrap();
        assert_eq!(found.roster.as_deref(), Some("settings/people.csv"));
        assert_eq!(found.issues.as_deref(), Some("/lists/i.json"));
        let shown = "settings of settings/rapporteur.toml: roster = settings/people.csv, issues = /lists/i.json, \
                     language = fr, words = 60";
        assert_eq!(found.shown().as_deref(), Some(shown));
        assert_eq!(Configuration::default().shown(), None);
        for (text, said) in [
            ("words = 60\nwrods = 1\n", "rapporteur.toml:2"),
            ("words = 0\n", "rapporteur.toml:1"),
            ("language = \"nonsense\"", "rapporteur.toml:1"),
            ("words", "rapporteur.toml:1"),
        ] {
            let error = parse(text, "rapporteur.toml").unwrap_err();
            assert!(error.is_usage() && error.to_string().contains(said), "{error}");
        }
    }
}
