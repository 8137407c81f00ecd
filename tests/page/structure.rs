//! The shape of pages: one heading, unique anchors, links that lead somewhere, tables that can be heard,
//! and every quotation held against the source.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rapporteur::model::{Session, StakeholderTotals};
use rapporteur::pipeline::verify_claims;
use rapporteur::verify::Claim;
use rapporteur::write::page;
use rapporteur::{text, write};
use scraper::{ElementRef, Html, Selector};

use crate::support::{Source, fixtures, one_line, page_of, sessions};

#[test]
fn every_fixture_makes_a_sound_page() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 10, "only {} fixtures were found", fixtures.len());
    for (name, source) in fixtures {
        let sessions = sessions(&source);
        check(&name, &sessions, &page::html(&page_of(&source, &sessions)).expect("it can be written"));
    }
}

#[test]
fn several_sessions_make_one_sound_page() {
    let wanted = ["ai-hiring-panel", "port-negotiation", "tahliya-baladiya"];
    let inputs: Vec<_> = fixtures().into_iter().filter(|(name, _)| wanted.contains(&name.as_str())).collect();
    let inputs = inputs.into_iter().flat_map(|(_, source)| source.inputs).collect();
    let source = Source { inputs, roster: Default::default(), issues: Vec::new() };
    let sessions = sessions(&source);
    assert_eq!(sessions.len(), wanted.len());
    let html = page::html(&page_of(&source, &sessions)).expect("it can be written");
    check("several", &sessions, &html);
    assert!(html.contains("id=\"x2-transcript\"") && html.contains("id=\"sessions\""));
}

/// Whatever has several stances on an issue shows them before all else, each side with its number and names.
#[test]
fn a_page_begins_with_who_stands_where() {
    let mut n_contested = 0;
    for (name, source) in fixtures() {
        let sessions = sessions(&source);
        let page = page_of(&source, &sessions);
        let has_stances =
            |totals: &StakeholderTotals| totals.in_matrices && totals.stances.iter().any(Option::is_some);
        let html = Html::parse_document(&page::html(&page).expect("it can be written"));
        let first = select(&html, "main > section").into_iter().next().expect("there is a section");
        let rows = select(&html, "#brief .contest > li");
        if page.overall.stakeholders.iter().filter(|totals| has_stances(totals)).count() < 2 {
            continue;
        }
        if rows.is_empty() {
            // Stances that nobody shares and nobody contests are further down.
            assert!(
                html.select(&Selector::parse("#issues").expect("it is a selector")).next().is_some(),
                "{name}"
            );
            continue;
        }
        assert_eq!(first.value().attr("id"), Some("brief"), "{name}");
        for row in rows {
            let camps: Vec<ElementRef<'_>> =
                row.select(&Selector::parse(".camp").expect("it is a selector")).collect();
            let bars = row.select(&Selector::parse("rect").expect("it is a selector")).count();
            assert_eq!(camps.len(), bars, "{name}");
            n_contested += usize::from(camps.len() > 1);
            for camp in camps {
                let said = text_of(camp);
                let n: usize =
                    said.split(' ').next().and_then(|n| n.parse().ok()).expect("it begins with a number");
                let named = camp.select(&Selector::parse("bdi").expect("it is a selector")).count();
                assert!(named == n || said.ends_with(&format!("and {} more", n - named)), "{name}: {said}");
            }
        }
    }
    assert!(n_contested >= 10, "only {n_contested} contested issues were shown");
}

pub(crate) fn check(name: &str, sessions: &[Session], html: &str) {
    let page = Html::parse_document(html);
    let n_quotations = quotations(name, sessions, &page);
    assert!(n_quotations > 0, "{name}: there is no quotation");
    anchors(name, &page);
    headings(name, &page);
    tables(name, &page);
    transcript(name, sessions, &page);
    downloads(name, &page);
    for element in select(&page, "*") {
        for (attribute, _) in element.value().attrs() {
            let is_inline = attribute == "style" || attribute.starts_with("on");
            assert!(!is_inline, "{name}: <{}> has the attribute {attribute}", element.value().name());
        }
    }
}

