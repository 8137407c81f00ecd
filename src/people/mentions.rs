//! Speakers named in a text that is not theirs: a question, a remark to somebody.

use super::names::{Word, core_name, folded_words, is_initials, nickname, words_of};
use super::offices::offices;
use crate::model::{Mention, People, Role, Session, Span, Speaker, SpeakerId, is_ideograph};

/// How well a name fits; a better fit at a place hides the worse ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Letter,
    Part,
    Office,
    Role,
    Initials,
    Whole,
}

/// The speakers that a text names: by the whole name, label or alias, by a part of the name that no
/// other speaker shares, by the letter of a label such as `Grad C` or by its first word where no other
/// label has it, by stakeholder or group, by office (“the Health Minister”) or by role (“the moderator”). In text order; all who fit where a role, stakeholder, group or letter is
/// shared.
pub fn mentions(text: &str, session: &Session, people: &People) -> Vec<Mention> {
    let words = words_of(text);
    let mut found: Vec<(Fit, usize, Mention)> = Vec::new();
    for (index, speaker) in people.speakers.iter().enumerate() {
        let id = SpeakerId(index as u32);
        for (fit, name) in names_of(session, people, speaker) {
            for span in unspaced(text, &name) {
                found.push((fit, 1, Mention { speaker: id, span }));
            }
            for at in places(&words, &name, fit) {
                let span = Span::new(words[at].span.start(), words[at + name.len() - 1].span.end());
                found.push((fit, name.len(), Mention { speaker: id, span }));
            }
        }
    }
    // Longest name first, then the better fit: it hides what it overlaps, unless it is as good.
    found.sort_by(|a, b| {
        (b.1, b.0).cmp(&(a.1, a.0)).then(a.2.span.cmp(&b.2.span)).then(a.2.speaker.cmp(&b.2.speaker))
    });
    let mut kept: Vec<(Fit, usize, Mention)> = Vec::new();
    for candidate in found {
        let overlaps = |k: &&(Fit, usize, Mention)| {
            k.2.span.start() < candidate.2.span.end() && candidate.2.span.start() < k.2.span.end()
        };
        let hidden = kept
            .iter()
            .filter(overlaps)
            .any(|k| (k.0, k.1) != (candidate.0, candidate.1) || k.2 == candidate.2);
        if !hidden {
            kept.push(candidate);
        }
    }
    let mut mentions: Vec<Mention> = kept.into_iter().map(|(_, _, mention)| mention).collect();
    mentions.sort_by_key(|m| (m.span, m.speaker));
    mentions
}

