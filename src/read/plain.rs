//! Plain text: `Name: text` on a line, or `Name:` on a line of its own and the text below.
//!
//! Not every line with a colon is a turn; [`label`](super::label) decides over the whole text.
//! Labels of parliamentary records, which have no colon, are those of [`proceedings`](super::proceedings).
//! A line that begins with a time (`[00:12:30] Ann: …`) keeps it.

mod chat;
mod court;
mod forms;
mod messages;
mod prose;

use rustc_hash::{FxHashMap, FxHashSet};

use super::date::find_date;
use super::decode::{Line, lines};
use super::label;
use super::lines::LineWriter;
use super::time::{bare_clock, close_times, leading_time, lone_time};
use super::{
    Confidence, Document, Format, colophon, count, fields, frontmatter, inner, nick, no_turns, proceedings,
    unnamed,
};
use crate::error::Result;
use crate::model::{Session, Time};

pub(super) const FORMAT: Format = Format {
    name: "plain",
    about: "plain text: \"Name: text\" on a line, or \"Name:\" on a line of its own and the text below",
    extensions: &["txt", "text"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// A line that begins with a label.
struct LabelledLine<'a> {
    label: &'a str,
    /// Byte offset in the line where the speech begins.
    speech: usize,
    time: Option<Time>,
    /// Whether the date of a message stands before the label.
    is_stamped: bool,
}

/// Finds a label that a line begins with, and the byte offset of what follows.
type Split = for<'t> fn(&'t str) -> Option<(&'t str, usize)>;

fn labelled<'a>(line: &Line<'a>, split: Split) -> Option<LabelledLine<'a>> {
    labelled_after(line, 0, split)
}

/// The label that a line has behind its first `start` bytes.
fn labelled_after<'a>(line: &Line<'a>, start: usize, split: Split) -> Option<LabelledLine<'a>> {
    let text = line.text.get(start..)?;
    let (time, at) = match leading_time(text) {
        (None, _) => (None, chat::stamp(text)),
        found => found,
    };
    let is_stamped = time.is_none() && at > 0;
    let at = start + at;
    let rest = line.text.get(at..)?;
    let lead = rest.len() - rest.trim_start_matches(['"', '*', '_', '“', ' ', '\t']).len();
    let (label, speech) = split(rest.get(lead..)?)?;
    Some(LabelledLine { label, speech: at + lead + speech, time, is_stamped })
}

/// The labels of a text and the part of its paragraphs that begin with one.
struct Labels<'a> {
    taken: FxHashSet<&'a str>,
    share: f64,
    uses: usize,
    split: Split,
    /// Whether the lines of a page have numbers before them.
    is_numbered: bool,
    /// Whether each label has the date of its message before it.
    is_stamped: bool,
    /// Whether each label has a time without brackets before it.
    is_clocked: bool,
}

impl Default for Labels<'_> {
    fn default() -> Self {
        Labels {
            taken: FxHashSet::default(),
            share: 0.0,
            uses: 0,
            split: label::split_label,
            is_numbered: false,
            is_stamped: false,
            is_clocked: false,
        }
    }
}

