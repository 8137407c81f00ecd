//! Counts of stems as a file: compact, with a version and a checksum, the same bytes for the same counts.
//!
//! After the first line, `rapporteur-vocabulary 1`, come the languages in the order of their codes: the code, the numbers of
//! documents and uses, the number of stems, and the stems in the order of their bytes, each as the number of bytes that it shares with the
//! one before it, the rest, and its numbers of documents and uses. Numbers are LEB128; texts have their length before
//! them. The last 32 bytes are the SHA-256 of all before them.

use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Analysis, Language, LanguageStatistics, TermCount, TermStatistics};

/// What such a file begins with, in any version.
pub const MARK: &str = "rapporteur-vocabulary ";

const HEAD: &[u8] = b"rapporteur-vocabulary 1\n";
const CHECKSUM: usize = 32;

/// The counts of a session, a document being a sentence.
pub fn statistics_of(analysis: &Analysis) -> TermStatistics {
    let mut counts = vec![TermCount::default(); analysis.vocabulary.len()];
    let mut last_seen = vec![None; counts.len()];
    for id in analysis.ids() {
        for term in analysis.terms_of(id) {
            let count = &mut counts[term.index()];
            count.uses += 1;
            if last_seen[term.index()].replace(id) != Some(id) {
                count.documents += 1;
            }
        }
    }
    let stem = |index: usize| analysis.vocabulary.stem(crate::model::TermId(index as u32)).to_owned();
    let of_language = LanguageStatistics {
        documents: analysis.sentences.len() as u64,
        uses: analysis.terms.len() as u64,
        terms: counts
            .into_iter()
            .enumerate()
            .filter(|(_, count)| count.uses > 0)
            .map(|(index, count)| (stem(index), count))
            .collect(),
    };
    let language = analysis.language.unwrap_or(Language::UNKNOWN);
    TermStatistics { languages: [(language, of_language)].into() }
}

/// The counts as a file.
pub fn vocabulary_file(statistics: &TermStatistics) -> Vec<u8> {
    let mut bytes = HEAD.to_vec();
    put_number(&mut bytes, statistics.languages.len() as u64);
    for (language, counts) in &statistics.languages {
        put_text(&mut bytes, language.code().as_bytes());
        for number in [counts.documents, counts.uses, counts.terms.len() as u64] {
            put_number(&mut bytes, number);
        }
        let mut before: &[u8] = b"";
        for (stem, count) in &counts.terms {
            let stem = stem.as_bytes();
            let shared = before.iter().zip(stem).take_while(|(a, b)| a == b).count();
            put_number(&mut bytes, shared as u64);
            put_text(&mut bytes, &stem[shared..]);
            put_number(&mut bytes, count.documents);
            put_number(&mut bytes, count.uses);
            before = stem;
        }
    }
    let checksum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&checksum);
    bytes
}

/// The counts in a file.
///
/// # Errors
/// When it is no such file, one of another version, or damaged.
pub fn parse_vocabulary(bytes: &[u8]) -> Result<TermStatistics> {
    if !bytes.starts_with(MARK.as_bytes()) {
        let error = broken("it does not begin like one");
        return Err(error.remedy("make one with `rapporteur vocabulary build`"));
    }
    if !bytes.starts_with(HEAD) {
        return Err(
            broken("it is of another version").remedy("make it anew with `rapporteur vocabulary build`")
        );
    }
    let damaged = || broken("it is damaged or cut off").remedy("copy it again, or make it anew");
    let split = bytes.len().checked_sub(CHECKSUM).filter(|&at| at >= HEAD.len()).ok_or_else(damaged)?;
    let (content, checksum) = bytes.split_at(split);
    if Sha256::digest(content)[..] != *checksum {
        return Err(damaged());
    }
    let mut cursor = Cursor(content.get(HEAD.len()..).unwrap_or_default());
    let statistics = cursor.statistics().filter(|_| cursor.0.is_empty());
    statistics.ok_or_else(damaged)
}

fn broken(reason: &str) -> Error {
    Error::new(ErrorKind::Malformed { format: "vocabulary", reason: reason.to_owned() })
}

fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_text(bytes: &mut Vec<u8>, text: &[u8]) {
    put_number(bytes, text.len() as u64);
    bytes.extend_from_slice(text);
}

/// What is still to be read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn statistics(&mut self) -> Option<TermStatistics> {
        let mut statistics = TermStatistics::default();
        for _ in 0..self.number()? {
            let code = self.text()?;
            let language: Language = std::str::from_utf8(code).ok()?.parse().ok()?;
            statistics.languages.insert(language, self.language()?);
        }
        Some(statistics)
    }

    fn language(&mut self) -> Option<LanguageStatistics> {
        let mut counts =
            LanguageStatistics { documents: self.number()?, uses: self.number()?, ..Default::default() };
        let mut stem: Vec<u8> = Vec::new();
        for _ in 0..self.number()? {
            let shared = usize::try_from(self.number()?).ok().filter(|&shared| shared <= stem.len())?;
            stem.truncate(shared);
            stem.extend_from_slice(self.text()?);
            let count = TermCount { documents: self.number()?, uses: self.number()? };
            counts.terms.insert(String::from_utf8(stem.clone()).ok()?, count);
        }
        Some(counts)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if shift == 63 && bits > 1 {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn statistics() -> impl Strategy<Value = TermStatistics> {
        let count = (any::<u64>(), any::<u64>()).prop_map(|(documents, uses)| TermCount { documents, uses });
        let terms = proptest::collection::btree_map("[a-cé]{0,4}", count, 0..8);
        let of_language = (any::<u64>(), any::<u64>(), terms)
            .prop_map(|(documents, uses, terms)| LanguageStatistics { documents, uses, terms });
        let language =
            prop_oneof![Just(Language::UNKNOWN), Just(Language::ENGLISH), Just("de".parse().unwrap())];
        proptest::collection::btree_map(language, of_language, 0..3)
            .prop_map(|languages| TermStatistics { languages })
    }

    fn merged(parts: &[&TermStatistics]) -> TermStatistics {
        let mut all = TermStatistics::default();
        parts.iter().for_each(|&part| all.merge(part.clone()));
        all
    }

    proptest! {
        #[test]
        fn merging_is_associative_and_commutative(a in statistics(), b in statistics(), c in statistics()) {
            prop_assert_eq!(merged(&[&a, &b]), merged(&[&b, &a]));
            let (left, right) = (merged(&[&a, &b]), merged(&[&b, &c]));
            prop_assert_eq!(merged(&[&left, &c]), merged(&[&a, &right]));
            prop_assert_eq!(merged(&[&a, &TermStatistics::default()]), a);
        }

        #[test]
        fn a_file_gives_the_counts_back(counts in statistics()) {
            prop_assert_eq!(parse_vocabulary(&vocabulary_file(&counts)).unwrap(), counts);
        }

        #[test]
        fn a_damaged_file_is_refused(counts in statistics(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
            let mut bytes = vocabulary_file(&counts);
            let at = at.index(bytes.len());
            prop_assert!(parse_vocabulary(&bytes[..at]).is_err());
            bytes[at] ^= 1 << bit;
            prop_assert!(parse_vocabulary(&bytes).is_err());
        }

        #[test]
        fn no_content_ends_the_program(content in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut bytes = [HEAD, content.as_slice()].concat();
            let checksum = Sha256::digest(&bytes);
            bytes.extend_from_slice(&checksum);
            let _ = parse_vocabulary(&bytes).is_ok();
        }
    }

    #[test]
    fn a_file_is_compact() {
        let terms = ["harbour", "harbours", "haul"]
            .map(|stem| (stem.to_owned(), TermCount { documents: 1, uses: 2 }));
        let counts = LanguageStatistics { documents: 3, uses: 6, terms: terms.into() };
        let statistics = TermStatistics { languages: [(Language::ENGLISH, counts)].into() };
        // 1 for the number of languages, 3 + 3 for the language, 2 lengths and 2 counts a stem, 7 + 1 + 2 letters.
        assert_eq!(vocabulary_file(&statistics).len(), HEAD.len() + CHECKSUM + 1 + 6 + 3 * 4 + 10);
    }
}
