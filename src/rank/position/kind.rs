//! The kind of a position: what a sentence wants, proposes, supports, refuses, fears, asks in return,
//! promises or gives as a reason. Phrases of each language are data of `language`.

use crate::language::{ByLanguage, List, Row};
use crate::model::{Language, PositionKind};
use crate::rank::features::is_question;
use crate::text::{Categories, Hits, PhraseList};

named! {
    /// A section of the lists.
    Section,
    /// The names of the sections, in their order.
    SECTIONS,
    Condition "condition",
    Objection "objection",
    Concern "concern",
    Proposal "proposal",
    Commitment "commitment",
    Demand "demand",
    Support "support",
    StrongSupport "strong support",
    Reason "reason",
    OpensReason "opens reason",
    OpensDemand "opens demand",
    QuestionOfAProposal "question of a proposal",
    Courtesy "courtesy",
    ReportsOthers "reports others",
    AnswersAReport "answers a report",
    QuestionOfADemand "question of a demand",
    AsksOrAnnounces "asks or announces",
}

use Section::*;

/// A rule: the kind of a sentence for which it holds.
type Rule = (PositionKind, fn(&Told<'_>) -> bool);

/// The rules in the order in which they are tried. What binds a position to something comes first, then
/// what refuses; what anybody may say besides (that something is good, or why) comes last.
const RULES: &[Rule] = &[
    (PositionKind::Condition, |t| t.has(Condition)),
    (PositionKind::Reason, |t| t.opens(OpensReason) && !t.states()),
    (PositionKind::Proposal, |t| t.has(QuestionOfAProposal)),
    (PositionKind::Objection, |t| t.has(Objection)),
    (PositionKind::Support, |t| t.has(StrongSupport)),
    (PositionKind::Concern, |t| t.has(Concern) && !t.has(Proposal) && !t.has(Demand)),
    (PositionKind::Proposal, |t| t.has(Proposal)),
    (PositionKind::Commitment, |t| t.has(Commitment) && !t.has(Courtesy)),
    (PositionKind::Demand, |t| t.opens(OpensDemand) || t.has(Demand) && !t.has(Courtesy)),
    (PositionKind::Concern, |t| t.has(Concern)),
    (PositionKind::Support, |t| t.has(Support) && !t.has(Courtesy)),
    (PositionKind::Reason, |t| t.has(Reason)),
];

/// What the lists tell of a sentence.
struct Told<'h> {
    hits: &'h Hits,
}

impl Told<'_> {
    fn has(&self, section: Section) -> bool {
        self.hits.count(section as usize) > 0
    }

    fn opens(&self, section: Section) -> bool {
        self.hits.opens(section as usize)
    }

    /// Whether it only reports what others say: those on the other side, critics, people.
    fn reports_others(&self) -> bool {
        self.has(ReportsOthers) && !self.has(AnswersAReport)
    }

    /// Whether it asks for information, or says who speaks or what comes next.
    fn announces(&self) -> bool {
        self.has(AsksOrAnnounces)
    }

    /// Whether it demands, proposes or refuses something itself.
    fn states(&self) -> bool {
        [Objection, Proposal, Demand, Commitment].iter().any(|&section| self.has(section))
    }
}

/// The kind of position that a sentence takes, if it takes one. A question takes none unless it proposes
/// something or asks somebody to do something.
pub fn kind(text: &str, language: Language) -> Option<PositionKind> {
    told(&lists(language)?.find(text), text)
}

/// Whether a sentence, of which the hits are at hand, only reports what others say.
pub(super) fn reports_others(hits: &Hits) -> bool {
    Told { hits }.reports_others()
}

/// Whether a sentence, of which the hits are at hand, asks for information, or says who speaks or what comes next.
pub(super) fn announces(hits: &Hits, text: &str) -> bool {
    let told = Told { hits };
    told.announces() && !(is_question(text) && told.has(QuestionOfADemand))
}

/// The kind of position of a sentence, of which the hits are at hand; what others say is none of the speaker's.
pub(super) fn told(hits: &Hits, text: &str) -> Option<PositionKind> {
    let told = Told { hits };
    if told.reports_others() {
        return None;
    }
    if is_question(text) && told.has(QuestionOfADemand) {
        return Some(PositionKind::Demand);
    }
    if told.announces() || is_question(text) && !told.has(QuestionOfAProposal) {
        return None;
    }
    RULES.iter().find(|(_, holds)| holds(&told)).map(|&(kind, _)| kind)
}

/// The phrases of a language by section.
pub(super) fn phrases(language: Language) -> Option<&'static PhraseList<u16>> {
    lists(language).map(Categories::phrases)
}

fn lists(language: Language) -> Option<&'static Categories> {
    static PARSED: ByLanguage<Categories> = ByLanguage::new();
    let parse = |row: &'static Row| {
        Categories::parse(row.list(List::PositionKinds).unwrap_or(""), SECTIONS, language)
    };
    PARSED.get(language, parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented sentences that were labelled before the rules were written.
    const SENTENCES: &str = include_str!("../../../tests/kinds/sentences.tsv");

    #[test]
    fn four_sentences_of_five_are_of_the_kind_that_was_labelled_before_and_most_of_each_kind() {
        let mut by_kind: std::collections::BTreeMap<&str, (u32, u32)> = Default::default();
        for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
            let [language, labelled, text] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let found = kind(text, language.parse().unwrap()).map_or("none", PositionKind::name);
            let counts = by_kind.entry(labelled).or_default();
            counts.0 += u32::from(found == labelled);
            counts.1 += 1;
            if found != labelled {
                println!("{labelled} taken for {found}: {text}");
            }
        }
        println!("{by_kind:?}");
        let (right, all) = by_kind.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert!(right * 5 >= all * 4, "{right} of {all}");
        assert!(by_kind.values().all(|(right, all)| right * 3 >= all * 2), "{by_kind:?}");
    }
    #[test]
    fn what_others_say_questions_and_announcements_are_told_from_demands_in_every_language() {
        let sentences = include_str!("../../../tests/kinds/others.tsv");
        let mut wrong = Vec::new();
        for line in sentences.lines().filter(|line| !line.starts_with('#')) {
            let [language, labelled, text] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let found = kind(text, language.parse().unwrap()).map_or("none", PositionKind::name);
            if found != labelled {
                wrong.push(format!("{labelled} taken for {found}: {text}"));
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }
}