pub(crate) fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("it is a selector");
    page.select(&selector).collect()
}

fn words_of(element: ElementRef<'_>, selector: &str) -> String {
    let selector = Selector::parse(selector).expect("it is a selector");
    element.select(&selector).next().map(text_of).unwrap_or_default()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// The session that an anchor belongs to, and the anchor without its prefix.
fn session_of<'s>(sessions: &'s [Session], id: &str) -> (&'s Session, String) {
    let numbered = id.strip_prefix('x').and_then(|rest| rest.split_once('-'));
    match numbered.and_then(|(number, rest)| Some((number.parse::<usize>().ok()?, rest))) {
        Some((number, rest)) => (&sessions[number - 1], rest.to_owned()),
        None => (&sessions[0], id.to_owned()),
    }
}

/// Holds every quotation against the source, by the places that it states.
fn quotations(name: &str, sessions: &[Session], page: &Html) -> usize {
    let anchors: BTreeMap<&str, ElementRef<'_>> =
        select(page, "[id]").into_iter().map(|e| (e.value().attr("id").unwrap_or_default(), e)).collect();
    let figures = select(page, "figure.quotation");
    for &figure in &figures {
        let attribute = |name: &str| figure.value().attr(name).unwrap_or_default().to_owned();
        let number = |name: &str| attribute(name).parse::<u64>().expect("it is a number");
        let id = attribute("id");
        let (session, _) = session_of(sessions, &id);
        let (turn, start, end) = (number("data-turn"), number("data-start"), number("data-end"));
        let slice = &session.turn_text(turn as usize)[start as usize..end as usize];
        let claim = Claim {
            session: session.id.clone(),
            speaker: session.turn_label(turn as usize).to_owned(),
            rank: 0,
            turn,
            sentence: Some(number("data-sentence")),
            start,
            end,
            text: slice.to_owned(),
        };
        assert_eq!(verify_claims(&[claim], &[session]), [], "{name} {id}");
        let shown = words_of(figure, ".words");
        let language = session.language_of(turn as usize);
        let whole = [one_line(slice), one_line(&text::display(slice, language))];
        let begun = shown.strip_prefix("[…] ").unwrap_or(&shown);
        assert!(
            !begun.starts_with(char::is_lowercase) || begun != shown,
            "{name} {id}: “{shown}” begins small"
        );
        let cut = begun.strip_suffix(" […]").unwrap_or(begun);
        assert!(
            whole.iter().any(|w| w == begun || w.trim_end() == cut),
            "{name} {id}: “{shown}” is not {whole:?}"
        );
        let link = figure.select(&Selector::parse("a.place").expect("it is a selector")).next();
        let href = link.and_then(|link| link.value().attr("href")).unwrap_or_default();
        let place = anchors.get(href.trim_start_matches('#')).copied();
        let place = place.unwrap_or_else(|| panic!("{name} {id}: {href} leads nowhere"));
        assert!(one_line(&text_of(place)).contains(&one_line(slice)), "{name} {id}: not at {href}");
        let back = format!("a.back[href=\"#{id}\"]");
        assert_eq!(select(page, &back).len(), 1, "{name} {id}: no link leads back");
        let button = figure.select(&Selector::parse("button.copy").expect("it is a selector")).next();
        let has_speaker = figure.value().attr("data-speaker").is_some_and(|speaker| !speaker.is_empty());
        let sources = select(page, "body")[0].value().attr("data-sources").unwrap_or_default();
        let sources: BTreeMap<String, String> = serde_json::from_str(sources).expect("it is JSON");
        let number = id.find("q-").unwrap_or(0);
        let is_told = sources.get(&id[..number]).is_some_and(|source| !source.is_empty());
        assert!(button.is_some() && has_speaker && is_told, "{name} {id}: no citation can be made");
    }
    figures.len()
}

