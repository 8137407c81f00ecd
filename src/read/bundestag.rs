//! Plenary records of the German Bundestag: `<rede>` with `<p klasse="redner">` as published since 2017,
//! and older records with a text per speech (`<red>`), whose first lines name the speaker.
//!
//! What members call out stands in brackets: in the newer records it is part of the text, and a named
//! member becomes a voice; in the older ones, taken from print, it is nobody's. Contents, annexes, page
//! heads and lists of speakers are headers.

use roxmltree::Node;

use super::decode::LineIndex;
use super::hyphens;
use super::spaces::collapse;
use super::xml::{self, Dialect, text_of};
use super::{Confidence, Document, Format, count, label};
use crate::error::Result;
use crate::model::{Join, Session, SessionBuilder, count_words};

pub(super) const FORMAT: Format = Format {
    name: "bundestag",
    about: "plenary records of the German Bundestag in XML, old and new",
    extensions: &["xml"],
    confidence,
    read,
    source_text: |document, visit| {
        count::xml(document, &DIALECT, &mut |line, text| visit(line, &count::rejoined(text)))
    },
};

/// Which elements end a word.
const DIALECT: Dialect = Dialect {
    speeches: &["red", "rede"],
    paragraphs: &["p", "name", "kommentar", "zitat", "td", "tr"],
    headings: &["titel", "datum", "sitzungstitel", "plenarprotokoll-nummer"],
    asides: &[
        "vorspann",
        "inhaltsverzeichnis",
        "ivz-titel",
        "ivz-eintrag",
        "anlagen",
        "anlage",
        "rednerliste",
        "sitzungsverlauf",
        "kopfdaten",
    ],
    skipped: &[],
};

/// Longest label of the older records in bytes.
const MAX_LABEL: usize = 250;

/// Most lines of a remark in brackets in the older records; a longer one is speech.
const MAX_REMARK: usize = 6;

fn confidence(document: &Document) -> Confidence {
    match xml::root_name(&document.text) {
        Some("dbtplenarprotokoll") => Confidence::new(0.97, "the outermost element is dbtplenarprotokoll"),
        _ => Confidence::NONE,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let parsed = xml::parse(document, FORMAT.name)?;
    let index = LineIndex::new(&document.text);
    let root = parsed.root_element();
    let mut record = Record { builder: SessionBuilder::new(document.stem()), words: 0, current: None };
    let mut end = 0;
    for node in root.descendants() {
        if node.range().start < end {
            continue;
        }
        if record.element(node, &index) {
            // What is inside has been read with it.
            end = node.range().end;
        } else if let Some(text) = node.text().filter(|_| node.is_text()) {
            record.header(text);
        }
    }
    let session = record.builder.session();
    session.title = root
        .descendants()
        .find(|node| node.tag_name().name() == "plenarprotokoll-nummer")
        .map(text_of)
        .unwrap_or_default();
    session.date = root.attribute("sitzung-datum").map(day).unwrap_or_default();
    Ok(vec![record.builder.finish(record.words)])
}

/// `04.12.1969` as `1969-12-04`; empty for anything else.
fn day(text: &str) -> String {
    let mut parts = text.trim().split('.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year)) if year.len() == 4 && day.len() == 2 && month.len() == 2 => {
            format!("{year}-{month}-{day}")
        }
        _ => String::new(),
    }
}

struct Record {
    builder: SessionBuilder,
    words: u64,
    current: Option<String>,
}

impl Record {
    /// Reads an element with all that is in it; whether it is one that is read so.
    fn element(&mut self, node: Node, index: &LineIndex) -> bool {
        match node.tag_name().name() {
            "red" => self.printed_speech(node, index),
            "p" if names_speaker(node) => self.announcement(node),
            "name" => self.announcement(node),
            "p" | "zitat" | "kommentar" => self.paragraph(node, index),
            "vorspann" | "inhaltsverzeichnis" | "anlagen" | "anlage" | "rednerliste" => {
                let text = with_breaks(node);
                self.header(&text);
            }
            _ => return false,
        }
        true
    }

    fn header(&mut self, text: &str) {
        let words = count_words(&rejoined(text));
        self.words += words;
        self.builder.header_words(words);
    }

