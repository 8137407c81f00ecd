//! What is known about how a language states a stance: data files read into one table.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::{ByLanguage, Line, List, Row, Sections, row};
use crate::model::{Ground, Language, Stance};

pub(super) use super::meanings::{Cue, Link, Naming, OnMotion, Scope, Siding};
use super::meanings::{LINKS, NAMINGS, ON_MOTIONS, SECTIONS, SIDINGS};
use super::phrases::{Between, Found, Phrases};
use super::tokens::Token;

/// The lists of the lexicon; a language has it where it has cues of attitude.
const LISTS: [List; 8] = [
    List::Attitudes,
    List::Evaluations,
    List::Answers,
    List::Motions,
    List::References,
    List::Sides,
    List::Scope,
    List::Targets,
];

/// The lexicon of a language; none for a language without one, in which no stance is found.
pub fn lexicon(language: Language) -> Option<&'static Lexicon> {
    row(language)?.list(List::Attitudes)?;
    references_of(language)
}

/// What tells references in a language: its lexicon, or a list of references alone.
pub(super) fn references_of(language: Language) -> Option<&'static Lexicon> {
    static LEXICONS: ByLanguage<Lexicon> = ByLanguage::new();
    LEXICONS.get(language, |row| Lexicon::parse(&texts(row)).0)
}

/// The texts of the lists that a language has.
fn texts(row: &Row) -> Vec<&'static str> {
    LISTS.iter().filter_map(|list| row.list(*list)).collect()
}

/// What a body may call itself in the third person besides its name, if it is one: “the coalition”.
pub fn short_name(name: &str, language: Language) -> Option<String> {
    lexicon(language)?.short_name(name)
}

/// The cues, scope words, adverbs and contractions of a language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    cues: Phrases<Cue>,
    scopes: Phrases<Scope>,
    naming: Phrases<Naming>,
    on_motions: Phrases<OnMotion>,
    sidings: Phrases<Siding>,
    links: Phrases<Link>,
    adverbs: FxHashSet<String>,
    adverb_endings: Vec<String>,
    not_adverbs: FxHashSet<String>,
    barriers: FxHashSet<String>,
    gerund_endings: Vec<String>,
    participle_endings: Vec<String>,
    bodies: FxHashSet<String>,
    contractions: FxHashMap<String, Vec<String>>,
}

enum Section {
    Cues(Cue),
    Scope(Scope),
    Naming(Naming),
    OnMotion(OnMotion),
    Siding(Siding),
    Link(Link),
    Adverbs,
    NotAdverbs,
    Barriers,
    Bodies,
    GerundEndings,
    ParticipleEndings,
    Contractions,
}

impl Lexicon {
    /// Reads files of sections; returns the lines that could not be understood as well.
    ///
    /// `[attitude support / oppose]` opens cues that need the speaker as their subject, `[statement …]`
    /// cues that name the speaker themselves, `[evaluation …]` judgements, `[answer …]` answers, `[reply …]` whole answers; the
    /// stances are what the cue states plainly and what under a negation, `-` where it states none.
    /// Lines are `strength<TAB>phrase`. Other sections hold words by what they do to cues. `#` opens a comment.
    pub fn parse(files: &[&str]) -> (Self, Vec<String>) {
        let mut lexicon = Lexicon::default();
        let mut misread = Vec::new();
        for file in files {
            for (name, lines) in Sections::parse(file).iter() {
                let section = section_of(name);
                misread.extend((section.is_none() && !name.is_empty()).then(|| format!("[{name}]")));
                let is_entry =
                    |line: &&Line<'_>| !section.as_ref().is_some_and(|section| lexicon.add(section, **line));
                misread.extend(lines.iter().filter(is_entry).map(|line| line.text.to_owned()));
            }
        }
        (lexicon, misread)
    }

