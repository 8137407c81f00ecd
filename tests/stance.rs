//! Stances, references and agreement, held to tables of sentences and to what the fixtures say of
//! themselves.

use proptest::prelude::*;
use rapporteur::model::{
    Ground, Language, Mention, ReferenceKind, Relation, SentenceId, Span, SpeakerId, Stance, Stated,
};
use rapporteur::stance::{
    Antecedents, Motion, OwnName, Referred, StanceLists, Standing, Utterance, compared, motion, of_issue,
    of_sentence, of_sentences, references, said, short_name,
};
use rapporteur::text::read_line;

/// What is made of a text, read as one sentence of somebody who may call itself Kestria.
fn read<T>(text: &str, language: Language, answers: bool, make: impl FnOnce(&Utterance) -> T) -> T {
    let tokens = read_line(text, language);
    let lists = StanceLists::new(&tokens);
    let own: Vec<OwnName> = OwnName::of(&read_line("Kestria", language)).into_iter().collect();
    let utterance = Utterance { own: &own, answers, ..Utterance::of_line(&tokens, &lists) };
    make(&utterance)
}

/// The stance of a whole text, read as one sentence.
fn stated(text: &str, answers: bool) -> Option<Stated> {
    read(text, Language::ENGLISH, answers, of_sentence)
}

/// The rows of a table, without comments.
fn rows(table: &'static str, columns: usize) -> Vec<Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    for row in &rows {
        assert_eq!(row.len(), columns, "malformed: {row:?}");
    }
    rows
}

