//! Pages of many sessions in files of their own: each is sound, and the page on all leads into them.

use rapporteur::{page as pages, write::page};
use scraper::Html;

use crate::structure::{check, select};
use crate::support::{Source, fixtures, one_line, planned_page_of, sessions};

#[test]
fn each_session_has_a_sound_page_and_the_page_on_all_leads_into_it() {
    let wanted = ["budget-rounds", "port-negotiation", "tahliya-baladiya"];
    let inputs: Vec<_> = fixtures().into_iter().filter(|(name, _)| wanted.contains(&name.as_str())).collect();
    let inputs = inputs.into_iter().flat_map(|(_, source)| source.inputs).collect();
    let source = Source { inputs, roster: Default::default(), issues: Vec::new() };
    let mut sessions = sessions(&source);
    sessions.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
    let (mut whole, plan) = planned_page_of(&source, &sessions);
    let files = page::session_files(&whole);
    whole.presentation.session_files.clone_from(&files);
    let index = page::html(&whole).expect("it can be written");
    let mut of_sessions = Vec::new();
    for ((one, session), file) in pages::divided(whole, &plan, page::INDEX_FILE).zip(&sessions).zip(&files) {
        let html = page::html(&one).expect("it can be written");
        assert!(html.contains("<a class=\"index\" href=\"index.html\">"), "{file}");
        check(file, std::slice::from_ref(session), &html);
        of_sessions.push((file, html));
    }
    assert_eq!(of_sessions.len(), sessions.len());
    let parsed: Vec<(&String, Html)> =
        of_sessions.iter().map(|(file, html)| (*file, Html::parse_document(html))).collect();
    let index = Html::parse_document(&index);
    let is_there = |href: &str| {
        let Some((file, id)) = href.split_once('#') else { return false };
        let page = parsed.iter().find(|(known, _)| *known == file).map(|(_, page)| page);
        page.is_some_and(|page| !select(page, &format!("[id=\"{id}\"]")).is_empty())
    };
    let links = select(&index, "main [href]");
    let out: Vec<&str> = links
        .iter()
        .filter_map(|link| link.value().attr("href"))
        .filter(|href| !href.starts_with('#') && !href.starts_with("data:"))
        .collect();
    assert!(out.iter().all(|href| is_there(href)), "{out:?}");
    assert!(files.iter().all(|file| out.iter().any(|href| href.starts_with(file.as_str()))));
    for figure in select(&index, "figure.quotation") {
        let words = scraper::Selector::parse(".words").expect("it is a selector");
        let words: String = figure.select(&words).flat_map(|words| words.text()).collect();
        let place = scraper::Selector::parse("a.place").expect("it is a selector");
        let href = figure.select(&place).next().and_then(|link| link.value().attr("href")).unwrap_or("");
        let (file, id) = href.split_once('#').expect("it leads to a file");
        let (_, page) = parsed.iter().find(|(known, _)| *known == file).expect("the file is one of ours");
        let there: String = select(page, &format!("[id=\"{id}\"]")).iter().flat_map(|e| e.text()).collect();
        let first = words.trim_start_matches("[…] ").split(' ').next().unwrap_or("");
        assert!(one_line(&there).contains(first.trim_end_matches('…')), "{href}: {words}");
    }
}

#[test]
fn the_file_of_a_session_has_a_name_for_every_system() {
    let source = |id: &str| {
        let text = format!(
            "{}\n",
            serde_json::json!({"id": id, "turns": [
            {"speaker": "Ana", "text": "We support the plan for the harbour."}]})
        );
        let input = rapporteur::pipeline::Input { path: "a.jsonl".into(), bytes: text.into_bytes() };
        Source { inputs: vec![input], roster: Default::default(), issues: Vec::new() }
    };
    for (id, expected) in [
        ("feb-6", "1-feb-6.html"),
        ("../../etc/passwd", "1-etc-passwd.html"),
        ("خطة", "1.html"),
        ("a b?c#d%20", "1-a-b-c-d-20.html"),
        ("CON", "1-CON.html"),
    ] {
        let source = source(id);
        let sessions = sessions(&source);
        assert_eq!(page::session_files(&crate::support::page_of(&source, &sessions)), [expected], "{id}");
    }
}
