//! Files beside a source that complete it: lists of persons and organisations of a corpus.

use std::sync::{Arc, OnceLock};

use super::asr::slack;
use super::tei::{self, CompanionLists, Include};
use super::{Found, Reading, decode, found_in, is_foreign, open, read_unplaced, sha256, xml};
use crate::error::Result;
use crate::model::CompanionFile;

/// A file that stands beside a source, with its bytes.
///
/// Clones share what was read of it: the lists of a corpus are parsed once, however many sessions they complete.
///
/// ```
/// let list = rapporteur::read::Companion::new("corpus/XX-listPerson.xml".to_owned(), b"<listPerson/>".to_vec());
/// assert_eq!(list.name(), "XX-listPerson.xml");
/// ```
#[derive(Debug, Clone)]
pub struct Companion(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: String,
    bytes: Vec<u8>,
    file: OnceLock<CompanionFile>,
    lists: OnceLock<std::result::Result<CompanionLists, String>>,
}

impl Companion {
    /// The file at a path, with its whole content.
    pub fn new(path: String, bytes: Vec<u8>) -> Self {
        Companion(Arc::new(Shared { path, bytes, file: OnceLock::new(), lists: OnceLock::new() }))
    }

    /// Path of the file.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The whole content.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Its name without folders.
    pub fn name(&self) -> &str {
        name_of(&self.0.path)
    }

    /// Its name and checksum, as reports have them.
    pub fn file(&self) -> CompanionFile {
        let file = || CompanionFile { name: self.name().to_owned(), sha256: sha256(&self.0.bytes) };
        self.0.file.get_or_init(file).clone()
    }

    /// The lists in it, or why it cannot be read.
    pub(super) fn lists(&self) -> std::result::Result<&CompanionLists, &str> {
        let read = || tei::companion_lists(&self.0.path, &self.0.bytes).map_err(|error| error.to_string());
        self.0.lists.get_or_init(read).as_ref().map_err(String::as_str)
    }
}

/// The paths of the files that the header of a document includes (`<xi:include>` of TEI), from the folder of the
/// document: `lists/persons.xml`, `../persons.xml`.
///
/// The beginning of the document up to the end of its header is enough. A path that leads higher than one folder up,
/// an absolute one and a URL are left out; reading the document says so.
///
/// ```
/// let text = b"<TEI><teiHeader><xi:include href='../people.xml'/><xi:include href='/a.xml'/></teiHeader></TEI>";
/// assert_eq!(rapporteur::read::included_paths(text), ["../people.xml"]);
/// ```
pub fn included_paths(bytes: &[u8]) -> Vec<String> {
    let Ok(decoded) = decode::decode(bytes) else { return Vec::new() };
    if !matches!(xml::root_name(&decoded.text), Some("TEI" | "teiCorpus" | "TEI.2")) {
        return Vec::new();
    }
    let included = tei::includes(&decoded.text).into_iter().filter_map(|include| match include {
        Include::Path(path) => Some(path),
        Include::Refused { .. } => None,
    });
    included.collect()
}

/// The names of the files that may stand beside a source, or one folder up, and complete it: for each list the names
/// that it may have, the first that is there holds.
///
/// A session of a corpus in TEI is called `CORPUS_….xml`, its lists `CORPUS-listPerson.xml` and `CORPUS-listOrg.xml`;
/// in older corpora the root `CORPUS.xml` has them. A translated corpus `CORPUS-en` shares the lists of `CORPUS`.
/// A day of an export of Slack is called `YYYY-MM-DD.json`, the list of people `users.json`.
///
/// ```
/// let names = rapporteur::read::companion_names("2020/ParlaMint-XX_2020-01-01.xml");
/// assert_eq!(names[0], ["ParlaMint-XX-listPerson.xml", "ParlaMint-XX.xml", "ParlaMint-XX.ana.xml"]);
/// assert_eq!(names[1], ["ParlaMint-XX-listOrg.xml", "ParlaMint-XX.xml", "ParlaMint-XX.ana.xml"]);
/// assert_eq!(rapporteur::read::companion_names("general/2024-07-05.json"), [["users.json"]]);
/// assert!(rapporteur::read::companion_names("panel.txt").is_empty());
/// ```
pub fn companion_names(path: &str) -> Vec<Vec<String>> {
    let name = name_of(path);
    if is_day(name) {
        return vec![vec![slack::USERS.to_owned()]];
    }
    let is_xml = name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("xml"));
    let Some((corpus, _)) = name.split_once('_').filter(|(corpus, _)| is_xml && !corpus.is_empty()) else {
        return Vec::new();
    };
    let original = corpus.strip_suffix("-en");
    let named = |endings: &[&str]| {
        let corpora = std::iter::once(corpus).chain(original);
        corpora.flat_map(|corpus| endings.iter().map(move |ending| format!("{corpus}{ending}"))).collect()
    };
    ["-listPerson.xml", "-listOrg.xml"].map(|list| named(&[list, ".xml", ".ana.xml"])).into()
}

/// Whether a file is called as a day of a channel: `2024-07-05.json`.
fn is_day(name: &str) -> bool {
    let Some(day) = name.strip_suffix(".json") else { return false };
    let is_part =
        |byte: (usize, u8)| if matches!(byte.0, 4 | 7) { byte.1 == b'-' } else { byte.1.is_ascii_digit() };
    day.len() == 10 && day.bytes().enumerate().all(is_part)
}

/// Reads a source as [`read`](super::read()) does, with the files beside it: those that [`companion_names`]
/// and [`included_paths`] name.
///
/// # Errors
/// As there. A companion that cannot be read is a warning.
pub fn read_with(
    bytes: &[u8],
    path: &str,
    format: Option<&str>,
    companions: &[Companion],
) -> Result<Reading> {
    read_unplaced(bytes, path, format, companions).map_err(|error| error.in_file(path))
}

/// Reads a file as [`read_found`](super::read_found) does, with the files beside it: those that [`companion_names`]
/// and [`included_paths`] name.
///
/// # Errors
/// As there. A companion that cannot be read is a warning.
pub fn read_found_with(bytes: &[u8], path: &str, companions: &[Companion]) -> Result<Found> {
    match open(bytes, path) {
        Ok((document, encoding)) => found_in(&document.with(companions), encoding),
        Err(error) if is_foreign(&error, path) => Ok(Found::Other(error.kind().to_string())),
        Err(error) => Err(error.in_file(path)),
    }
}

/// The name of a file without folders.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::companion_names;

    #[test]
    fn sessions_of_a_corpus_have_lists_and_others_have_none() {
        for path in ["a/ParlaMint-XX_2020-01-01.ana.xml", "C:\\x\\ParlaMint-XX_2020.XML", "ParlaMint-XX_.xml"]
        {
            assert_eq!(companion_names(path)[0][0], "ParlaMint-XX-listPerson.xml", "{path}");
        }
        let translated = companion_names("ParlaMint-XX-en_2020-01-01.ana.xml");
        assert_eq!(translated[1][0], "ParlaMint-XX-en-listOrg.xml");
        assert_eq!(translated[1][3], "ParlaMint-XX-listOrg.xml");
        for path in [
            "-",
            "",
            "_a.xml",
            "a_b.vtt",
            "debate.xml",
            "a_b/debate.xml",
            "xml_",
            "a-05.json",
            "2024-07-05.txt",
        ] {
            assert!(companion_names(path).is_empty(), "{path}");
        }
    }
}
