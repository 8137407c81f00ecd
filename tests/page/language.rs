//! The words of a page are those of its language, and no English ones remain.

use std::collections::BTreeSet;

use rapporteur::model::{Language, ReasonKind, Warning, WarningCode};
use rapporteur::write::{self, page};
use scraper::{ElementRef, Html, Node};

use crate::structure::select;
use crate::support::{Source, fixtures, page_of, sessions};

/// Words that are the same in every language: names of programs, formats and units.
const NAMES: &[&str] = &[
    "rapporteur",
    "compare",
    "report",
    "page",
    "html",
    "HTML",
    "csv",
    "sentences",
    "sentence",
    "issues",
    "pandas",
    "Datasette",
    "UTF",
    "SHA",
    "jsonl",
    "json",
    "txt",
    "vtt",
    "srt",
    "md",
    "fixtures",
];

fn fixture(name: &str) -> Source {
    let mut all = fixtures().into_iter();
    all.find(|(known, _)| known == name).map(|(_, source)| source).expect("it is a fixture")
}

/// The runs of at least three Latin letters.
fn latin_words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| word.len() > 2).map(str::to_owned).collect()
}

/// What an element says to a reader in the page's own language: text and labels, without what is marked as of
/// another language.
fn said(element: ElementRef<'_>, is_root: bool, out: &mut String) {
    let value = element.value();
    let is_foreign = !is_root && value.attr("lang").is_some_and(|language| language == "en");
    if is_foreign || ["script", "style"].contains(&value.name()) {
        return;
    }
    for attribute in ["aria-label", "title", "placeholder", "alt"] {
        out.extend(value.attr(attribute).map(|text| format!(" {text} ")));
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(&format!(" {} ", &**text)),
            Node::Element(_) => said(ElementRef::wrap(child).expect("it is an element"), false, out),
            _ => {}
        }
    }
}

#[test]
fn no_english_word_is_left_on_the_page_of_a_session_in_another_script() {
    for (name, code, direction) in [
        ("waimai-qishou", "zh", "ltr"),
        ("tahliya-baladiya", "ar", "rtl"),
        ("poligon-slushaniya", "ru", "ltr"),
    ] {
        let source = fixture(name);
        let sessions = sessions(&source);
        let page = page_of(&source, &sessions);
        let html = page::html(&page).expect("it can be written");
        let parsed = Html::parse_document(&html);
        let root = parsed.root_element();
        assert_eq!(root.value().attr("lang"), Some(code), "{name}");
        assert_eq!(root.value().attr("dir"), Some(direction), "{name}");
        let mut allowed: BTreeSet<String> = NAMES.iter().map(|word| (*word).to_owned()).collect();
        for session in &sessions {
            let given = [&session.id, &session.title, &session.source.path, &session.source.format];
            given.iter().for_each(|text| allowed.extend(latin_words(text)));
            allowed.extend(latin_words(&session.source.sha256));
            for turn in 0..session.turns.len() {
                allowed.extend(latin_words(session.turn_label(turn)));
                allowed.extend(latin_words(session.turn_text(turn)));
            }
        }
        for entry in &source.roster.entries {
            allowed.extend(latin_words(&format!("{entry:?}")));
        }
        source.issues.iter().for_each(|issue| allowed.extend(latin_words(&format!("{issue:?}"))));
        allowed.extend(write::tables::TABLES.iter().flat_map(|table| latin_words(table.name)));
        let mut text = String::new();
        said(root, true, &mut text);
        let left: Vec<String> = latin_words(&text).difference(&allowed).cloned().collect();
        assert_eq!(left, Vec::<String>::new(), "{name}");
        let markdown = page::markdown(&page);
        let headings: String = markdown.lines().filter(|line| line.starts_with('#')).collect();
        let left: Vec<String> = latin_words(&headings).difference(&allowed).cloned().collect();
        assert_eq!(left, Vec::<String>::new(), "{name}, Markdown");
    }
}

/// What the script says comes from the page, too.
#[test]
fn the_script_has_no_words_of_its_own() {
    let script = include_str!("../../src/write/page/page.js");
    let setters = ["textContent = ", "innerText = ", "title = ", "button(", "setAttribute(\"aria-label\", "];
    for rest in setters.iter().flat_map(|setter| script.split(setter).skip(1)) {
        let text = rest.strip_prefix(['"', '`']).unwrap_or("");
        assert!(!text.starts_with(char::is_alphabetic), "{}", text.lines().next().unwrap_or(""));
    }
}