fn anchors(name: &str, page: &Html) {
    let mut ids = BTreeSet::new();
    for element in select(page, "[id]") {
        let id = element.value().attr("id").unwrap_or_default();
        assert!(ids.insert(id.to_owned()), "{name}: {id} is there twice");
        assert!(!id.contains(char::is_whitespace) && !id.is_empty(), "{name}: {id:?} is no anchor");
    }
    let mut n_links = 0;
    for element in select(page, "[href]") {
        let href = element.value().attr("href").unwrap_or_default();
        n_links += 1;
        match href.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{name}: {href} leads nowhere"),
            None => {
                let is_kept = href.starts_with("data:text/csv;") || href == page::INDEX_FILE;
                assert!(is_kept, "{name}: {href} leads out of the page");
            }
        }
    }
    assert!(n_links > 0, "{name}: there is no link");
    for attribute in ["aria-labelledby", "aria-describedby", "for"] {
        for element in select(page, &format!("[{attribute}]")) {
            for id in element.value().attr(attribute).unwrap_or_default().split_whitespace() {
                assert!(ids.contains(id), "{name}: {attribute} names {id}, which is not there");
            }
        }
    }
}

fn headings(name: &str, page: &Html) {
    let levels: Vec<u32> = select(page, "h1, h2, h3, h4, h5, h6")
        .into_iter()
        .filter_map(|heading| heading.value().name().get(1..)?.parse().ok())
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}: one h1");
    assert_eq!(levels.first(), Some(&1), "{name}: the h1 comes first");
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{name}: h{} is followed by h{}", pair[0], pair[1]);
    }
    for landmark in ["main", "body > header", "nav[aria-label]", "body > footer"] {
        assert_eq!(select(page, landmark).len(), 1, "{name}: {landmark}");
    }
}

fn tables(name: &str, page: &Html) {
    for table in select(page, "table") {
        assert!(!words_of(table, "caption").is_empty(), "{name}: a table has no caption");
        let unscoped = Selector::parse("th:not([scope])").expect("it is a selector");
        assert_eq!(table.select(&unscoped).count(), 0, "{name}: a table's header has no scope");
        let head = Selector::parse("thead th").expect("it is a selector");
        assert!(table.select(&head).count() > 1, "{name}: a table has no head");
    }
}

/// Every word of every turn is in the transcript, in order.
fn transcript(name: &str, sessions: &[Session], page: &Html) {
    let turns = select(page, "article.turn");
    assert_eq!(turns.len(), sessions.iter().map(|s| s.turns.len()).sum::<usize>(), "{name}: turns");
    let sentence = Selector::parse(".sentence").expect("it is a selector");
    for turn in turns {
        let (session, id) = session_of(sessions, turn.value().attr("id").unwrap_or_default());
        let number: usize = id.trim_start_matches("t-").parse().expect("it is a number");
        let shown: Vec<String> = turn.select(&sentence).map(text_of).collect();
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&shown.concat()), bare(session.turn_text(number)), "{name}: turn {number}");
    }
}

fn downloads(name: &str, page: &Html) {
    let links = select(page, "a[download]");
    assert!(links.len() > 5, "{name}: only {} tables", links.len());
    for link in links {
        let (_, data) = link.value().attr("href").unwrap_or_default().split_once("base64,").expect("data");
        let bytes = STANDARD.decode(data).expect("it is base 64");
        let mut table = csv::Reader::from_reader(bytes.as_slice());
        let n_columns = table.headers().expect("it has a header").len();
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
        let file = link.value().attr("download").unwrap_or_default();
        assert!(n_columns > 0 && !rows.is_empty(), "{name}: {file} is empty");
        let known = write::tables::table(file.trim_end_matches(".csv"));
        assert!(known.is_some(), "{name}: {file} is none of our tables");
    }
}