/// The labels that look like names; where there are none, whatever nearly every line has before a
/// colon, again and again: nicknames in lower case.
fn find_labels(text: &str) -> Labels<'_> {
    if court::has_questions(text) {
        let is_numbered = court::is_numbered(text);
        return Labels { is_numbered, ..labels_after(text, court::split, is_numbered) };
    }
    let messages = chat_labels(text);
    if !messages.taken.is_empty() {
        return messages;
    }
    if let Some(messages) = messages_of(text) {
        return messages;
    }
    let named = with_nicks(text, labels_by(text, label::split_label));
    let official = official_labels(text);
    let has_official = official.uses > 2 && official.taken.len() >= 2;
    if has_official && let Some(mixed) = mixed_labels(&named, &official) {
        return mixed;
    }
    let n_lines = lines(text).filter(|line| !line.is_blank()).count();
    if 3 * named.uses > n_lines {
        return named;
    }
    if has_official && official.uses > named.uses {
        return official;
    }
    let hearing = hearing_labels(text);
    if hearing.uses > named.uses {
        return hearing;
    }
    let forms: [(Split, bool); 7] = [
        (forms::bracketed, false),
        (forms::dashed, false),
        (chat::split, false),
        (proceedings::capitals, false),
        (forms::clocked, true),
        (forms::tabbed, false),
        (forms::circled, false),
    ];
    // Where not most lines begin so, the form is not looked at more closely.
    let is_of_most = |split| 2 * lines(text).filter(|line| labelled(line, split).is_some()).count() > n_lines;
    let of_most = forms.into_iter().filter(|&(split, _)| is_of_most(split));
    let without_colon = of_most.map(|(split, is_clocked)| Labels { is_clocked, ..labels_by(text, split) });
    let is_sure =
        |l: &Labels| l.share >= 0.9 && l.taken.len() >= 2 && l.uses > l.taken.len() && 2 * l.uses > n_lines;
    let sure = without_colon.filter(is_sure).find(|labels| labels.uses > 2 * named.uses);
    if let Some(sure) = sure {
        return sure;
    }
    if !named.taken.is_empty() {
        return named;
    }
    let nicknames = labels_by(text, forms::nickname);
    let distinct = nicknames.taken.len();
    if nicknames.share >= 0.9 && distinct >= 2 && nicknames.uses >= 3 * distinct {
        return nicknames;
    }
    Labels { taken: FxHashSet::default(), uses: 0, ..nicknames }
}

/// The labels of messages behind their dates.
fn messages_of(text: &str) -> Option<Labels<'_>> {
    let forms: [Split; 2] = [messages::split, messages::sender];
    forms.into_iter().find_map(|split| {
        let (taken, uses) = messages::writers(text, split)?;
        Some(Labels { taken, share: 1.0, uses, split, is_stamped: true, ..Labels::default() })
    })
}

/// The labels of a record that has a dash behind some labels and a colon behind others: those with a colon too, where
/// they name a member or an office; all of them where they are more.
fn mixed_labels<'a>(named: &Labels<'a>, official: &Labels<'a>) -> Option<Labels<'a>> {
    let is_most = named.uses > official.uses;
    let with_colon = named.taken.iter().filter(|label| is_most || proceedings::is_of_record(label));
    let with_colon: Vec<&str> = with_colon.copied().collect();
    let taken = official.taken.iter().copied().chain(with_colon.iter().copied()).collect();
    let uses = named.uses + official.uses;
    (!with_colon.is_empty()).then(|| Labels { taken, uses, split: forms::official_or_named, ..*named })
}

/// The labels of a parliamentary record: each looks like nothing else, so that one use is enough.
fn official_labels(text: &str) -> Labels<'_> {
    let found = lines(text).filter_map(|line| labelled(&line, proceedings::split)).map(|found| found.label);
    let all: Vec<&str> = found.collect();
    if all.is_empty() {
        return Labels::default();
    }
    let labels = labels_by(text, proceedings::split);
    Labels { uses: all.len(), taken: all.into_iter().collect(), ..labels }
}

/// The labels of a hearing, in which a title and a name in any letters stand before a full stop: those that come back,
/// and where there are some, the others too.
fn hearing_labels(text: &str) -> Labels<'_> {
    let found = lines(text).filter_map(|line| labelled(&line, proceedings::titled)).map(|found| found.label);
    let all: Vec<&str> = found.collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    all.iter().for_each(|label| *counts.entry(label).or_default() += 1);
    let n_returning = counts.values().filter(|&&n| n >= 2).count();
    if n_returning < 2 || all.len() < 5 {
        return Labels::default();
    }
    let labels = labels_by(text, proceedings::titled);
    Labels { uses: all.len(), taken: counts.into_keys().collect(), ..labels }
}

/// The labels of a saved chat: a time and `From … to …:` look like nothing else, whatever the names are.
fn chat_labels(text: &str) -> Labels<'_> {
    let found = lines(text).filter(|line| !line.is_blank());
    let (mut n_lines, mut all) = (0usize, Vec::new());
    for line in found {
        n_lines += 1;
        all.extend(
            labelled(&line, chat::split).filter(|found| found.time.is_some()).map(|found| found.label),
        );
    }
    let is_chat = all.len() > 2 && 4 * all.len() >= n_lines;
    let taken = if is_chat { all.iter().copied().collect() } else { FxHashSet::default() };
    Labels { taken, share: 1.0, uses: all.len(), split: chat::split, ..Labels::default() }
}

