//! Codes in place of the names of voices.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::roster::Roster;

/// Letters of a code: no vowels, so that none spells a word.
const LETTERS: [char; 20] =
    ['b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'z'];

/// Letters in a code: two of 10,000 voices have the same code in one of 500 archives.
const LENGTH: usize = 8;

/// What a code begins with, so that it reads as a name.
const FIRST: &str = "Voice";

/// A secret that gives each name of a voice a code of its own, and the codes that were given.
///
/// A code depends on the secret and the name alone: the same voice has it in every session and every run.
#[derive(Clone)]
pub struct Pseudonyms {
    secret: [u8; 32],
    roster: Roster,
    given: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Pseudonyms {
    /// Codes by a secret, for voices as this roster has them.
    pub fn new(secret: [u8; 32], roster: Roster) -> Self {
        Pseudonyms { secret, roster, given: Arc::default() }
    }

    /// What a person has written down about the voices, by their names.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The code of a name, letter case and white space aside.
    pub fn code(&self, name: &str) -> String {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let digest = Sha256::new().chain_update(self.secret).chain_update(words.join(" ")).finalize();
        let letter = |byte: &u8| LETTERS.get(usize::from(*byte) % LETTERS.len());
        let letters: String = digest.iter().take(LENGTH).filter_map(letter).collect();
        let (head, rest) = letters.split_at(1);
        let code = format!("{FIRST} {}{rest}", head.to_uppercase());
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.entry(code.clone()).or_insert_with(|| name.trim().to_owned());
        code
    }

    /// The name of each code that was given.
    pub fn given(&self) -> BTreeMap<String, String> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Two that give the same codes.
impl PartialEq for Pseudonyms {
    fn eq(&self, other: &Self) -> bool {
        self.secret == other.secret && self.roster == other.roster
    }
}

/// Without the secret and the names.
impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pseudonyms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_depends_on_the_secret_and_the_name_and_tells_neither() {
        let codes = Pseudonyms::new([7; 32], Roster::default());
        let code = codes.code("Ana Reyes");
        assert_eq!(code, codes.code(" ana  reyes "));
        assert_eq!(code, Pseudonyms::new([7; 32], Roster::default()).code("Ana Reyes"));
        assert_ne!(code, codes.code("Ana Reye"));
        assert_ne!(code, Pseudonyms::new([8; 32], Roster::default()).code("Ana Reyes"));
        assert_eq!(codes.given().get(&code).map(String::as_str), Some("Ana Reyes"));
        assert_eq!(format!("{codes:?}"), "Pseudonyms");
        assert!(code.starts_with("Voice ") && code.len() == 14, "{code}");
    }
}
