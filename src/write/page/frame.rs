//! What is around the sections: head, policy, navigation, filters, style sheet and script.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::view::View;
use super::{brief, filled, of_page};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Page, Stance};
use crate::write::one_line;
use crate::write::phrases::{Phrases, fill};

/// The style sheet of every page.
const STYLE: &str = include_str!("page.css");

/// The script of every page; without it everything is readable.
const SCRIPT: &str = include_str!("page.js");

#[derive(Template)]
#[template(path = "page/frame.html")]
struct Frame<'a> {
    phrases: &'static Phrases,
    /// The phrases of the script, as JSON.
    script_phrases: String,
    /// The title and date of each session by what its identifiers begin with, as JSON: for citations.
    sources: String,
    title: String,
    subtitle: String,
    policy: String,
    style: &'static str,
    script: &'static str,
    tool: &'a str,
    made_by: String,
    /// What holds of all quotations.
    note: &'static str,
    filters: Vec<Filter>,
    /// The file of the page on all sessions, where this is the page of one of them; else empty.
    index: &'a str,
    /// Whether the first section is the answer in brief, which stands before the filters.
    begins_with_brief: bool,
    sections: &'a [Laid],
}

/// A section that is laid out.
pub(in crate::write) struct Laid {
    /// Its anchor.
    pub(in crate::write) id: String,
    /// Its heading.
    pub(in crate::write) title: String,
    /// What the contents call it; empty where they do not lead to it.
    pub(in crate::write) link: String,
    /// What stands below the heading, escaped.
    pub(in crate::write) html: String,
}

/// Something to choose: a name, its label, and values with theirs.
pub(in crate::write) struct Filter {
    pub(in crate::write) name: &'static str,
    pub(in crate::write) label: &'static str,
    pub(in crate::write) values: Vec<(String, String)>,
}

/// A page around the sections of its sessions.
pub(super) fn page(page: &Page, views: &[View<'_>], sections: &[Laid]) -> Result<String> {
    let phrases = of_page(page);
    let (title, subtitle) = match views {
        [] => (phrases.no_session.to_owned(), String::new()),
        [one] => (one.title(), phrases.date_of(&one.session.part.info.date)),
        many => (phrases.counted(phrases.n_sessions, many.len() as u64), dates(phrases, many)),
    };
    let frame =
        frame(phrases, &title, subtitle, &page.tool, phrases.note, filters(phrases, views), sections)?;
    let sources = sources(views)?;
    filled(&Frame { sources, index: &page.presentation.index_file, ..frame })
}

/// A page around sections that stand for themselves, with what their quotations can be filtered by.
pub(in crate::write) fn plain(
    phrases: &'static Phrases,
    title: &str,
    tool: &str,
    filters: Vec<Filter>,
    sections: &[Laid],
) -> Result<String> {
    filled(&frame(
        phrases,
        title,
        String::new(),
        tool,
        phrases.note_without_transcript,
        choices(filters),
        sections,
    )?)
}

fn frame<'a>(
    phrases: &'static Phrases,
    title: &str,
    subtitle: String,
    tool: &'a str,
    note: &'static str,
    filters: Vec<Filter>,
    sections: &'a [Laid],
) -> Result<Frame<'a>> {
    let title = title.to_owned();
    let begins_with_brief = sections.first().is_some_and(|first| first.id == brief::ID);
    let (policy, style, script) = (policy(), STYLE, SCRIPT);
    Ok(Frame {
        phrases,
        script_phrases: script_phrases(phrases)?,
        sources: "{}".to_owned(),
        made_by: fill(phrases.made_by, &[("tool", tool)]),
        title,
        subtitle,
        policy,
        style,
        script,
        tool,
        note,
        filters,
        index: "",
        begins_with_brief,
        sections,
    })
}