    fn add(&mut self, section: &Section, line: Line<'_>) -> bool {
        match section {
            Section::Cues(cue) => {
                let Some((strength, phrase)) = line.weighted() else { return false };
                let before = self.cues.len();
                self.cues.add(phrase, Cue { strength, ..*cue });
                self.cues.len() > before
            }
            Section::Scope(scope) => {
                let before = self.scopes.len();
                self.scopes.add(line.text, *scope);
                self.scopes.len() > before
            }
            Section::Naming(naming) => {
                let before = self.naming.len();
                self.naming.add(line.text, *naming);
                self.naming.len() > before
            }
            Section::OnMotion(on_motion) => {
                let before = self.on_motions.len();
                self.on_motions.add(line.text, *on_motion);
                self.on_motions.len() > before
            }
            Section::Siding(siding) => {
                let before = self.sidings.len();
                self.sidings.add(line.text, *siding);
                self.sidings.len() > before
            }
            Section::Link(link) => {
                let before = self.links.len();
                self.links.add(line.text, *link);
                self.links.len() > before
            }
            Section::Adverbs => {
                let (endings, words): (Vec<&str>, Vec<&str>) =
                    line.words().partition(|word| word.starts_with('*'));
                self.adverb_endings.extend(endings.iter().map(|ending| ending[1..].to_owned()));
                self.adverbs.extend(words.into_iter().map(str::to_owned));
                true
            }
            Section::NotAdverbs => {
                self.not_adverbs.extend(line.words().map(str::to_owned));
                true
            }
            Section::Barriers => {
                self.barriers.extend(line.words().map(str::to_owned));
                true
            }
            Section::GerundEndings => {
                self.gerund_endings.extend(endings(line));
                true
            }
            Section::ParticipleEndings => {
                self.participle_endings.extend(endings(line));
                true
            }
            Section::Bodies => {
                self.bodies.extend(line.words().map(str::to_owned));
                true
            }
            Section::Contractions => {
                let Some((short, long)) = line.pair() else { return false };
                let parts = long.split_whitespace().map(str::to_owned).collect();
                self.contractions.insert(short.to_owned(), parts).is_none()
            }
        }
    }

    /// What a body with a longer name calls itself: “the federation”, said by a Federation of Operators.
    pub(super) fn short_name(&self, name: &str) -> Option<String> {
        let mut words = name.split_whitespace().map(str::to_lowercase);
        let body = words.find(|word| self.bodies.contains(word))?;
        (body.len() < name.len()).then(|| format!("the {body}"))
    }

    /// The words that a contraction stands for.
    pub(super) fn written_out(&self, word: &str) -> Option<&[String]> {
        self.contractions.get(word).map(Vec::as_slice)
    }

    /// Whether a word says how or when something is done, and may stand inside a phrase.
    pub(super) fn is_adverb(&self, word: &str) -> bool {
        let ending = |ending: &String| word.len() > ending.len() + 2 && word.ends_with(ending.as_str());
        self.adverbs.contains(word)
            || (self.adverb_endings.iter().any(ending) && !self.not_adverbs.contains(word))
    }

