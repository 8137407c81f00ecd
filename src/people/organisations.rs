//! Names of organisations in running text: where one begins, where it ends, and what is none.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::names::{folded, folded_words};
use crate::language::{List, SharedList, english};
use crate::model::{Span, is_ideograph};
use crate::text::name_words;

/// Words of organisations and jobs; all are compared folded.
struct Lists {
    organisation_words: FxHashSet<&'static str>,
    organisation_ends: Vec<&'static str>,
    none: FxHashSet<&'static str>,
    job_words: FxHashSet<&'static str>,
    /// Lower-case words inside names.
    connectors: FxHashSet<&'static str>,
    /// Connectors that may also join two names.
    joining: FxHashSet<&'static str>,
    /// Connectors that lead to what an organisation is of.
    leading: FxHashSet<&'static str>,
    /// Jobs after which “of” leads to the organisation.
    jobs_of: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = SharedList::Organisations.read();
    Lists {
        organisation_words: sections.words("words").collect(),
        organisation_ends: sections.words("ends").collect(),
        none: sections.words("none").collect(),
        job_words: sections.words("job words").collect(),
        connectors: sections.words("connectors").collect(),
        joining: sections.words("joining").collect(),
        leading: sections.words("leading").collect(),
        jobs_of: english(List::Affiliations).texts("jobs of").collect(),
    }
});

/// Most words of a name.
const MAX_WORDS: usize = 12;

/// The name that begins at byte `start` of a text, without a leading `the`: capitalised words, and
/// connectors between them. Ends at punctuation, at `stop`, and at a possessive that no word for an
/// organisation follows.
pub(super) fn name_at(text: &str, start: usize, stop: usize) -> Option<Span> {
    let rest = text.get(start..stop.min(text.len()))?;
    let blank = rest.len() - rest.trim_start().len();
    let article = ["the ", "The "].into_iter().find(|a| rest.trim_start().starts_with(a)).map_or(0, str::len);
    let begin = start + blank + article;
    let (mut end, mut possessive, mut within) = (begin, None, false);
    for (number, piece) in pieces(text.get(begin..stop.min(text.len()))?).enumerate().take(MAX_WORDS) {
        let written = piece.of(text.get(begin..)?);
        // A dash joins two clauses where no space stands around it.
        let written = written.split(['—', '–']).next().unwrap_or(written);
        let is_broken = written.len() < piece.of(text.get(begin..)?).len();
        let word = written.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '&');
        if LISTS.connectors.contains(word) {
            // “and” goes on only inside “Federation of A and B”, and in “A Church and School”.
            let joins =
                within || joins_bodies(text.get(begin..end).unwrap_or(""), text.get(begin + piece.end()..));
            if number == 0 || (LISTS.joining.contains(word) && !joins) || word.len() < written.len() {
                break;
            }
            within |= LISTS.leading.contains(word);
            continue;
        }
        if !word.starts_with(|c: char| c.is_uppercase() || (number > 0 && c.is_ascii_digit())) {
            break;
        }
        end = begin + piece.start() + word.len();
        if let Some(bare) = word.strip_suffix("'s").or(word.strip_suffix("’s")) {
            possessive.get_or_insert(begin + piece.start() + bare.len());
        }
        if is_broken || word.len() < written.len() && !is_shortened(word, written) {
            break;
        }
    }
    let whole = text.get(begin..end)?;
    let ends_organised = whole.rsplit(' ').next().is_some_and(has_organisation_word);
    // `the rector of St. Anne's.` is whole, `Kestria's view` is not.
    let is_elliptic =
        is_saint(whole.split('.').next().unwrap_or("")) && possessive.is_some_and(|at| at + 3 >= end);
    let end = possessive.filter(|_| !ends_organised && !is_elliptic).unwrap_or(end);
    is_possible(text.get(begin..end)?).then_some(Span::new(begin, end))
}

/// Whether “and” between a name and what follows joins two words for organisations, the second of which
/// ends the name: `St. Anne's Church and School`.
fn joins_bodies(name: &str, after: Option<&str>) -> bool {
    let last = name.rsplit(' ').next().unwrap_or("");
    let mut following = after.unwrap_or("").split_whitespace();
    let next = following.next().unwrap_or("");
    let ends = next.ends_with(|c: char| !c.is_alphanumeric())
        || following.next().is_none_or(|w| !w.starts_with(char::is_uppercase));
    name.contains(' ') && ends && has_organisation_word(last) && has_organisation_word(next)
}

