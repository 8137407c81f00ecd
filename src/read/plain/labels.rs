//! Which labels the lines of a plain text begin with, and in which of the forms.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::decode::{Line, lines};
use super::super::time::leading_time;
use super::super::{fields, label, nick, proceedings};
use super::{chat, court, forms, messages};
use crate::model::Time;

/// A line that begins with a label.
pub(super) struct LabelledLine<'a> {
    pub label: &'a str,
    /// Byte offset in the line where the speech begins.
    pub speech: usize,
    pub time: Option<Time>,
    /// Whether the date of a message stands before the label.
    pub is_stamped: bool,
}

/// Finds a label that a line begins with, and the byte offset of what follows.
pub(super) type Split = for<'t> fn(&'t str) -> Option<(&'t str, usize)>;

/// A line behind what stands before a label: the time of the speech, or the date of a message.
struct Begun<'a> {
    /// Byte offset of it in the line.
    at: usize,
    text: &'a str,
    time: Option<Time>,
    is_stamped: bool,
}

impl<'a> Begun<'a> {
    /// The line behind its first `start` bytes.
    fn new(line: &Line<'a>, start: usize) -> Option<Begun<'a>> {
        let text = line.text.get(start..)?;
        let (time, at) = match leading_time(text) {
            (None, _) => (None, chat::stamp(text)),
            found => found,
        };
        let is_stamped = time.is_none() && at > 0;
        let rest = line.text.get(start + at..)?;
        let lead = rest.len() - rest.trim_start_matches(['"', '*', '_', '“', ' ', '\t']).len();
        Some(Begun { at: start + at + lead, text: rest.get(lead..)?, time, is_stamped })
    }

    fn label(&self, split: Split) -> Option<LabelledLine<'a>> {
        let (label, speech) = split(self.text)?;
        Some(LabelledLine { label, speech: self.at + speech, time: self.time, is_stamped: self.is_stamped })
    }
}

/// The label that a line has behind its first `start` bytes.
pub(super) fn labelled_after<'a>(line: &Line<'a>, start: usize, split: Split) -> Option<LabelledLine<'a>> {
    Begun::new(line, start)?.label(split)
}

/// The lines of a text, divided once for all forms of labels.
struct Lines<'a> {
    all: Vec<Line<'a>>,
    /// Those of a list of people.
    people: Range<usize>,
    /// For each line what a label of it would begin with; nothing of a blank one.
    begun: Vec<Option<Begun<'a>>>,
    /// How many are filled.
    n_filled: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, all: Vec<Line<'a>>) -> Lines<'a> {
        let begun = all.iter().map(|line| if line.is_blank() { None } else { Begun::new(line, 0) });
        let begun: Vec<Option<Begun>> = begun.collect();
        let n_filled = begun.iter().flatten().count();
        Lines { all, people: fields::people_lines(text), begun, n_filled }
    }

    /// The labels of the lines that have one of this form.
    fn labelled(&self, split: Split) -> impl Iterator<Item = LabelledLine<'a>> {
        self.begun.iter().flatten().filter_map(move |begun| begun.label(split))
    }

    /// Whether more than half of the filled lines have a label of this form. It ends where they cannot any more.
    fn is_of_most(&self, split: Split) -> bool {
        let mut others = 0usize;
        self.begun.iter().flatten().all(|begun| {
            others += usize::from(begun.label(split).is_none());
            2 * others < self.n_filled
        })
    }
}

