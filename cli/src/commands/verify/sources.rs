//! The sources behind reports and tables, each read once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rapporteur::definition::InputSettings;
use rapporteur::model::Session;
use rapporteur::pipeline::{self, Input};
use rapporteur::{Error, Result, read};

use crate::io::companions::CompanionCache;
use crate::io::files::paths;
use crate::io::input;

/// Folders above that of a report in which a source is looked for by its path.
const LEVELS_UP: usize = 4;

/// Sessions by the path of their source.
pub(crate) struct Sources {
    settings: InputSettings,
    named: Vec<Input>,
    opened: BTreeMap<(String, String), Rc<OpenedSource>>,
    cache: CompanionCache,
}

/// A source that was opened.
pub(crate) struct OpenedSource {
    /// The bytes, under the path that the report or table has for them.
    pub(crate) input: Input,
    pub(crate) sha256: String,
    pub(crate) sessions: Vec<Session>,
}

/// A source as a report or a table names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedSource<'a> {
    pub(crate) path: &'a str,
    pub(crate) sha256: &'a str,
    /// The report or table that names it.
    pub(crate) by: &'a str,
}

impl Sources {
    /// Reads the sources that the user named.
    pub(crate) fn new(paths: &[String], settings: InputSettings) -> Result<Self> {
        let named = paths.iter().map(|path| input::read(path)).collect::<Result<_>>()?;
        Ok(Sources { settings, named, opened: BTreeMap::new(), cache: CompanionCache::default() })
    }

    /// Whether the user named sources.
    pub(crate) fn are_named(&self) -> bool {
        !self.named.is_empty()
    }

    /// The source of that name, read with `settings` where the command line does not say otherwise.
    ///
    /// Its sessions are those of the path that was recorded, as identifiers come from it.
    pub(crate) fn open(
        &mut self,
        source: NamedSource<'_>,
        settings: &InputSettings,
    ) -> Result<Rc<OpenedSource>> {
        let settings = InputSettings {
            format: self.settings.format.clone().or_else(|| settings.format.clone()),
            language: self.settings.language.or(settings.language),
            date: self.settings.date.or(settings.date),
            strict: false,
            ..settings.clone()
        };
        let mut settings = settings;
        // Its own key, or the one that the user names; the roster is beside it in the settings.
        settings.pseudonyms = self.settings.pseudonyms.clone().or(settings.pseudonyms);
        if settings.pseudonyms.is_some() {
            crate::io::named::read_roster(&mut settings)?;
        } else {
            crate::io::named::read_background(&mut settings)?;
        }
        let key = (source.path.to_owned(), format!("{} {settings:?}", source.sha256));
        if let Some(opened) = self.opened.get(&key) {
            return Ok(Rc::clone(opened));
        }
        let found = self.find(source)?;
        let sha256 = read::sha256(&found.bytes);
        let companions = self.cache.beside(&found.path, settings.follow_links)?;
        let input = Input { path: source.path.to_owned(), bytes: found.bytes };
        let sessions = pipeline::open_with(&input, &companions, &settings)
            .map_err(|error| error.in_file(&found.path))?;
        let opened = Rc::new(OpenedSource { input, sha256, sessions });
        self.opened.insert(key, Rc::clone(&opened));
        Ok(opened)
    }

    /// The sessions of all sources that the user named.
    pub(crate) fn all_named(&mut self, settings: &InputSettings) -> Result<Vec<Rc<OpenedSource>>> {
        let named: Vec<(String, String)> =
            self.named.iter().map(|input| (input.path.clone(), read::sha256(&input.bytes))).collect();
        let open =
            |(path, sha256): &(String, String)| self.open(NamedSource { path, sha256, by: "" }, settings);
        named.iter().map(open).collect()
    }

    /// The bytes of a source: of those that the user named the one with its content, else with its file
    /// name, else the first; where none is named, the file where it is.
    fn find(&self, source: NamedSource<'_>) -> Result<Input> {
        let is_same = |input: &&Input| read::sha256(&input.bytes) == source.sha256;
        let is_called =
            |input: &&Input| Path::new(&input.path).file_name() == Path::new(source.path).file_name();
        let named = self.named.iter();
        let found = named.clone().find(is_same).or_else(|| named.clone().find(is_called));
        if let Some(input) = found.or(self.named.first()) {
            return Ok(input.clone());
        }
        input::read(&locate(source)?)
    }
}

/// Where a file is that a report or table names: where it says, seen from here, from the folder of the
/// report or from those above it, or beside the report.
///
/// # Errors
/// When it is in none of these places.
fn locate(source: NamedSource<'_>) -> Result<String> {
    let places: Vec<PathBuf> =
        places(source.path, source.by).into_iter().filter(|place| place.is_file()).collect();
    let is_same = |place: &&PathBuf| {
        places.len() == 1
            || input::read(&paths::text(place)).is_ok_and(|input| read::sha256(&input.bytes) == source.sha256)
    };
    let found = places.iter().find(is_same).or(places.first());
    found.map(|place| paths::text(place)).ok_or_else(|| {
        let what = if source.path == "-" {
            "it was made from standard input".to_owned()
        } else {
            format!("its source {} is not there", source.path)
        };
        Error::usage(what).remedy("name the source with --source FILE")
    })
}

/// The places in which a file may be that a report names.
pub(crate) fn places(path: &str, by: &str) -> Vec<PathBuf> {
    let (path, by) = (paths::path(path), paths::path(by));
    let folder = by.parent().unwrap_or(Path::new(""));
    let mut places = vec![path.clone(), folder.join(&path)];
    let mut above = folder.to_owned();
    for _ in 0..LEVELS_UP {
        above = above.join("..");
        places.push(above.join(&path));
    }
    places.push(folder.join(path.file_name().unwrap_or_default()));
    places
}
