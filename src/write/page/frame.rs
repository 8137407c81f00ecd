//! What is around the sections: head, policy, navigation, filters, style sheet and script.

use std::collections::BTreeSet;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::view::View;
use super::{brief, figures, filled};
use crate::error::Result;
use crate::model::{Page, Stance};

/// The style sheet of every page.
const STYLE: &str = include_str!("page.css");

/// The script of every page; without it everything is readable.
const SCRIPT: &str = include_str!("page.js");

#[derive(Template)]
#[template(path = "page/frame.html")]
struct Frame<'a> {
    title: String,
    subtitle: String,
    policy: String,
    style: &'static str,
    script: &'static str,
    tool: &'a str,
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
    let (title, subtitle) = match views {
        [] => ("No session".to_owned(), String::new()),
        [one] => (one.title(), figures::date(&one.session.part.info.date)),
        many => (format!("{} sessions", many.len()), dates(many)),
    };
    let note = "Every quotation is verbatim and leads to its place in the transcript.";
    let frame = frame(&title, subtitle, &page.tool, note, filters(views), sections);
    filled(&Frame { index: &page.presentation.index_file, ..frame })
}

/// A page around sections that stand for themselves, with what their quotations can be filtered by.
pub(in crate::write) fn plain(
    title: &str,
    tool: &str,
    filters: Vec<Filter>,
    sections: &[Laid],
) -> Result<String> {
    let note = "Every quotation is verbatim; its turn and line are those of the source.";
    filled(&frame(title, String::new(), tool, note, choices(filters), sections))
}

fn frame<'a>(
    title: &str,
    subtitle: String,
    tool: &'a str,
    note: &'static str,
    filters: Vec<Filter>,
    sections: &'a [Laid],
) -> Frame<'a> {
    let title = title.to_owned();
    let begins_with_brief = sections.first().is_some_and(|first| first.id == brief::ID);
    let (policy, style, script) = (policy(), STYLE, SCRIPT);
    Frame {
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
    }
}

/// From when to when the sessions were.
fn dates(views: &[View<'_>]) -> String {
    let dates = views.iter().map(|view| view.session.part.info.date.as_str()).filter(|date| !date.is_empty());
    match (dates.clone().min(), dates.max()) {
        (Some(first), Some(last)) if first != last => {
            format!("{} to {}", figures::date(first), figures::date(last))
        }
        (Some(only), _) => figures::date(only),
        _ => String::new(),
    }
}

fn filters(views: &[View<'_>]) -> Vec<Filter> {
    let mut stakeholders = Vec::new();
    let mut groups = BTreeSet::new();
    for counts in views.iter().flat_map(|view| &view.session.part.counts.stakeholders) {
        let name = crate::write::name_or_unknown(&counts.name);
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
        Filter { name: "stakeholder", label: "Stakeholder", values: same(stakeholders).collect() },
        Filter { name: "group", label: "Group", values: same(groups.into_iter().collect()).collect() },
        Filter { name: "issue", label: "Issue", values: same(issues).chain([none("no issue")]).collect() },
        Filter { name: "stance", label: "Stance", values: stances() },
    ])
}

/// The filters that leave a choice.
fn choices(mut filters: Vec<Filter>) -> Vec<Filter> {
    filters.retain(|filter| filter.values.len() > 1);
    filters
}

/// The stances as values to choose.
pub(in crate::write) fn stances() -> Vec<(String, String)> {
    let named = Stance::ALL.iter().map(|stance| (stance.name().to_owned(), stance.name().to_owned()));
    named.chain([("none".to_owned(), "none stated".to_owned())]).collect()
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
