//! Cue phrases: reads the lists of a language and finds the phrases in the words that a reader sees.

use crate::language::{ByLanguage, List, Row, Sections};
use crate::model::{Cue, CueKind, Language, Tokens};

use super::find::{Matches, PhraseMatch, find_all};
use super::matches::Over;
use super::phrases::{Forms, PhraseList, PhraseListBuilder, Selection};

/// The cue phrases of a language; none for a language without lists.
fn cues(language: Language) -> Option<&'static PhraseList<Cue>> {
    static TABLES: ByLanguage<PhraseList<Cue>> = ByLanguage::new();
    let of_row = |row: &'static Row| {
        let lists: Vec<&str> = LISTS.iter().filter_map(|list| row.list(*list)).collect();
        parse(&lists, language)
    };
    TABLES.get(language, of_row)
}

/// The lists with cue phrases.
const LISTS: [List; 3] = [List::Cues, List::Procedure, List::Leaning];

/// A cue and the tokens it covers.
pub(super) type CueMatch = PhraseMatch<Cue>;

/// The cues of a session: for each kind the longest at a place, without overlaps within a kind. Leaning
/// phrases count only where a sentence opens.
pub(super) fn find_cues(tokens: &Tokens) -> Matches<Cue> {
    find_all(tokens, Over::Shown, cues)
}

/// Reads lists of `strength<TAB>phrase` lines under `[section]` lines; `#` begins a comment.
///
/// Lines that do not have that form are left out; a test keeps the shipped lists free of them.
fn parse(lists: &[&'static str], language: Language) -> PhraseList<Cue> {
    let mut table = PhraseListBuilder::new(language, Forms::Folded);
    table.only_at_openings(CueKind::Leaning as u16);
    for list in lists {
        for (section, lines) in Sections::parse(list).iter() {
            let Some(kind) = kind_of(section) else { continue };
            for (strength, phrase) in lines.iter().filter_map(|line| line.weighted()) {
                table.add(phrase, kind as u16, Cue { kind, phrase, strength });
            }
        }
    }
    table.build(Selection::Longest)
}

fn kind_of(section: &str) -> Option<CueKind> {
    match section {
        "position" => Some(CueKind::Position),
        "conclusion" => Some(CueKind::Conclusion),
        "decision" => Some(CueKind::Decision),
        "procedure" => Some(CueKind::Procedure),
        "leaning" => Some(CueKind::Leaning),
        "condolence" => Some(CueKind::Condolence),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;
    use crate::text::read_line;

    fn phrases(code: &str, list: &'static str, text: &str) -> Vec<&'static str> {
        let language = code.parse().unwrap();
        let table = parse(&[list], language);
        let tokens = read_line(text, language);
        let found = find_all(&tokens, Over::Shown, |_| Some(&table));
        found.all().iter().map(|found| found.meaning.phrase).collect()
    }

    #[test]
    fn the_longest_phrase_at_a_place_wins_and_prefixes_match() {
        let list = "[position]\n1.0\tcannot\n1.0\tcannot support*\n0.5\tcall for\n1.0\toppos*";
        assert_eq!(
            phrases("en", list, "we cannot supporting this call for calm"),
            ["cannot support*", "call for"]
        );
        assert_eq!(phrases("en", list, "we cannot opposing"), ["cannot", "oppos*"]);
    }

    #[test]
    fn leaning_phrases_count_only_where_the_sentence_opens() {
        let list = "[leaning]\n1.0\tit\n0.5\tand";
        assert_eq!(phrases("en", list, "and it works"), ["and", "it"]);
        assert_eq!(phrases("en", list, "take it and go"), Vec::<&str>::new());
    }

    #[test]
    fn what_is_written_together_with_a_word_does_not_hide_its_cue() {
        assert_eq!(phrases("fr", "[position]\n1.0\til faut", "parce qu'il faut agir"), ["il faut"]);
        assert_eq!(phrases("ar", "[position]\n1.0\tنؤيد", "ونؤيد الاقتراح"), ["نؤيد"]);
        assert_eq!(phrases("ar", "[position]\n1.0\tإننا نؤكد", "اننا نُؤكد"), ["إننا نؤكد"]);
        assert_eq!(phrases("ru", "[position]\n1.0\tподдерж*", "мы поддерживаем"), ["поддерж*"]);
        assert_eq!(phrases("zh", "[position]\n1.0\t不能接受", "我们 不能 接受 方案"), ["不能接受"]);
    }

    #[test]
    fn every_line_of_the_lists_is_a_cue() {
        for row in LANGUAGES {
            let lists: Vec<&str> = LISTS.iter().filter_map(|list| row.list(*list)).collect();
            let lines = lists.iter().flat_map(|list| list.lines());
            let entries = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '['])).count();
            assert!(entries > 100, "{}", row.code);
            assert_eq!(parse(&lists, row.language()).len(), entries, "{}", row.code);
        }
    }
}
