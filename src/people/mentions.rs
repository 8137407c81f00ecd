//! Speakers named in a text that is not theirs: a question, a remark to somebody.
//!
//! The names of a session are put together once, by the first word of each; a text is then read in
//! one pass, whatever the number of speakers.

mod collect;

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::SharedList;
use crate::model::{Mention, NameWords, People, Session, Span, SpeakerId, is_ideograph};
use crate::text::name_words;

use super::aliases::sounds::spelt_alike;
use super::organisations::is_job_word;

/// How well a name fits; a better fit at a place hides the worse ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Fit {
    Letter,
    Part,
    Office,
    /// What a party is called: looked for in questions alone, for in speech many of its words are no names.
    Party,
    Role,
    Initials,
    Whole,
}

/// A name, and the speakers that have it.
#[derive(Debug)]
struct Name {
    fit: Fit,
    words: Vec<Part>,
    /// Ascending.
    speakers: Vec<SpeakerId>,
}

/// Index of a distinct word of the names.
type Part = u32;

/// What a word of a text is that is part of no name.
const NO_PART: Part = Part::MAX;

/// The names by which a text may call the speakers of a session: one index, put together once.
#[derive(Debug, Default)]
pub struct Names {
    names: Vec<Name>,
    /// The distinct words of the names.
    parts: FxHashMap<String, Part>,
    /// The names that begin with each word.
    by_first: Vec<Vec<u32>>,
    /// The names in ideographs that begin with each: no space sets them apart from what is around them.
    by_ideograph: FxHashMap<char, Vec<(u32, String)>>,
    /// By form of the session's words; which words of names they are.
    of_form: Vec<Part>,
}

/// A word of a text that is looked through.
struct Here<'t> {
    span: Span,
    part: Part,
    folded: &'t str,
    is_capital: bool,
    is_upper: bool,
}

/// A name at a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    name: u32,
    span: Span,
}

impl Names {
    /// The names of the speakers of a session: the whole name, label or alias, a part of the name that no
    /// other speaker shares, the letter of a label such as `Grad C` or its first word where no other label
    /// has it, stakeholder and group, office (“the Health Minister”), role (“the moderator”).
    pub fn new(session: &Session, words: &NameWords, people: &People) -> Self {
        let mut index = Names::default();
        let mut number_of: FxHashMap<(Fit, Vec<String>), u32> = FxHashMap::default();
        for (speaker, names) in collect::names(session, people).into_iter().enumerate() {
            let speaker = SpeakerId(speaker as u32);
            for (fit, words) in names {
                let next = index.names.len() as u32;
                let number = *number_of.entry((fit, words.clone())).or_insert(next);
                if number == next {
                    index.add(fit, &words, speaker);
                } else if let Some(known) = index.names.get_mut(number as usize) {
                    known.speakers.push(speaker);
                }
            }
        }
        index.of_form = words.forms().map(|form| index.part(form)).collect();
        index
    }

    fn add(&mut self, fit: Fit, words: &[String], speaker: SpeakerId) {
        let number = self.names.len() as u32;
        if let [one] = words
            && let Some(first) = one.chars().next().filter(|_| is_unspaced(one))
        {
            self.by_ideograph.entry(first).or_default().push((number, one.clone()));
        }
        let words: Vec<Part> = words.iter().map(|word| self.add_part(word)).collect();
        if let Some(names) = words.first().and_then(|&first| self.by_first.get_mut(first as usize)) {
            names.push(number);
        }
        self.names.push(Name { fit, words, speakers: vec![speaker] });
    }

    fn add_part(&mut self, word: &str) -> Part {
        if let Some(&known) = self.parts.get(word) {
            return known;
        }
        let part = self.by_first.len() as Part;
        self.by_first.push(Vec::new());
        self.parts.insert(word.to_owned(), part);
        part
    }

    fn part(&self, folded: &str) -> Part {
        self.parts.get(folded).copied().unwrap_or(NO_PART)
    }

