//! Talk to the City: the table that its pipeline reads, and a report as it writes them (`v0.2`).
//!
//! Titles of claims are quotations, as nothing here writes sentences of its own.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::turns::{Comment, comments};
use super::{Addition, Export, ExportFile, Part, header, json_line};
use crate::error::Result;
use crate::model::{Cell, Evidence, Overall, SentenceRow, SessionPart, Stance};
use crate::write::tables::csv;

pub(super) const EXPORT: Export = Export {
    name: "talk-to-the-city",
    about: "`talk-to-the-city.csv`, the comments that its pipeline reads, and `talk-to-the-city.json`, a report that its \
            pages show",
    inferred: "Comments are turns of plain speakers, with a space between sentences. Topics are the issues, \
               subtopics the stances that sentences state; a claim is a quotation, not a summary of one. Places \
               count UTF-16 units, as its pages do",
    of_session,
    files,
};

const ROWS: &str = ".talk-to-the-city-rows";
const SOURCES: &str = ".talk-to-the-city-sources";

/// What subtopics are called: the stances that a sentence can state, and none.
const SUBTOPICS: &[(Option<Stance>, &str)] = &[
    (Some(Stance::Support), "Support"),
    (Some(Stance::Oppose), "Opposition"),
    (Some(Stance::Concern), "Concern"),
    (None, "No stance stated"),
];

/// The colours that its pages know.
const COLOURS: &[&str] =
    &["violet", "blueSea", "blueSky", "greenLeaf", "greenLime", "yellow", "red", "purple", "brown"];

fn claims_heap(issue: &str, stance: Option<Stance>) -> String {
    format!(".talk-to-the-city-claims-{}-{issue}", Stance::name_or_empty(stance))
}

fn of_session(part: &SessionPart) -> Result<Vec<Addition>> {
    let quoted: BTreeSet<u64> = part.positions.iter().map(|position| position.evidence.turn).collect();
    let (mut rows, mut additions) = (Vec::new(), Vec::new());
    for comment in comments(part) {
        let Some((_, first)) = comment.sentences.first() else { continue };
        if first.is_compared {
            rows.push(row(&comment, first));
        }
        if !quoted.contains(&first.turn) {
            continue;
        }
        additions.push(Addition { heap: SOURCES.to_owned(), lines: json_line(&source(&comment))? });
        let own = part.positions.iter().map(|p| &p.evidence).filter(|e| e.turn == first.turn);
        for evidence in own {
            let heap = claims_heap(&evidence.issue, evidence.stance);
            additions.push(Addition { heap, lines: json_line(&claim(&comment, evidence))? });
        }
    }
    additions.push(Addition { heap: ROWS.to_owned(), lines: csv(&rows)? });
    Ok(additions)
}

fn row(comment: &Comment<'_>, first: &SentenceRow) -> Vec<Cell> {
    let timestamp = first.time.map_or_else(String::new, |time| clock(time.start));
    vec![Cell::text(&comment.id), Cell::text(&comment.text), Cell::text(comment.name), Cell::text(&timestamp)]
}

/// Seconds as `h:mm:ss`.
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

fn source(comment: &Comment<'_>) -> Value {
    json!({ "id": comment.id, "interview": comment.name, "data": ["text", { "text": comment.text }] })
}

fn claim(comment: &Comment<'_>, evidence: &Evidence) -> Value {
    let id = format!("{}.{}", comment.id, evidence.sentence);
    let sentence = comment.sentences.iter().find(|(_, row)| row.sentence == evidence.sentence);
    // A quotation that is cut begins where its sentence begins.
    let at = sentence.map_or(0, |(at, row)| at + evidence.start.saturating_sub(row.start) as usize);
    let units = |text: &str| text.encode_utf16().count();
    let start = comment.text.get(..at).map_or(0, units);
    json!({
        "id": format!("claim:{id}"),
        "title": evidence.shown(),
        "quotes": [{
            "id": format!("quote:{id}"),
            "text": evidence.text,
            "reference": {
                "id": format!("reference:{id}"),
                "sourceId": comment.id,
                "interview": comment.name,
                "data": ["text", { "startIdx": start, "endIdx": start + units(&evidence.text) }],
            },
        }],
        "similarClaims": [],
    })
}

fn files(overall: &Overall) -> Result<Vec<ExportFile>> {
    let columns = ["comment-id", "comment-body", "interview", "timestamp"];
    let table = vec![Part::Text(header(&columns)?), Part::Heap(ROWS.to_owned())];
    Ok(vec![
        ExportFile { name: "talk-to-the-city.csv", parts: table },
        ExportFile { name: "talk-to-the-city.json", parts: report(overall) },
    ])
}

fn report(overall: &Overall) -> Vec<Part> {
    let quoted = |text: &str| Value::from(text).to_string();
    let description = "Inferred by rapporteur: issues and stances are told from the words of each sentence; every \
                       claim is a quotation.";
    let mut parts = vec![Part::Text(format!(
        "{{\"data\":[\"v0.2\",{{\"title\":\"Comparison of stakeholders\",\"description\":{},\"date\":\"\",\"topics\":[",
        quoted(description)
    ))];
    let issues: Vec<&str> =
        overall.issues.iter().map(|totals| totals.issue.label.as_str()).chain([""]).collect();
    for (number, issue) in issues.iter().enumerate() {
        let (title, about) = match *issue {
            "" => ("No issue", "Quotations on none of the issues".to_owned()),
            label => (label, format!("Quotations on {label}, as inferred from their words")),
        };
        let colour = COLOURS.get(number % COLOURS.len()).unwrap_or(&"violet");
        parts.push(Part::Text(format!(
            "{}{{\"id\":\"topic:{number}\",\"title\":{},\"description\":{},\"topicColor\":\"{colour}\",\"subtopics\":[",
            if number > 0 { "," } else { "" },
            quoted(title),
            quoted(&about)
        )));
        for (index, (stance, title)) in SUBTOPICS.iter().enumerate() {
            parts.push(Part::Text(format!(
                "{}{{\"id\":\"subtopic:{number}.{index}\",\"title\":{},\"description\":\"Inferred\",\"claims\":[",
                if index > 0 { "," } else { "" },
                quoted(title)
            )));
            parts.push(Part::Items(claims_heap(issue, *stance), numbered));
            parts.push(Part::Text("]}".to_owned()));
        }
        parts.push(Part::Text("]}".to_owned()));
    }
    parts.push(Part::Text("],\"sources\":[".to_owned()));
    parts.push(Part::Items(SOURCES.to_owned(), |line, _| line.to_owned()));
    parts.push(Part::Text(format!(
        "]}}],\"metadata\":[\"v0.2\",{{\"startTimestamp\":0,\"duration\":0,\"totalCost\":\"$0\",\"author\":\"{}\"}}]}}\n",
        concat!("rapporteur ", env!("CARGO_PKG_VERSION"))
    )));
    parts
}

/// A claim with its number, which its pages show.
fn numbered(line: &str, number: u64) -> String {
    let open = line.strip_suffix('}').unwrap_or(line);
    format!("{open},\"number\":{number}}}")
}