    /// `<p klasse="redner"><redner>…</redner>Dr. Ann Lee (Insel):</p>`, `<name>Präsidentin Ann Lee:</name>`.
    fn announcement(&mut self, node: Node) {
        let printed = node.children().filter(|child| child.tag_name().name() != "redner").map(text_of);
        let printed = collapse(&printed.collect::<Vec<_>>().join(" "));
        let label = printed.trim_end_matches(':').trim().to_owned();
        let words = count_words(&with_breaks(node));
        self.words += words;
        if label.is_empty() {
            self.builder.header_words(words);
            return;
        }
        self.builder.turn(&label).label_words(&label, words);
        self.current = Some(label);
    }

    fn paragraph(&mut self, node: Node, index: &LineIndex) {
        let text = text_of(node);
        self.words += count_words(&text);
        let is_speech = self.current.is_some() && !is_heading(node);
        if is_speech {
            let line = index.line(node.range().start);
            self.builder.text_of_one_line(&text, Join::Paragraph, line, None);
        } else {
            self.builder.header_words(count_words(&text));
        }
    }

    /// A speech of the older records: lines, of which the first name the speaker.
    fn printed_speech(&mut self, node: Node, index: &LineIndex) {
        let text = with_breaks(node);
        let first = index.line(node.range().start);
        let mut lines: Vec<(usize, String)> =
            text.split('\n').enumerate().map(|(at, line)| (first + at, line.to_owned())).collect();
        hyphens::rejoin(&mut lines);
        let lines: Vec<(usize, &str)> = lines
            .iter()
            .map(|(number, line)| (*number, line.trim()))
            .filter(|(_, line)| !line.is_empty())
            .collect();
        self.words += lines.iter().map(|(_, line)| count_words(line)).sum::<u64>();
        let named = label_of(&lines);
        let (label, n_lines, rest) = match &named {
            Some((label, n_lines, rest)) => (label.clone(), *n_lines, *rest),
            // A speech that goes on after a break has no label.
            None => (self.current.clone().unwrap_or_default(), 0, ""),
        };
        self.builder.turn(&label);
        let own: u64 = lines.iter().take(n_lines).map(|(_, line)| count_words(line)).sum();
        self.builder.label_words(&label, own - count_words(rest));
        let number = lines.get(n_lines.saturating_sub(1)).map_or(first, |(number, _)| *number);
        self.builder.text(rest, Join::Line, number, None);
        let mut at = n_lines;
        while let Some(&(number, line)) = lines.get(at) {
            let below = lines.get(at..).unwrap_or(&[]);
            let aside = remark(below).max(usize::from(is_furniture(line, &label)));
            if aside == 0 {
                self.builder.text(line, Join::Line, number, None);
            }
            let words = below.iter().take(aside).map(|(_, line)| count_words(line)).sum();
            self.builder.header_words(words);
            at += aside.max(1);
        }
        self.current = Some(label);
    }
}

fn names_speaker(node: Node) -> bool {
    node.attribute("klasse") == Some("redner")
        || node.children().any(|child| child.tag_name().name() == "redner")
}

/// Whether a paragraph announces an item of the agenda: `T_fett`, `T_NaS`, `T_Drs`.
fn is_heading(node: Node) -> bool {
    node.attribute("klasse").is_some_and(|class| class.starts_with("T_") || class.starts_with("AL_"))
}

/// The text of an element with a line end where an element that ends a word begins or ends.
fn with_breaks(node: Node) -> String {
    xml::text_with_breaks(node, &DIALECT)
}

fn rejoined(text: &str) -> String {
    let mut lines: Vec<(usize, String)> = text.split('\n').map(|line| (0, line.to_owned())).collect();
    hyphens::rejoin(&mut lines);
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

/// The label that the first lines end with a colon, how many lines it stands on, and what follows it.
fn label_of<'t>(lines: &[(usize, &'t str)]) -> Option<(String, usize, &'t str)> {
    let mut label = String::new();
    for (at, (_, line)) in lines.iter().take(4).enumerate() {
        let colon = line.find(':').filter(|colon| {
            let before = format!("{label} {}", line.get(..*colon).unwrap_or(""));
            before.matches('(').count() == before.matches(')').count()
        });
        if let Some(colon) = colon {
            label.push(' ');
            label.push_str(line.get(..colon)?);
            let label = collapse(&label);
            let starts_like_one = label.chars().next().is_some_and(char::is_uppercase);
            let is_label = starts_like_one && label.len() <= MAX_LABEL && !label.contains(['!', '?', '„']);
            return is_label.then(|| (label, at + 1, line.get(colon + 1..).unwrap_or("").trim_start()));
        }
        label.push(' ');
        label.push_str(line);
    }
    None
}

