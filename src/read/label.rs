//! What may be a speaker's label, and which of a text's candidates are.
//!
//! A colon makes no speaker: `Note: …`, `10:30 Meeting: …` and `https://…` have one too. A label is
//! a few words that look like a name or a role, and is used consistently over the text.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::proceedings::{is_of_members, without_clock};
use crate::language::SharedList;
use crate::model::is_ideograph;

/// Longest label in characters.
const MAX_CHARS: usize = 70;

/// Most words of a label outside brackets, particles apart.
const MAX_WORDS: usize = 6;

/// First words (lower case) of what is written before a colon and is no speaker.
pub(super) static NOT_LABELS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("not labels"));

/// Words (lower case) that name a speaker by role, alone or before a name or number.
static ROLES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("roles"));

/// Lower-case words inside names.
static PARTICLES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("particles"));

/// Last words of what is written before a colon and is no speaker.
static NOT_LAST: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("not last"));

fn words(section: &str) -> FxHashSet<&'static str> {
    SharedList::Labels.read().words(section).collect()
}

/// How much a label looks like a speaker's, on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// One capitalised word: a name when it is used again.
    Weak,
    /// Several capitalised words, initials or a role.
    Strong,
}

/// Splits `Name: text` at its colon: the label without what surrounds it, and the byte offset in
/// the line where the text begins. `None` where what precedes the colon cannot be a label.
pub(super) fn split_label(line: &str) -> Option<(&str, usize)> {
    let near = line.get(..line.floor_char_boundary(4 * MAX_CHARS + 16))?;
    // Most lines have none, and this is asked of all of them.
    let first = first_colon(near)?;
    let (colon, width) = colon_outside_brackets(near).unwrap_or(first);
    let label = without_post(without_number(without_clock(line.get(..colon)?.trim())));
    let rest = line.get(colon + width..)?;
    let glued = rest.starts_with(|c: char| c.is_ascii_digit() || c == '/' || c == ':');
    if glued || shape(label).is_none() {
        return None;
    }
    Some((label, colon + width))
}

/// A label without the number of a question or a speech before it: `Q12   Chair`, `Anf. 3 Ann Lee (S)`.
fn without_number(label: &str) -> &str {
    let marked = label.strip_prefix("Anf. ").or_else(|| label.strip_prefix('Q'));
    let Some(rest) = marked.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) else {
        return label;
    };
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if name.starts_with(' ') { name.trim_start() } else { label }
}

/// A label in capitals without what a broadcast says its person is there: `ANN LEE, HOST`.
fn without_post(label: &str) -> &str {
    let Some((name, post)) = label.rsplit_once(", ") else { return label };
    let is_post = POSTS.contains(post.to_lowercase().as_str()) && is_all_capitals(label);
    if is_post && name.contains(' ') { name } else { label }
}

/// What people are in a broadcast, in lower case.
static POSTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("posts"));

/// The first colon of a text and its length in bytes.
fn first_colon(text: &str) -> Option<(usize, usize)> {
    let usual = memchr::memchr(b':', text.as_bytes()).map(|at| (at, 1));
    let wide = if text.is_ascii() { None } else { text.find('：').map(|at| (at, '：'.len_utf8())) };
    usual.into_iter().chain(wide).min()
}

/// The first colon that no bracket holds: `Ms O’HARA (Northgate) (14:05): …`.
fn colon_outside_brackets(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    let colon = text.char_indices().find(|&(_, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && is_colon(c)
    });
    colon.map(|(at, c)| (at, c.len_utf8()))
}