/// The labels with the nicks in angle brackets that lines of a chat between them begin with: `<ann> text`.
fn with_nicks<'a>(text: &'a str, named: Labels<'a>) -> Labels<'a> {
    if !text.contains('<') {
        return named;
    }
    let nicks: Vec<&str> =
        lines(text).filter_map(|line| labelled(&line, nick::nick)).map(|found| found.label).collect();
    // Fewer may be examples or tags.
    if nicks.len() < 3 || named.uses <= nicks.len() || named.taken.len() < 2 {
        return named;
    }
    let uses = named.uses + nicks.len();
    let taken = named.taken.into_iter().chain(nicks).collect();
    Labels { taken, uses, split: forms::name_or_nick, ..named }
}

fn labels_by(text: &str, split: Split) -> Labels<'_> {
    labels_after(text, split, false)
}

/// The labels of a text, of which the lines may be numbered.
fn labels_after(text: &str, split: Split, is_numbered: bool) -> Labels<'_> {
    let (mut filled, mut found_at): (Vec<Line>, Vec<(usize, LabelledLine)>) = (Vec::new(), Vec::new());
    let (mut paragraphs, mut begun, mut after_blank) = (0usize, 0usize, true);
    let people = fields::people_lines(text);
    for line in lines(text).filter(|line| !people.contains(&line.number)) {
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        filled.push(line);
        let found = labelled_after(&line, court::body(&line, is_numbered), split);
        paragraphs += usize::from(found.is_some() || after_blank && begun > 0);
        after_blank = false;
        if let Some(found) = found {
            begun += 1;
            found_at.push((filled.len() - 1, found));
        }
    }
    let share = begun as f64 / paragraphs.max(1) as f64;
    let candidates: Vec<&str> = found_at.iter().map(|(_, found)| found.label).collect();
    let mut taken = label::accepted(&candidates, &FxHashSet::default(), share);
    // Pages of courts, whose lines are numbered, have no header of fields.
    if !is_numbered && !candidates.is_empty() {
        let fields = header_fields(&filled, &found_at);
        taken.retain(|label| !fields.contains(label));
    }
    let uses = candidates.iter().filter(|c| taken.contains(*c)).count();
    Labels { taken, share, uses, split, ..Labels::default() }
}