/// The labels of a text and the part of its paragraphs that begin with one.
pub(super) struct Labels<'a> {
    pub taken: FxHashSet<&'a str>,
    pub share: f64,
    pub uses: usize,
    pub split: Split,
    /// Whether the lines of a page have numbers before them.
    pub is_numbered: bool,
    /// Whether each label has the date of its message before it.
    pub is_stamped: bool,
    /// Whether each label has a time without brackets before it.
    pub is_clocked: bool,
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
pub(super) fn find_labels(text: &str) -> Labels<'_> {
    let all: Vec<Line> = lines(text).collect();
    let is_numbered = court::is_numbered(&all);
    let has_questions = court::has_questions(&all, is_numbered);
    let lines = Lines::new(text, all);
    if has_questions {
        return Labels { is_numbered, ..labels_after(&lines, court::split, is_numbered) };
    }
    if is_numbered {
        let labels = labels_after(&lines, label::split_label, is_numbered);
        if labels.taken.len() >= 2 && labels.uses > 2 {
            return Labels { is_numbered, ..labels };
        }
    }
    let messages = chat_labels(&lines);
    if !messages.taken.is_empty() {
        return messages;
    }
    if let Some(messages) = messages_of(&lines.all) {
        return messages;
    }
    let named = with_nicks(text, &lines, labels_by(&lines, label::split_label));
    let official = official_labels(&lines);
    let has_official = official.uses > 2 && official.taken.len() >= 2;
    if has_official && let Some(mixed) = mixed_labels(&named, &official) {
        return mixed;
    }
    let n_lines = lines.n_filled;
    if 3 * named.uses > n_lines {
        return named;
    }
    if has_official && official.uses > named.uses {
        return with_names_in_capitals(&lines, official);
    }
    let hearing = hearing_labels(&lines);
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
    let of_most = forms.into_iter().filter(|&(split, _)| lines.is_of_most(split));
    let without_colon = of_most.map(|(split, is_clocked)| Labels { is_clocked, ..labels_by(&lines, split) });
    let is_sure =
        |l: &Labels| l.share >= 0.9 && l.taken.len() >= 2 && l.uses > l.taken.len() && 2 * l.uses > n_lines;
    let sure = without_colon.filter(is_sure).find(|labels| labels.uses > 2 * named.uses);
    if let Some(sure) = sure {
        return sure;
    }
    if !named.taken.is_empty() {
        return named;
    }
    let nicknames = labels_by(&lines, forms::nickname);
    let distinct = nicknames.taken.len();
    if nicknames.share >= 0.9 && distinct >= 2 && nicknames.uses >= 3 * distinct {
        return nicknames;
    }
    Labels { taken: FxHashSet::default(), uses: 0, ..nicknames }
}

/// The labels of messages behind their dates.
fn messages_of<'a>(lines: &[Line<'a>]) -> Option<Labels<'a>> {
    let forms: [Split; 2] = [messages::split, messages::sender];
    forms.into_iter().find_map(|split| {
        let (taken, uses) = messages::writers(lines, split)?;
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
fn official_labels<'a>(lines: &Lines<'a>) -> Labels<'a> {
    let all: Vec<&str> = lines.labelled(proceedings::split).map(|found| found.label).collect();
    if all.is_empty() {
        return Labels::default();
    }
    let labels = labels_by(lines, proceedings::split);
    Labels { uses: all.len(), taken: all.into_iter().collect(), ..labels }
}

/// The labels of a record with those of people whom it calls by name, as that of a press conference: names that come
/// back or are said first (`BO EK. Bo Ek with the Quay Times.`), and where several are, the others too.
fn with_names_in_capitals<'a>(lines: &Lines<'a>, official: Labels<'a>) -> Labels<'a> {
    let named = lines.begun.iter().flatten().filter_map(|begun| {
        let found = begun.label(forms::name_in_capitals)?;
        Some((found.label, begun.text.get(found.speech - begun.at..)?.trim_start()))
    });
    let named: Vec<(&str, &str)> = named.filter(|(label, _)| !official.taken.contains(label)).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    named.iter().for_each(|(label, _)| *counts.entry(label).or_default() += 1);
    let says_it = |(label, said): &(&str, &str)| {
        said.get(..label.len()).is_some_and(|start| start.to_lowercase() == label.to_lowercase())
    };
    let introduced: FxHashSet<&str> =
        named.iter().filter(|found| says_it(found)).map(|(label, _)| *label).collect();
    let is_sure = |label: &&str| introduced.contains(*label) || counts.get(*label).is_some_and(|&n| n >= 2);
    let mut taken: FxHashSet<&str> = counts.keys().filter(|label| is_sure(label)).copied().collect();
    if !introduced.is_empty() && taken.len() >= SEVERAL {
        taken.extend(counts.keys());
    }
    if taken.is_empty() {
        return official;
    }
    let uses = official.uses + named.iter().filter(|(label, _)| taken.contains(label)).count();
    taken.extend(&official.taken);
    Labels { taken, uses, split: forms::official_or_capitals, ..official }
}

/// The labels of a hearing, in which a title and a name in any letters stand before a full stop: those that come back,
/// and where there are some, the others too.
fn hearing_labels<'a>(lines: &Lines<'a>) -> Labels<'a> {
    let all: Vec<&str> = lines.labelled(proceedings::titled).map(|found| found.label).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    all.iter().for_each(|label| *counts.entry(label).or_default() += 1);
    let n_returning = counts.values().filter(|&&n| n >= 2).count();
    if n_returning < 2 || all.len() < 5 {
        return Labels::default();
    }
    let labels = labels_by(lines, proceedings::titled);
    Labels { uses: all.len(), taken: counts.into_keys().collect(), ..labels }
}