/// Whether a text has a colon that no bracket holds.
pub(super) fn has_colon(text: &str) -> bool {
    first_colon(text).is_some() && colon_outside_brackets(text).is_some()
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Whether a text could be a speaker's label, and how much it looks like one.
pub(super) fn shape(label: &str) -> Option<Shape> {
    if label.is_empty() || label.chars().count() > MAX_CHARS {
        return None;
    }
    if label.chars().all(|c| c == '?') {
        return Some(Shape::Strong);
    }
    if is_lower_name(label) {
        return Some(Shape::Weak);
    }
    if is_of_members(label) || has_office(label) {
        return Some(Shape::Strong);
    }
    let bare = without_brackets(label)?;
    let words: Vec<&str> = bare.split_whitespace().collect();
    let first = words.first()?.trim_end_matches([',', ';', '*']);
    let key = first.to_lowercase();
    let role = is_role(first) || words.last().is_some_and(|w| is_role(w));
    let n_words = words.iter().filter(|word| !PARTICLES.contains(**word)).count();
    let follows_particle = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        at > 1 && before.is_some_and(|before| BEFORE_FAMILY_NAMES.contains(before.to_lowercase().as_str()))
    };
    let is_part =
        |(at, word): (usize, &&str)| is_name_word(word) || follows_particle(at) && is_lower_word(word);
    if n_words > MAX_WORDS || words.len() > 2 * MAX_WORDS || !words.iter().enumerate().all(is_part) {
        return None;
    }
    let last = words.last().map_or(String::new(), |word| word.to_lowercase());
    if NOT_LAST.contains(last.as_str()) || words.len() > 1 && first.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let all_capitals = is_all_capitals(&bare);
    if !role && NOT_LABELS.contains(&key.as_str()) && !(all_capitals && first.len() <= 3 && words.len() == 1)
    {
        return None;
    }
    let initial = first.chars().next().filter(|c| c.is_alphanumeric() || *c == '?')?;
    let particle = PARTICLES.contains(&key.as_str()) || key.contains('-');
    if initial.is_lowercase() && !(role || particle && words.len() > 1) {
        return None;
    }
    let is_short = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count() <= 4;
    // Up to four ideographs are a name, as initials are.
    let ideographs = bare.chars().count() <= 4 && bare.chars().all(is_ideograph);
    let initials = ideographs || all_capitals && bare.split(['/', ',', '&', ' ']).all(is_short);
    let names = words.iter().filter(|w| w.chars().next().is_some_and(|c| !c.is_lowercase())).count();
    // Without capitals any three words look like a name.
    let uncased = bare.chars().any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    let full_name = names >= 2 && !(uncased && names > 2);
    Some(if role || initials || full_name || bare.len() < label.len() { Shape::Strong } else { Shape::Weak })
}

/// Whether a label is a name and an office: `Ann Lee, Minister für Häfen`.
fn has_office(label: &str) -> bool {
    let Some((name, office)) = label.split_once(", ") else { return false };
    let words: Vec<&str> = office.split_whitespace().collect();
    let is_name =
        name.split_whitespace().all(|word| word.starts_with(char::is_uppercase)) && name.contains(' ');
    let is_office = words.first().is_some_and(|word| word.starts_with(char::is_uppercase) && is_role(word));
    is_name
        && is_office
        && words.len() <= MAX_WORDS
        && !office.contains(['.', ';', '!', '?', ','])
        && shape(name) == Some(Shape::Strong)
}

/// Particles after which even a family name is at times written in lower case: `Ana De la cruz`.
static BEFORE_FAMILY_NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| words("before family names"));

fn is_lower_word(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(char::is_lowercase)
}

