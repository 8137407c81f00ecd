//! Markdown: quotations as block quotes with their place, everything else escaped.

use super::origin::mark_markdown;
use super::{
    Format, Layout, facts, name_or_unknown, names_its_voice, one_line, recorded, remark, size, title, voice,
};
use crate::error::Result;
use crate::model::{Evidence, Report, Scope, Summary};

/// The row of [`super::FORMATS`].
pub const FORMAT: Format = Format {
    name: "markdown",
    about: "to read, to paste into minutes and wikis",
    extensions: &["md", "markdown"],
    write,
};

/// A heading per report, a heading per summary, a block quote per quotation.
pub fn write(reports: &[Report], _layout: Layout) -> Result<String> {
    let mut out = String::new();
    for (index, report) in reports.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&format!("# {}\n\n{}\n", escape(title(report)), escape(&size(report))));
        if let Some(question) = &report.question {
            out.push_str(&format!("\n**{}**\n", escape(question)));
        }
        record_to(&mut out, report);
        for summary in report.summaries.iter().flatten() {
            summary_to(&mut out, report, summary);
        }
    }
    Ok(mark_markdown(out))
}

/// What the record sets down, as quotations of the record.
fn record_to(out: &mut String, report: &Report) {
    for (source, outcomes) in recorded(report) {
        for outcome in outcomes {
            out.push_str(&format!("\n> “{}”\n", escape(outcome.shown())));
            out.push_str(&format!(
                ">\n> — {}\n",
                escape(&format!("the record, {source}, line {}", outcome.line))
            ));
        }
    }
}

fn summary_to(out: &mut String, report: &Report, summary: &Summary) {
    match summary.scope {
        Scope::Answer => {}
        Scope::Session => out.push_str("\n## The session\n"),
        _ => out.push_str(&format!("\n## {}\n", escape(&name_or_unknown(&summary.name)))),
    }
    if summary.scope != Scope::Answer {
        out.push_str(&format!("\n*{}*\n", escape(&facts(report, summary))));
    }
    let is_answered = summary.scope == Scope::Answer && !report.recorded.is_empty();
    if summary.evidence.is_empty() && !is_answered {
        out.push_str(match summary.scope {
            Scope::Answer => "\nNothing in this session answers the question.\n",
            _ => "\nNothing to quote.\n",
        });
    }
    for evidence in &summary.evidence {
        out.push('\n');
        if !evidence.context.is_empty() {
            out.push_str(&format!("> *… {}*\n>\n", escape(evidence.context.trim_start_matches("… "))));
        }
        out.push_str(&format!("> “{}”\n", escape(evidence.shown())));
        out.push_str(&format!(">\n> — {}\n", escape(&attribution(report, summary, evidence))));
    }
}

fn attribution(report: &Report, summary: &Summary, evidence: &Evidence) -> String {
    let remark = remark(report, summary, evidence);
    let (name, stakeholder) = voice(report, evidence);
    match (name_or_unknown(name), stakeholder) {
        _ if names_its_voice(report, summary) => remark,
        (name, "") => format!("{name}, {remark}"),
        (name, stakeholder) => format!("{name}, {stakeholder}, {remark}"),
    }
}

/// Text on one line that Markdown shows as it is.
///
/// CommonMark lets a backslash stand before any ASCII punctuation. Signs that are special only at
/// the start of a line (`#`, `+`, `-`, `=`, `1.`) are escaped there. Code hosts make mentions of
/// `@name` and links of `#12` after the marks are gone; an empty comment in between keeps them text.
pub(super) fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, character) in text.char_indices() {
        let special = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' => true,
            '#' | '+' | '-' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0 && ends_marker(&text, at + 1),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(character);
        let next = text[at + character.len_utf8()..].chars().next();
        let is_mention = character == '@' && next.is_some_and(|c| c.is_alphanumeric());
        let is_number = character == '#' && next.is_some_and(|c| c.is_ascii_digit());
        if is_mention || is_number {
            out.push_str("<!-- -->");
        }
    }
    out
}

/// Whether a number with its mark could begin a list: nothing or a space follows.
fn ends_marker(text: &str, at: usize) -> bool {
    text.get(at..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::super::examples::report;
    use super::*;

    #[test]
    fn markup_in_a_source_stays_text() {
        for (text, escaped) in [
            ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d\](e)"),
            ("<script>&amp;", r"\<script\>\&amp;"),
            ("# no heading", r"\# no heading"),
            ("- no list", r"\- no list"),
            ("1. no list", r"1\. no list"),
            ("12) no list", r"12\) no list"),
            ("a - b, 3.5 and C#", "a - b, 3.5 and C#"),
            ("3.5 and more", "3.5 and more"),
            ("7.", r"7\."),
            ("a\n\n> b", r"a \> b"),
            ("@all, a@b.example, #12, # 3", r"@<!-- -->all, a@<!-- -->b.example, #<!-- -->12, # 3"),
            ("a | b ~~c~~", r"a \| b \~\~c\~\~"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }

    #[test]
    fn a_quotation_is_a_block_quote_with_its_place() {
        assert_eq!(
            write(&[report()], Layout::PLAIN).unwrap(),
            "# The \\*harbour\\* talks\n\
             \n\
             2024-07-02 · 2 speakers · 5 turns · 1,600 words · en\n\
             \n\
             ## Ana Reyes\n\
             \n\
             *Harbour Union · 13 words*\n\
             \n\
             > “We cannot accept the pension cut.”\n\
             >\n\
             > — turn 1, line 12, as Ms Reyes, oppose\n\
             \n\
             > *… Nights cost people their health.*\n\
             >\n\
             > “That is why the night shift must be paid.”\n\
             >\n\
             > — turn 3, line 30, 1:02:05\n\
             \n\
             <!-- made by rapporteur 0.1.0 -->\n"
        );
    }
}
