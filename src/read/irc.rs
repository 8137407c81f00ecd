//! Logs of IRC channels in which minutes are taken: `[time] <nick> text`, with or without the time.
//!
//! A scribe writes what others say: `Name: text`, and `... text` goes on. Who writes a line is its voice
//! otherwise. Commands to bots (`present+`, `q+`, `ack ann`), topics and what bots answer are headers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::date::find_date;
use super::decode::{Line, lines};
use super::lines::LineWriter;
use super::outcomes::Outcomes;
use super::{Confidence, Document, Format, count, label, no_turns, time};
use crate::error::Result;
use crate::model::{Session, Time};

pub(super) const FORMAT: Format = Format {
    name: "irc",
    about: "logs of IRC: \"[time] <nick> text\", with what a scribe writes of others",
    extensions: &["log", "txt"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// First words (lower case, without the sign behind them) of lines that are commands to the bots of a meeting.
const COMMANDS: &[&str] = &[
    "present",
    "regrets",
    "scribe",
    "scribes",
    "scribenick",
    "q",
    "queue",
    "ack",
    "zakim",
    "rrsagent",
    "trackbot",
    "chair",
    "chairs",
    "agenda",
    "agendum",
    "next",
    "meeting",
    "rejoin",
    "prev_meeting",
];

/// Nicks of bots (lower case).
const BOTS: &[&str] = &[
    "zakim",
    "rrsagent",
    "trackbot",
    "ghurlbot",
    "github-bot",
    "agendabot",
    "agendabot_",
    "w3c_bot",
    "gb",
    "caribou",
    "voip-ccg",
];

/// Longest stamp before a nick, and longest nick, in bytes.
const MAX_STAMP: usize = 40;
const MAX_NICK: usize = 80;

/// A line of a log.
struct Entry<'a> {
    nick: &'a str,
    /// Byte offset of its text in the line.
    at: usize,
    text: &'a str,
    stamp: &'a str,
}

fn entry(line: &str) -> Option<Entry<'_>> {
    in_brackets(line).or_else(|| between_tabs(line))
}

/// Whether what stands before a nick is a date and a time, or nothing.
fn is_stamp(stamp: &str) -> bool {
    let is_part = |c: char| {
        c.is_ascii_digit()
            || matches!(c, ':' | '-' | '.' | '[' | ']' | '(' | ')' | 'T' | 'Z' | '+' | ' ' | '/')
    };
    stamp.chars().all(is_part)
}

/// `2024-07-05 09:00:00\tann\ttext`, as WeeChat writes it.
fn between_tabs(line: &str) -> Option<Entry<'_>> {
    let mut parts = line.splitn(3, '\t');
    let (stamp, nick, text) = (parts.next()?.trim(), parts.next()?, parts.next()?);
    let nick = nick.trim_start_matches(['@', '+', '%', ' ']);
    let is_nick = nick.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && !nick.contains(' ')
        && nick.len() <= MAX_NICK;
    let is_timed = stamp.contains(':') && stamp.contains('-') && is_stamp(stamp);
    (is_timed && is_nick).then_some(Entry { nick, at: line.len() - text.len(), text, stamp })
}

/// `[09:00:00] <ann> text`.
fn in_brackets(line: &str) -> Option<Entry<'_>> {
    let open = line.get(..line.floor_char_boundary(MAX_STAMP))?.find('<')?;
    let stamp = line.get(..open)?.trim();
    let rest = line.get(open + 1..)?;
    let close = rest.get(..rest.floor_char_boundary(MAX_NICK))?.find('>')?;
    let nick = rest.get(..close)?.trim_start_matches(['@', '+', ' ']);
    let after = rest.get(close + 1..)?;
    let is_nick = nick.contains(char::is_alphanumeric)
        && !nick.contains([' ', '=', '"', '<'])
        && !nick.starts_with('/');
    if !is_stamp(stamp) || !is_nick || !(after.is_empty() || after.starts_with([' ', '\t'])) {
        return None;
    }
    let text = after.trim_start();
    Some(Entry { nick, at: line.len() - text.len(), text, stamp })
}

fn confidence(document: &Document) -> Confidence {
    let (mut n_lines, mut n_entries, mut n_stamps, mut n_commands) = (0usize, 0usize, 0usize, 0usize);
    for line in lines(document.sample()).filter(|line| !line.is_blank()) {
        n_lines += 1;
        if let Some(entry) = entry(line.text) {
            n_entries += 1;
            n_stamps += usize::from(entry.stamp.contains(':'));
            n_commands += usize::from(is_command(entry.text));
        }
    }
    let is_log =
        n_entries >= 3 && 10 * n_entries >= 7 * n_lines && (2 * n_stamps > n_entries || n_commands >= 2);
    if is_log {
        Confidence::new(0.94, format!("{n_entries} lines with a nick in angle brackets"))
    } else {
        Confidence::NONE
    }
}