/// Whether a label is a name in lower case with an organisation in brackets: `emma (Reth)`.
pub(super) fn is_lower_name(label: &str) -> bool {
    let Some((name, inside)) = label.strip_suffix(')').and_then(|label| label.split_once(" (")) else {
        return false;
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_lower = |word: &&str| {
        word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’')) && word.chars().count() > 1
    };
    (1..=2).contains(&words.len())
        && words.iter().all(is_lower)
        && !words
            .iter()
            .any(|word| NOT_LABELS.contains(word) || NOT_LAST.contains(word) || PARTICLES.contains(word))
        && inside.starts_with(char::is_uppercase)
        && inside.split_whitespace().count() <= 4
        && !inside.contains(['(', ':', '.'])
}

/// Whether a word names a role, also with a number behind it (`SPEAKER_01`).
pub(super) fn is_role(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    ROLES.contains(&word.to_lowercase().as_str())
}

/// Whether a word in lower case is part of names.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

/// Whether a text has capitals and no letter of it is lower case.
fn is_all_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// A label without `(…)` and `[…]`; `None` where brackets do not match.
fn without_brackets(label: &str) -> Option<Cow<'_, str>> {
    if !label.contains(['(', ')', '[', ']', '（', '）', '【', '】']) {
        return Some(Cow::Borrowed(label.trim()));
    }
    let (mut bare, mut depth) = (String::new(), 0usize);
    for c in label.chars() {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    (depth == 0).then(|| Cow::Owned(bare.trim().to_owned()))
}

/// Whether a word can be part of a name: capitalised, in a script without capitals, an initial, a
/// number of a speaker, or a particle.
fn is_name_word(word: &str) -> bool {
    let core =
        word.trim_matches([',', '.', '-', '‑', '&', '/', '?', '\'', '’', '"', '“', '”', '_', '#', '*']);
    let Some(first) = core.chars().next() else {
        return matches!(word, "&" | "-" | "–" | "/" | "?" | "#" | ",");
    };
    if core.chars().any(|c| {
        matches!(c, '.' | ';' | '!' | '?' | '=' | '{' | '}' | '<' | '>' | '`' | '|' | '\\' | '“' | '”' | '"')
    }) && !core.split('.').all(|part| part.chars().count() <= 4)
    {
        return false;
    }
    !first.is_lowercase()
        || PARTICLES.contains(&core)
        || is_role(core)
        || core.starts_with("d'")
        || core.starts_with("d’")
        || core.starts_with("al-")
        || core.starts_with("el-")
        || core.starts_with("de-")
}

/// Which labels of a text are speakers'.
///
/// A label is taken when it is known (a roster, statistics), when it is used twice, when it
/// looks like a full name or a role, or when it shares a name with a label that is taken. A weak
/// label used once is taken only where nearly every paragraph begins with a label (`share` is the
/// part of paragraphs that do).
pub(super) fn accepted<'a>(
    candidates: &[&'a str],
    known: &FxHashSet<String>,
    share: f64,
) -> FxHashSet<&'a str> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for &candidate in candidates {
        *counts.entry(candidate).or_default() += 1;
    }
    let mut taken: FxHashSet<&str> = FxHashSet::default();
    for (&label, &count) in &counts {
        let strong = shape(label) == Some(Shape::Strong);
        if known.contains(label) || count >= 2 || strong || (share >= 0.6 && is_short(label)) {
            taken.insert(label);
        }
    }
    let names: FxHashSet<&str> = taken
        .iter()
        .chain(&known.iter().map(String::as_str).collect::<Vec<_>>())
        .flat_map(|label| label.split_whitespace())
        .filter(|word| word.chars().count() >= 3 && word.starts_with(char::is_uppercase))
        .collect();
    let related = counts.keys().filter(|label| names.contains(**label)).copied();
    taken.extend(related.collect::<Vec<_>>());
    taken
}

/// Whether a label is one word such as minutes use for people: `AnnL`, `CWatt`, `Derek`.
pub(super) fn is_handle(label: &str) -> bool {
    let is_word = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'' | '’'));
    is_word && label.starts_with(char::is_uppercase) && label.chars().count() <= 12 && shape(label).is_some()
}

