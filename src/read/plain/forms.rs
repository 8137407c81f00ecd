//! The forms of labels beside `Name: text`: each finds the label that a line begins with, and the byte offset of what
//! follows.

use super::super::{label, nick, proceedings, time};

/// `[Ann Lee] text` and `<ann> text`, as chats and minutes taken in them have it.
pub(super) fn bracketed(line: &str) -> Option<(&str, usize)> {
    let lead = item_mark(line);
    let item = line.get(lead..)?;
    let close = match item.chars().next()? {
        '[' => ']',
        '<' => '>',
        _ => return None,
    };
    let end = item.get(..item.floor_char_boundary(80))?.find(close)?;
    let label = item.get(1..end)?.trim();
    let is_nick = close == '>' && !label.starts_with(['/', '!', '?']) && !label.contains(['=', ' ', '"']);
    let is_name = label::shape(label).is_some() || is_nick;
    (is_name && label.contains(char::is_alphabetic) && item.get(end + 1..)?.starts_with([' ', '\t']))
        .then_some((label, lead + end + 1))
}

/// Bytes of the mark of an item of a list: `- `, `* `.
fn item_mark(line: &str) -> usize {
    let rest = line.strip_prefix(['-', '•', '*', '+']).filter(|rest| rest.starts_with(' '));
    rest.map_or(0, |rest| line.len() - rest.trim_start().len())
}

/// `Ann Lee - text`, `Ann Lee – text`.
pub(super) fn dashed(line: &str) -> Option<(&str, usize)> {
    let lead = item_mark(line);
    let item = line.get(lead..)?;
    let near = item.get(..item.floor_char_boundary(80))?;
    let (at, dash) = [" - ", " – ", " — "].iter().filter_map(|dash| Some((near.find(dash)?, dash))).min()?;
    let label = near.get(..at)?.trim_matches(['*', '_', ' ']);
    (label::shape(label) == Some(label::Shape::Strong)).then_some((label, lead + at + dash.len()))
}

/// `0:02 Ann Lee: text`: a time of minutes and seconds without brackets before the label.
pub(super) fn clocked(line: &str) -> Option<(&str, usize)> {
    let (_, at) = time::bare_clock(line)?;
    let (label, speech) = label::split_label(line.get(at..)?)?;
    Some((label, at + speech))
}

/// `Ann Lee⇥text`, as a table without titles has it.
pub(super) fn tabbed(line: &str) -> Option<(&str, usize)> {
    let (label, said) = line.split_once('\t')?;
    let name = label.trim().trim_end_matches(':');
    let is_said = said.contains(char::is_alphanumeric);
    (label::shape(name).is_some() && is_said).then_some((name, label.len() + 1))
}

/// `○議長（山田太郎君）　text`: records of Japan, with a mark before each label and a wide space behind it.
pub(super) fn circled(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix(['○', '◯', '〇'])?;
    let near = rest.get(..rest.floor_char_boundary(120))?;
    let end = near.find(['\u{3000}', ' '])?;
    let label = near.get(..end)?;
    let is_label = label.contains(char::is_alphabetic) && label.chars().count() <= 40;
    is_label.then_some((label, line.len() - rest.len() + end))
}

/// One or two words before a colon and a space.
pub(super) fn nickname(line: &str) -> Option<(&str, usize)> {
    let near = line.get(..line.floor_char_boundary(40))?;
    let (label, _) = near.split_once(": ")?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let is_nickname = label.split_whitespace().count() <= 2 && label.chars().all(plain);
    (is_nickname && label.starts_with(char::is_alphabetic)).then_some((label, label.len() + 1))
}

pub(super) fn official_or_named(line: &str) -> Option<(&str, usize)> {
    proceedings::split(line).or_else(|| label::split_label(line))
}

/// A label of a record, or a name in capitals before a full stop: `CHAIR LEE. We …`, `BO EK. Bo Ek, Quay Times.`
pub(super) fn official_or_capitals(line: &str) -> Option<(&str, usize)> {
    proceedings::split(line).or_else(|| name_in_capitals(line))
}