    /// The speakers that a text names, in text order; all who fit where a name is shared.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.mentions_at(&self.found_in(text))
    }

    /// The speakers whom a text means, a word with a capital that is in no name being read as the one word of names that
    /// differs from it in one letter: the text or the transcript may be misspelt.
    pub fn misspelt_mentions(&self, text: &str) -> Vec<Mention> {
        let words = name_words(text);
        let meant = |word: &str, is_capital: bool| {
            let mut alike = self.parts.keys().filter(|part| spelt_alike(part, word));
            let is_unknown = is_capital && self.part(word) == NO_PART;
            let only = alike.next().filter(|_| is_unknown && alike.next().is_none());
            only.map_or(word, |part| part.as_str()).to_owned()
        };
        let read: Vec<String> = words.iter().map(|word| meant(&word.folded, word.is_capital)).collect();
        let here = words.iter().zip(&read).map(|(word, folded)| Here {
            span: word.span,
            part: self.part(folded),
            folded,
            is_capital: word.is_capital,
            is_upper: word.is_upper,
        });
        self.mentions_at(&self.found(text, &here.collect::<Vec<_>>(), true))
    }

    /// The names in a text that is none of the session's turns.
    fn found_in(&self, text: &str) -> Vec<Found> {
        let words = name_words(text);
        let here = words.iter().map(|word| Here {
            span: word.span,
            part: self.part(&word.folded),
            folded: &word.folded,
            is_capital: word.is_capital,
            is_upper: word.is_upper,
        });
        self.found(text, &here.collect::<Vec<_>>(), true)
    }

    /// Where a text calls one of the speakers by the name or a part of it, not by an office or by whom it speaks
    /// for; in text order.
    pub fn personal_mentions(&self, text: &str) -> Vec<Mention> {
        let mut found = self.found_in(text);
        found.retain(|found| {
            let fit = self.names.get(found.name as usize).map(|name| name.fit);
            matches!(fit, Some(Fit::Part | Fit::Whole | Fit::Initials)) && self.speakers(found).len() == 1
        });
        self.mentions_at(&found)
    }

    /// The speakers that a turn names, as [`Self::mentions`] of its text; `words` are those of the session.
    pub fn mentions_of_turn(&self, words: &NameWords, turn: usize, text: &str) -> Vec<Mention> {
        self.mentions_at(&self.found(text, &self.of_turn(words, turn), false))
    }

    /// The speakers that a turn names by a name that nobody else has, in text order.
    pub fn clear_mentions_of_turn(&self, words: &NameWords, turn: usize, text: &str) -> Vec<Mention> {
        let mut found = self.found(text, &self.of_turn(words, turn), false);
        found.retain(|found| self.speakers(found).len() == 1);
        self.mentions_at(&found)
    }

    fn of_turn<'w>(&self, words: &'w NameWords, turn: usize) -> Vec<Here<'w>> {
        let here = words.of_turn(turn).iter().map(|word| Here {
            span: word.span,
            part: self.of_form.get(word.form.index()).copied().unwrap_or(NO_PART),
            folded: words.text(word.form),
            is_capital: word.is_capital,
            is_upper: word.is_upper,
        });
        here.collect()
    }

    fn speakers(&self, found: &Found) -> &[SpeakerId] {
        self.names.get(found.name as usize).map_or(&[], |name| &name.speakers)
    }

    fn mentions_at(&self, found: &[Found]) -> Vec<Mention> {
        let mentions = found.iter().flat_map(|found| {
            self.speakers(found).iter().map(|&speaker| Mention { speaker, span: found.span })
        });
        let mut mentions: Vec<Mention> = mentions.collect();
        mentions.sort_by_key(|m| (m.span, m.speaker));
        mentions.dedup();
        mentions
    }

    /// The names in a text that no longer or better name hides; those of parties where `with_parties`.
    fn found(&self, text: &str, words: &[Here<'_>], with_parties: bool) -> Vec<Found> {
        let mut found = self.spaced(words);
        let is_party =
            |found: &Found| self.names.get(found.name as usize).is_some_and(|n| n.fit == Fit::Party);
        found.retain(|found| with_parties || !is_party(found));
        if !self.by_ideograph.is_empty() {
            self.add_unspaced(text, words, &mut found);
        }
        let rank = |found: &Found| {
            self.names.get(found.name as usize).map_or((0, Fit::Letter), |name| (name.words.len(), name.fit))
        };
        // Longest name first, then the better fit: it hides what it overlaps, unless it is as good.
        found.sort_by(|a, b| rank(b).cmp(&rank(a)).then(a.span.cmp(&b.span)).then(a.name.cmp(&b.name)));
        found.dedup();
        let mut taken = vec![false; if found.is_empty() { 0 } else { text.len() }];
        let mut kept: Vec<Found> = Vec::with_capacity(found.len());
        for equals in found.chunk_by(|a, b| rank(a) == rank(b)) {
            let first = kept.len();
            let is_free = |found: &&Found| !taken[found.span.start()..found.span.end()].contains(&true);
            kept.extend(equals.iter().filter(is_free));
            for found in &kept[first..] {
                taken[found.span.start()..found.span.end()].fill(true);
            }
        }
        kept
    }

    /// The names that stand in a text as words do.
    fn spaced(&self, words: &[Here<'_>]) -> Vec<Found> {
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            for &number in self.by_first.get(word.part as usize).into_iter().flatten() {
                let Some(name) = self.names.get(number as usize) else { continue };
                let Some(here) = words.get(at..at + name.words.len()) else { continue };
                if here.iter().map(|word| word.part).eq(name.words.iter().copied())
                    && fits(words, at, name)
                    && !(name.fit == Fit::Part && goes_on(words, at))
                    && let Some(last) = here.last()
                {
                    found.push(Found { name: number, span: Span::new(word.span.start(), last.span.end()) });
                }
            }
        }
        found
    }

    /// The names in ideographs, wherever they stand in a word: no space sets them apart.
    fn add_unspaced(&self, text: &str, words: &[Here<'_>], found: &mut Vec<Found>) {
        let mut ends: FxHashMap<u32, usize> = FxHashMap::default();
        for word in words.iter().filter(|word| !word.folded.is_ascii()) {
            let written = word.span.of(text);
            for (at, c) in written.char_indices() {
                for (number, name) in self.by_ideograph.get(&c).into_iter().flatten() {
                    if !written[at..].starts_with(name.as_str()) {
                        continue;
                    }
                    // A name does not overlap itself.
                    let start = word.span.start() + at;
                    let end = ends.entry(*number).or_default();
                    if *end <= start {
                        *end = start + name.len();
                        found.push(Found { name: *number, span: Span::new(start, *end) });
                    }
                }
            }
        }
    }
}

fn is_unspaced(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(is_ideograph)
}

/// Whether a part of a name goes on as another's: “Bo Reyes” and “the Lund Foundation” are not Bo Lund.
fn goes_on(words: &[Here<'_>], at: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return false };
    let is_adjacent = next.span.start() == word.span.end() + 1;
    let begins = next.folded.chars().next().is_some_and(char::is_alphabetic) && !has_no_case(next.folded);
    is_adjacent && next.is_capital && !next.is_upper && begins
}

/// Whether a word is of a script without case, in which a capital tells nothing.
fn has_no_case(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase())
}

/// Words before an office of one word that say that its holder is meant.
static BEFORE_HOLDERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("before holders").collect());

