//! What speakers say of themselves: `I'm a fellow at the Harbour Union`, `on behalf of Kestria`,
//! `as Microsoft, we`.

use std::sync::LazyLock;

use super::super::names::{folded_words, is_title};
use super::super::organisations::{has_job_word, is_organised, is_saint, name_at};
use super::super::phrases::Phrases;
use super::collective::{collective, representing};
use super::introductions::{is_closed, of_job};
use super::{Finding, Names, Turn};
use crate::language::{List, english};
use crate::model::Span;

/// What leads to the name of an organisation.
struct Leads {
    /// In the order in which they are tried.
    leads: Vec<Lead>,
    phrases: Phrases,
    /// Verbs of speaking on behalf of somebody.
    behalf: Vec<&'static str>,
    /// What is a speaker's own at an organisation.
    ours: Vec<&'static str>,
    /// How a speaker begins to say what it is, as written, with the space behind.
    self_descriptions: Vec<String>,
    /// How a speaker says what “we” are, with the space behind.
    we_are: Vec<String>,
}

struct Lead {
    /// With a straight or a curly apostrophe.
    spelling: String,
    /// The number of the lead of which this is a spelling.
    number: usize,
    /// Whether any name may follow; else one that is an organisation's.
    any: bool,
}

static LEADS: LazyLock<Leads> = LazyLock::new(|| {
    let sections = english(List::Affiliations);
    let of = |name: &str| sections.texts(name).collect::<Vec<_>>();
    let spaced = |name: &str| sections.texts(name).map(|text| format!("{text} ")).collect::<Vec<_>>();
    let mut leads: Vec<Lead> = Vec::new();
    let listed = [("for", true), ("for organised", false)].into_iter();
    let listed = listed.flat_map(|(section, any)| of(section).into_iter().map(move |lead| (lead, any)));
    for (number, (lead, any)) in listed.enumerate() {
        leads.push(Lead { spelling: lead.to_owned(), number, any });
        if lead.contains('\'') {
            leads.push(Lead { spelling: lead.replace('\'', "’"), number, any });
        }
    }
    let phrases = Phrases::new(leads.iter().map(|lead| lead.spelling.clone()));
    Leads {
        leads,
        phrases,
        behalf: of("behalf"),
        ours: of("ours"),
        self_descriptions: spaced("self descriptions"),
        we_are: spaced("we are"),
    }
});

/// Bytes of a turn in which somebody says whom they speak for; later it is a subject.
const OPENING: usize = 1500;

/// Finds what the speaker of a turn says of whom it speaks for.
pub(super) fn find(turn: &Turn<'_>, names: &Names, findings: &mut Vec<Finding>) {
    let opening = turn.text.floor_char_boundary(OPENING);
    let text = turn.text;
    let folded = folded_bytes(text.get(..opening).unwrap_or(text));
    for sentence in sentences(text) {
        if sentence.end() > opening {
            // What a body does it says of itself throughout, and “we, as the Harbour Union,” too.
            let found = collective(text, sentence).or_else(|| as_ours(text, sentence));
            if let Some((organisation, shown)) = found
                && !names.names_somebody(organisation.of(text))
            {
                findings.push(turn.finding(turn.speaker, organisation, shown));
            }
            continue;
        }
        let behalf = behalf(text, &folded, sentence);
        let found = job(text, sentence)
            .or_else(|| lead(text, &folded, sentence))
            .or(behalf)
            .or_else(|| as_organisation(text, sentence))
            .or_else(|| as_ours(text, sentence))
            .or_else(|| ours_at(text, &folded, sentence))
            .or_else(|| collective(text, sentence))
            .or_else(|| representing(text, sentence));
        let Some((organisation, shown)) = found else { continue };
        let name = organisation.of(text);
        if !names.names_somebody(name) && !has_job_word(name.split(' ').next().unwrap_or("")) {
            let on_behalf = behalf == found;
            findings.push(Finding { on_behalf, ..turn.finding(turn.speaker, organisation, shown) });
        }
    }
}

