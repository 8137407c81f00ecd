//! Verbatim records of United Nations bodies: `Mr. Tafrov (Bulgaria) (spoke in French): …`,
//! `The President: …`.
//!
//! The country in the label is the stakeholder; the language is a remark and not part of
//! the label. The roster above the text says who presides, and for which country. Sentences about
//! the procedure that stand apart (`The meeting rose at …`) belong to nobody.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::date::find_date;
use super::decode::{Line, lines};
use super::lines::LineWriter;
use super::{Confidence, Document, Format, count, no_turns, plain};
use crate::error::Result;
use crate::language::{List, english};
use crate::model::{Attendee, Session};

pub(super) const FORMAT: Format = Format {
    name: "un",
    about: "United Nations verbatim record: \"Mr. Name (Country) (spoke in French): text\", \"The President: text\"",
    extensions: &["txt"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// The words by which the parts of a record are told, in lower case.
struct Lists {
    /// Forms of address that open a label.
    titles: FxHashSet<&'static str>,
    /// Offices after “The” that open a label.
    offices: FxHashSet<&'static str>,
    /// Offices of those who preside, as the roster names them.
    presiding: FxHashSet<&'static str>,
    /// Words in lower case that a name may hold.
    particles: FxHashSet<&'static str>,
    /// How procedural sentences begin.
    procedure: Vec<&'static str>,
    /// How sentences begin that are procedural also where no empty line stands above them.
    certain_procedure: Vec<&'static str>,
    /// What stands before the group that a delegate speaks for.
    behalf: Vec<&'static str>,
    /// What may stand before that and is no part of a name.
    speaking: Vec<&'static str>,
    /// What may stand before the name of a group or an office and is no part of it.
    articles: Vec<&'static str>,
    /// How remarks on the language begin.
    remarks: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = english(List::VerbatimRecords);
    let words = |section| sections.words(section).collect();
    let phrases = |section| sections.texts(section).collect();
    Lists {
        titles: words("titles"),
        offices: words("offices"),
        presiding: words("presiding"),
        particles: words("particles"),
        procedure: phrases("procedure"),
        certain_procedure: phrases("certain procedure"),
        behalf: phrases("behalf"),
        speaking: phrases("speaking"),
        articles: phrases("articles"),
        remarks: phrases("remarks"),
    }
});

/// A label at the beginning of a paragraph.
struct Label<'a> {
    /// Without remarks on the language.
    text: &'a str,
    country: &'a str,
    /// The group of states that it says it speaks for.
    behalf: &'a str,
    /// Bytes up to and with the colon.
    length: usize,
    /// Whether it has a remark on the language.
    spoke_in: bool,
}

/// The label that a text begins with; it may run over a line end.
fn label(text: &str) -> Option<Label<'_>> {
    let mut words = text.split_whitespace();
    let first = words.next()?.to_lowercase();
    let office = LISTS.articles.contains(&first.as_str())
        && LISTS.offices.contains(words.next()?.trim_end_matches(':').to_lowercase().as_str());
    if !office && !LISTS.titles.contains(first.as_str()) {
        return None;
    }
    let colon = text.get(..text.floor_char_boundary(200))?.find(':')?;
    let whole = text.get(..colon)?;
    let bare = whole.find('(').unwrap_or(whole.len());
    let (name, mut brackets) = whole.split_at(bare);
    let (name, behalf) = split_behalf(name);
    let is_name = name.split_whitespace().count() <= 8 && !name.contains([';', '?', '!', ',']);
    if !is_name || name.trim_end().ends_with('.') || has_verb(name, office) {
        return None;
    }
    let (mut end, mut country, mut spoke_in) = (name.trim_end().len(), "", false);
    let mut behalf = behalf;
    while let Some(inner) = brackets.strip_prefix('(') {
        let close = inner.find(')')?;
        let content = inner.get(..close)?;
        if is_remark(content) {
            spoke_in = true;
        } else if let (_, group @ Some(_)) = split_behalf(content) {
            behalf = group;
        } else if !spoke_in {
            country = content;
            end = text.len() - (text.len() - whole.len()) - brackets.len() + close + 2;
        }
        brackets = inner.get(close + 1..)?.trim_start();
        let (before, group) = split_behalf(brackets);
        if before.is_empty() && group.is_some_and(|group| !group.is_empty()) && !brackets.starts_with('(') {
            (behalf, brackets) = (group, "");
        }
    }
    let text = text.get(..end)?;
    let behalf = behalf.unwrap_or("");
    brackets.is_empty().then_some(Label { text, country, behalf, length: colon + 1, spoke_in })
}