/// Letters that are words as well, and words before them where they name a voice.
static LETTERS: LazyLock<[FxHashSet<&str>; 2]> = LazyLock::new(|| {
    let names = SharedList::Names.read();
    ["letters that are words", "naming a letter"].map(|section| names.words(section).collect())
});

/// Whether a name may be meant where its words stand. One-word names must be capitalised as names are, a
/// lone letter must be a capital that does not stand for the article or the pronoun.
fn fits(words: &[Here<'_>], at: usize, name: &Name) -> bool {
    let word = &words[at];
    let before = at.checked_sub(1).map(|before| words[before].folded);
    match (name.fit, name.words.len()) {
        (Fit::Letter, 1) => {
            let [are_words, naming] = &*LETTERS;
            let is_article =
                are_words.contains(word.folded) && !before.is_some_and(|before| naming.contains(before));
            word.folded.chars().count() == 1 && word.is_capital && !is_article
        }
        (Fit::Initials, _) => word.is_upper,
        (Fit::Whole | Fit::Part | Fit::Party, 1) => word.is_capital,
        // Not “a former minister”.
        (Fit::Office, 1) => before.is_none_or(|before| BEFORE_HOLDERS.contains(before)),
        _ => true,
    }
}

/// The first word for an office or a job in a text that is none of the session's turns, as far as `end`, and as it is
/// compared.
pub(crate) fn office_in(text: &str, end: usize) -> Option<(Span, String)> {
    let words = name_words(text);
    let office = words.iter().find(|word| word.span.end() <= end && is_job_word(&word.folded))?;
    Some((office.span, office.folded.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};

    fn named(labels: &[&str], text: &str) -> Vec<String> {
        of_names(labels, |names| names.mentions(text))
    }

    fn of_names(labels: &[&str], mentions: impl Fn(&Names) -> Vec<Mention>) -> Vec<String> {
        let mut builder = SessionBuilder::new("s");
        for label in labels {
            builder.turn(label).text("Words.", Join::Line, 1, None);
        }
        let session = builder.finish(0);
        let read = crate::text::read(&session);
        let people = super::super::resolve(&session, &read, &Default::default());
        let name = |m: &Mention| people.speakers[m.speaker.0 as usize].name.clone();
        mentions(&Names::new(&session, &read.name_words, &people)).iter().map(name).collect()
    }

    #[test]
    fn people_are_found_by_name_surname_and_label_letter() {
        let people = ["Hon. Ada Okoro (Minister)", "Bo Lund", "Grad C", "Marketing"];
        assert_eq!(named(&people, "What did Ada Okoro say to Bo?"), ["Hon. Ada Okoro (Minister)", "Bo Lund"]);
        assert_eq!(named(&people, "Why did Mr. Lund's team leave?"), ["Bo Lund"]);
        assert_eq!(named(&people, "What did C think about it?"), ["Grad C"]);
        assert_eq!(named(&people, "What does the Lund Foundation say of Bo Reyes?"), Vec::<String>::new());
        assert_eq!(named(&people, "And Bo I think said so."), ["Bo Lund"]);
        assert_eq!(named(&people, "Which marketing strategy?"), Vec::<String>::new());
        assert_eq!(named(&people, "What did Marketing propose?"), ["Marketing"]);
    }

    #[test]
    fn a_name_may_differ_in_a_letter_from_that_of_one_speaker() {
        let people = ["Ada Okorosa", "Bo Lindberger", "Cy Lindbarger"];
        let misspelt = |text: &str| of_names(&people, |names| names.misspelt_mentions(text));
        assert_eq!(misspelt("What did Ms Okarosa say?"), ["Ada Okorosa"]);
        assert_eq!(misspelt("What did Lindborger say?"), Vec::<String>::new(), "two are alike");
        assert_eq!(misspelt("What is an okarosa?"), Vec::<String>::new(), "a name has a capital");
    }

    #[test]
    fn a_shared_name_part_names_nobody_and_an_office_names_its_holder() {
        let people = ["Ada Lund", "Bo Lund", "The Chair"];
        assert_eq!(named(&people, "What did Lund say?"), Vec::<String>::new());
        assert_eq!(named(&people, "What did the chair say?"), ["The Chair"]);
    }

    #[test]
    fn an_office_in_brackets_names_its_holder() {
        let people = [
            "Ada Okoro (Prime Minister)",
            "Bo Lund (Minister of Health)",
            "Cy Reyes (Chief Inspector of Schools)",
        ];
        assert_eq!(named(&people, "What did the Prime Minister say?"), ["Ada Okoro (Prime Minister)"]);
        assert_eq!(named(&people, "What did the health minister say?"), ["Bo Lund (Minister of Health)"]);
        assert_eq!(
            named(&people, "Did the Chief Inspector agree?"),
            ["Cy Reyes (Chief Inspector of Schools)"]
        );
        assert_eq!(named(&people, "What did the minister say?"), Vec::<String>::new());
        let one = ["Bo Lund (Minister of Health)", "Cy Reyes (Union)"];
        assert_eq!(named(&one, "What did the minister say of a former minister?"), [one[0]]);
    }

    #[test]
    fn the_rank_of_a_lettered_label_names_the_only_one_who_has_it() {
        let people = ["Professor D", "Grad A", "Grad B"];
        assert_eq!(named(&people, "What did the professor think of the results?"), ["Professor D"]);
        assert_eq!(named(&people, "What did Professor D think?"), ["Professor D"]);
        assert_eq!(named(&people, "What did the grad think?"), Vec::<String>::new());
    }

    #[test]
    fn names_are_found_in_scripts_without_capitals_and_without_spaces() {
        assert_eq!(named(&["周敏（速达平台）", "主持人"], "周敏怎么看超时扣款？"), ["周敏（速达平台）"]);
        assert_eq!(
            named(&["مريم البحري (جمعية)", "طارق العبدلي"], "ماذا قالت مريم عن السعر؟"),
            ["مريم البحري (جمعية)"]
        );
    }

    #[test]
    fn a_party_is_called_by_its_names_in_questions() {
        let people = ["Ada Okoro (Riverside, CPC)", "Bo Lund (Quayside, CPC)", "Cy Reyes (Hillside, BQ)"];
        assert_eq!(named(&people, "What do the Conservatives want?"), people[..2]);
        assert_eq!(named(&people, "What does the Bloc Québécois want?"), people[2..]);
        assert_eq!(named(&people, "What does the CPC want?"), people[..2]);
        assert_eq!(named(&people, "Who gave a conservative estimate?"), Vec::<String>::new());
    }

    #[test]
    fn an_article_is_no_speaker() {
        assert_eq!(named(&["Grad A", "Grad B"], "Was a decision made? A plan?"), Vec::<String>::new());
        assert_eq!(named(&["Grad A", "Grad B"], "What did A think?"), ["Grad A"]);
    }
}