/// The sentences of a text, roughly: to the next full stop, question or exclamation mark before a
/// space, or line feed.
pub(super) fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '?', '!', '\n']) {
        let after = text.get(at + mark.len()..).unwrap_or("");
        let word = text.get(start..at).unwrap_or("").rsplit(char::is_whitespace).next().unwrap_or("");
        // `St. Anne's School` and `Ms. Vega` are names.
        let is_inside = mark == "." && (is_saint(word) || is_short_title(word));
        if mark == "\n" || after.starts_with(char::is_whitespace) && !is_inside {
            found.push(Span::new(start, at).trimmed(text));
            start = at + mark.len();
        }
    }
    found.push(Span::new(start, text.len()).trimmed(text));
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether a word is a title that is written with a full stop.
fn is_short_title(word: &str) -> bool {
    /// Most letters of such a title: `Prof.`
    const LETTERS: usize = 4;
    let is_short = word.chars().count() <= LETTERS && word.starts_with(char::is_uppercase);
    is_short && folded_words(word).first().is_some_and(|word| is_title(word))
}

/// `I'm a Cyber Diplomacy Fellow at Diplo Foundation`.
fn job(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.of(text);
    let mut leads = LEADS.self_descriptions.iter().map(String::as_str);
    let places: Vec<usize> = words.match_indices('I').map(|(at, _)| at).collect();
    let begins = |lead: &str| places.iter().find(|&&at| words.get(at..).is_some_and(|w| w.starts_with(lead)));
    let (at, lead) = leads.find_map(|lead| Some((*begins(lead)?, lead)))?;
    let start = sentence.start() + at;
    let rest = text.get(start + lead.len()..sentence.end())?;
    let article = ["a ", "an ", "the "].into_iter().find(|a| rest.starts_with(a));
    let first = rest.get(article.map_or(0, str::len)..)?.split([',', ';']).next()?;
    let begin = start + lead.len() + article.map_or(0, str::len);
    let end = begin + first.len();
    // Without an article it is a name or a state: “I'm speaking at Davos”.
    let named = article.is_some() || first.starts_with(|c: char| c.is_uppercase());
    let found = of_job(text, begin, end).filter(|_| named)?;
    let before = text.get(begin..found.start())?;
    (![" who ", " and ", " as "].iter().any(|word| before.contains(word)))
        .then(|| (found, Span::new(start, found.end())))
}

/// `I work for the Harbour Union`, `I represent the Harbour Union`, `we at Microsoft`.
fn lead(text: &str, folded: &str, sentence: Span) -> Option<(Span, Span)> {
    let mut places = LEADS.phrases.places(sentence.of(folded));
    // The first place of each spelling, and of a lead the spelling that comes first.
    places.sort_unstable();
    let lead_of = |spelling: usize| LEADS.leads.get(spelling);
    places.dedup_by_key(|&mut (spelling, _)| lead_of(spelling).map(|lead| lead.number));
    for (spelling, at) in places {
        let Some(lead) = lead_of(spelling) else { continue };
        let start = sentence.start() + at;
        let Some(found) = name_at(text, start + lead.spelling.len(), sentence.end()) else { continue };
        let is_clear =
            is_closed(text, found.end(), sentence.end()) || lead.any && lead.spelling.ends_with("at");
        let is_denied = is_denied(text.get(sentence.start()..start).unwrap_or(""));
        if is_clear && !is_denied && (lead.any || is_organised(found.of(text))) {
            return Some((found, Span::new(start, found.end())));
        }
    }
    None
}

/// `I have the honour to speak on behalf of the European Union`, `On behalf of Kestria, thank you`.
fn behalf(text: &str, folded: &str, sentence: Span) -> Option<(Span, Span)> {
    const LEAD: &str = "on behalf of ";
    let words = sentence.of(folded);
    let at = words.find(LEAD)?;
    let start = sentence.start() + at;
    let found = name_at(text, start + LEAD.len(), sentence.end())?;
    let name = found.of(text);
    let before = words.get(..at)?;
    let opens =
        before.is_empty() && text.get(found.end()..sentence.end()).is_some_and(|t| t.starts_with(','));
    let own = ["i ", "i'm", "my ", "allow me", "let me"]
        .iter()
        .any(|w| before.starts_with(w) || before.contains(&format!(" {w}")));
    let speaks = LEADS.behalf.iter().any(|verb| before.contains(verb));
    // “on behalf of Canadians” is no delegation.
    let people = !name.contains(' ') && name.ends_with('s') && !is_organised(name);
    let is_person = folded_words(name).first().is_some_and(|word| is_title(word));
    let ends = ends_there(text.get(found.end()..sentence.end())?);
    (!people && !is_person && ends && (opens || own && speaks && !is_denied(before)))
        .then(|| (found, Span::new(start, found.end())))
}