/// Whether a line tells a bot something: `present+`, `q+ to ask`, `ack ann`, `scribenick: bo`, `s/old/new/`.
fn is_command(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    let word = first.trim_end_matches(['+', '-', '?', '=', ':', ',']).to_lowercase();
    let has_sign = first.len() > word.len();
    let n_words = text.split_whitespace().count();
    let alone = matches!(word.as_str(), "ack" | "agenda" | "queue" | "next") && n_words <= 3;
    let is_change = text.starts_with("s/") && text.matches('/').count() >= 2;
    is_change || COMMANDS.contains(&word.as_str()) && (has_sign || alone)
}

/// The topic that a line opens.
fn topic(text: &str) -> Option<&str> {
    let (key, topic) = text.split_once(':')?;
    matches!(key.trim().to_lowercase().as_str(), "topic" | "subtopic").then(|| topic.trim())
}

/// Who says a line of a scribe, and the byte offset of what is said.
fn scribed(text: &str) -> Option<(&str, usize)> {
    let near = text.get(..text.floor_char_boundary(MAX_NICK))?;
    let (name, _) = near.split_once(": ").or_else(|| near.split_once(":\t"))?;
    let is_name = !name.contains(' ') && name.contains(char::is_alphabetic) || label::shape(name).is_some();
    let is_address = ["http", "https", "mailto"].contains(&name);
    (is_name && !is_address && !name.is_empty()).then_some((name, name.len() + 1))
}

/// The nicks that write down what others say: who says so (`scribe+`), is named (`scribenick: bo`), or of whose lines
/// at least three, and most, have a name first.
fn scribes<'a>(entries: &[Entry<'a>]) -> FxHashSet<&'a str> {
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for entry in entries.iter().filter(|entry| !is_command(entry.text)) {
        let (all, named) = counts.entry(entry.nick).or_default();
        *all += 1;
        *named += usize::from(
            scribed(entry.text).is_some_and(|(name, _)| name != entry.nick) || goes_on(entry.text),
        );
    }
    let by_lines = counts.into_iter().filter(|(_, (all, named))| *named >= 3 && 2 * named > *all);
    let declared = entries.iter().filter_map(|entry| {
        let rest = ["scribe+", "scribenick:"].iter().find_map(|word| entry.text.strip_prefix(word))?.trim();
        Some(if rest.is_empty() { entry.nick } else { rest })
    });
    by_lines.map(|(nick, _)| nick).chain(declared).collect()
}

fn goes_on(text: &str) -> bool {
    text.starts_with("...") || text.starts_with('…')
}

/// Seconds of the day of a stamp.
fn seconds_of(stamp: &str) -> Option<f64> {
    let inner = stamp.trim_matches(['[', ']', '(', ')', ' ']).trim_end_matches('Z');
    let clock = inner.rsplit(['T', ' ']).next()?;
    time::seconds(clock).filter(|_| clock.contains(':'))
}

/// The day on which a log says that it begins: `--- Log opened Fri Jul 05 09:00:00 2024`.
fn opened(text: &str) -> String {
    let line = lines(text).map(|line| line.text).find(|line| line.contains("Log opened")).unwrap_or("");
    let words = line.split_whitespace().filter(|word| !word.contains(':'));
    find_date(&words.collect::<Vec<_>>().join(" "))
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let all: Vec<Entry> = lines(document.seen()).filter_map(|line| entry(line.text)).collect();
    let scribes = scribes(&all);
    let start = all.iter().find_map(|entry| seconds_of(entry.stamp));
    let mut log = Log {
        writer: LineWriter::new(document),
        current: None,
        scribed: None,
        start,
        outcomes: Outcomes::default(),
    };
    for line in lines(document.seen()) {
        match entry(line.text) {
            Some(entry) => log.entry(&line, &entry, scribes.contains(entry.nick)),
            None => log.writer.header(&line),
        }
    }
    if log.writer.builder.is_empty() {
        return Err(no_turns("no line of the log says anything beside commands"));
    }
    log.outcomes.finish(&mut log.writer);
    let session = log.writer.builder.session();
    let stamped =
        all.first().map(|entry| find_date(entry.stamp.trim_matches(['[', ']']))).unwrap_or_default();
    session.date = if stamped.is_empty() { opened(document.seen()) } else { stamped };
    let mut session = log.writer.finish();
    time::close_times(&mut session);
    Ok(vec![session])
}

struct Log<'a> {
    writer: LineWriter<'a>,
    current: Option<String>,
    /// The speaker of the last line of the scribe.
    scribed: Option<String>,
    /// Seconds of the day of the first line.
    start: Option<f64>,
    outcomes: Outcomes,
}

