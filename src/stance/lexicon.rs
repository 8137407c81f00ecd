//! What is known about how a language states a stance: data files read into one table.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::{ByLanguage, Line, List, Row, Sections, row};
use crate::model::{Ground, Language, Stance};
use crate::text::{Forms, Insertions, PhraseList, PhraseListBuilder, Selection, read_line};

use super::meanings::{Cue, LINKS, Meaning, NAMINGS, ON_MOTIONS, SCOPES, SIDINGS};

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
    LEXICONS.get(language, |row| Lexicon::parse(row.language(), &texts(row)).0)
}

/// The texts of the lists that a language has.
fn texts(row: &Row) -> Vec<&'static str> {
    LISTS.iter().filter_map(|list| row.list(*list)).collect()
}

/// What a body may call itself in the third person besides its name, if it is one: “the coalition”, said by
/// a Small Ports Coalition.
pub fn short_name(name: &str, language: Language) -> Option<String> {
    let lexicon = lexicon(language)?;
    let form = lexicon.short_name.as_deref()?;
    let tokens = read_line(name, language);
    let mut words = tokens.source_words(tokens.of_turn(0)).map(|token| tokens.words.text(token.word));
    let body = words.find(|word| lexicon.bodies.contains(*word))?;
    (body.len() < name.len()).then(|| form.replace(NAME, body))
}

/// What stands for a name in the lists.
pub(super) const NAME: &str = "@";

/// The phrases of a language that tell stances and references, and how its words end.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// The phrases of all lists, so that they are found in one pass.
    pub(super) phrases: PhraseList<Meaning>,
    /// The words that stand inside phrases or bar them.
    pub(super) insertions: Insertions,
    pub(super) gerund_endings: Vec<String>,
    pub(super) participle_endings: Vec<String>,
    /// Words that stand for several.
    pub(super) contractions: FxHashMap<String, Vec<String>>,
    bodies: FxHashSet<String>,
    /// How a body calls itself by one word of its name, which [`NAME`] stands for.
    short_name: Option<String>,
}

enum Section {
    Cues(Cue),
    Phrases(Meaning),
    Adverbs,
    NotAdverbs,
    Barriers,
    Bodies,
    ShortName,
    GerundEndings,
    ParticipleEndings,
    Contractions,
}

impl Lexicon {
    /// Reads files of sections; returns the lines that could not be understood as well.
    ///
    /// `[attitude support / oppose]` opens cues that need the speaker as their subject, `[statement …]`
    /// cues that name the speaker themselves, `[evaluation …]` judgements, `[acceptance …]` those that tell whether a
    /// text can be accepted, `[answer …]` answers, `[reply …]` whole answers; the stances are what the cue states plainly and what under a negation, `-` where it
    /// states none. Lines are `strength<TAB>phrase`. Other sections hold words by what they do to cues. `#`
    /// opens a comment.
    pub fn parse(language: Language, files: &[&str]) -> (Self, Vec<String>) {
        let mut parser = Parser::new(language);
        let mut misread = Vec::new();
        for file in files {
            for (name, lines) in Sections::parse(file).iter() {
                let section = section_of(name);
                misread.extend((section.is_none() && !name.is_empty()).then(|| format!("[{name}]")));
                let is_no_entry =
                    |line: &&Line<'_>| !section.as_ref().is_some_and(|section| parser.add(section, **line));
                misread.extend(lines.iter().filter(is_no_entry).map(|line| line.text.to_owned()));
            }
        }
        (parser.finish(), misread)
    }
}

/// A lexicon as its lines are read.
struct Parser {
    builder: PhraseListBuilder<Meaning>,
    insertions: Insertions,
    gerund_endings: Vec<String>,
    participle_endings: Vec<String>,
    contractions: FxHashMap<String, Vec<String>>,
    bodies: FxHashSet<String>,
    short_name: Option<String>,
}

impl Parser {
    fn new(language: Language) -> Self {
        Parser {
            builder: PhraseListBuilder::new(language, Forms::Exact),
            insertions: Insertions::default(),
            gerund_endings: Vec::new(),
            participle_endings: Vec::new(),
            contractions: FxHashMap::default(),
            bodies: FxHashSet::default(),
            short_name: None,
        }
    }