/// Whether a label that nothing speaks for is no longer than names are.
fn is_short(label: &str) -> bool {
    label.split_whitespace().count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_other_words_before_a_colon() {
        for label in [
            "Ann",
            "Ann Lee",
            "Mr. Tafrov (Bulgaria)",
            "CHAIR",
            "The President",
            "SPEAKER_00",
            "Speaker 1",
            "J. S. Choi",
            "Maria de la Cruz",
            "ABC",
            "AB/CD",
            "??",
            "Jean-Pierre O’Neil",
            "Unknown Speaker",
            "王毅",
            "Иван Петров",
            "KG (via queue)",
            "al-Rashid Omar",
            "United States of America",
            "Prof. Dr. Weiß",
            "Prof. Dr. Jan van der Berg, MP",
            "Dipl.-Ing. Radka Cermak",
            "Prof.ssa Chiara Bellandi",
            "مريم البحري",
            "Ana Maria De la cruz",
            "Ann Lee, Minister für Häfen",
            "Some hon. members",
            "HON MEMBERS",
            "GOV. CY FOX (D), EASTBANK",
        ] {
            assert!(shape(label).is_some(), "{label} is a label");
        }
        for text in [
            "Note",
            "https",
            "10",
            "the point is",
            "Presenter",
            "However",
            "Next slide",
            "and then he said",
            "",
            "I would say three things",
            "We have three issues",
            "The three issues are as follows",
            "- Slides",
            "return x; if (a",
            "This is a sentence. And",
            "New Topic",
            "2. New Topic",
            "Clarifying Question",
            "Poll**",
            "Ann Lee, who said of this",
            "Points of members",
        ] {
            let found = shape(text).filter(|_| !text.starts_with(char::is_numeric));
            assert!(found.is_none(), "{text} is no label");
        }
    }

    #[test]
    fn a_name_in_lower_case_is_a_label_with_an_organisation_beside_it() {
        for label in ["emma (Reth)", "ann lee (Harbour Board)", "bo-erik (SEK)"] {
            assert_eq!(shape(label), Some(Shape::Weak), "{label}");
        }
        for text in
            ["emma", "the ferry (Line)", "we agree on three (Articles)", "note (Draft)", "emma (and others)"]
        {
            assert_eq!(shape(text), None, "{text}");
        }
    }

    #[test]
    fn a_label_ends_at_its_colon_unless_a_time_or_address_follows() {
        assert_eq!(split_label("Ann Lee: Yes: no."), Some(("Ann Lee", 8)));
        assert_eq!(split_label("Ann Lee:"), Some(("Ann Lee", 8)));
        assert_eq!(split_label("王毅：好"), Some(("王毅", 9)));
        assert_eq!(split_label("Q12    Chair: Why?"), Some(("Chair", 13)));
        assert_eq!(split_label("Anf. 3 Ann Lee (S):"), Some(("Ann Lee (S)", 19)));
        assert_eq!(split_label("ANN LEE, HOST: Hello."), Some(("ANN LEE", 14)));
        assert_eq!(split_label("ANN LEE, MAYOR: Hello."), Some(("ANN LEE, MAYOR", 15)));
        assert_eq!(split_label("Ms O’HARA (Northgate) (14:05): No."), Some(("Ms O’HARA (Northgate)", 32)));
        for line in ["10:30 Meeting: begins", "http://a.b", "Start 10:30: a", "no colon", ":", ""] {
            assert_eq!(split_label(line), None, "{line}");
        }
    }

    #[test]
    fn a_single_weak_label_is_taken_only_in_a_text_full_of_labels() {
        let weak = ["Ann Lee", "Greg"];
        let known = FxHashSet::default();
        assert!(!accepted(&weak, &known, 0.3).contains("Greg"));
        assert!(accepted(&weak, &known, 0.9).contains("Greg"));
        assert!(accepted(&["Ann Lee", "SPEAKER_01"], &known, 0.3).contains("SPEAKER_01"));
        let uncased = ["مريم البحري", "وأود أن أذكر بأمر آخر"];
        assert_eq!(accepted(&uncased, &known, 0.9).into_iter().collect::<Vec<_>>(), ["مريم البحري"]);
        let related = ["Ann Lee", "Ann"];
        assert!(accepted(&related, &known, 0.3).contains("Ann"));
    }
}
