//! HTML: summaries on a page that needs nothing else. `report` makes the page with the transcript.

use askama::Template;

use super::page::frame::{Laid, plain};
use super::phrases::phrases;
use super::{
    Format, Layout, counted, facts, name_or_unknown, names_its_voice, one_line, recorded, remark, size,
    title, voice,
};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Evidence, Language, Report, Scope, Stance, Summary};

/// The row of [`super::FORMATS`].
pub const FORMAT: Format = Format {
    name: "html",
    about: "one page for any browser; `report` makes the page with transcript and pictures",
    extensions: &["html", "htm"],
    write,
};

#[derive(Template)]
#[template(path = "summaries.html")]
struct Summaries {
    size: String,
    question: String,
    language: String,
    summaries: Vec<Block>,
}

/// A summary.
struct Block {
    heading: String,
    facts: String,
    /// What stands where there are no quotations.
    nothing: &'static str,
    quotations: Vec<Quoted>,
}

/// A quotation and where it is from.
struct Quoted {
    context: String,
    words: String,
    stance: &'static str,
    source: String,
}

/// A section per report, a heading per summary, a figure per quotation.
///
/// # Errors
/// When a template cannot be filled in, which is a bug.
pub fn write(reports: &[Report], _layout: Layout) -> Result<String> {
    let mut sections = Vec::with_capacity(reports.len());
    for (index, report) in reports.iter().enumerate() {
        let html =
            summaries(report).render().map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))?;
        let id = format!("session-{}", index + 1);
        let title = one_line(title(report));
        sections.push(Laid { id, link: title.clone(), title, html });
    }
    let name = match reports {
        [one] => one_line(title(one)),
        many => counted(many.len() as u64, "session", "sessions"),
    };
    plain(
        phrases(Language::ENGLISH),
        &name,
        reports.first().map_or("rapporteur", |report| &report.tool),
        Vec::new(),
        &sections,
    )
}

fn summaries(report: &Report) -> Summaries {
    Summaries {
        size: size(report),
        question: report.question.as_deref().map(one_line).unwrap_or_default(),
        language: report.session.language.clone(),
        summaries: report.summaries.iter().flatten().map(|summary| block(report, summary)).collect(),
    }
}

fn block(report: &Report, summary: &Summary) -> Block {
    let is_answer = summary.scope == Scope::Answer;
    // An answer is the one summary of its report.
    let of_record = if is_answer { recorded(report) } else { Vec::new() };
    let record = of_record.into_iter().flat_map(|(source, outcomes)| {
        outcomes.iter().map(move |outcome| Quoted {
            context: String::new(),
            words: one_line(outcome.shown()),
            stance: "",
            source: format!("the record, {source}, line {}", outcome.line),
        })
    });
    Block {
        heading: match summary.scope {
            Scope::Answer => "What answers it".to_owned(),
            Scope::Session => "The session".to_owned(),
            _ => name_or_unknown(&summary.name),
        },
        facts: if is_answer { String::new() } else { facts(report, summary) },
        nothing: if is_answer {
            "Nothing in this session answers the question."
        } else {
            "Nothing to quote."
        },
        quotations: record
            .chain(summary.evidence.iter().map(|evidence| quoted(report, summary, evidence)))
            .collect(),
    }
}

fn quoted(report: &Report, summary: &Summary, evidence: &Evidence) -> Quoted {
    let mut source = Vec::new();
    if !names_its_voice(report, summary) {
        let (name, stakeholder) = voice(report, evidence);
        source.push(name_or_unknown(name));
        source.extend(Some(one_line(stakeholder)).filter(|stakeholder| !stakeholder.is_empty()));
    }
    source.push(remark(report, summary, evidence));
    Quoted {
        context: one_line(&evidence.context),
        words: one_line(evidence.shown()),
        stance: Stance::name_or_empty(evidence.stance),
        source: source.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::report;
    use super::*;

    #[test]
    fn summaries_are_figures_with_their_place() {
        let page = write(&[report()], Layout::PLAIN).unwrap();
        for expected in [
            "<title>The *harbour* talks</title>",
            "<h3 dir=\"auto\">Ana Reyes</h3>",
            "<span class=\"words\">We cannot accept the pension cut.</span>",
            "turn 1, line 12, as Ms Reyes, oppose",
            "<span class=\"context\">Nights cost people their health.</span>",
        ] {
            assert!(page.contains(expected), "{expected} is not in\n{page}");
        }
    }

    #[test]
    fn markup_in_a_source_stays_text() {
        let mut report = report();
        let bad = "<script>alert(1)</script>\" onload=x '";
        report.session.title = bad.into();
        report.question = Some(bad.into());
        for summary in report.summaries.iter_mut().flatten() {
            summary.name = bad.into();
            summary.evidence.iter_mut().for_each(|evidence| evidence.display = bad.into());
        }
        let page = write(&[report], Layout::PLAIN).unwrap();
        assert!(!page.contains("<script>alert") && !page.contains("\" onload"), "{page}");
    }
}