    fn add(&mut self, section: &Section, line: Line<'_>) -> bool {
        let words = || line.words().map(str::to_owned);
        match section {
            Section::Cues(cue) => {
                let Some((strength, phrase)) = line.weighted() else { return false };
                return self.builder.add(phrase, 0, Meaning::Cue(Cue { strength, ..*cue }));
            }
            Section::Phrases(meaning) => return self.builder.add(line.text, 0, *meaning),
            Section::Adverbs => {
                let (endings, words): (Vec<&str>, Vec<&str>) =
                    line.words().partition(|word| word.starts_with('*'));
                self.insertions.adverb_endings.extend(endings.iter().map(|ending| ending[1..].to_owned()));
                self.insertions.adverbs.extend(words.into_iter().map(str::to_owned));
            }
            Section::NotAdverbs => self.insertions.not_adverbs.extend(words()),
            Section::Barriers => self.insertions.barriers.extend(words()),
            Section::GerundEndings => self.gerund_endings.extend(endings(line)),
            Section::ParticipleEndings => self.participle_endings.extend(endings(line)),
            Section::Bodies => self.bodies.extend(words()),
            Section::ShortName => self.short_name = Some(line.text.to_owned()),
            Section::Contractions => {
                let Some((short, long)) = line.pair() else { return false };
                let parts = long.split_whitespace().map(str::to_owned).collect();
                return self.contractions.insert(short.to_owned(), parts).is_none();
            }
        }
        true
    }

    fn finish(mut self) -> Lexicon {
        self.builder.insertions(self.insertions.clone());
        self.builder.contractions(self.contractions.clone());
        Lexicon {
            phrases: self.builder.build(Selection::All),
            insertions: self.insertions,
            gerund_endings: self.gerund_endings,
            participle_endings: self.participle_endings,
            contractions: self.contractions,
            bodies: self.bodies,
            short_name: self.short_name,
        }
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
        "short name" => return Some(Section::ShortName),
        "contractions" => return Some(Section::Contractions),
        _ => {}
    }
    if let Some(meaning) = meaning_of(header) {
        return Some(Section::Phrases(meaning));
    }
    let (kind, stances) = header.split_once(' ')?;
    let (affirmed, negated) = stances.split_once(" / ")?;
    let (ground, needs_subject) = match kind {
        "attitude" => (Ground::Attitude, true),
        "statement" => (Ground::Attitude, false),
        "evaluation" | "acceptance" => (Ground::Evaluation, false),
        "answer" => (Ground::Answer, false),
        "reply" => (Ground::Answer, true),
        _ => return None,
    };
    let (affirmed, negated) = (stance_of(affirmed)?, stance_of(negated)?);
    let judges_acceptance = kind == "acceptance";
    Some(Section::Cues(Cue { ground, needs_subject, affirmed, negated, judges_acceptance, strength: 0.0 }))
}

/// What the phrases of a section mean that are no cues.
fn meaning_of(section: &str) -> Option<Meaning> {
    fn find<M: Copy>(sections: &[(&str, M)], name: &str) -> Option<M> {
        sections.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
    }
    let scope = find(SCOPES, section).map(Meaning::Scope);
    let on_motion = || find(ON_MOTIONS, section).map(Meaning::OnMotion);
    let siding = || find(SIDINGS, section).map(Meaning::Siding);
    let link = || find(LINKS, section).map(Meaning::Link);
    let naming = || find(NAMINGS, section).map(Meaning::Naming);
    scope.or_else(on_motion).or_else(siding).or_else(link).or_else(naming)
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

    fn count(lexicon: &Lexicon, is_meant: impl Fn(&Meaning) -> bool) -> usize {
        lexicon.phrases.meanings().filter(|meaning| is_meant(meaning)).count()
    }

    #[test]
    fn every_line_of_the_shipped_lists_is_understood() {
        for row in LANGUAGES {
            let (lexicon, misread) = Lexicon::parse(row.language(), &texts(row));
            assert_eq!(misread, Vec::<String>::new(), "{}", row.code);
            let n_cues = count(&lexicon, |meaning| matches!(meaning, Meaning::Cue(_)));
            let n_scopes = count(&lexicon, |meaning| matches!(meaning, Meaning::Scope(_)));
            let n_namings = count(&lexicon, |meaning| matches!(meaning, Meaning::Naming(_)));
            assert!(n_namings > 15 && n_scopes > 1, "{}", row.code);
            let is_whole = n_cues > 100 && n_scopes > 50;
            assert_eq!(is_whole, super::lexicon(row.language()).is_some(), "{}", row.code);
        }
    }

    #[test]
    fn a_line_that_is_no_entry_is_told() {
        let file = "1.0\tno section\n[attitude support / oppose]\n1.0\tback*\nstrong\tx\nplain\n[oops]\n";
        let (lexicon, misread) = Lexicon::parse(Language::ENGLISH, &[file]);
        assert_eq!(misread, ["1.0\tno section", "strong\tx", "plain", "[oops]"]);
        assert_eq!(lexicon.phrases.len(), 1);
    }
}
