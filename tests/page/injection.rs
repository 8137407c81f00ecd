//! Strings that would run, or bring markup of their own, if a page let them: in every place that takes
//! text from outside, and always shown as text.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::definition::Definition;
use rapporteur::model::{Issue, Role, Roster, RosterEntry};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::write::{self, Layout, page};
use scraper::{Html, Selector};
use serde_json::json;

use crate::support::{Source, one_line, page_of, sessions};

/// One a line: `#` opens a comment.
const STRINGS: &str = include_str!("injections.txt");

/// Something harmless in their place.
// With a filler, so that its quotations say on a pointer what was left out of them.
const PLAIN: &str = "plain, um, words";

#[test]
fn nothing_in_a_transcript_gets_out_of_its_place() {
    let strings: Vec<&str> =
        STRINGS.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
    assert!(strings.len() >= 60, "only {} strings", strings.len());
    let plain = made(PLAIN);
    let known = shape(&plain.html);
    let known_summaries = shape(&plain.summaries);
    for string in strings {
        let made = made(string);
        unchanged(string, &known, &shape(&made.html));
        unchanged(string, &known_summaries, &shape(&made.summaries));
        let shown: String = Html::parse_document(&made.html).root_element().text().collect();
        assert!(one_line(&shown).contains(&one_line(string)), "{string:?} is not shown as text");
        markdown(string, &made.markdown);
    }
}

/// Everything that is made of a session.
struct Made {
    html: String,
    markdown: String,
    summaries: String,
}

/// A session with a string wherever text comes from outside.
fn made(string: &str) -> Made {
    let said = |text: &str| text.replace("{}", string);
    let turns = [
        ("", said("Welcome. I open the session on {} and give the floor to the delegation.")),
        (" One", said("We strongly support the night ferry because {} helps the island. We welcome {} too.")),
        (
            " Two",
            said("We oppose the night ferry. The cost of {} is unacceptable, and we are concerned about it."),
        ),
        ("", said("Does the delegation think that {} can be paid for by the island?")),
        (" One", said("I agree with Two on {}. We propose a fund for the night ferry and for {}.")),
        (" Three", said("The ferry must sail at night. {} We cannot accept another delay of the ferry.")),
    ];
    let speaker = |suffix: &str| format!("{string}{suffix}");
    let turns: Vec<_> =
        turns.iter().map(|(who, text)| json!({"speaker": speaker(who), "text": text})).collect();
    let session = json!({"id": string, "title": string, "date": "2024-07-02", "turns": turns});
    let entry = |suffix: &str, role| RosterEntry {
        speaker: speaker(suffix),
        stakeholder: format!("{string} of{suffix}"),
        group: string.to_owned(),
        role,
        ..RosterEntry::default()
    };
    let roster = Roster {
        entries: vec![
            entry("", Some(Role::Moderator)),
            entry(" One", None),
            entry(" Two", None),
            entry(" Three", None),
        ],
        ..Roster::default()
    };
    let issue = Issue {
        label: string.to_owned(),
        terms: vec!["night ferry".into(), string.to_owned()],
        text: String::new(),
    };
    let input = Input { path: format!("{string}.jsonl"), bytes: format!("{session}\n").into_bytes() };
    let source = Source { inputs: vec![input], roster, issues: vec![issue] };
    let sessions = sessions(&source);
    let made = page_of(&source, &sessions);
    let known = KnownPeople { roster: source.roster.clone(), ..KnownPeople::default() };
    let report = pipeline::summarize(&sessions[0], &known, &Definition::default()).expect("it is summarized");
    Made {
        html: page::html(&made).expect("it can be written"),
        markdown: page::markdown(&made),
        summaries: write::html::write(&[report], Layout::PLAIN).expect("it can be written"),
    }
}

/// What a page is made of: elements with their attributes, and where links lead.
struct Shape {
    kinds: BTreeSet<(String, String)>,
    scripts: Vec<String>,
    meta: BTreeMap<String, String>,
}

fn shape(html: &str) -> Shape {
    let page = Html::parse_document(html);
    let (mut kinds, mut scripts, mut meta) = (BTreeSet::new(), Vec::new(), BTreeMap::new());
    for element in page.select(&Selector::parse("*").expect("it is a selector")) {
        let name = element.value().name().to_owned();
        kinds.insert((name.clone(), String::new()));
        for (attribute, value) in element.value().attrs() {
            kinds.insert((name.clone(), attribute.to_owned()));
            if ["href", "src", "action", "xlink:href"].contains(&attribute) {
                let is_ours =
                    value.starts_with('#') || value.starts_with("data:text/csv;charset=utf-8;base64,");
                assert!(is_ours, "a link leads to {value}");
            }
            if attribute == "http-equiv" {
                let content = element.value().attr("content").unwrap_or_default();
                meta.insert(value.to_owned(), content.to_owned());
            }
        }
        if ["script", "style"].contains(&name.as_str()) {
            scripts.push(element.text().collect());
        }
    }
    Shape { kinds, scripts, meta }
}

fn unchanged(string: &str, plain: &Shape, found: &Shape) {
    let more: Vec<_> = found.kinds.difference(&plain.kinds).collect();
    assert!(more.is_empty(), "{string:?} makes {more:?}");
    assert_eq!(found.scripts, plain.scripts, "{string:?} changes the script or the style sheet");
    assert_eq!(found.meta, plain.meta, "{string:?} changes the policy");
}

/// No raw HTML, no link or picture but our own links within the page.
fn markdown(string: &str, text: &str) {
    for (at, character) in text.char_indices() {
        let is_escaped = text[..at].chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        if character == '<' || character == '`' && !text[at..].starts_with("`rapporteur compare`") {
            let is_ours = text[..at].ends_with("`rapporteur compare");
            let is_empty_comment = text[at..].starts_with("<!-- -->");
            let is_last_line =
                text[at..].starts_with("<!-- made by rapporteur ") && text[at..].lines().count() == 1;
            assert!(
                is_escaped || is_ours || is_empty_comment || is_last_line,
                "{string:?} leaves {character} in the Markdown as it is"
            );
        }
        if character == '[' && !is_escaped {
            let is_ours = text[at..].split_once("](#").is_some_and(|(label, _)| !label.contains('\n'));
            assert!(is_ours && !text[..at].ends_with('!'), "{string:?} makes a link in the Markdown");
        }
    }
}
