//! Transcripts of courts and depositions: questions and answers behind `Q.` and `A.`, and numbers before all lines of a
//! page.

use super::super::decode::Line;
use super::super::label;

/// Fewest questions, and fewest answers.
const FEWEST: usize = 3;

/// Most words of a heading: `REDIRECT EXAMINATION`, `BY MR. VAN DER BERG:`.
const MAX_HEADING: usize = 8;

/// Most bytes of a heading that names who makes a statement.
const MAX_STATEMENT: usize = 160;

/// Most lines of a page of a transcript: courts print 25 to 28.
const MAX_NUMBER: usize = 40;

/// `Q.   Where were you?`, `A   At home.`, `THE COURT:  Sustained.`
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    if is_heading(line) {
        return None;
    }
    question(line).or_else(|| label::split_label(line))
}

/// The letter of a question or an answer, and the byte offset of what is said.
fn question(line: &str) -> Option<(&str, usize)> {
    let (letter, rest) = line.split_at_checked(1)?;
    let said = rest.strip_prefix(['.', ':']).unwrap_or(rest);
    let gap = said.len() - said.trim_start().len();
    // Without a mark only a wide space tells the letter from a word: `A boat`.
    let fewest = if said.len() < rest.len() { 1 } else { 3 };
    let is_wide = gap >= fewest || gap > 0 && said.starts_with('\t');
    (matches!(letter, "Q" | "A") && is_wide).then_some((letter, line.len() - said.len()))
}

/// Whether questions and answers follow each other in a text, or questions that nobody is named for and labels.
pub(super) fn has_questions(lines: &[Line], is_numbered: bool) -> bool {
    has_answers(lines, is_numbered) || has_questions_of_nobody(lines)
}

/// Whether a wide space behind `Q` makes questions of lines, and most of these stand above a label: `Q    Why?` and below
/// it `MS. LEE:  No.`
fn has_questions_of_nobody(lines: &[Line]) -> bool {
    let is_asked = |line: &str| {
        let text = line.trim_start();
        text.starts_with('Q')
            && question(text).is_some_and(|_| text.get(1..).is_some_and(|rest| rest.starts_with([' ', '\t'])))
    };
    // Most texts have none, and labels are looked for again by all that follows.
    if lines.iter().filter(|line| is_asked(line.text)).count() < FEWEST {
        return false;
    }
    let begun = lines.iter().filter_map(|line| {
        let is_question = is_asked(line.text);
        (is_question || label::split_label(line.text.trim_start()).is_some()).then_some(is_question)
    });
    let (mut n_questions, mut n_answered, mut last) = (0usize, 0usize, false);
    for is_question in begun {
        n_questions += usize::from(is_question);
        n_answered += usize::from(last && !is_question);
        last = is_question;
    }
    n_questions >= FEWEST && 2 * n_answered >= n_questions
}

fn has_answers(lines: &[Line], is_numbered: bool) -> bool {
    let letters = lines.iter().filter_map(|line| {
        let body = line.text.get(body(line, is_numbered)..)?;
        question(body.trim_start()).map(|(letter, _)| letter)
    });
    let (mut questions, mut answers, mut changes, mut last) = (0usize, 0usize, 0usize, "");
    for letter in letters {
        if letter == "Q" {
            questions += 1
        } else {
            answers += 1
        }
        changes += usize::from(letter != last);
        last = letter;
    }
    questions.min(answers) >= FEWEST && 2 * changes >= questions + answers
}

/// Whether the lines of a text have numbers before them that count the lines of each page.
pub(super) fn is_numbered(lines: &[Line]) -> bool {
    let (mut n_lines, mut n_next, mut n_first, mut last) = (0usize, 0usize, 0usize, 0usize);
    for line in lines.iter().filter(|line| !line.is_blank()) {
        n_lines += 1;
        if let Some((number, _)) = number(line.text) {
            n_next += usize::from(number == last + 1);
            n_first += usize::from(number == 1);
            last = number;
        }
    }
    n_first > 0 && n_next >= 10 && 10 * n_next >= 7 * n_lines
}

/// The number that a line begins with, and the byte offset of what stands behind it.
fn number(line: &str) -> Option<(usize, usize)> {
    let lead = line.len() - line.trim_start().len();
    let rest = line.get(lead..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits)?.parse().ok().filter(|number| (1..=MAX_NUMBER).contains(number))?;
    let after = rest.get(digits..)?;
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some((number, lead + digits))
}

/// The byte offset of the line behind its number.
pub(super) fn body(line: &Line, is_numbered: bool) -> usize {
    number(line.text).filter(|_| is_numbered).map_or(0, |(_, at)| at)
}