/// How many lines a remark in brackets takes that lines begin with; 0 where they begin with none.
fn remark(lines: &[(usize, &str)]) -> usize {
    if !lines.first().is_some_and(|(_, line)| line.starts_with('(')) {
        return 0;
    }
    let mut depth = 0i64;
    for (at, (_, line)) in lines.iter().take(MAX_REMARK).enumerate() {
        depth += line.matches('(').count() as i64 - line.matches(')').count() as i64;
        if depth <= 0 {
            let is_alone = line.trim_end_matches(['.', '—', '–', ' ', '-']).ends_with(')');
            return if is_alone { at + 1 } else { 0 };
        }
    }
    0
}

/// Page heads, marks of columns, and the speaker's name as it stands again at the top of a page.
fn is_furniture(line: &str, label: &str) -> bool {
    let is_head = line.contains("Wahlperiode") && line.contains("Sitzung") && line.contains("Bundestag");
    let is_number = !line.contains(char::is_alphabetic) && line.contains(char::is_numeric) && line.len() <= 8;
    let name = label.split(['(', ',', '[']).next().unwrap_or("").trim();
    is_head || is_number || !name.is_empty() && line == name && label::shape(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    #[test]
    fn records_of_today_name_the_speaker_in_a_paragraph_of_its_own() {
        let session = read_as(
            "bundestag",
            "<?xml version='1.0'?>\n<!DOCTYPE dbtplenarprotokoll SYSTEM 'dbtplenarprotokoll.dtd'>\n\
             <dbtplenarprotokoll sitzung-datum='04.03.2025'><vorspann><titel>Inhalt</titel></vorspann>\n<sitzungsverlauf>\
             <tagesordnungspunkt><p klasse='T_fett'>Fähren bei Nacht</p>\n<rede id='1'><p klasse='redner'><redner id='7'><name>\
             <vorname>Ann</vorname><nachname>Lee</nachname></name></redner>Ann Lee (Insel):</p>\n<p klasse='J_1'>Wir lehnen das ab.</p>\
             <kommentar>(Bo Ek [Küste]: Nie!)</kommentar><p klasse='J'>Es ist zu teuer.</p>\n<name>Präsidentin Cy Fox:</name>\
             <p klasse='J'>Danke.</p></rede></tagesordnungspunkt></sitzungsverlauf><rednerliste><redner><name>X</name></redner>\
             </rednerliste></dbtplenarprotokoll>",
        );
        assert_eq!(
            turns(&session),
            [
                ("Ann Lee (Insel)", "Wir lehnen das ab."),
                ("Bo Ek [Küste]", "Nie!"),
                ("Ann Lee (Insel)", "Es ist zu teuer."),
                ("Präsidentin Cy Fox", "Danke."),
            ]
        );
        assert_eq!(session.date, "2025-03-04");
        assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    }

    #[test]
    fn older_records_are_lines_with_page_heads_remarks_and_divided_words() {
        let session = read_as(
            "bundestag",
            "<dbtplenarprotokoll sitzung-datum='04.12.1969'><vorspann><inhaltsverzeichnis>Inhalt:\nLee (Insel) . . 605 D\n\
             </inhaltsverzeichnis></vorspann><sitzungsverlauf>17. Sitzung\n<red>Vizepräsident Dr. Ek: Das Wort hat Frau Lee.\n</red>\n\
             <red>\nLee, Bun-\ndesministerin für Fähren (Insel) : Wir lehnen\n(Zuruf: Warum?)\n(A)\nDeutscher Bundestag — 6. Wahlperiode \
             — 17. Sitzung\t609\ndas ab, weil die Ge-\nbühr zu hoch ist (siehe\nAnlage) und bleibt.\n(Abg. Ott [Rot]: Hört,\nhört!)\n</red>\
             </sitzungsverlauf><anlagen>Anlage 1</anlagen></dbtplenarprotokoll>",
        );
        assert_eq!(
            turns(&session),
            [
                ("Vizepräsident Dr. Ek", "Das Wort hat Frau Lee."),
                (
                    "Lee, Bundesministerin für Fähren (Insel)",
                    "Wir lehnen\ndas ab, weil die Gebühr\nzu hoch ist (siehe\nAnlage) und bleibt."
                ),
            ]
        );
        assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    }
}