/// The names of a speaker, as lower-case words, with how well each tells it from the others.
fn names_of(session: &Session, people: &People, speaker: &Speaker) -> Vec<(Fit, Vec<String>)> {
    let mut names = Vec::new();
    let labels = speaker.labels.iter().map(|&l| session.label(l)).chain([speaker.name.as_str()]);
    for label in labels {
        let core = core_name(label);
        if let Some(letter) = core.last().filter(|w| core.len() == 2 && w.chars().count() == 1) {
            names.push((Fit::Letter, vec![letter.clone()]));
            names.push((Fit::Letter, vec!["speaker".to_owned(), letter.clone()]));
            names.extend(
                core.first()
                    .filter(|rank| is_unique(session, people, speaker, rank))
                    .map(|rank| (Fit::Role, vec![rank.clone()])),
            );
        } else if core.len() > 1 && core.len() < 5 {
            let parts = [core.first(), core.last()];
            for part in parts.into_iter().flatten().filter(|p| p.chars().count() > 1) {
                if is_unique(session, people, speaker, part) {
                    names.push((Fit::Part, vec![part.clone()]));
                }
            }
        }
        let middle = core.iter().skip(1).rev().skip(1);
        let is_name = |part: &&String| words_of(label).iter().any(|w| w.is_capital && w.folded == **part);
        let nick = nickname(label).map(folded_words).unwrap_or_default();
        for part in middle.filter(is_name).chain(&nick).filter(|part| part.chars().count() > 2) {
            if is_unique(session, people, speaker, part) {
                names.push((Fit::Part, vec![part.clone()]));
            }
        }
        let is_held_alone =
            |office: &Vec<String>| office.len() > 1 || holds_alone(session, people, speaker, office);
        names.extend(offices(label).into_iter().filter(is_held_alone).map(|office| (Fit::Office, office)));
        names.push((if is_initials(label) { Fit::Initials } else { Fit::Whole }, core));
    }
    let heard = speaker.aliases.iter().filter(|alias| !alias.is_label);
    names.extend(heard.map(|alias| {
        (if is_initials(&alias.name) { Fit::Initials } else { Fit::Whole }, core_name(&alias.name))
    }));
    let office: &[&str] = match speaker.role {
        Role::Moderator => &["moderator", "host", "facilitator"],
        Role::Chair => &["chair", "chairman", "chairperson", "president"],
        Role::Interpreter => &["interpreter"],
        Role::Audience => &["audience"],
        Role::Speaker => &[],
    };
    names.extend(office.iter().map(|o| (Fit::Role, vec![(*o).to_owned()])));
    let shared = [&speaker.stakeholder, &speaker.group];
    names.extend(shared.iter().filter(|s| !s.is_empty()).map(|s| (Fit::Role, folded_words(s))));
    names.retain(|(_, name)| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

fn is_unique(session: &Session, people: &People, speaker: &Speaker, part: &str) -> bool {
    let others = people.speakers.iter().filter(|other| !std::ptr::eq(*other, speaker));
    let mut labels = others.flat_map(|o| o.labels.iter().map(|&l| session.label(l)).chain([o.name.as_str()]));
    !labels.any(|label| core_name(label).iter().any(|w| w == part))
}

/// Whether no other speaker's label has an office of that one word, alone or with more.
fn holds_alone(session: &Session, people: &People, speaker: &Speaker, office: &[String]) -> bool {
    let others = people.speakers.iter().filter(|other| !std::ptr::eq(*other, speaker));
    let mut labels = others.flat_map(|other| other.labels.iter().map(|&label| session.label(label)));
    !labels.any(|label| folded_words(label).iter().any(|word| office.contains(word)))
}

/// Where a name in ideographs stands in a text: no space sets it apart from what is around it.
fn unspaced(text: &str, name: &[String]) -> Vec<Span> {
    match name {
        [one] if one.chars().count() > 1 && one.chars().all(is_ideograph) => {
            text.match_indices(one.as_str()).map(|(at, _)| Span::new(at, at + one.len())).collect()
        }
        _ => Vec::new(),
    }
}

/// Words before an office of one word that say that its holder is meant.
const BEFORE_OFFICE: [&str; 7] = ["the", "mr", "mrs", "ms", "madam", "dear", "honourable"];

/// Where `name` stands in the text. One-word names must be capitalised as names are, a lone letter
/// must be a capital that does not stand for the article or the pronoun.
fn places(words: &[Word], name: &[String], fit: Fit) -> Vec<usize> {
    let article = |at: usize| {
        let before = at.checked_sub(1).map(|b| words[b].folded.as_str());
        matches!(name[0].as_str(), "a" | "i")
            && !matches!(before, Some("did" | "does" | "by" | "grad" | "phd" | "professor"))
    };
    let fits = |at: usize| match (fit, name.len()) {
        (Fit::Letter, 1) => words[at].folded.chars().count() == 1 && words[at].is_capital && !article(at),
        (Fit::Initials, _) => words[at].is_upper,
        (Fit::Whole | Fit::Part, 1) => words[at].is_capital,
        // Not “a former minister”.
        (Fit::Office, 1) => {
            at.checked_sub(1).is_none_or(|b| BEFORE_OFFICE.contains(&words[b].folded.as_str()))
        }
        _ => true,
    };
    (0..words.len().saturating_sub(name.len() - 1))
        .filter(|&at| words[at..at + name.len()].iter().map(|w| &w.folded).eq(name) && fits(at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};

    fn named(labels: &[&str], text: &str) -> Vec<String> {
        let mut builder = SessionBuilder::new("s");
        for label in labels {
            builder.turn(label).text("Words.", Join::Line, 1, None);
        }
        let session = builder.finish(0);
        let people = super::super::resolve(&session, &Default::default());
        let name = |m: &Mention| people.speakers[m.speaker.0 as usize].name.clone();
        mentions(text, &session, &people).iter().map(name).collect()
    }

    #[test]
    fn people_are_found_by_name_surname_and_label_letter() {
        let people = ["Hon. Ada Okoro (Minister)", "Bo Lund", "Grad C", "Marketing"];
        assert_eq!(named(&people, "What did Ada Okoro say to Bo?"), ["Hon. Ada Okoro (Minister)", "Bo Lund"]);
        assert_eq!(named(&people, "Why did Mr. Lund's team leave?"), ["Bo Lund"]);
        assert_eq!(named(&people, "What did C think about it?"), ["Grad C"]);
        assert_eq!(named(&people, "Which marketing strategy?"), Vec::<String>::new());
        assert_eq!(named(&people, "What did Marketing propose?"), ["Marketing"]);
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
    fn an_article_is_no_speaker() {
        assert_eq!(named(&["Grad A", "Grad B"], "Was a decision made? A plan?"), Vec::<String>::new());
        assert_eq!(named(&["Grad A", "Grad B"], "What did A think?"), ["Grad A"]);
    }
}
