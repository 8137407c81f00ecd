//! Chats as calls and programs save them: `From Ann Lee to Everyone: text`, with a date and a time before each message.

/// Bytes in which a name and to whom it writes stand.
const MAX_LABEL: usize = 120;

/// Bytes in which a date and a time stand.
const MAX_STAMP: usize = 40;

/// `From Ann Lee : text`, `From Ann Lee to Everyone: text`, as calls save their chat.
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix("From ")?.trim_start();
    let lead = line.len() - rest.len();
    let near = rest.get(..rest.floor_char_boundary(MAX_LABEL))?;
    let colon = near.find(" : ").map(|at| at + 1).or_else(|| near.find(':'))?;
    let whole = near.get(..colon)?.trim();
    let name =
        [" to ", " To "].iter().find_map(|to| whole.find(to)).and_then(|at| whole.get(..at)).unwrap_or(whole);
    name.contains(char::is_alphabetic).then_some((name.trim(), lead + colon + 1))
}

/// Bytes of the date and time that a message begins with: `[12/03/2025, 10:04:05] `, `12/03/2025, 10:04 - `.
pub(super) fn stamp(line: &str) -> usize {
    // Most lines begin with a letter.
    if !line.starts_with(|c: char| c == '[' || c.is_ascii_digit()) {
        return 0;
    }
    let near = line.get(..line.floor_char_boundary(MAX_STAMP)).unwrap_or(line);
    let (start, end) = if near.starts_with('[') { (1, near.find("] ")) } else { (0, near.find(" - ")) };
    let Some(end) = end else { return 0 };
    let stamp = near.get(start..end).unwrap_or("");
    let plain = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '/' | '.' | '-' | ':' | ',' | ' ' | '\u{202F}' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm')
    };
    // In brackets the month may have its name: `[05-Jul-24 09:00 AM] ann`.
    let is_named = |stamp: &str| {
        start == 1 && stamp.contains('-') && stamp.chars().all(|c| plain(c) || c.is_alphabetic())
    };
    let is_stamp = stamp.contains(':')
        && stamp.starts_with(|c: char| c.is_ascii_digit())
        && (stamp.chars().all(plain) || is_named(stamp));
    if is_stamp { end + if start == 1 { 2 } else { 3 } } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};

    #[test]
    fn messages_may_stand_below_their_senders() {
        let text = "09:00:04 From Ann Lee to Everyone:\n\tOne\n\ttwo\n09:01:10 From bo to Ann Lee (Direct Message):\n\tThree\n\
            09:02:00 From Ann Lee to Everyone:\n\tFour: five\n";
        let session = read_as("plain", text);
        assert_eq!(turns(&session), [("Ann Lee", "One\n\ttwo"), ("bo", "Three"), ("Ann Lee", "Four: five")]);
        assert_eq!(session.turns[1].pieces[0].time.map(|time| time.start), Some(32_470.0));
        let guesses = super::super::super::detect(text.as_bytes(), "chat.txt");
        assert!(guesses[0].confidence >= 0.6, "{guesses:?}");
    }

    #[test]
    fn dates_and_times_before_messages_are_left_out() {
        for stamp in
            ["[12/03/2025, 10:04:05] ", "12/03/2025, 10:04 - ", "3/12/25, 10:04 AM - ", "12.03.25, 10:04 - "]
        {
            let text = format!("{stamp}Ann: One.\n{stamp}Bo: Two.\n{stamp}Ann: Three.\n");
            assert_eq!(
                turns(&read_as("plain", &text)),
                [("Ann", "One."), ("Bo", "Two."), ("Ann", "Three.")],
                "{stamp}"
            );
        }
    }
}