/// A name, and the group in `, speaking on behalf of the Group of Coasts` after it, if it is there.
fn split_behalf(text: &str) -> (&str, Option<&str>) {
    let split = LISTS.behalf.iter().find_map(|behalf| split_at_word(text, behalf));
    let Some((before, group)) = split else { return (text, None) };
    let before = before.trim_end();
    let before =
        LISTS.speaking.iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before).trim_end();
    let group = group.trim();
    let named = LISTS.articles.iter().find_map(|article| group.strip_prefix(article)?.strip_prefix(' '));
    (before.trim_end_matches([',', '(']), Some(named.unwrap_or(group)))
}

/// What stands before the first place of a phrase with a space behind it, and what after that.
fn split_at_word<'t>(text: &'t str, phrase: &str) -> Option<(&'t str, &'t str)> {
    text.match_indices(phrase).find_map(|(at, _)| {
        let after = text.get(at + phrase.len()..)?.strip_prefix(' ')?;
        Some((text.get(..at)?, after))
    })
}

/// Sentences such as `Mr. Ek then said the following:` begin like a label too.
fn has_verb(name: &str, office: bool) -> bool {
    name.split_whitespace().skip(if office { 2 } else { 1 }).any(|word| {
        word.starts_with(char::is_lowercase)
            && !LISTS.particles.contains(word)
            && !word.contains('-')
            && !LISTS.offices.contains(word)
    })
}

fn is_remark(text: &str) -> bool {
    let lower = text.to_lowercase();
    LISTS.remarks.iter().any(|beginning| lower.starts_with(beginning))
}

fn is_furniture(line: &str) -> bool {
    let text = line.trim();
    let symbol = text.starts_with("S/PV.") || text.starts_with("A/") && text.contains("/PV.");
    let number = text.split_whitespace().all(|word| {
        word.contains(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c))
            || word == "(E)"
            || word == "*"
    });
    !text.is_empty() && (symbol && text.len() < 40 || number)
}

fn begins_as(starts: &[&str], paragraph: &str) -> bool {
    let near = paragraph.trim_start();
    let lower = near.get(..near.floor_char_boundary(80)).unwrap_or(near).to_lowercase();
    starts.iter().any(|start| lower.starts_with(start))
}