/// Whether a name ends where `after` begins: “the Nordic countries” and “Kestria and Pelagia” go on.
fn ends_there(after: &str) -> bool {
    let leads = [
        ",",
        ";",
        ".",
        ":",
        ")",
        " (",
        " –",
        " -",
        " —",
        " in ",
        " on ",
        " at ",
        " to ",
        " as ",
        " with ",
        " today",
        " and its ",
        " and in ",
        " and to ",
        " and I ",
        " and I'",
        " and I’",
    ];
    after.trim().is_empty() || leads.iter().any(|lead| after.starts_with(lead))
}

/// `As Microsoft, we have a view`.
fn as_organisation(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.of(text);
    let at = if words.starts_with("As ") || words.starts_with("as ") { 0 } else { words.find(" as ")? + 1 };
    let start = sentence.start() + at;
    let found = name_at(text, start + "as ".len(), sentence.end())?;
    let name = found.of(text);
    let after = text.get(found.end()..sentence.end())?;
    let before = folded_bytes(text.get(sentence.start()..start)?);
    let is_apposition = before.trim_end().ends_with("we,") && after.starts_with([',', ' ']);
    let ours = is_apposition
        || [", we ", " we ", ", we've ", ", we’ve ", ", we're ", ", we’re ", ", our "]
            .iter()
            .any(|w| after.starts_with(w));
    let people = !name.contains(' ') && name.ends_with('s') && !is_organised(name);
    (ours && !people && !has_job_word(name)).then(|| (found, Span::new(start, found.end())))
}

/// `All that we, as the Harbour Union, can see`, `We, the Harbour Union, demand`.
fn as_ours(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = folded_bytes(sentence.of(text));
    let opens = |at: usize| words.get(..at).is_none_or(|w| !w.ends_with(char::is_alphanumeric));
    LEADS.we_are.iter().find_map(|lead| {
        let at = words.match_indices(lead.as_str()).map(|(at, _)| at).find(|&at| opens(at))?;
        let start = sentence.start() + at;
        let found = name_at(text, start + lead.len(), sentence.end())?;
        let is_inserted = text.get(found.end()..sentence.end())?.starts_with([',', ' ']);
        let is_closed = lead.starts_with("we as") || text.get(found.end()..)?.starts_with(',');
        (is_inserted && is_closed && is_organised(found.of(text)))
            .then(|| (found, Span::new(start, found.end())))
    })
}

/// `our module system at Deno`, `my team at Deno`.
fn ours_at(text: &str, folded: &str, sentence: Span) -> Option<(Span, Span)> {
    /// Most words between “our” and what is ours.
    const BETWEEN: usize = 2;
    let words = sentence.of(folded);
    words.match_indices(" at ").find_map(|(at, lead)| {
        let before = words.get(..at)?;
        let mut backwards = before.rsplit(' ');
        let is_ours = LEADS.ours.contains(&backwards.next()?);
        let owner = backwards.take(BETWEEN + 1).find(|word| matches!(*word, "our" | "my"))?;
        let begin = sentence.start() + before.rfind(&format!("{owner} "))?;
        let found = name_at(text, sentence.start() + at + lead.len(), sentence.end())?;
        let goes_on = text.get(found.end()..sentence.end())?.trim_start().starts_with(char::is_uppercase);
        (is_ours && !goes_on && !is_denied(before)).then(|| (found, Span::new(begin, found.end())))
    })
}

/// Whether the words before a statement deny it: `I can't speak on behalf of`.
pub(super) fn is_denied(before: &str) -> bool {
    let before = before.to_ascii_lowercase();
    ["n't", "n’t", "not ", "cannot", "never "].iter().any(|word| before.contains(word))
}

/// A text folded byte for byte, so that places in it are places in the text: ASCII letters in lower
/// case, a curly apostrophe kept.
pub(super) fn folded_bytes(text: &str) -> String {
    text.to_ascii_lowercase()
}