/// Whether a line only says who asks from here on: `DIRECT EXAMINATION`, `BY MR. HALE:`.
pub(super) fn is_heading(line: &str) -> bool {
    let text = line.trim();
    // `OPENING STATEMENT OF HON. ANN LEE, A SENATOR FROM EASTBANK`
    if text.contains("STATEMENT OF ") && !text.contains(char::is_lowercase) {
        return text.len() <= MAX_STATEMENT;
    }
    let is_about = text.ends_with("EXAMINATION")
        || text.starts_with("BY ") && text.ends_with(':')
        || ["ORAL ARGUMENT OF ", "REBUTTAL ARGUMENT OF ", "ON BEHALF OF "]
            .iter()
            .any(|lead| text.starts_with(lead));
    is_about && !text.contains(char::is_lowercase) && text.split_whitespace().count() <= MAX_HEADING
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};

    const HEARING: &str = "                 HARBOUR COURT\n                 July 5, 2024\n\n          THE COURT:  Mr. Hale, you may proceed.\n\
                 MR. HALE:  Thank you.\n                  DIRECT EXAMINATION\nBY MR. HALE:\n     Q.   Where do you work?\n\
            \x20    A.   At the office,\nsince 2019.\n     Q.   Did you see the boat?\n     A.   I did.\n          MS. KOWAL:  Objection.\n\
            \x20         THE COURT:  Overruled.\n     Q.   What then?\n     A.   Nothing.\n";

    const EXPECTED: [(&str, &str); 10] = [
        ("THE COURT", "Mr. Hale, you may proceed."),
        ("MR. HALE", "Thank you."),
        ("Q", "Where do you work?"),
        ("A", "At the office,\nsince 2019."),
        ("Q", "Did you see the boat?"),
        ("A", "I did."),
        ("MS. KOWAL", "Objection."),
        ("THE COURT", "Overruled."),
        ("Q", "What then?"),
        ("A", "Nothing."),
    ];

    #[test]
    fn questions_and_answers_are_turns() {
        let session = read_as("plain", HEARING);
        assert_eq!(turns(&session), EXPECTED);
        assert_eq!(session.date, "2024-07-05");
        let bare = HEARING.replace("Q. ", "Q ").replace("A. ", "A ");
        assert_eq!(turns(&read_as("plain", &bare)), EXPECTED);
        let article = "Ann: A boat is late.\nQ. is a letter.\nBo: A\nAnn: Yes.\nBo: A. Lee said so.\n";
        assert!(turns(&read_as("plain", article)).iter().all(|(label, _)| label.len() > 1));
    }

    #[test]
    fn questions_of_nobody_stand_between_labels() {
        let briefing = "PRESS BRIEFING\n\n     MS. LEE:  Good afternoon.\n\n     Q    Will it be repealed?\n\n     MS. LEE:  No.\n\n\
            \x20    Q    And the cost?\n\n     MS. LEE:  None.\n\n     Q    Thank you.\n\n     MS. LEE:  Thank you.\n\n\
            \x20                 END      1:20 P.M. EDT\n";
        let expected = [
            ("MS. LEE", "Good afternoon."),
            ("Q", "Will it be repealed?"),
            ("MS. LEE", "No."),
            ("Q", "And the cost?"),
            ("MS. LEE", "None."),
            ("Q", "Thank you."),
            ("MS. LEE", "Thank you."),
        ];
        assert_eq!(turns(&read_as("plain", briefing)), expected);
    }

    #[test]
    fn an_argument_before_judges_has_numbers_and_no_letters() {
        let text = "                    1\n 1   IN THE SUPREME COURT OF THE HARBOUR\n 2\n 3   ANN LEE,         )\n 4       Petitioner,  )\n 5     v.             ) No. 31\n\
             \x206   BO EK,           )\n 7       Respondent.  )\n 8   P R O C E E D I N G S\n 9             CHIEF JUSTICE FOX:  We will hear argument\n10   in Case 31.\n\
             11       ORAL ARGUMENT OF DEE GIL\n12       ON BEHALF OF THE PETITIONER\n13             MS. GIL:  The fares are unlawful.\n14             JUSTICE HALL:  All of them?\n\
             15             MS. GIL:  All, Your Honor.\n                    2\n 1             CHIEF JUSTICE FOX:  Thank you.\n";
        let session = read_as("plain", text);
        let said: Vec<(&str, String)> =
            turns(&session).into_iter().map(|(label, said)| (label, said.replace('\n', " "))).collect();
        let expected = [
            ("CHIEF JUSTICE FOX", "We will hear argument in Case 31."),
            ("MS. GIL", "The fares are unlawful."),
            ("JUSTICE HALL", "All of them?"),
            ("MS. GIL", "All, Your Honor."),
            ("CHIEF JUSTICE FOX", "Thank you."),
        ];
        assert_eq!(said, expected.map(|(label, said)| (label, said.to_owned())));
    }

    #[test]
    fn numbers_before_all_lines_are_no_speech() {
        let filled = HEARING.lines().filter(|line| !line.is_empty());
        let text: String =
            filled.enumerate().map(|(at, line)| format!("{:2}  {line}\n", at % 9 + 1)).collect();
        let session = read_as("plain", &text);
        let said: Vec<(&str, String)> =
            turns(&session).into_iter().map(|(label, said)| (label, said.replace("\n  ", "\n"))).collect();
        assert_eq!(said, EXPECTED.map(|(label, said)| (label, said.to_owned())));
        assert!(session.outside.unattributed == 0);
    }
}