fn confidence(document: &Document) -> Confidence {
    let (mut labels, mut remarks) = (0, 0);
    for line in lines(document.sample()) {
        if let Some(label) = label(line.text) {
            labels += 1;
            remarks += usize::from(label.spoke_in);
        }
    }
    let record =
        document.sample().contains("/PV.") || document.sample().contains("The meeting was called to order");
    let reason = format!("{labels} labels as in a verbatim record, {remarks} with the language spoken");
    match (labels, remarks, record) {
        (3.., 1.., _) | (3.., _, true) => Confidence::new(0.9, reason),
        (1.., 1.., _) | (1.., _, true) => Confidence::new(0.72, reason),
        _ => Confidence::NONE,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = document.seen();
    let mut writer = LineWriter::new(document);
    let mut attendees: Vec<Attendee> = Vec::new();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let (mut procedure, mut blank_before) = (false, true);
    let mut sentence_ended = false;
    let mut label_ends = 0;
    for line in lines(text) {
        let rest = text.get(line.start + line.text.len() - line.text.trim_start().len()..).unwrap_or("");
        let begins = !line.is_blank() && line.start >= label_ends;
        let found = if begins { label(rest) } else { None };
        if let Some(found) = found {
            let start = line.end() - line.text.trim_start().len();
            begin_turn(&mut writer, text, &line, start, &found);
            label_ends = start + found.length;
            let says = !found.country.is_empty() || !found.behalf.is_empty();
            if says && known.insert(found.text) {
                attendees.push(attendee(&found, line.number));
            }
            procedure = false;
        } else if line.start < label_ends {
            // The rest of a label that runs over a line end; counted with the label.
        } else if line.is_blank() {
            blank_before = true;
            continue;
        } else if is_furniture(line.text) {
            writer.page_furniture(&line);
        } else if writer.builder.is_empty() {
            plain::front_matter(&mut writer, &line);
            attendees.extend(roster_entry(&line));
        } else {
            procedure = match blank_before {
                true => begins_as(&LISTS.procedure, line.text),
                false => procedure || (sentence_ended && begins_as(&LISTS.certain_procedure, line.text)),
            };
            if procedure { writer.unattributed(&line) } else { writer.speech(&line) }
        }
        blank_before = false;
        sentence_ended = line.text.trim_end().ends_with(['.', '?', '!', ')', '”']);
    }
    if writer.builder.is_empty() {
        return Err(no_turns(
            "no paragraph begins with a label such as \"The President:\" or \"Mr. Name (Country):\"",
        ));
    }
    let session = writer.builder.session();
    if session.title.starts_with("United Nations")
        && let Some(title) = title(text)
    {
        session.title = title;
    }
    if session.date.is_empty() {
        session.date = find_date(text.get(..text.floor_char_boundary(2000)).unwrap_or(""));
    }
    session.attendees = attendees;
    Ok(vec![writer.finish()])
}

/// The body and the number of its meeting, from the lines above the text: `Security Council, 9001st
/// meeting`.
fn title(text: &str) -> Option<String> {
    let mut top = lines(text).take(12).filter(|line| !line.is_blank() && !is_furniture(line.text));
    let body = top.find(|line| !line.text.trim_start().starts_with("United Nations"))?.text.trim();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() > 2;
    let meeting = top.map(|line| line.text.trim()).find(|line| {
        line.to_lowercase().ends_with(" meeting") && line.split(' ').next().is_some_and(is_number)
    });
    let is_short = body.split_whitespace().count() <= 12;
    is_short.then(|| meeting.map_or(body.to_owned(), |meeting| format!("{body}, {meeting}")))
}

/// Begins the turn of a label that may run over line ends; all its lines are handed over as one.
fn begin_turn(writer: &mut LineWriter, text: &str, line: &Line, start: usize, label: &Label) {
    let colon = start + label.length;
    let end = text.get(colon..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| colon + at);
    let lines_below = text.get(line.start..colon).map_or(0, |part| part.matches('\n').count());
    let whole = Line {
        number: line.number + lines_below,
        start: line.start,
        text: text.get(line.start..end).unwrap_or(""),
    };
    writer.turn(label.text, &whole, colon..end, None);
}

fn attendee(label: &Label, line: usize) -> Attendee {
    Attendee {
        name: label.text.split('(').next().unwrap_or("").trim().to_owned(),
        aliases: vec![label.text.to_owned()],
        stakeholder: label.country.split_whitespace().collect::<Vec<_>>().join(" "),
        group: label.behalf.split_whitespace().collect::<Vec<_>>().join(" "),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        ..Attendee::default()
    }
}

/// `President: Mr. Mahiga . . . . (Tanzania)` or `Bulgaria . . . . Mr. Tafrov` of the roster.
fn roster_entry(line: &Line) -> Option<Attendee> {
    let number = u32::try_from(line.number).unwrap_or(u32::MAX);
    let entry = |name: &str, alias: Option<&str>, country: &str| Attendee {
        name: name.trim().to_owned(),
        aliases: alias.map(str::to_owned).into_iter().collect(),
        stakeholder: country.trim().to_owned(),
        line: number,
        ..Attendee::default()
    };
    if let Some((office, named)) = line.text.split_once(':')
        && LISTS.presiding.contains(office.trim())
    {
        let (name, country) = named.trim().strip_suffix(')')?.rsplit_once('(')?;
        let name = name.trim_end_matches(['.', ' ', '…']);
        return is_titled(name.trim()).then(|| entry(name, Some(&format!("The {}", office.trim())), country));
    }
    let dots = line.text.find(". .").or_else(|| line.text.find("..."))?;
    let left = line.text.get(..dots)?.trim();
    let right = line.text.get(dots..)?.trim_start_matches(['.', ' ']).trim();
    let country = left.strip_prefix("Members:").unwrap_or(left);
    (is_titled(right) && !country.trim().is_empty()).then(|| entry(right, None, country))
}

/// Whether a name begins with a title (`Mr.`, `Ms.`).
fn is_titled(name: &str) -> bool {
    name.split(' ').next().is_some_and(|word| LISTS.titles.contains(word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    const RECORD: &str = "United Nations S/PV.99999\n\nSecurity Council\n\nMonday, 6 January 2025, 10 a.m.\n\n\
        President: Mr. Okoro . . . . . . (Kestria)\nMembers: Pelagia . . . . . Ms. Vale\n\nThe meeting was called to order \
        at 10.05 a.m.\n\nThe President: I declare the meeting\nopen.\n\nThe agenda was adopted.\n\nMs. Vale (Pelagia) (spoke \
        in French): We are in favour of the\n\n2 25-00001\n\nS/PV.99999\n\nprotocol, as follows: all of it.\n\n\
        Mr. van der Berg (United Republic\nof Oranje) (spoke in Arabic): On behalf of the Group.\n\nMr. Ek then said the \
        following: nothing.\n\nThe President (spoke in Spanish): Thank you.\n\nThe meeting rose at noon.\n";

    #[test]
    fn the_group_that_a_label_speaks_for_is_kept() {
        for label in [
            "Ms. Vale (Pelagia) (on behalf of the Group of Coasts)",
            "Ms. Vale (Pelagia), speaking on behalf of the Group of Coasts",
            "Ms. Vale (Pelagia) (spoke in French), on behalf of the Group of Coasts",
        ] {
            let session = read_as("un", &format!("The President: One.\n\n{label}: Two.\n"));
            assert_eq!(turns(&session)[1], ("Ms. Vale (Pelagia)", "Two."), "{label}");
            let person = &session.attendees[0];
            assert_eq!((person.stakeholder.as_str(), person.group.as_str()), ("Pelagia", "Group of Coasts"));
        }
    }

    #[test]
    fn labels_countries_and_procedure_are_told_apart() {
        let session = read_as("un", RECORD);
        assert_eq!(
            turns(&session),
            [
                ("The President", "I declare the meeting\nopen."),
                ("Ms. Vale (Pelagia)", "We are in favour of the\nprotocol, as follows: all of it."),
                (
                    "Mr. van der Berg (United Republic\nof Oranje)",
                    "On behalf of the Group.\n\nMr. Ek then said the following: nothing."
                ),
                ("The President", "Thank you."),
            ]
        );
        assert_eq!((session.date.as_str(), session.title.as_str()), ("2025-01-06", "Security Council"));
        assert_eq!(session.outside.unattributed, 4 + 5);
        let people: Vec<_> =
            session.attendees.iter().map(|a| (a.name.as_str(), a.stakeholder.as_str())).collect();
        assert_eq!(
            people,
            [
                ("Mr. Okoro", "Kestria"),
                ("Ms. Vale", "Pelagia"),
                ("Ms. Vale", "Pelagia"),
                ("Mr. van der Berg", "United Republic of Oranje"),
            ]
        );
        assert_eq!(session.attendees[0].aliases, ["The President"]);
    }

    #[test]
    fn the_roster_says_who_presides_with_dots_or_without() {
        for (roster, alias) in [
            ("President: Mr. Lajčák . . . . . . . . . . (Slovakia)", "The President"),
            ("President: Mr. Lajčák (Slovakia)", "The President"),
            ("Chair: Mr. Lajčák ....................... (Slovakia)", "The Chair"),
        ] {
            let session = read_as("un", &format!("{roster}\n\n{alias}: One.\n\nMs. Vale (Pelagia): Two.\n"));
            let person = &session.attendees[0];
            assert_eq!(
                (person.name.as_str(), person.stakeholder.as_str()),
                ("Mr. Lajčák", "Slovakia"),
                "{roster}"
            );
            assert_eq!(person.aliases, [alias], "{roster}");
        }
        let session = read_as(
            "un",
            "President: to be elected (later)\n\nThe President: One.\n\nMs. Vale (Pelagia): Two.\n",
        );
        assert_eq!(session.attendees.len(), 1);
    }
}
