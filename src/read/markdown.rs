//! Minutes in Markdown: headings are issues, `ABC: text` and `**Name:** text` are turns, a table
//! of attendees is a roster.
//!
//! Sections that people wrote afterwards (summary, conclusion) are the source's own report, never
//! speech. Tables, fenced code, links and lists that stand apart are not speech either.

mod aside;
mod dashed;
mod items;
mod labels;
mod metadata;
mod voices;

use rustc_hash::FxHashSet;

use self::aside::aside_lines;
use self::labels::split;
use self::metadata::is_metadata;
use super::attendees;
use super::date::find_date;
use super::decode::{Line, lines};
use super::lines::LineWriter;
use super::outcomes::{Outcomes, is_report};
use super::{Confidence, Document, Format, colophon, count, frontmatter, inner, no_turns, proceedings, time};
use crate::error::Result;
use crate::model::Session;

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    about: "minutes in Markdown: headings, \"ABC: text\" or \"**Name:** text\", attendee tables",
    extensions: &["md", "markdown"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// Most words of a heading that says a day: those of the day, of the weekday and one or two beside it.
const MAX_DAY: usize = 6;

/// What a line of Markdown is, apart from speech.
#[derive(Clone, Copy)]
enum Kind<'a> {
    Blank,
    Heading(usize, &'a str),
    Table,
    Rule,
    Item,
    Labelled(&'a str, usize),
    Metadata,
    Text,
}

fn kind<'a>(line: &Line<'a>) -> Kind<'a> {
    let text = line.text.trim();
    if text.is_empty() {
        return Kind::Blank;
    }
    let hashes = text.len() - text.trim_start_matches('#').len();
    if (1..=6).contains(&hashes)
        && text.get(hashes..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    {
        return Kind::Heading(hashes, text.get(hashes..).unwrap_or("").trim().trim_end_matches('#').trim());
    }
    if text.starts_with('|') {
        return Kind::Table;
    }
    if !text.contains(char::is_alphanumeric) && !text.contains('?') {
        return Kind::Rule;
    }
    if let Some((label, speech)) = split(line.text) {
        return Kind::Labelled(label, speech);
    }
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        numbered.len() < text.len() && (numbered.starts_with(". ") || numbered.starts_with(") "));
    if text.starts_with(['-', '*', '+']) && !text.starts_with("**") || is_numbered {
        return Kind::Item;
    }
    if is_metadata(text) { Kind::Metadata } else { Kind::Text }
}

/// Whether a heading says little more than a day: `05 July 2024`, `July 5, 2024 (recording)`.
fn is_day(title: &str) -> bool {
    title.split_whitespace().count() <= MAX_DAY && !find_date(title).is_empty()
}

fn confidence(document: &Document) -> Confidence {
    if document.sample().trim_start().starts_with(['{', '<']) {
        return Confidence::NONE;
    }
    let code = aside_lines(document.sample());
    let (mut headings, mut labels, mut bold) = (0, 0, 0);
    for line in lines(document.sample()).filter(|line| !code.contains(&line.number)) {
        match kind(&line) {
            Kind::Heading(..) => headings += 1,
            Kind::Labelled(..) => {
                labels += 1;
                bold += usize::from(line.text.trim_start_matches(['-', ' ']).starts_with("**"));
            }
            _ => {}
        }
    }
    let reason =
        format!("{headings} Markdown headings, {labels} lines that begin with a label ({bold} in bold)");
    let items = items::find(document.sample(), &code);
    if labels < items.len() {
        let listed = attendees::find(document.sample()).short_names();
        if items.iter().filter(|label| listed.contains(**label)).count() >= 2 {
            return Confidence::new(0.9, "items of lists begin with names from a list of attendees");
        }
        // Less than a file of a folder needs: lists of changes look alike.
        return Confidence::new(0.3, "items of lists begin with labels that come back");
    }
    match (headings, labels, bold) {
        (_, 0, _) => Confidence::NONE,
        (1.., 2.., _) => Confidence::new(0.88, reason),
        (1.., 1, _) => Confidence::new(0.5, reason),
        (0, _, 2..) => Confidence::new(0.85, reason),
        _ => Confidence::new(0.25, reason),
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let roster = attendees::find(document.seen());
    let front = frontmatter::of(document.seen()).unwrap_or_default();
    let code = aside_lines(document.seen());
    let mut labels = voices::find(document.seen(), &roster, &code);
    let dashed = dashed::find(document.seen(), &labels, &code);
    labels.extend(&dashed);
    let items = items::find(document.seen(), &code);
    labels.extend(&items);
    let lists = items::within_turns(document.seen(), &labels, &code);
    if labels.is_empty() {
        return Err(no_turns("no paragraph begins with a label such as \"ABC:\" or \"**Name:**\""));
    }
    let mut minutes = Minutes {
        writer: LineWriter::new(document),
        open: false,
        report: None,
        narrative: String::new(),
        outcomes: Outcomes::default(),
        blank_before: true,
        in_list: false,
        dashed,
        items,
        item_indentation: 0,
        lists,
        timed: false,
    };
    for line in lines(document.seen()) {
        if code.contains(&line.number) || colophon::is_colophon(line.text) {
            minutes.writer.header(&line);
        } else if proceedings::is_column(line.text) {
            minutes.writer.page_furniture(&line);
        } else {
            minutes.line(&line, &labels);
        }
    }
    let session = minutes.writer.builder.session();
    session.attendees = roster.attendees;
    front.tell(session);
    minutes.narrative.trim().clone_into(&mut session.narrative);
    minutes.outcomes.finish(&mut minutes.writer);
    let timed = minutes.timed;
    let mut session = minutes.writer.finish();
    if timed {
        time::close_times(&mut session);
    }
    inner::set_apart(&mut session);
    Ok(vec![session])
}

/// Where in the minutes a line stands.
struct Minutes<'a> {
    writer: LineWriter<'a>,
    /// Whether text goes on with the turn before it.
    open: bool,
    /// The level of the report section that is open.
    report: Option<usize>,
    narrative: String,
    outcomes: Outcomes,
    blank_before: bool,
    in_list: bool,
    /// Labels that may have a dash for a colon.
    dashed: FxHashSet<&'a str>,
    /// Labels of items, where the minutes are lists all through.
    items: FxHashSet<&'a str>,
    /// How far the last item with a label is indented.
    item_indentation: usize,
    /// Lines of lists that are part of a turn.
    lists: FxHashSet<usize>,
    /// Whether a label has a time before it.
    timed: bool,
}

impl<'a> Minutes<'a> {
    fn line(&mut self, line: &Line<'a>, labels: &FxHashSet<&str>) {
        let kind = kind(line);
        let was_list = std::mem::replace(&mut self.in_list, false);
        if !matches!(kind, Kind::Blank | Kind::Table) {
            self.outcomes.other();
        }
        match kind {
            Kind::Blank => self.in_list = was_list,
            Kind::Heading(level, title) => self.heading(level, title, line),
            Kind::Labelled(label, speech) if labels.contains(label) => {
                let (time, _) = time::leading_time(line.text.trim_start_matches(['-', '*', '_', '>', ' ']));
                self.timed |= time.is_some();
                let end = line.end() - labels::closing_mark(line.text.get(speech..).unwrap_or(""));
                self.writer.turn(label, line, line.start + speech..end, time);
                self.open = true;
            }
            Kind::Text if self.dashed_label(line.text).is_some() => {
                let (label, speech) = self.dashed_label(line.text).unwrap_or_default();
                self.writer.turn(label, line, line.start + speech..line.end(), None);
                self.open = true;
            }
            Kind::Item if self.lists.contains(&line.number) => self.writer.speech(line),
            Kind::Item if !self.items.is_empty() && self.report.is_none() => self.item(line),
            Kind::Table | Kind::Rule | Kind::Metadata => {
                match kind {
                    Kind::Table => self.outcomes.row(line),
                    _ => _ = self.outcomes.keyed(line, 0),
                }
                self.writer.header(line);
            }
            // A day of the month looks like the number of an item: `12. September 2024`.
            Kind::Item if self.writer.builder.is_empty() && !find_date(line.text).is_empty() => {
                self.text(line, false);
            }
            Kind::Item if !self.open || self.blank_before || was_list || self.report.is_some() => {
                self.in_list = true;
                self.aside(line);
            }
            Kind::Text | Kind::Labelled(..) | Kind::Item => self.text(line, was_list),
        }
        self.blank_before = line.is_blank();
    }

    /// An item of minutes that are lists all through: what stands beside the labelled ones is nobody's, what is
    /// indented below one is part of it.
    fn item(&mut self, line: &Line<'a>) {
        let indentation = items::indentation(line.text);
        let label = items::split(line.text).filter(|(label, _)| self.items.contains(label));
        if let Some((label, speech)) = label {
            self.writer.turn(label, line, line.start + speech..line.end(), None);
            (self.open, self.item_indentation) = (true, indentation);
        } else if self.open && indentation > self.item_indentation {
            self.writer.speech(line);
        } else {
            self.open = false;
            self.aside(line);
        }
    }

    /// The label with a dash that a line begins with, and the byte offset of its speech.
    fn dashed_label<'t>(&self, line: &'t str) -> Option<(&'t str, usize)> {
        dashed::split(line).filter(|(label, _)| self.dashed.contains(label))
    }

    fn heading(&mut self, level: usize, title: &str, line: &Line<'a>) {
        self.open = false;
        if is_report(title) {
            self.report = Some(self.report.map_or(level, |open| open.min(level)));
            self.outcomes.begin_report(&attendees::without_links(title));
            self.writer.header(line);
            return;
        }
        if self.report.is_none_or(|open| level <= open) {
            self.report = None;
        }
        let title = attendees::without_links(title);
        let session = self.writer.builder.session();
        if session.title.is_empty() && level == 1 && session.turns.is_empty() {
            session.date = find_date(&title);
            session.title = title;
            self.writer.header(line);
        } else {
            if session.date.is_empty() && session.turns.is_empty() && is_day(&title) {
                session.date = find_date(&title);
            }
            self.outcomes.begin(&title);
            self.writer.heading(&title, line);
        }
    }

    fn text(&mut self, line: &Line<'a>, was_list: bool) {
        let continues_item = was_list && !self.blank_before;
        if self.report.is_some() || continues_item {
            self.in_list = continues_item;
            self.aside(line);
        } else if self.open {
            // Lines of a quotation have a mark before them.
            let quoted = line.text.strip_prefix('>').filter(|rest| rest.starts_with(' '));
            match quoted.map(|rest| line.text.len() - rest.trim_start().len()) {
                Some(mark) => self.writer.part_of_turn(line, line.start + mark..line.end(), None),
                None => self.writer.speech(line),
            }
        } else if self.writer.builder.is_empty() {
            self.writer.header(line);
            let session = self.writer.builder.session();
            if session.date.is_empty() {
                session.date = find_date(line.text);
            }
        } else {
            self.writer.unattributed(line);
        }
    }

    /// A line that is not speech; in a report section it is part of the report.
    fn aside(&mut self, line: &Line<'a>) {
        self.writer.header(line);
        if self.report.is_some() {
            self.narrative.push_str(line.text.trim());
            self.narrative.push('\n');
            self.outcomes.line(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    const MINUTES: &str = "# 3 May 2023 Ferry meeting\n\n| Name | Abbreviation | Organization |\n\
        | --- | --- | --- |\n| Ann Lee | AL | Harbour Board |\n| Bo Ek | BE | |\n\n## Fares\n\n\
        Presenter: Ann Lee (AL)\n\n- [slides](https://example.org/a)\n\nAL: We raise fares.\nBy half.\n\n\
        And more.\n\n```js\nBE: not(said)\n```\n\nStill me.\n\nAL/BE: Both of us.\n\n- a list\n- of points\n\n\
        BE [on queue]: Fine.\n\n### Conclusion\n\n- AL: to write it down\n\nFares go up.\n\n## Closing\n\n\
        Nobody in particular.\n\n**Cy Fox:** Bye.\n";

    #[test]
    fn minutes_become_turns_issues_and_a_roster() {
        let session = read_as("markdown", MINUTES);
        assert_eq!(
            turns(&session),
            [
                ("AL", "We raise fares.\nBy half.\n\nAnd more.\n\nStill me."),
                ("AL/BE", "Both of us."),
                ("BE", "Fine."),
                ("Cy Fox", "Bye."),
            ]
        );
        let headings: Vec<_> = session.headings.iter().map(|h| (h.title.as_str(), h.turn)).collect();
        assert_eq!(headings, [("Fares", 0), ("Closing", 3)]);
        assert_eq!(
            (session.title.as_str(), session.date.as_str()),
            ("3 May 2023 Ferry meeting", "2023-05-03")
        );
        assert_eq!(session.attendees.len(), 2);
        assert_eq!(session.attendees[0].stakeholder, "Harbour Board");
        assert_eq!(session.outside.unattributed, 3);
        assert!(session.narrative.contains("Fares go up."));
    }

    #[test]
    fn minutes_mix_labels_in_bold_nicks_remarks_and_questions() {
        let session = read_as(
            "markdown",
            "# M\n\n**Ann: One point:** fares rise.\n\n**Bo:** No.\n\n<cy_(quay)> see the list\n\n**Ann:** Two.\n\nBo<in chat>: Three.\n\n\
             <cy_(quay)> four\n\nQ - Who pays?\n\nA - We do.\n\n<dee> five\n\nQ - Why?\n\nA - So.\n\n**Bo:** Six.\n\n**Ann:** Seven.\n\n**Backup:** \
             Dee Fox\n\n**Gil:** I have a question about the winter timetable.\n",
        );
        let labels: Vec<&str> = turns(&session).into_iter().map(|(label, _)| label).collect();
        assert_eq!(
            labels,
            [
                "Ann",
                "Bo",
                "cy_(quay)",
                "Ann",
                "Bo",
                "cy_(quay)",
                "Q",
                "A",
                "dee",
                "Q",
                "A",
                "Bo",
                "Ann",
                "Gil"
            ]
        );
        assert_eq!(session.turn_text(4), "Three.");
    }

    #[test]
    fn a_fence_that_is_never_closed_swallows_no_turns() {
        let session = read_as(
            "markdown",
            "# M\n\nAL: One.\n\n```js\nx\n~~~~ y\n```\n\nBE: Two.\n\n~~~\n\nAL: Three.\n",
        );
        assert_eq!(turns(&session), [("AL", "One."), ("BE", "Two."), ("AL", "Three.")]);
    }

    #[test]
    fn dates_below_the_title_are_found_and_lists_right_below_a_turn_are_speech() {
        let session =
            read_as("markdown", "# M\n\n21 May 2024\n\nAL: Two points:\n- one\n- two\n\nBE: Yes.\n");
        assert_eq!(session.date, "2024-05-21");
        assert_eq!(turns(&session), [("AL", "Two points:\n- one\n- two"), ("BE", "Yes.")]);
        let german = read_as(
            "markdown",
            "# M\n\n12. September 2024, Rathaus\n\n**Ann Lee:** Ja.\n\n**Bo Ek:** Nein.\n",
        );
        assert_eq!(german.date, "2024-09-12");
    }

    #[test]
    fn the_mark_that_ends_bold_type_is_no_part_of_what_goes_on_below() {
        let text = "**Ann: Why now? **\nWe ask.\n\n**Bo: Why?**\nSo.\n\n**Ann:** Yes.\n\n**Bo:** No.\n";
        let session = read_as("markdown", text);
        let expected = [("Ann", "Why now?\nWe ask."), ("Bo", "Why?\nSo."), ("Ann", "Yes."), ("Bo", "No.")];
        assert_eq!(turns(&session), expected);
    }

    #[test]
    fn questions_may_be_in_bold_with_their_label() {
        for (one, other) in [("Quay News", "Ann Lee"), ("Q", "A")] {
            let text = format!(
                "# Talk\n\n**{one}: Why: now?**\n\n{other}: It rains.\n\nIt pours.\n\n**{one}: And then?**\n\n**{other}:** **We** go.\n\n\
                 **Night Ferry: who pays?**\n\n{other}: Nobody.\n"
            );
            let expected = [
                (one, "Why: now?"),
                (other, "It rains.\n\nIt pours."),
                (one, "And then?"),
                (other, "**We** go.\n\n**Night Ferry: who pays?**"),
                (other, "Nobody."),
            ];
            assert_eq!(turns(&read_as("markdown", &text)), expected);
        }
    }

    #[test]
    fn marks_of_quotations_are_no_words() {
        let text = "# Talk\n\n> **Ann Lee:** We go.\n> All of us.\n>\n> > 3 boats.\n>\n> **Bo Ek:** Why?\n>\n> **Ann Lee:** So.\n";
        let session = read_as("markdown", text);
        assert_eq!(turns(&session)[0].1.replace("\n\n", "\n"), "We go.\nAll of us.\n> 3 boats.");
    }
}