#[test]
fn every_rule_of_scope_holds_on_its_sentences() {
    let rows = rows(include_str!("stance/sentences.tsv"), 4);
    assert!(rows.len() >= 120, "only {} sentences", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let [rule, stance, cue, text] = row[..] else { continue };
        let found = stated(text, rule == "answer");
        let said = found.map_or(("-", ""), |s| (s.stance.name(), s.cue.of(text)));
        if said != (stance, cue) {
            wrong.push(format!("{rule}: {text:?} states {said:?}, not {:?}", (stance, cue)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a text, read as one sentence, states of a thing that it names.
fn stated_of(thing: &str, text: &str) -> Option<Stated> {
    let lower = text.to_lowercase();
    let places = lower.match_indices(thing).map(|(at, _)| Span::new(at, at + thing.len()));
    let places: Vec<Span> = places.collect();
    assert!(!places.is_empty(), "{thing} is not in {text:?}");
    read(text, Language::ENGLISH, false, |utterance| of_issue(utterance, &places))
}

#[test]
fn a_stance_is_of_what_its_cue_is_said_of() {
    let rows = rows(include_str!("stance/targets.tsv"), 3);
    assert!(rows.len() >= 40, "only {} sentences", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let [thing, stance, text] = row[..] else { continue };
        let found = stated_of(thing, text).map_or("-", |stated| stated.stance.name());
        if found != stance {
            wrong.push(format!("{text:?} states {found} of {thing:?}, not {stance}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn capitals_and_apostrophes_do_not_matter() {
    for row in rows(include_str!("stance/sentences.tsv"), 4) {
        let (rule, text) = (row[0], row[3]);
        let stance = |text: &str| stated(text, rule == "answer").map(|s| (s.stance, s.ground));
        for variant in [text.to_uppercase(), text.to_lowercase(), text.replace('\'', "’")] {
            assert_eq!(stance(&variant), stance(text), "{variant:?}");
        }
    }
}

#[test]
fn a_language_without_a_lexicon_has_no_stances() {
    let polish: Language = "pl".parse().expect("a code");
    assert_eq!(read("We oppose the levy.", polish, false, of_sentence), None);
}

/// The turn before is Cleo Marsh's; nobody has been addressed by name.
const ANTECEDENTS: Antecedents =
    Antecedents { previous: Some(SpeakerId(2)), before: Some(SpeakerId(2)), addressed: None, opens: true };

#[test]
fn every_reference_goes_to_whom_it_means() {
    let rows = rows(include_str!("stance/references.tsv"), 2);
    assert!(rows.len() >= 30, "only {} sentences", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let [expected, text] = row[..] else { continue };
        let said = referred(text, Language::ENGLISH);
        if said != expected {
            wrong.push(format!("{text:?}: {said}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn references_are_found_in_every_language() {
    let rows = rows(include_str!("stance/references_languages.tsv"), 3);
    assert!(rows.len() >= 40, "only {} sentences", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let [language, expected, text] = row[..] else { continue };
        let said = referred(text, language.parse().expect("a language"));
        if said != expected {
            wrong.push(format!("{text:?}: {said}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What Ada Okoro says of the others in a sentence that opens her turn.
fn referred(text: &str, language: Language) -> String {
    let names = ["Ada Okoro", "Bo Lund", "Cleo Marsh", "Dita Voss"];
    let mut named = Vec::new();
    for (id, name) in names.iter().enumerate() {
        let first = name.split(' ').next().unwrap_or(name);
        let found =
            text.find(name).map(|at| (at, name.len())).or(text.find(first).map(|at| (at, first.len())));
        let mention =
            |(at, length)| Mention { speaker: SpeakerId(id as u32), span: Span::new(at, at + length) };
        named.extend(found.map(mention));
    }
    let tokens = read_line(text, language);
    let lists = StanceLists::new(&tokens);
    let utterance = Utterance::of_line(&tokens, &lists);
    let found = references(&utterance, None, SpeakerId(0), SentenceId(0), &named, ANTECEDENTS);
    assert!(found.iter().all(|r| r.from != r.to && r.cue.end() <= text.len()));
    let mut said: Vec<String> =
        found.iter().map(|r| format!("{} {}", r.kind, names[r.to.0 as usize])).collect();
    said.sort();
    if said.is_empty() { "-".to_owned() } else { said.join(" + ") }
}

fn one(stance: Stance, ground: Ground) -> Stated {
    Stated { stance, ground, cue: Span::new(0, 1) }
}

#[test]
fn several_sentences_are_mixed_where_they_differ() {
    use Stance::{Concern, Mixed, Oppose, Support};
    let cases: &[(&[Stance], Option<Stance>)] = &[
        (&[], None),
        (&[Support, Support], Some(Support)),
        (&[Oppose, Concern], Some(Oppose)),
        (&[Concern], Some(Concern)),
        (&[Support, Concern], Some(Mixed)),
        (&[Support, Oppose, Support], Some(Mixed)),
    ];
    for (stances, expected) in cases {
        let stated: Vec<Stated> = stances.iter().map(|&s| one(s, Ground::Attitude)).collect();
        assert_eq!(of_sentences(&stated), *expected, "{stances:?}");
    }
    let answered = [one(Support, Ground::Answer), one(Oppose, Ground::Attitude)];
    assert_eq!(of_sentences(&answered), Some(Oppose), "an answer counts only alone");
    assert_eq!(of_sentences(&answered[..1]), Some(Support));
}

fn standing(party: usize, stance: Stance, confidence: f64) -> Standing {
    Standing { party, stance, confidence, sentence: SentenceId(party as u32) }
}

#[test]
fn stances_on_an_issue_are_the_same_or_opposite_and_never_agreement() {
    use Stance::{Concern, Mixed, Oppose, Support};
    let cases = [
        (Support, Support, Some(Relation::Same)),
        (Oppose, Concern, Some(Relation::Same)),
        (Support, Oppose, Some(Relation::Opposite)),
        (Concern, Support, Some(Relation::Opposite)),
        (Mixed, Support, None),
    ];
    for (a, b, expected) in cases {
        let found = compared(&[standing(0, a, 0.9), standing(1, b, 0.6)]);
        assert_eq!(found.first().map(|f| f.relation), expected, "{a:?} beside {b:?}");
        assert!(
            found
                .iter()
                .all(|f| f.strength == 0.6 && (f.sentence_a, f.sentence_b) == (SentenceId(0), SentenceId(1)))
        );
    }
}

#[test]
fn the_surest_pairs_of_stances_come_first_and_are_as_few_as_anybody_reads() {
    let many: Vec<Standing> =
        (0..40).map(|party| standing(party, Stance::Support, 1.0 - party as f64 / 100.0)).collect();
    let found = compared(&many);
    assert_eq!(found.len(), 15 * 14 / 2);
    assert_eq!((found[0].a, found[0].b), (0, 1));
    assert!(found.windows(2).all(|pair| pair[0].strength >= pair[1].strength));
    assert!(found.iter().all(|f| f.a < f.b && f.b < 15));
}

#[test]
fn who_says_that_it_agrees_does_where_the_other_said_something_before() {
    let referred = |from, to, kind, sentence, about: Option<u32>| Referred {
        from,
        to,
        kind,
        sentence: SentenceId(sentence),
        about: about.map(SentenceId),
    };
    let agree = referred(1, 0, ReferenceKind::Agree, 5, Some(2));
    let found = said(&[agree, referred(1, 0, ReferenceKind::Agree, 9, Some(2))]);
    assert_eq!(found.len(), 1, "each pair and relation once");
    let first = &found[0];
    assert_eq!((first.a, first.b, first.relation), (0, 1, Relation::Agree));
    assert_eq!((first.sentence_a, first.sentence_b), (SentenceId(2), SentenceId(5)));
    let both = said(&[agree, referred(0, 1, ReferenceKind::Disagree, 7, Some(5))]);
    assert_eq!(both.len(), 2, "who agrees here and differs there does both");
    for kept_out in [
        referred(1, 0, ReferenceKind::Mention, 5, Some(2)),
        referred(1, 0, ReferenceKind::Agree, 5, None),
        referred(1, 1, ReferenceKind::Agree, 5, Some(2)),
    ] {
        assert_eq!(said(&[kept_out]), [], "{kept_out:?}");
    }
}

#[test]
fn a_body_calls_itself_by_a_word_of_its_name() {
    for (name, expected) in [
        ("Small Ports Coalition", Some("the coalition")),
        ("International Union of Harbour Cities", Some("the union")),
        ("Federation of Liner Operators", Some("the federation")),
        ("Union", None),
        ("Kestria", None),
    ] {
        assert_eq!(short_name(name, Language::ENGLISH).as_deref(), expected, "{name}");
    }
}

#[test]
fn a_motion_is_known_by_its_wording() {
    let cases = [
        ("That this House regrets the closure of the mill.", Some(Motion::Criticises)),
        ("That this Council calls on the mayor to think again.", Some(Motion::Criticises)),
        ("That the draft order be approved.", Some(Motion::Passes)),
        ("That this House welcomes the new bridge.", Some(Motion::Passes)),
        ("That the Bill be now read a second time.", Some(Motion::Passes)),
        ("Shore power in harbours", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, Language::ENGLISH, false, motion), expected, "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_survived_and_its_cue_lies_inside(
        text in "([a-z]{1,4}|we|not|support|oppose|but|if|while|agree|\"|that|says|is it not|illegal|, |\\. |\\?| |--|\\{x\\}|\\PC){0,40}",
        lead in "\\PC{0,5}",
    ) {
        let text = format!("{lead}{text}");
        read(&text, Language::ENGLISH, true, |utterance| {
            let whole = Span::new(lead.len(), text.len());
            let range = utterance.tokens.of_span(0, whole);
            let utterance = &Utterance { range: range.clone(), ..utterance.clone() };
            let lies_inside = |cue: Span| whole.start() <= cue.start() && cue.end() <= whole.end();
            if let Some(found) = of_sentence(utterance) {
                prop_assert!(lies_inside(found.cue) && !found.cue.of(&text).is_empty());
                prop_assert!(found.stance != Stance::Mixed);
            }
            let words: Vec<Span> = utterance.tokens.slice(range).iter().map(|token| token.span).collect();
            for word in &words {
                let found = of_issue(utterance, &[*word]);
                prop_assert!(found.is_none_or(|found| lies_inside(found.cue)));
            }
            let first = words.first().copied().unwrap_or(whole);
            let named = [Mention { speaker: SpeakerId(1), span: first }];
            let found = references(utterance, None, SpeakerId(0), SentenceId(0), &named, ANTECEDENTS);
            for reference in found {
                prop_assert!(!reference.cue.of(&text).is_empty() && reference.to != reference.from);
            }
            Ok(())
        })?;
    }
}
