//! What the source itself publishes beside the transcript: its figures next to ours, and its report.

use askama::Template;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{Published, SpeakerInfo};
use crate::write::{name_or_unknown, thousands};

pub(super) const SECTION: Section = Section { id: "published", title: "What the publisher says", content };

/// Whose words these are.
const ABOUT: &str = "This is the publisher's own account, printed beside the transcript. It is no part of what was \
    said: nothing on this page is quoted from it or rests on it, and nobody here has checked it.";

/// The columns of the figures.
const HEADER: [&str; 7] = [
    "Speaker",
    "Words, published",
    "Words, counted",
    "Seconds, published",
    "Seconds, from times",
    "Words a minute, published",
    "Words a minute, from times",
];

#[derive(Template)]
#[template(path = "page/published.html")]
struct Publisher<'a> {
    about: &'static str,
    header: [&'static str; 7],
    figures: Vec<Vec<String>>,
    /// The paragraphs of its report.
    narrative: Vec<&'a str>,
}

fn content<'p>(view: &View<'p>, _: &mut Progress) -> Content<'p> {
    let session = view.session;
    let known = session.part.speakers.iter();
    let known =
        known.filter_map(|speaker| Some(row(&speaker.name, speaker.published.as_ref()?, Some(speaker))));
    let unknown = session.published.iter().map(|(name, published)| row(name, published, None));
    let figures: Vec<Vec<String>> = known.chain(unknown).collect();
    let narrative: Vec<&str> =
        session.narrative.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    match figures.is_empty() && narrative.is_empty() {
        true => Content::Absent("the source has no figures or report of its own"),
        false => Content::Shown(Box::new(Publisher { about: ABOUT, header: HEADER, figures, narrative })),
    }
}

fn row(name: &str, published: &Published, ours: Option<&SpeakerInfo>) -> Vec<String> {
    let whole = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.0}"));
    let count = |value: Option<u64>| value.map_or_else(String::new, thousands);
    vec![
        name_or_unknown(name),
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
        let mut out = format!("\n{}\n", self.about);
        out.push_str(&markdown::table(&self.header, &self.figures));
        if !self.narrative.is_empty() {
            out.push_str("\n### The publisher's report\n");
        }
        for paragraph in &self.narrative {
            out.push_str(&format!("\n{}\n", markdown::escape(paragraph)));
        }
        out
    }
}
