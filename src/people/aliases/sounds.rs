//! Names that are alike: by their sound across spellings and transliterations, or by their letters.

use rustc_hash::FxHashMap;
use strsim::osa_distance;

use super::MIN_LETTERS;

/// Parts of names by how they sound and how they are spelt, so that a word is compared with those that
/// are near it, not with all.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Folded and sorted.
    parts: Vec<String>,
    by_sound: FxHashMap<String, Vec<u32>>,
    /// By the part and by all that is left of it without one letter: two words that differ in a letter, or
    /// in the order of two, have one of these in common (Mor & Fraenkel 1982, deletion neighbourhoods).
    by_spelling: FxHashMap<String, Vec<u32>>,
}

impl Alike {
    pub(super) fn new(mut parts: Vec<String>) -> Self {
        parts.sort_unstable();
        let mut alike = Alike::default();
        for (number, part) in (0..).zip(&parts) {
            for sound in sounds(part).into_iter().filter(|sound| sound.len() >= MIN_LETTERS) {
                alike.by_sound.entry(sound).or_default().push(number);
            }
            for spelling in spellings(part) {
                alike.by_spelling.entry(spelling).or_default().push(number);
            }
        }
        alike.parts = parts;
        alike
    }

    /// The parts that sound like a folded word across spellings and transliterations and are not the word
    /// itself: `katica` and `katitza`, `yulia` and `yuliya`, `tatjana` and `tatiana`.
    pub(super) fn sounding_like(&self, word: &str) -> Vec<&str> {
        let found = sounds(word).into_iter().filter_map(|sound| self.by_sound.get(&sound));
        self.parts_of(found.flatten().copied().collect(), |part| part != word)
    }

    /// The parts that differ from a folded word in one letter, or in two neighbours that changed places,
    /// behind the same first letter.
    pub(super) fn spelt_like(&self, word: &str) -> Vec<&str> {
        let found = spellings(word).into_iter().filter_map(|spelling| self.by_spelling.get(&spelling));
        self.parts_of(found.flatten().copied().collect(), |part| spelt_alike(part, word))
    }

    /// The parts of some numbers that are admitted, each once, sorted.
    fn parts_of(&self, mut numbers: Vec<u32>, admits: impl Fn(&str) -> bool) -> Vec<&str> {
        numbers.sort_unstable();
        numbers.dedup();
        let parts = numbers.into_iter().filter_map(|number| self.parts.get(number as usize));
        parts.map(String::as_str).filter(|part| admits(part)).collect()
    }
}

/// Most letters of a name whose misspellings are looked for: the cost grows with their square, and no
/// longer part of a name was seen.
const MAX_LETTERS: usize = 40;

/// A word, and what is left of it without each of its letters.
fn spellings(word: &str) -> Vec<String> {
    if word.chars().count() > MAX_LETTERS {
        return vec![word.to_owned()];
    }
    let without = word.char_indices().map(|(at, c)| {
        let mut left = String::with_capacity(word.len());
        left.push_str(&word[..at]);
        left.push_str(&word[at + c.len_utf8()..]);
        left
    });
    without.chain([word.to_owned()]).collect()
}

/// What a folded name may sound like; `c` may be read as `s` or as `k`.
fn sounds(name: &str) -> [String; 2] {
    let plain =
        name.replace("tz", "s").replace("ts", "s").replace("cz", "s").replace("ph", "f").replace("ck", "k");
    ['s', 'k'].map(|c_sounds| {
        let mut sound = String::new();
        for c in plain.chars() {
            let c = match c {
                'y' | 'j' => 'i',
                'z' => 's',
                'w' => 'v',
                'q' => 'k',
                'c' => c_sounds,
                '\'' | '-' => continue,
                c => c,
            };
            if !sound.ends_with(c) {
                sound.push(c);
            }
        }
        sound
    })
}

/// Whether two long folded names begin alike and differ in one letter.
pub(in crate::people) fn spelt_alike(a: &str, b: &str) -> bool {
    let long = a.chars().count().min(b.chars().count()) > MIN_LETTERS;
    a != b && long && a.chars().next() == b.chars().next() && osa_distance(a, b) == 1
}