/// Whether a full stop or apostrophe behind a word belongs to it: `St.`, `U.S.`, `Farmers'`.
fn is_shortened(word: &str, written: &str) -> bool {
    match written.get(word.len()..) {
        Some(".") => word.chars().count() < 2 || word.contains('.') || is_saint(word),
        Some("'" | "’") => true,
        _ => false,
    }
}

/// Whether a word with a full stop behind it opens the name of a place: `St. Anne's`.
pub(super) fn is_saint(word: &str) -> bool {
    matches!(word, "St" | "Ste" | "Mt" | "Ft")
}

/// The words of a text as written, with what is attached to them.
fn pieces(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.split_inclusive(char::is_whitespace)
        .scan(0, |at, piece| {
            let start = *at;
            *at += piece.len();
            Some(Span::new(start, start + piece.trim_end().len()))
        })
        .filter(|piece| !piece.is_empty())
}

/// Whether a phrase may be the name of an organisation at all.
pub(super) fn is_possible(phrase: &str) -> bool {
    let words = folded_words(phrase);
    let Some(first) = words.first() else { return false };
    let letters = phrase.chars().filter(|c| c.is_alphabetic()).count();
    // `US` is one, `us` is not.
    let is_plain = !LISTS.none.contains(first.as_str()) || phrase.chars().take(3).all(char::is_uppercase);
    letters >= 2 && phrase.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) && is_plain
}

/// Whether a phrase holds a word for an organisation, or is an abbreviation in capitals.
pub(super) fn is_organised(phrase: &str) -> bool {
    has_organisation_word(phrase) || is_abbreviation(phrase)
}

/// Two to six capitals, and little else.
fn is_abbreviation(phrase: &str) -> bool {
    let capitals = phrase.chars().filter(|c| c.is_uppercase()).count();
    (2..=6).contains(&capitals)
        && phrase
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '&' | '/'))
}

fn has_organisation_word(phrase: &str) -> bool {
    name_words(phrase).iter().any(|w| {
        let word = w.folded.trim_end_matches('\'');
        w.is_capital && (LISTS.organisation_words.contains(word) || ends_in_organisation(word))
    })
}

/// Whether a phrase holds a word for a job or function.
pub(super) fn has_job_word(phrase: &str) -> bool {
    folded_words(phrase).iter().any(|w| LISTS.job_words.contains(w.as_str()) || ends_in_job(w))
}

/// Whether a word ends with an organisation, as German compounds and Chinese names do:
/// `Umweltministerium`, `骑手联合会`.
fn ends_in_organisation(word: &str) -> bool {
    LISTS.organisation_ends.iter().any(|end| word.len() > end.len() && word.ends_with(*end))
}

/// Whether a word in ideographs ends with a job: Chinese has no space before it.
fn ends_in_job(word: &str) -> bool {
    let is_written = word.chars().next_back().is_some_and(is_ideograph);
    is_written
        && word.char_indices().any(|(at, _)| word.get(at..).is_some_and(|end| LISTS.job_words.contains(end)))
}

/// Whether a phrase ends with a job after which `of` names the organisation.
pub(super) fn takes_of(phrase: &str) -> bool {
    let words = folded_words(phrase).join(" ");
    LISTS.jobs_of.iter().any(|job| words == *job || words.ends_with(&format!(" {job}")))
}

/// Whether two names may well mean the same organisation: the words of one are among those of the
/// other, or one is the other's abbreviation.
pub(super) fn are_compatible(a: &str, b: &str) -> bool {
    let content = |name: &str| -> Vec<String> {
        folded_words(name).into_iter().filter(|w| !LISTS.connectors.contains(w.as_str())).collect()
    };
    let (one, other) = (content(a), content(b));
    let within = |part: &[String], whole: &[String]| part.iter().all(|w| whole.contains(w));
    let initials = |words: &[String]| words.iter().filter_map(|w| w.chars().next()).collect::<String>();
    within(&one, &other)
        || within(&other, &one)
        || folded(a).replace('.', "") == initials(&other)
        || folded(b).replace('.', "") == initials(&one)
}
