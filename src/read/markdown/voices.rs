//! Which labels of minutes are those of voices.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::attendees::Table;
use super::super::decode::{Line, lines};
use super::super::{fields, label, nick};
use super::{Kind, kind, labels};

/// The labels that are speakers', given the attendees.
pub(super) fn find<'a>(text: &'a str, roster: &Table, code: &FxHashSet<usize>) -> FxHashSet<&'a str> {
    let filled = lines(text).filter(|line| !line.is_blank() && !code.contains(&line.number));
    let all: Vec<(Line, Kind)> = filled.map(|line| (line, kind(&line))).collect();
    let mut uses: Vec<fields::Use> = Vec::new();
    let (mut n_texts, mut keys) = (0usize, Vec::new());
    for (at, (line, kind)) in all.iter().enumerate() {
        if fields::is_field(line.text) {
            keys.push(line.number);
        }
        match *kind {
            Kind::Labelled(label, speech) => {
                let rest = line.text.get(speech..).unwrap_or("").trim();
                let said =
                    if rest.is_empty() { all.get(at + 1).map_or("", |(below, _)| below.text) } else { rest };
                uses.push(fields::Use { label, line: line.number, said });
            }
            Kind::Text if !uses.is_empty() => n_texts += 1,
            _ => {}
        }
    }
    let candidates: Vec<&str> = uses.iter().map(|used| used.label).collect();
    let known = roster.labels();
    let mut taken = label::accepted(&candidates, &known, 0.0);
    let single = of_single_bold(&all, &candidates);
    taken.retain(|label| known.contains(*label) || !single.contains(label));
    let mut of_header = fields::header_fields(&uses, &keys);
    of_header.extend(fields::of_links(&uses));
    taken.retain(|label| known.contains(*label) || !of_header.contains(label));
    // A name in bold that is used once, among others that come again, is one where a sentence follows.
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    candidates.iter().for_each(|label| *counts.entry(label).or_default() += 1);
    let n_returning = taken.iter().filter(|label| counts.get(*label).is_some_and(|&n| n >= 3)).count();
    let in_bold = all.iter().filter(|(line, _)| line.text.starts_with("**"));
    let bold: FxHashSet<usize> = in_bold.map(|(line, _)| line.number).collect();
    if n_returning >= 3 {
        let is_said = |used: &&fields::Use| {
            bold.contains(&used.line)
                && label::is_handle(used.label)
                && used.said.split_whitespace().count() >= 6
        };
        taken.extend(
            uses.iter().filter(is_said).map(|used| used.label).filter(|label| !of_header.contains(label)),
        );
    }
    // Nicks between them are unmistakable.
    let found = all.iter().filter_map(|(line, _)| nick::nick(line.text));
    let all_nicks: Vec<&str> = found.map(|(nick, _)| nick).collect();
    let n_nicks = all_nicks.len();
    let nicks: FxHashSet<&str> = all_nicks.into_iter().collect();
    taken.retain(|label| n_nicks >= 3 || !nicks.contains(label));
    if n_nicks >= 3 {
        taken.extend(nicks);
    }
    // Where nearly all paragraphs begin with a label, a short one that is used once is one as well.
    if n_returning >= 2 && uses.len() >= 4 * n_texts {
        let last_field =
            uses.iter().filter(|used| of_header.contains(used.label)).map(|used| used.line).max();
        let single = uses.iter().filter(|used| Some(used.line) > last_field && label::is_handle(used.label));
        taken.extend(single.filter(|used| used.said.split_whitespace().count() >= 3).map(|used| used.label));
    }
    if n_returning >= MIN_AROUND {
        let singles = between_voices(&all, &taken);
        taken.extend(singles.into_iter().filter(|label| !of_header.contains(label)));
    }
    taken
}

/// The labels that are used once, in a line that is bold to its end: more often it is a subject, `**Night ferry: who pays?**`.
fn of_single_bold<'a>(all: &[(Line<'a>, Kind<'a>)], candidates: &[&'a str]) -> FxHashSet<&'a str> {
    let in_bold = all.iter().filter_map(|(line, kind)| match *kind {
        Kind::Labelled(label, _) if labels::is_all_bold(line.text) => Some(label),
        _ => None,
    });
    let is_single = |label: &&str| candidates.iter().filter(|candidate| *candidate == label).count() == 1;
    in_bold.filter(is_single).collect()
}

/// Fewest voices that come back in minutes in which a name that is used once is told by what stands around it.
const MIN_AROUND: usize = 5;

/// The names in one word before a colon that stand between lines of voices, with a few words behind them.
fn between_voices<'a>(all: &[(Line<'a>, Kind<'a>)], voices: &FxHashSet<&str>) -> Vec<&'a str> {
    let split = |(line, kind): &(Line<'a>, Kind<'a>)| match *kind {
        Kind::Labelled(label, speech) => Some((label, line.text.get(speech..).unwrap_or(""))),
        _ => None,
    };
    let is_voice = |line: &(Line<'a>, Kind<'a>)| split(line).is_some_and(|(label, _)| voices.contains(label));
    let found = all.windows(3).filter_map(|lines| match lines {
        [above, line, below] if is_voice(above) && is_voice(below) => split(line),
        _ => None,
    });
    let is_said = |said: &str| said.split_whitespace().count() >= 3;
    found.filter(|(label, said)| label::is_handle(label) && is_said(said)).map(|(label, _)| label).collect()
}