/// A name of two words or more in capitals before a full stop, and the byte offset of what is said.
pub(super) fn name_in_capitals(line: &str) -> Option<(&str, usize)> {
    let (name, speech) = proceedings::capitals(line)?;
    let is_said = line.get(speech..).is_some_and(|said| said.contains(char::is_lowercase));
    (is_said && name.contains(' ') && label::shape(name).is_some()).then_some((name, speech))
}

pub(super) fn name_or_nick(line: &str) -> Option<(&str, usize)> {
    nick::nick(line).or_else(|| label::split_label(line))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};

    const SAID: [(&str, &str); 4] = [
        ("Ann Lee", "Shall we go: now?"),
        ("Bo Ek", "No."),
        ("Ann Lee", "Why not?"),
        ("Cy Fox", "It rains."),
    ];

    fn check(line: impl Fn(usize, &str, &str) -> String, start: Option<f64>) {
        let text: String = SAID.iter().enumerate().map(|(at, (name, said))| line(at, name, said)).collect();
        let session = read_as("plain", &text);
        assert_eq!(turns(&session), SAID, "{text}");
        assert_eq!(session.turns[2].pieces[0].time.map(|time| time.start), start, "{text}");
        let guesses = super::super::super::detect(text.as_bytes(), "talk.txt");
        assert_eq!(guesses.first().map(|guess| guess.format.name), Some("plain"), "{text}");
    }

    #[test]
    fn a_time_or_a_tab_may_stand_beside_the_label() {
        check(|at, name, said| format!("00:0{at} {name}: {said}\n"), Some(2.0));
        check(|_, name, said| format!("{name}\t{said}\n"), None);
        check(|at, name, said| format!("00:00:0{at}\t{name}\t{said}\n"), Some(2.0));
    }

    #[test]
    fn a_mark_may_stand_before_the_label() {
        let text = "○議長（山田太郎君）　会議を開きます。\n\n○佐藤花子君　反対です。\n船が小さいからです。\n\n○議長（山田太郎君）　以上です。\n";
        let session = read_as("plain", text);
        let expected = [
            ("議長（山田太郎君）", "会議を開きます。"),
            ("佐藤花子君", "反対です。\n船が小さいからです。"),
            ("議長（山田太郎君）", "以上です。"),
        ];
        assert_eq!(turns(&session), expected);
    }

    #[test]
    fn names_in_capitals_are_voices_beside_offices() {
        let conference = "Transcript of the press conference, March 4, 2031\n\nCHAIR LEE. Good afternoon. The fares rose this year.\n\n\
             BO EK. Bo Ek with the Quay Times. Do fares rise again?\n\nCHAIR LEE. We have not decided that yet. NIGHT FERRIES. They stay.\n\n\
             CY FOX. Thank you, I am from Quay Radio. And the night ferries?\n\nCHAIR LEE. They stay as they are.\n\nDEE GIL. Thanks.\n\n\
             MS. HALL. One more.\n\nDEE GIL. Me too.\n\nBO EK. Thanks.\n\nGUS HALE. Gus Hale, Boat News. Why?\n\nCHAIR LEE. That's all.\n";
        let session = read_as("plain", conference);
        let labels: Vec<&str> = turns(&session).into_iter().map(|(label, _)| label).collect();
        let expected =
            "CHAIR LEE|BO EK|CHAIR LEE|CY FOX|CHAIR LEE|DEE GIL|MS. HALL|DEE GIL|BO EK|GUS HALE|CHAIR LEE";
        assert_eq!(labels.join("|"), expected);
        let record = "Mr. LEE. Mr. Speaker, I rise in support.\n\nMORNING BUSINESS. The House will be in order.\n\nMr. LEE. I yield the floor.\n\n\
             The SPEAKER. The gentleman from Quay.\n";
        assert_eq!(turns(&read_as("plain", record)).len(), 3, "a heading that comes once is no voice");
    }
}