/// From when to when the sessions were.
fn dates(phrases: &Phrases, views: &[View<'_>]) -> String {
    let dates = views.iter().map(|view| view.session.part.info.date.as_str()).filter(|date| !date.is_empty());
    match (dates.clone().min(), dates.max()) {
        (Some(first), Some(last)) if first != last => {
            let values = [phrases.date_of(first), phrases.date_of(last)];
            fill(phrases.from_to, &[("from", &values[0]), ("to", &values[1])])
        }
        (Some(only), _) => phrases.date_of(only),
        _ => String::new(),
    }
}

fn filters(phrases: &Phrases, views: &[View<'_>]) -> Vec<Filter> {
    let mut stakeholders = Vec::new();
    let mut groups = BTreeSet::new();
    for counts in views.iter().flat_map(|view| &view.session.part.counts.stakeholders) {
        let name = phrases.name_of(&counts.name);
        if !stakeholders.contains(&name) {
            stakeholders.push(name);
        }
        groups.extend(views.iter().map(|view| view.group(&counts.name)).filter(|group| !group.is_empty()));
    }
    let issues = views.first().map(|view| view.issues().map(|issue| issue.issue.label.clone()).collect());
    let none = |label: &str| ("none".to_owned(), label.to_owned());
    let same = |values: Vec<String>| values.into_iter().map(|value| (value.clone(), value));
    let issues: Vec<String> = issues.unwrap_or_default();
    choices(vec![
        Filter { name: "stakeholder", label: phrases.stakeholder, values: same(stakeholders).collect() },
        Filter { name: "group", label: phrases.group, values: same(groups.into_iter().collect()).collect() },
        Filter {
            name: "issue",
            label: phrases.issue,
            values: same(issues).chain([none(phrases.no_issue)]).collect(),
        },
        Filter { name: "stance", label: phrases.stance, values: stances(phrases) },
    ])
}

/// The filters that leave a choice.
fn choices(mut filters: Vec<Filter>) -> Vec<Filter> {
    filters.retain(|filter| filter.values.len() > 1);
    filters
}

/// The stances as values to choose.
pub(in crate::write) fn stances(phrases: &Phrases) -> Vec<(String, String)> {
    let named = Stance::ALL
        .iter()
        .map(|stance| (stance.name().to_owned(), phrases.stance_name(Some(*stance)).to_owned()));
    named.chain([("none".to_owned(), phrases.none_stated.to_owned())]).collect()
}

/// What the script says, by the names that it knows.
fn script_phrases(phrases: &Phrases) -> Result<String> {
    let said = [
        ("copied", phrases.copied),
        ("notCopied", phrases.not_copied),
        ("copiedWithSource", phrases.copied_with_source),
        ("copyingRefused", phrases.copying_refused),
        ("quotationsShown", phrases.quotations_shown),
        ("next", phrases.next),
        ("previous", phrases.previous),
        ("notFound", phrases.not_found),
        ("placesFound", phrases.places_found),
        ("placeOfPlaces", phrases.place_of_places),
        ("allSessions", phrases.all_sessions),
        ("thousandsMark", phrases.thousands_mark()),
    ];
    let said: BTreeMap<&str, &str> = said.into_iter().collect();
    json(&said)
}

/// Where quotations are from, once for all of a session.
fn sources(views: &[View<'_>]) -> Result<String> {
    let source = |view: &View<'_>| {
        let date = one_line(&view.session.part.info.date);
        let parts = [view.title(), date].into_iter().filter(|part| !part.is_empty());
        (view.id(""), parts.collect::<Vec<_>>().join(", "))
    };
    json(&views.iter().map(source).collect::<BTreeMap<String, String>>())
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}

/// Nothing is loaded, and nothing but the page's own style sheet and script is in force.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_digests_of_what_stands_between_the_tags() {
        assert_eq!(digest("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        let empty = Page {
            tool: "rapporteur".into(),
            presentation: crate::model::Presentation::default(),
            settings: crate::model::PageSettings::Comparison(Default::default()),
            sessions: vec![],
            overall: crate::model::Overall::default(),
            notes: vec![],
        };
        let page = page(&empty, &[], &[]).unwrap();
        let between = |open: &str, close: &str| {
            let start = page.find(open).unwrap() + open.len();
            page[start..start + page[start..].find(close).unwrap()].to_owned()
        };
        for (open, close, directive) in
            [("<style>", "</style>", "style-src"), ("<script>", "</script>", "script-src")]
        {
            let expected = format!("{directive} '{}'", digest(&between(open, close)));
            assert!(policy().contains(&expected), "{expected}");
        }
    }
}
