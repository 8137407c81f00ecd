//! Text for a terminal: names stand out, quotations are wrapped, places step back.

mod inspect;
mod paint;

use textwrap::core::display_width;

use super::{
    Format, Layout, facts, name_or_unknown, names_its_voice, one_line, recorded, remark, size, title, voice,
};
use crate::error::Result;
use crate::model::{Evidence, Report, Scope, Summary};
use paint::Paint;

/// The row of [`super::FORMATS`].
pub const FORMAT: Format =
    Format { name: "text", about: "to read on a terminal", extensions: &["txt"], write };

/// The reports one below the other, each under its title.
pub fn write(reports: &[Report], layout: Layout) -> Result<String> {
    let mut page =
        Page { out: String::new(), paint: Paint { styled: layout.styled }, width: layout.width.max(20) };
    for (index, report) in reports.iter().enumerate() {
        if index > 0 {
            page.line("");
            page.line(&page.paint.dim(&"─".repeat(page.width.min(40))));
            page.line("");
        }
        match &report.summaries {
            Some(summaries) => page.summaries(report, summaries),
            None => page.inspection(report),
        }
    }
    Ok(page.out)
}

/// The text so far, and how to go on.
struct Page {
    out: String,
    paint: Paint,
    width: usize,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn heading(&mut self, report: &Report) {
        self.wrapped(&one_line(title(report)), "", "", |paint, line| paint.bold(line));
        self.line(&self.paint.dim(&size(report)));
        if let Some(question) = &report.question {
            self.line("");
            self.wrapped(&one_line(question), "", "", |paint, line| paint.bold(line));
        }
    }

    fn summaries(&mut self, report: &Report, summaries: &[Summary]) {
        self.heading(report);
        if !report.recorded.is_empty() {
            self.line("");
            self.record(report);
        }
        for summary in summaries {
            if summary.scope == Scope::Answer && summary.evidence.is_empty() && !report.recorded.is_empty() {
                continue;
            }
            self.line("");
            self.summary(report, summary);
        }
        if summaries.is_empty() {
            self.line("");
            self.line("No speaker has anything to quote.");
        }
    }

    /// What the record sets down, under the heading that it stands under.
    fn record(&mut self, report: &Report) {
        for (source, outcomes) in recorded(report) {
            let first = format!("  {}", self.paint.bold("The record"));
            self.line(&format!("{first}{}", self.paint.dim(&format!(", {source}"))));
            for outcome in outcomes {
                self.wrapped(&format!("“{}”", one_line(outcome.shown())), "    ", "     ", |_, line| {
                    line.to_owned()
                });
                self.append(&format!("line {}", outcome.line), "     ");
            }
        }
    }

    fn summary(&mut self, report: &Report, summary: &Summary) {
        if summary.scope != Scope::Answer {
            self.summary_name(report, summary);
        }
        if summary.evidence.is_empty() {
            self.line(match summary.scope {
                Scope::Answer => "Nothing in this session answers the question.",
                _ => "  nothing to quote",
            });
        }
        let is_named = names_its_voice(report, summary);
        let mut voice = "";
        for evidence in &summary.evidence {
            if !is_named && evidence.speaker != voice {
                voice = &evidence.speaker;
                self.voice(report, evidence);
            }
            self.quotation(
                if is_named { "  " } else { "    " },
                evidence,
                &remark(report, summary, evidence),
            );
        }
    }

    fn summary_name(&mut self, report: &Report, summary: &Summary) {
        let name = match summary.scope {
            Scope::Session => "The session".to_owned(),
            _ => name_or_unknown(&summary.name),
        };
        let line = format!("{}  {}", self.paint.name(&name), self.paint.dim(&facts(report, summary)));
        self.line(&line);
    }

    fn voice(&mut self, report: &Report, evidence: &Evidence) {
        let (name, stakeholder) = voice(report, evidence);
        let mut line = format!("  {}", self.paint.bold(&name_or_unknown(name)));
        if !stakeholder.is_empty() {
            line.push_str(&self.paint.dim(&format!(", {}", one_line(stakeholder))));
        }
        self.line(&line);
    }

    fn quotation(&mut self, indent: &str, evidence: &Evidence, remark: &str) {
        if !evidence.context.is_empty() {
            let context = format!("… {}", one_line(evidence.context.trim_start_matches("… ")));
            self.wrapped(&context, indent, &format!("{indent}  "), |paint, line| paint.dim(line));
        }
        let quote = format!("“{}”", one_line(evidence.shown()));
        let hanging = format!("{indent} ");
        self.wrapped(&quote, indent, &hanging, |_, line| line.to_owned());
        self.append(remark, &hanging);
    }