#[test]
fn the_language_of_the_words_can_be_chosen_and_is_that_of_the_session_else() {
    let source = fixture("port-negotiation");
    let sessions = sessions(&source);
    let mut page = page_of(&source, &sessions);
    let in_language = |page: &rapporteur::model::Page| {
        let parsed = Html::parse_document(&page::html(page).expect("it can be written"));
        let headings: Vec<String> =
            select(&parsed, "section > h2").iter().map(|heading| heading.text().collect()).collect();
        let language = parsed.root_element().value().attr("lang").unwrap_or_default().to_owned();
        let of_quotations = select(&parsed, "blockquote[lang]").first().and_then(|q| q.value().attr("lang"));
        (language, headings.first().cloned().unwrap_or_default(), of_quotations.unwrap_or("").to_owned())
    };
    let as_said = |language: &str, heading: &str| (language.to_owned(), heading.to_owned(), "en".to_owned());
    assert_eq!(in_language(&page), as_said("en", "In brief"));
    for (code, expected) in [
        ("de", "Kurz gefasst"),
        ("fr", "En bref"),
        ("es", "En breve"),
        ("it", "In breve"),
        ("pt", "Em resumo"),
    ] {
        page.presentation.language = Some(code.parse::<Language>().expect("it is a code"));
        assert_eq!(in_language(&page), as_said(code, expected));
    }
    page.presentation.language = Some("nl".parse::<Language>().expect("it is a code"));
    assert_eq!(in_language(&page), as_said("en", "In brief"));
}

#[test]
fn a_warning_is_named_in_the_language_of_the_page_before_its_message_in_english() {
    let source = fixture("port-negotiation");
    let sessions = sessions(&source);
    let mut page = page_of(&source, &sessions);
    let message = "no line <of> text";
    page.sessions[0].warnings = vec![
        Warning::at_line(WarningCode::TextKind, 7, message),
        Warning::of_session(WarningCode::Notes, "n"),
    ];
    for (code, expected) in [
        ("en", vec![vec!["line 7: no line <of> text"], vec!["n"]]),
        (
            "de",
            vec![
                vec!["Zeile 7: Der Text eines Beitrags ist keine Zeichenkette", message],
                vec!["Das Dokument hat Fußnoten, Endnoten oder Kommentare, die niemand spricht", "n"],
            ],
        ),
    ] {
        page.presentation.language = Some(code.parse::<Language>().expect("it is a code"));
        let parsed = Html::parse_document(&page::html(&page).expect("it can be written"));
        let shown: Vec<ElementRef<'_>> = select(&parsed, "li")
            .into_iter()
            .filter(|line| expected.iter().any(|parts| line.text().eq(parts.iter().copied())))
            .collect();
        assert_eq!(shown.len(), 2, "{code}");
        for line in shown {
            let english = if code == "en" {
                line
            } else {
                ElementRef::wrap(line.last_child().expect("it has a message")).expect("it is marked")
            };
            assert_eq!(english.value().attr("lang"), Some("en"), "{code}");
            let direction = if code == "en" { "auto" } else { "ltr" };
            assert_eq!(english.value().attr("dir"), Some(direction), "{code}");
        }
        let in_markdown = page::markdown(&page);
        assert_eq!(in_markdown.contains("Zeichenkette (no line"), code == "de");
    }
}

#[test]
fn every_reason_of_a_fixture_is_of_a_kind_that_pages_name() {
    let mut n_reasons = 0;
    for (name, source) in fixtures() {
        let sessions = sessions(&source);
        let mut page = page_of(&source, &sessions);
        for speaker in page.sessions.iter().flat_map(|session| &session.part.speakers) {
            let aliases = speaker.alias_because.iter().map(|alias| &alias.because.reason);
            let stakeholder = speaker.stakeholder_because.iter().map(|because| &because.reason);
            for reason in aliases.chain(stakeholder).chain(speaker.role_because.first()) {
                assert!(ReasonKind::of(reason).is_some(), "{name}: {reason}");
                n_reasons += 1;
            }
        }
        if name == "port-negotiation" {
            page.presentation.language = Some("de".parse::<Language>().expect("it is a code"));
            let parsed = Html::parse_document(&page::html(&page).expect("it can be written"));
            let english = select(&parsed, "#method td small");
            assert!(!english.is_empty());
            assert!(english.iter().all(|reason| reason.value().attr("lang") == Some("en")));
            assert!(page::markdown(&page).contains("Die Teilnehmerliste sagt es (the roster says so)"));
        }
    }
    assert!(n_reasons > 50, "{n_reasons}");
}