    /// Whether a word ends as one for something being done: abolishing.
    pub(super) fn is_gerund(&self, word: &str) -> bool {
        self.gerund_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether a word ends as one for something done: proposed.
    pub(super) fn is_participle(&self, word: &str) -> bool {
        self.participle_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    fn between(&self, word: &str) -> Between {
        if self.barriers.contains(word) {
            Between::Nowhere
        } else if self.is_adverb(word) {
            Between::Anywhere
        } else {
            Between::Gap
        }
    }

    /// Every cue at every place.
    pub(super) fn cues(&self, tokens: &[Token]) -> Vec<Found<Cue>> {
        self.cues.find(tokens, |at| self.between(&tokens[at].text))
    }

    /// Every phrase that names speakers at every place.
    pub(super) fn namings(&self, tokens: &[Token]) -> Vec<Found<Naming>> {
        self.naming.find(tokens, |at| self.between(&tokens[at].text))
    }

    /// Every phrase on motions at every place.
    pub(super) fn on_motions(&self, tokens: &[Token]) -> Vec<Found<OnMotion>> {
        self.on_motions.find(tokens, |at| self.between(&tokens[at].text))
    }

    /// Every phrase on sides of a motion at every place.
    pub(super) fn sidings(&self, tokens: &[Token]) -> Vec<Found<Siding>> {
        self.sidings.find(tokens, |at| self.between(&tokens[at].text))
    }

    /// Every word between cues and things at every place.
    pub(super) fn links(&self, tokens: &[Token]) -> Vec<Found<Link>> {
        self.links.find(tokens, |at| self.between(&tokens[at].text))
    }

    /// Every scope word at every place.
    pub(super) fn scopes(&self, tokens: &[Token]) -> Vec<Found<Scope>> {
        self.scopes.find(tokens, |at| self.between(&tokens[at].text))
    }
}

/// The endings of words on a line: `*ing`.
fn endings(line: Line<'_>) -> impl Iterator<Item = String> {
    line.words().map(|word| word.trim_start_matches('*').to_owned())
}

fn section_of(header: &str) -> Option<Section> {
    match header {
        "adverbs" => return Some(Section::Adverbs),
        "not adverbs" => return Some(Section::NotAdverbs),
        "barriers" => return Some(Section::Barriers),
        "bodies" => return Some(Section::Bodies),
        "gerund endings" => return Some(Section::GerundEndings),
        "participle endings" => return Some(Section::ParticipleEndings),
        "contractions" => return Some(Section::Contractions),
        _ => {}
    }
    if let Some((_, scope)) = SECTIONS.iter().find(|(name, _)| *name == header) {
        return Some(Section::Scope(*scope));
    }
    if let Some((_, on_motion)) = ON_MOTIONS.iter().find(|(name, _)| *name == header) {
        return Some(Section::OnMotion(*on_motion));
    }
    if let Some((_, siding)) = SIDINGS.iter().find(|(name, _)| *name == header) {
        return Some(Section::Siding(*siding));
    }
    if let Some((_, link)) = LINKS.iter().find(|(name, _)| *name == header) {
        return Some(Section::Link(*link));
    }
    if let Some((_, naming)) = NAMINGS.iter().find(|(name, _)| *name == header) {
        return Some(Section::Naming(*naming));
    }
    let (kind, stances) = header.split_once(' ')?;
    let (affirmed, negated) = stances.split_once(" / ")?;
    let (ground, needs_subject) = match kind {
        "attitude" => (Ground::Attitude, true),
        "statement" => (Ground::Attitude, false),
        "evaluation" => (Ground::Evaluation, false),
        "answer" => (Ground::Answer, false),
        "reply" => (Ground::Answer, true),
        _ => return None,
    };
    let (affirmed, negated) = (stance_of(affirmed)?, stance_of(negated)?);
    Some(Section::Cues(Cue { ground, needs_subject, affirmed, negated, strength: 0.0 }))
}

/// A stance by name, `-` for none; nothing where it is neither.
fn stance_of(name: &str) -> Option<Option<Stance>> {
    match name {
        "-" => Some(None),
        "support" => Some(Some(Stance::Support)),
        "oppose" => Some(Some(Stance::Oppose)),
        "concern" => Some(Some(Stance::Concern)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;

    #[test]
    fn every_line_of_the_shipped_lists_is_understood() {
        for row in LANGUAGES {
            let (lexicon, misread) = Lexicon::parse(&texts(row));
            assert_eq!(misread, Vec::<String>::new(), "{}", row.code);
            assert!(lexicon.naming.len() > 15 && lexicon.scopes.len() > 1, "{}", row.code);
            let is_whole = lexicon.cues.len() > 100 && lexicon.scopes.len() > 50;
            assert_eq!(is_whole, super::lexicon(row.language()).is_some(), "{}", row.code);
        }
    }

    #[test]
    fn a_line_that_is_no_entry_is_told() {
        let file = "1.0\tno section\n[attitude support / oppose]\n1.0\tback*\nstrong\tx\nplain\n[oops]\n";
        let (lexicon, misread) = Lexicon::parse(&[file]);
        assert_eq!(misread, ["1.0\tno section", "strong\tx", "plain", "[oops]"]);
        assert_eq!(lexicon.cues.len(), 1);
    }
}