    /// Puts a dimmed remark after the last line where it fits, else on a line of its own.
    fn append(&mut self, remark: &str, indent: &str) {
        let last = self.out.trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
        let remark_painted = self.paint.dim(remark);
        if display_width(last) + 2 + display_width(remark) <= self.width {
            self.out.truncate(self.out.trim_end_matches('\n').len());
            self.out.push_str(&format!("  {remark_painted}\n"));
        } else {
            self.line(&format!("{indent}{remark_painted}"));
        }
    }

    /// Wraps `text`, the first line after `first`, the others after `rest`.
    fn wrapped(&mut self, text: &str, first: &str, rest: &str, paint: impl Fn(&Paint, &str) -> String) {
        let room = self.width.saturating_sub(display_width(rest).max(display_width(first))).max(10);
        let options = textwrap::Options::new(room)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (index, line) in textwrap::wrap(text, options).iter().enumerate() {
            let painted = paint(&self.paint, line);
            self.line(&format!("{}{painted}", if index == 0 { first } else { rest }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::report;
    use super::*;
    use crate::model::Summary;

    fn plain(report: Report) -> String {
        write(&[report], Layout::PLAIN).unwrap()
    }

    #[test]
    fn a_summary_names_its_speaker_and_places_each_quotation() {
        assert_eq!(
            plain(report()),
            "The *harbour* talks\n\
             2024-07-02 · 2 speakers · 5 turns · 1,600 words · en\n\
             \n\
             Ana Reyes  Harbour Union · 13 words\n\
             \x20 “We cannot accept the pension cut.”  turn 1, line 12, as Ms Reyes, oppose\n\
             \x20 … Nights cost people their health.\n\
             \x20 “That is why the night shift must be paid.”  turn 3, line 30, 1:02:05\n"
        );
    }

    #[test]
    fn an_answer_shows_its_question_and_who_spoke() {
        let mut report = report();
        report.question = Some("What about nights?".into());
        let answer = &mut report.summaries.as_mut().unwrap()[0];
        (answer.scope, answer.name) = (Scope::Answer, "What about nights?".into());
        let text = plain(report.clone());
        assert!(text.contains("\nWhat about nights?\n"), "{text}");
        assert_eq!(text.matches("  Ana Reyes, Harbour Union\n").count(), 2, "{text}");
        report.summaries.as_mut().unwrap()[0].evidence.clear();
        assert!(plain(report).ends_with("Nothing in this session answers the question.\n"));
    }

    #[test]
    fn a_delegation_of_one_is_named_once() {
        let mut report = report();
        let summary = &mut report.summaries.as_mut().unwrap()[0];
        summary.scope = Scope::Stakeholder;
        assert_eq!(plain(report.clone()).matches("Ana Reyes").count(), 1);
        report.summaries.as_mut().unwrap()[0].name = "Harbour Union".into();
        let text = plain(report);
        assert!(text.contains("\nHarbour Union  13 words\n  Ana Reyes, Harbour Union\n"), "{text}");
    }

    #[test]
    fn lines_stay_within_the_width_and_only_styles_add_escape_codes() {
        let mut long = report();
        let evidence = &mut long.summaries.as_mut().unwrap()[0].evidence[0];
        evidence.display = "We cannot accept any of this. ".repeat(20);
        for width in [20, 40, 100] {
            let plain = write(std::slice::from_ref(&long), Layout { width, ..Layout::PLAIN }).unwrap();
            assert!(!plain.contains('\x1b'));
            let quoted = plain.lines().filter(|line| line.contains("accept"));
            assert!(quoted.clone().count() > 3);
            assert!(quoted.clone().all(|line| display_width(line) <= width), "{plain}");
            let styled =
                write(std::slice::from_ref(&long), Layout { width, styled: true, several: false }).unwrap();
            assert!(styled.contains("\x1b[1m") && styled.contains("\x1b[2m"));
            assert_eq!(anstream::adapter::strip_str(&styled).to_string(), plain);
        }
    }

    #[test]
    fn control_characters_of_a_source_do_not_reach_the_terminal() {
        let mut hostile = report();
        hostile.session.title = "\x1b[31mred\x07".into();
        let summary: &mut Summary = &mut hostile.summaries.as_mut().unwrap()[0];
        summary.evidence[0].display = "a\x1b]0;title\x07b\u{9b}31m".into();
        let text = plain(hostile);
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }

    #[test]
    fn several_reports_are_set_apart() {
        let text = write(&[report(), report()], Layout::PLAIN).unwrap();
        assert_eq!(text.matches("The *harbour* talks").count(), 2);
        assert!(text.contains("\n\n────────"));
    }
}