/// The labels that are fields: those of a header above the first voice, and those of links. The lines are those that
/// are filled, and where among them a label was found.
fn header_fields<'a>(filled: &[Line<'a>], found: &[(usize, LabelledLine<'a>)]) -> FxHashSet<&'a str> {
    let keys: Vec<usize> =
        filled.iter().filter(|line| fields::is_field(line.text)).map(|line| line.number).collect();
    let uses = found.iter().filter_map(|(at, found)| {
        let line = filled.get(*at)?;
        let rest = line.text.get(found.speech..).unwrap_or("").trim();
        let said = if rest.is_empty() { filled.get(at + 1).map_or("", |below| below.text) } else { rest };
        Some(fields::Use { label: found.label, line: line.number, said })
    });
    let uses: Vec<fields::Use> = uses.collect();
    let mut found = fields::header_fields(&uses, &keys);
    found.extend(fields::of_links(&uses));
    found
}

fn confidence(document: &Document) -> Confidence {
    let text = document.sample();
    let start = text.trim_start();
    // Of most texts the first character tells.
    let is_markup =
        || start.contains("</") || start.contains("/>") || start.contains("<!") || start.contains("<?");
    if start.starts_with('{') || start.starts_with('<') && is_markup() {
        return Confidence::NONE;
    }
    let body = text.get(frontmatter::of(text).map_or(0, |front| front.bytes)..).unwrap_or("");
    let labels = find_labels(body);
    if labels.taken.is_empty() && !text.contains("-->") && unnamed::is_prose(body) {
        // Less than a file of a folder needs to be taken for a transcript: it may be any text.
        return Confidence::new(0.25, "text in which no line begins with a label");
    }
    let reason = format!("{} lines begin with one of {} labels", labels.uses, labels.taken.len());
    match (labels.uses, labels.taken.len()) {
        (0 | 1, _) => Confidence::new(0.2 * labels.uses as f64, reason),
        (2, 1) => Confidence::new(0.25, reason),
        _ => Confidence::new(0.3 + 0.4 * labels.share.min(1.0), reason),
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let front = frontmatter::of(document.seen()).unwrap_or_default();
    let body = document.seen().get(front.bytes..).unwrap_or("");
    let labels = find_labels(body);
    let mut writer = LineWriter::new(document);
    if labels.taken.is_empty() {
        if !unnamed::is_prose(body) {
            return Err(no_turns("this is text without speakers: no line begins with a name and a colon"));
        }
        prose::write(&mut writer, document.seen(), front.last);
    } else {
        if labels.is_stamped {
            writer.builder.session().date = messages::date(body);
        }
        write(&mut writer, document.seen(), &labels, front.last);
    }
    front.tell(writer.builder.session());
    let mut session = writer.finish();
    close_times(&mut session);
    if !labels.taken.is_empty() {
        inner::set_apart(&mut session);
    }
    Ok(vec![session])
}

/// Writes the lines of a text with labels; those up to `front` are settings.
fn write(writer: &mut LineWriter, text: &str, labels: &Labels, front: usize) {
    let people = fields::people_lines(text);
    let mut after_blank = true;
    for line in lines(text) {
        let begins = std::mem::replace(&mut after_blank, line.is_blank());
        if line.number <= front || people.contains(&line.number) {
            writer.header(&line);
            continue;
        }
        let start = court::body(&line, labels.is_numbered);
        let found = labelled_after(&line, start, labels.split);
        let found = found.filter(|found| labels.taken.contains(found.label));
        match found.filter(|found| found.is_stamped || !labels.is_stamped) {
            Some(found)
                if labels.is_stamped
                    && messages::is_left_out(line.text.get(found.speech..).unwrap_or("")) =>
            {
                writer.header(&line);
            }
            Some(found) => {
                let clock = || bare_clock(line.text).filter(|_| labels.is_clocked).map(|(time, _)| time);
                let time = found.time.or_else(clock);
                writer.turn(found.label, &line, line.start + found.speech..line.end(), time);
            }
            // What the program says: that somebody has joined.
            None if labels.is_stamped && chat::stamp(line.text) > 0 => writer.header(&line),
            None if writer.builder.is_empty() => front_matter(writer, &line),
            None if begins && fields::is_roster(line.text) => writer.header(&line),
            None => unlabelled(writer, &line, start),
        }
    }
}

/// A line without a label below one that has; what is said on it begins at byte `start`.
fn unlabelled(writer: &mut LineWriter, line: &Line, start: usize) {
    let text = line.text.get(start..).unwrap_or("");
    if proceedings::is_interjection(text) || colophon::is_colophon(text) || court::is_heading(text) {
        writer.header(line);
    } else if proceedings::is_column(text) {
        writer.page_furniture(line);
    } else if let Some(time) = lone_time(text) {
        writer.time(line, line.end()..line.end(), Some(time));
    } else {
        writer.part_of_turn(line, line.start + start..line.end(), None);
    }
}

/// Lines above the first turn: the first is the title, dates are looked for, all are headers.
pub(super) fn front_matter(writer: &mut LineWriter, line: &Line) {
    writer.header(line);
    let session = writer.builder.session();
    if session.date.is_empty() {
        session.date = find_date(line.text);
    }
    let text = line.text.trim().trim_start_matches('#').trim();
    let value = text.strip_prefix("Title:").map_or(text, str::trim);
    if session.title.is_empty() && value.split_whitespace().count() <= 30 {
        value.clone_into(&mut session.title);
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("plain", text)), expected, "{text}");
    }

    #[test]
    fn labels_stand_before_the_text_or_above_it() {
        check(
            "Ann: One.\nBo Ek: Two.\nThree.\n\nFour.",
            &[("Ann", "One."), ("Bo Ek", "Two.\nThree.\n\nFour.")],
        );
        check("Ann:\nOne.\n\nBo:\nTwo.\nAnn:\nYes.", &[("Ann", "One."), ("Bo", "Two."), ("Ann", "Yes.")]);
    }

    #[test]
    fn not_every_line_with_a_colon_is_a_turn() {
        check(
            "Ann: We agreed.\nNote: not a person.\n10:30 Meeting: resumed.\nhttp://a.org: a link\n\
             Result: fine.\nthere are three: a, b, c\n\nMore.\n\nAnd more.\n\nBo: Two.\nAnn: Three.\nBo: Four.",
            &[
                (
                    "Ann",
                    "We agreed.\nNote: not a person.\n10:30 Meeting: resumed.\nhttp://a.org: a link\n\
                     Result: fine.\nthere are three: a, b, c\n\nMore.\n\nAnd more.",
                ),
                ("Bo", "Two."),
                ("Ann", "Three."),
                ("Bo", "Four."),
            ],
        );
    }

    #[test]
    fn nicknames_in_lower_case_are_labels_where_every_line_has_one() {
        check(
            "ann: one\nbo: two\nann: three\nbo: four\nann: five\nbo: see: six",
            &[
                ("ann", "one"),
                ("bo", "two"),
                ("ann", "three"),
                ("bo", "four"),
                ("ann", "five"),
                ("bo", "see: six"),
            ],
        );
        assert!(read(b"size: 1\ncolour: red\nweight: 3\n", "a.txt", Some("plain")).is_err());
    }

    #[test]
    fn labels_without_a_colon_are_taken_where_every_paragraph_has_one() {
        let expected = [("Ann Lee", "One, two."), ("Bo Ek", "Three: four."), ("Ann Lee", "Five - six.")];
        for (open, close) in [("[", "] "), ("<", "> "), ("", " - "), ("", " – "), ("", ". – ")] {
            let line = |(name, said): (&str, &str)| format!("{open}{name}{close}{said}\n");
            let text: String = expected.map(line).concat();
            if open != "<" {
                check(&text, &expected);
            }
            assert!(
                read(b"[1] A book - by Ann\n[2] A chart - by Bo\n[1] More\n", "a.txt", Some("plain"))
                    .is_err()
            );
        }
        check(
            "- **Ann Lee** – One, two.\n- **Bo Ek** – Three: four.\n- **Ann Lee** – Five - six.\n",
            &expected,
        );
        check(
            "<ann> one\n<bo> two: yes\n<ann> three",
            &[("ann", "one"), ("bo", "two: yes"), ("ann", "three")],
        );
        check(
            "[12/03/2025, 10:04:05] Ann: One.\n[12/03/2025, 10:05:01] Bo: Two.\n[12/03/2025, 10:05:09] Ann: Three.",
            &[("Ann", "One."), ("Bo", "Two."), ("Ann", "Three.")],
        );
    }

    #[test]
    fn times_before_a_label_are_kept() {
        let session = read_as("plain", "[00:01:02] Ann: One.\n[00:01:10] Bo: Two.");
        assert_eq!(turns(&session), [("Ann", "One."), ("Bo", "Two.")]);
        assert_eq!(session.turns[0].pieces[0].time.map(|t| (t.start, t.end)), Some((62.0, 70.0)));
    }

    #[test]
    fn what_stands_above_the_first_turn_is_no_speech() {
        let session = read_as("plain", "Ferry committee\n3 May 2023\n\nAnn: One.\nBo: Two.");
        assert_eq!((session.title.as_str(), session.date.as_str()), ("Ferry committee", "2023-05-03"));
        assert_eq!(session.outside.headers, 5);
    }

    #[test]
    fn text_without_speakers_is_refused_with_a_remedy() {
        let prose = b"It was a long day.\nNobody spoke, and the rain did not stop.\n";
        for format in [None, Some("plain")] {
            let message = read(prose, "day.txt", format).unwrap_err().to_string();
            assert!(
                message.starts_with("day.txt: no turns were found") && message.contains("--input-format")
            );
        }
    }

    #[test]
    fn one_speaker_in_ten_thousand_words_is_refused() {
        let text = format!("Ann: {}", "word ".repeat(10_001));
        let message = read(text.as_bytes(), "a.txt", Some("plain")).unwrap_err().to_string();
        assert!(message.contains("single speaker \"Ann\""), "{message}");
    }
}
