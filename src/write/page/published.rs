//! What the source itself publishes beside the transcript: its figures next to ours, and its report.

use askama::Template;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{Published, SpeakerInfo};
use crate::write::phrases::Phrases;

pub(super) const SECTION: Section = Section { id: "published", title: |phrases| phrases.published, content };

/// The columns of the figures.
fn header(phrases: &Phrases) -> [&'static str; 7] {
    [
        phrases.speaker,
        phrases.words_published,
        phrases.words_counted,
        phrases.seconds_published,
        phrases.seconds_timed,
        phrases.wpm_published,
        phrases.wpm_timed,
    ]
}

#[derive(Template)]
#[template(path = "page/published.html")]
struct Publisher<'a> {
    phrases: &'static Phrases,
    header: [&'static str; 7],
    figures: Vec<Vec<String>>,
    /// The paragraphs of its report.
    narrative: Vec<&'a str>,
}

fn content<'p>(view: &View<'p>, _: &mut Progress) -> Content<'p> {
    let (session, phrases) = (view.session, view.phrases);
    let known = session.part.speakers.iter();
    let known = known.filter_map(|s| Some(row(phrases, &s.name, s.published.as_ref()?, Some(s))));
    let unknown = session.published.iter().map(|(name, published)| row(phrases, name, published, None));
    let figures: Vec<Vec<String>> = known.chain(unknown).collect();
    let narrative: Vec<&str> =
        session.narrative.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    match figures.is_empty() && narrative.is_empty() {
        true => Content::Absent(phrases.nothing_published),
        false => Content::Shown(Box::new(Publisher { phrases, header: header(phrases), figures, narrative })),
    }
}

fn row(phrases: &Phrases, name: &str, published: &Published, ours: Option<&SpeakerInfo>) -> Vec<String> {
    let whole = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.0}"));
    let count = |value: Option<u64>| value.map_or_else(String::new, |value| phrases.number(value));
    vec![
        phrases.name_of(name),
        count(published.words),
        count(ours.map(|speaker| speaker.words)),
        whole(published.seconds),
        whole(ours.and_then(|speaker| speaker.seconds)),
        whole(published.wpm),
        whole(ours.and_then(|speaker| speaker.wpm)),
    ]
}

impl Body for Publisher<'_> {
    fn markdown(&self) -> String {
        let mut out = format!("\n{}\n", self.phrases.about_published);
        out.push_str(&markdown::table(&self.header, &self.figures));
        if !self.narrative.is_empty() {
            out.push_str(&format!("\n### {}\n", self.phrases.publishers_report));
        }
        for paragraph in &self.narrative {
            out.push_str(&format!("\n{}\n", markdown::escape(paragraph)));
        }
        out
    }
}
