//! Links to recordings: at the time of what is said, and nowhere else.

use rapporteur::model::{Media, MediaUrl, Page};
use rapporteur::pipeline::Input;
use rapporteur::write::page;
use scraper::Html;

use crate::structure::select;
use crate::support::{Source, page_of, sessions};

const TIMED: &str = "{\"id\": \"s1\", \"turns\": [\
    {\"speaker\": \"Ana\", \"text\": \"We support the plan for the harbour.\", \"start\": 83.4, \"end\": 90.0}, \
    {\"speaker\": \"Bo\", \"text\": \"We oppose the plan for the harbour.\", \"start\": 91.0, \"end\": 99.0}]}\n";

fn page(media: &[(&str, &str)], text: &str) -> Page {
    let input = Input { path: "a.jsonl".into(), bytes: text.as_bytes().to_vec() };
    let source = Source { inputs: vec![input], roster: Default::default(), issues: Vec::new() };
    let mut page = page_of(&source, &sessions(&source));
    let media = media.iter().map(|(session, url)| Media {
        session: (*session).to_owned(),
        url: MediaUrl::new(url).expect("it is an address"),
    });
    page.presentation.media = media.collect();
    page
}

fn links(page: &Page) -> Vec<String> {
    let parsed = Html::parse_document(&page::html(page).expect("it can be written"));
    let links = select(&parsed, "a.media");
    links.iter().filter_map(|link| link.value().attr("href")).map(str::to_owned).collect()
}

#[test]
fn what_has_a_time_leads_to_its_recording() {
    let found = links(&page(&[("", "https://example.org/a.mp4?x=1&y=\u{e9}")], TIMED));
    assert!(found.contains(&"https://example.org/a.mp4?x=1&y=\u{e9}#t=83".to_owned()), "{found:?}");
    assert!(found.contains(&"https://example.org/a.mp4?x=1&y=\u{e9}#t=91".to_owned()), "{found:?}");
    let of_session = links(&page(&[("", "all.mp3"), ("s1", "own.mp3"), ("s2", "other.mp3")], TIMED));
    assert!(!of_session.is_empty() && of_session.iter().all(|link| link.starts_with("own.mp3#t=")));
    assert_eq!(links(&page(&[("s2", "other.mp3")], TIMED)), Vec::<String>::new());
    let untimed = TIMED.replace("\"start\": 83.4, \"end\": 90.0", "\"x\": 0");
    let untimed = untimed.replace("\"start\": 91.0, \"end\": 99.0", "\"x\": 0");
    assert_eq!(links(&page(&[("", "all.mp3")], &untimed)), Vec::<String>::new());
    assert_eq!(links(&page(&[], TIMED)), Vec::<String>::new());
}

#[test]
fn only_addresses_of_the_web_and_relative_ones_are_taken() {
    for url in [
        "https://a.org/b",
        "HTTP://a.org",
        "a.mp4",
        "../media/a%20b.mp4",
        "/a",
        "a?b=c:d",
        "https://a.org/?q=a&b='c'",
    ] {
        assert!(MediaUrl::new(url).is_some(), "{url}");
    }
    for url in [
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//a.org/b",
        "\\\\a\\b",
        "https://",
        "a.mp4#t=5",
        "a b.mp4",
        "a\">x",
        "<script>",
        "\u{1}javascript:alert(1)",
    ] {
        assert!(MediaUrl::new(url).is_none(), "{url}");
    }
}