impl Log<'_> {
    fn entry(&mut self, line: &Line, entry: &Entry, is_scribe: bool) {
        let text = entry.text;
        if let Some(topic) = topic(text) {
            let topic = topic.trim_matches(['<', '>']);
            self.outcomes.begin(topic);
            self.writer.heading(topic, line);
            return;
        }
        if let Some(title) = text.strip_prefix("Meeting:") {
            title.trim().clone_into(&mut self.writer.builder.session().title);
        }
        if text.is_empty() || is_command(text) || BOTS.contains(&entry.nick.to_lowercase().as_str()) {
            self.writer.header(line);
            return;
        }
        if self.outcomes.keyed(line, entry.at) {
            self.writer.header(line);
            self.current = None;
            return;
        }
        let (label, offset) = match scribed(text).filter(|_| is_scribe) {
            Some((name, offset)) => (name.to_owned(), offset),
            None if is_scribe && goes_on(text) => {
                let mark = text.len() - text.trim_start_matches(['.', '…', ' ']).len();
                (self.scribed.clone().unwrap_or_else(|| entry.nick.to_owned()), mark)
            }
            None => (entry.nick.to_owned(), 0),
        };
        if is_scribe {
            self.scribed = Some(label.clone());
        }
        let speech = line.start + entry.at + offset..line.end();
        let since =
            seconds_of(entry.stamp).zip(self.start).map(|(now, start)| (now - start).rem_euclid(86_400.0));
        let time = since.map(|start| Time { start, end: start });
        if self.current.as_ref() == Some(&label) {
            self.writer.part_of_turn(line, speech, time);
        } else {
            self.writer.turn(&label, line, speech, time);
            self.current = Some(label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    #[test]
    fn a_scribe_writes_what_others_say_and_commands_are_nobodys() {
        let session = read_as(
            "irc",
            "[2025-03-04T17:00:00.000Z]\t<ann_lee>\tpresent+\n[2025-03-04T17:00:01.000Z]\t<Scribe_Bot>\tscribe+\n\
             [2025-03-04T17:00:02.000Z]\t<Scribe_Bot>\tann_lee: We oppose the levy.\n[2025-03-04T17:00:04.000Z]\t<Scribe_Bot>\t... all of it.\n\
             [2025-03-04T17:00:06.000Z]\t<cy>\tq+ to ask\n[2025-03-04T17:00:07.000Z]\t<cy>\thttps://example.org: the report\n\
             [2025-03-04T17:00:08.000Z]\t<ann_lee>\tTopic: Night ferry\n[2025-03-04T17:00:09.000Z]\t<Scribe_Bot>\tBo_Ek_(Quay): Why?\n\
             [2025-03-04T17:00:10.000Z]\t<Zakim>\tcy, you wanted to ask\n",
        );
        assert_eq!(
            turns(&session),
            [
                ("ann_lee", "We oppose the levy.\nall of it."),
                ("cy", "https://example.org: the report"),
                ("Bo_Ek_(Quay)", "Why?"),
            ]
        );
        assert_eq!(session.date, "2025-03-04");
        assert_eq!(session.turns[1].pieces[0].time.map(|time| time.start), Some(7.0));
        assert_eq!(session.headings[0].title, "Night ferry");
    }

    #[test]
    fn logs_of_other_programs_are_read_with_their_day() {
        let irssi = "--- Log opened Fri Jul 05 09:00:00 2024\n09:00 <@ann> One.\n09:01 < bo> Two.\n09:02 <@ann> Three.\n09:03 -!- bo has quit\n";
        let weechat = "2024-07-05 08:59:00\t-->\tbo (~bo@example.org) has joined #ferry\n2024-07-05 09:00:00\tann\tOne.\n\
            2024-07-05 09:01:00\t@bo\tTwo.\n2024-07-05 09:02:00\tann\tThree.\n";
        for text in [irssi, weechat] {
            let session = read_as("irc", text);
            assert_eq!(turns(&session), [("ann", "One."), ("bo", "Two."), ("ann", "Three.")], "{text}");
            assert_eq!(session.date, "2024-07-05");
        }
        assert_eq!(super::super::detect(weechat.as_bytes(), "a.log")[0].format.name, "irc");
    }

    #[test]
    fn lines_need_no_time_and_a_writer_is_the_voice() {
        let session = read_as(
            "irc",
            "<ann> scribenick: bo\n<ann> We agree.\n<bo> Me too: yes.\n<ann> q+\n<bo> ack ann\n",
        );
        assert_eq!(turns(&session), [("ann", "We agree."), ("bo", "Me too: yes.")]);
    }
}