/// The labels of a saved chat: a time and `From … to …:` look like nothing else, whatever the names are.
fn chat_labels<'a>(lines: &Lines<'a>) -> Labels<'a> {
    let timed = lines.labelled(chat::split).filter(|found| found.time.is_some());
    let all: Vec<&str> = timed.map(|found| found.label).collect();
    let n_lines = lines.n_filled;
    let is_chat = all.len() > 2 && 4 * all.len() >= n_lines;
    let taken = if is_chat { all.iter().copied().collect() } else { FxHashSet::default() };
    Labels { taken, share: 1.0, uses: all.len(), split: chat::split, ..Labels::default() }
}

/// The labels with the nicks in angle brackets that lines of a chat between them begin with: `<ann> text`.
fn with_nicks<'a>(text: &str, lines: &Lines<'a>, named: Labels<'a>) -> Labels<'a> {
    if !text.contains('<') {
        return named;
    }
    let nicks: Vec<&str> = lines.labelled(nick::nick).map(|found| found.label).collect();
    // Fewer may be examples or tags.
    if nicks.len() < 3 || named.uses <= nicks.len() || named.taken.len() < 2 {
        return named;
    }
    let uses = named.uses + nicks.len();
    let taken = named.taken.into_iter().chain(nicks).collect();
    Labels { taken, uses, split: forms::name_or_nick, ..named }
}

/// Names in capitals that are sure ones, to take those that are used once for names as well.
const SEVERAL: usize = 3;

fn labels_by<'a>(lines: &Lines<'a>, split: Split) -> Labels<'a> {
    labels_after(lines, split, false)
}

/// The labels of a text, of which the lines may be numbered.
fn labels_after<'a>(lines: &Lines<'a>, split: Split, is_numbered: bool) -> Labels<'a> {
    let mut found_at: Vec<(usize, LabelledLine)> = Vec::new();
    let (mut paragraphs, mut begun, mut after_blank) = (0usize, 0usize, true);
    for (at, (line, from_start)) in lines.all.iter().zip(&lines.begun).enumerate() {
        if lines.people.contains(&line.number) {
            continue;
        }
        let Some(from_start) = from_start else {
            after_blank = true;
            continue;
        };
        let found = match court::body(line, is_numbered) {
            0 => from_start.label(split),
            start => labelled_after(line, start, split),
        };
        paragraphs += usize::from(found.is_some() || after_blank && begun > 0);
        after_blank = false;
        if let Some(found) = found {
            begun += 1;
            found_at.push((at, found));
        }
    }
    let share = begun as f64 / paragraphs.max(1) as f64;
    let candidates: Vec<&str> = found_at.iter().map(|(_, found)| found.label).collect();
    let mut taken = label::accepted(&candidates, &FxHashSet::default(), share);
    // Pages of courts, whose lines are numbered, have no header of fields.
    if !is_numbered && !candidates.is_empty() {
        let fields = header_fields(lines, &found_at);
        taken.retain(|label| !fields.contains(label));
    }
    let uses = candidates.iter().filter(|c| taken.contains(*c)).count();
    Labels { taken, share, uses, split, ..Labels::default() }
}

/// The labels that are fields: those of a header above the first voice, and those of links; of labels, and of the lines
/// where they were found.
fn header_fields<'a>(lines: &Lines<'a>, found: &[(usize, LabelledLine<'a>)]) -> FxHashSet<&'a str> {
    let filled = || lines.all.iter().filter(|line| !lines.people.contains(&line.number) && !line.is_blank());
    let keys: Vec<usize> =
        filled().filter(|line| fields::is_field(line.text)).map(|line| line.number).collect();
    let uses = found.iter().filter_map(|(at, found)| {
        let line = lines.all.get(*at)?;
        let rest = line.text.get(found.speech..).unwrap_or("").trim();
        let below = || {
            let mut below = lines.all.iter().skip(at + 1);
            below.find(|line| !lines.people.contains(&line.number) && !line.is_blank())
        };
        let said = if rest.is_empty() { below().map_or("", |below| below.text) } else { rest };
        Some(fields::Use { label: found.label, line: line.number, said })
    });
    let uses: Vec<fields::Use> = uses.collect();
    let mut found = fields::header_fields(&uses, &keys);
    found.extend(fields::of_links(&uses));
    found
}
