//! Chats that messengers save, with a date and a time before each message: `12/03/2025, 10:04 - Ann: text`. Whatever
//! stands between them and the colon wrote it: a name, a nick, the number of a telephone.

use rustc_hash::FxHashSet;

use super::super::decode::{Line, lines};
use super::chat;

/// Fewest messages.
const FEWEST: usize = 4;

/// Longest name of a writer in bytes.
const MAX_LABEL: usize = 80;

/// `Ann Lee: text`, `~ Ann: text` (somebody who is in nobody's list of contacts), `+47 900 00 000: text`.
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    let lead = line.len() - line.trim_start_matches(['~', ' ']).len();
    let near = line.get(lead..line.floor_char_boundary(lead + MAX_LABEL))?;
    let colon = near.find(": ").or_else(|| near.ends_with(':').then(|| near.len() - 1))?;
    let label = near.get(..colon)?.trim_end();
    label.contains(char::is_alphanumeric).then_some((label, lead + colon + 1))
}

/// `ann#1234` alone behind the date, with the message below, as other programs save them.
pub(super) fn sender(line: &str) -> Option<(&str, usize)> {
    let label = line.trim();
    let is_name = label.contains(char::is_alphabetic)
        && label.len() <= MAX_LABEL
        && label.split_whitespace().count() <= 5
        && !label.ends_with(['.', '?', '!', ':']);
    is_name.then_some((label, line.len()))
}

/// The writers of a chat in one of the two forms, and how many messages there are; nothing where a text is none.
pub(super) fn writers<'a>(
    lines: &[Line<'a>],
    form: impl Fn(&'a str) -> Option<(&'a str, usize)>,
) -> Option<(FxHashSet<&'a str>, usize)> {
    let (mut n_lines, mut n_stamps, mut labels) = (0usize, 0usize, Vec::new());
    for line in lines.iter().filter(|line| !line.is_blank()) {
        n_lines += 1;
        let at = chat::stamp(line.text);
        if at > 0 && numbers(line.text.get(..at).unwrap_or("")).len() >= 4 {
            n_stamps += 1;
            labels.extend(line.text.get(at..).and_then(&form).map(|(label, _)| label));
        }
    }
    let n_messages = labels.len();
    let is_chat = n_messages >= FEWEST && 2 * n_messages > n_stamps && 6 * n_stamps >= n_lines;
    is_chat.then(|| (labels.into_iter().collect(), n_messages))
}

/// The numbers of a date and a time.
fn numbers(stamp: &str) -> Vec<&str> {
    stamp.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect()
}

/// Whether what a message says is that a picture or a film was left out: `<Media omitted>`, in any language.
pub(super) fn is_left_out(said: &str) -> bool {
    let inside = said.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inside.is_some_and(|inside| !inside.contains(['<', '>']) && inside.split_whitespace().count() <= 4)
}

/// The day of the first message, as `YYYY-MM-DD`; empty where no date of the chat says whether the day or the month
/// stands first.
pub(super) fn date(text: &str) -> String {
    let stamps = lines(text).filter_map(|line| line.text.get(..chat::stamp(line.text)));
    let dates: Vec<(u32, u32, u32, bool)> = stamps
        .filter_map(|stamp| {
            let day = stamp.trim_start_matches('[').split([',', ' ']).next().unwrap_or("");
            let numbers = numbers(day);
            let number = |at: usize| numbers.get(at)?.parse::<u32>().ok();
            let has_dots = day.contains('.');
            Some((number(0)?, number(1)?, number(2)?, has_dots))
        })
        .collect();
    let Some(&(first, second, third, has_dots)) = dates.first() else { return String::new() };
    let is_day_first = has_dots || dates.iter().any(|&(first, ..)| (13..=31).contains(&first));
    let is_month_first = dates.iter().any(|&(_, second, ..)| (13..=31).contains(&second));
    let year = |year: u32| if year < 100 { 2000 + year } else { year };
    let (year, month, day) = match (first >= 1000, is_day_first, is_month_first) {
        (true, ..) => (first, second, third),
        (_, true, false) => (year(third), second, first),
        (_, false, true) => (year(third), first, second),
        _ => return String::new(),
    };
    let is_date = (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if is_date { format!("{year:04}-{month:02}-{day:02}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};
    use super::date;

    #[test]
    fn whoever_writes_a_message_is_a_voice_and_what_the_program_says_is_none() {
        for stamp in [
            "25/07/2024, 10:04 - ",
            "[25.07.24, 10:04:05] ",
            "2024-07-25, 10:04 - ",
            "25/7/24 9:04 a. m. - ",
            "7/25/24, 9:04\u{202f}PM - ",
        ] {
            let messages = [
                "Messages are end-to-end encrypted. Nobody reads them.",
                "Ann Lee: Is the boat late?",
                "+47 900 00 000: It is.\nAs always.",
                "~ bo: See: below",
                "Ann Lee: <Media omitted>",
                "Ann Lee added Cy",
                "+47 900 00 000: Good.",
            ];
            let text: String = messages.iter().map(|message| format!("{stamp}{message}\n")).collect();
            let session = read_as("plain", &text);
            let expected = [
                ("Ann Lee", "Is the boat late?"),
                ("+47 900 00 000", "It is.\nAs always."),
                ("bo", "See: below"),
                ("+47 900 00 000", "Good."),
            ];
            assert_eq!(turns(&session), expected, "{stamp}");
            assert_eq!((session.date.as_str(), session.title.as_str()), ("2024-07-25", ""), "{stamp}");
        }
    }

    #[test]
    fn names_may_stand_alone_behind_the_date() {
        let message = |name: &str, said: &str| format!("[05-Jul-24 09:01 AM] {name}\n{said}\n\n");
        let text = [("ann#1", "One: two."), ("bo", "Three."), ("ann#1", "Four."), ("bo", "Five.")]
            .map(|(name, said)| message(name, said))
            .concat();
        let expected = [("ann#1", "One: two."), ("bo", "Three."), ("ann#1", "Four."), ("bo", "Five.")];
        assert_eq!(turns(&read_as("plain", &text)), expected);
    }

    #[test]
    fn a_date_that_may_be_two_days_is_none() {
        assert_eq!(date("03/04/2024, 10:04 - Ann: x\n"), "");
        assert_eq!(date("03/04/2024, 10:04 - Ann: x\n13/04/2024, 10:04 - Ann: x\n"), "2024-04-03");
        assert_eq!(date("03.04.24, 10:04 - Ann: x\n"), "2024-04-03");
    }
}
