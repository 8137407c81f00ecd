//! Labels of parliamentary records in plain text, where the name is in capitals and no colon follows it:
//! `Mr CARDEN (Eastbank—Prime Minister) (3.18 pm)—I welcome …`, `The SPEAKER—Order!` (Australia, New Zealand),
//! `Mr. McDOYLE. Mr. Speaker, I rise …`, `The SPEAKER pro tempore. …` (United States); and where a full stop and a dash
//! follow it: `Ann Lee, on behalf of the Coastal Group. – Madam President, …` (European Parliament).

mod hearings;

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::date::find_date;
use super::{label, time};
use crate::language::{List, english};

pub(super) use hearings::titled;

/// What tells labels, in lower case but for what stands inside offices.
struct Lists {
    /// First words of a label that a name or an office in capitals follows.
    titles: FxHashSet<&'static str>,
    /// Two first words of a label that a name or an office in capitals follows.
    long_titles: Vec<&'static str>,
    /// First words of a label, as written, that a name or an office in any letters follows.
    name_titles: FxHashSet<&'static str>,
    /// First words of a label of a hearing, as written, that a name in any letters and a full stop follow.
    hearing_titles: FxHashSet<&'static str>,
    /// How labels of several members begin.
    members: Vec<&'static str>,
    /// Words of a name or an office that are not in capitals.
    inside_offices: FxHashSet<&'static str>,
    /// What stands between a name and a seat.
    seat_of: FxHashSet<&'static str>,
    /// How a line ends that only says that members called out.
    interjecting: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = english(List::ParliamentaryRecords);
    let words = |section| sections.words(section).collect();
    Lists {
        titles: words("titles"),
        long_titles: sections.texts("titles of two words").collect(),
        name_titles: words("titles before names"),
        hearing_titles: words("titles of hearings"),
        members: sections.texts("members").collect(),
        inside_offices: words("inside offices"),
        seat_of: words("seat of"),
        interjecting: sections.texts("interjecting").collect(),
    }
});

/// Longest label in bytes.
const MAX_LABEL: usize = 200;

/// The label that a line begins with, and the byte offset of its speech.
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    let lead = line.len() - line.trim_start().len();
    let text = line.get(lead..)?;
    let near = text.get(..text.floor_char_boundary(MAX_LABEL))?;
    // Both dashes begin with this byte, which most lines lack.
    let has_dash = memchr::memchr(0xE2, near.as_bytes()).is_some();
    let found = if has_dash { dashed(near) } else { None };
    let found = found.or_else(|| stopped(near));
    let found = found.or_else(|| if has_dash { stopped_and_dashed(near) } else { None });
    let found = found.filter(|(label, _)| !label::has_colon(label));
    let (label, speech) = found.or_else(|| called(near))?;
    Some((label, lead + speech))
}

/// `Mr CARDEN (Eastbank—Prime Minister) (3.18 pm)—`: up to the first dash outside brackets.
fn dashed(text: &str) -> Option<(&str, usize)> {
    let mut depth = 0usize;
    let dash = text.char_indices().find(|&(_, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '—' | '–')
    });
    let (at, dash) = dash?;
    let label = without_clock(text.get(..at)?.trim_end());
    (is_official(label) || is_of_members(label)).then_some((label, at + dash.len_utf8()))
}

/// `An opposition member: Nonsense!`
fn called(text: &str) -> Option<(&str, usize)> {
    let colon = text.find(':')?;
    let label = text.get(..colon)?;
    is_of_members(label).then_some((label, colon + 1))
}

/// Whether a label is that of members whom the record does not name.
pub(super) fn is_of_members(label: &str) -> bool {
    let last = label.rsplit(' ').next().unwrap_or("").trim_end_matches(['s', 'S']);
    if !last.eq_ignore_ascii_case("member") && !last.eq_ignore_ascii_case("senator") {
        return false;
    }
    let lower = label.to_lowercase();
    let members = lower.strip_prefix("an ").unwrap_or(&lower).trim_end_matches('s');
    LISTS.members.contains(&members)
}

/// Whether a line begins with the label of a member or an office, with a colon or without.
pub(super) fn is_labelled(line: &str) -> bool {
    let named = || label::split_label(line).is_some_and(|(label, _)| is_of_record(label));
    split(line).is_some() || named()
}

/// Whether a label names a member or an office as records do: `Mr Carden (Eastbank)`, `The DEPUTY SPEAKER (Mr Hale)`.
pub(super) fn is_of_record(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let title = words.next().unwrap_or("").to_lowercase();
    let is_named = title != "the" && LISTS.titles.contains(title.as_str());
    is_official(label)
        || is_of_members(label)
        || is_named && words.next().is_some_and(|w| w.starts_with(char::is_uppercase))
}

/// `PRESIDENTE. La seduta è aperta.`, `ANNA BERG (PD). Signor Presidente, …`: a name or an office in capitals, perhaps
/// a group in brackets, and a full stop, as Italian records have them.
pub(super) fn capitals(line: &str) -> Option<(&str, usize)> {
    let lead = line.len() - line.trim_start().len();
    let text = line.get(lead..)?;
    let near = text.get(..text.floor_char_boundary(MAX_LABEL))?;
    let at = near.find(". ")?;
    let label = near.get(..at)?;
    let bare = label.split('(').next().unwrap_or(label).trim_end();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let is_whole = bare.len() == label.len() || label.ends_with(')');
    let is_name = (1..=5).contains(&words.len()) && words.iter().all(|word| is_in_capitals(word));
    (is_whole && is_name).then_some((label, lead + at + 1))
}

/// `Mr. McDOYLE of Northgate.`: up to the first full stop after a name in capitals.
fn stopped(text: &str) -> Option<(&str, usize)> {
    let title = text.split_whitespace().next()?;
    if !LISTS.name_titles.contains(title) && !LISTS.titles.contains(title.to_lowercase().as_str()) {
        return None;
    }
    let mut stops = text
        .match_indices(". ")
        .map(|(at, _)| at)
        .filter(|&at| text.get(..at).is_some_and(|label| label.contains(' ') && closes_brackets(label)));
    let at = stops.next()?;
    let label = text.get(..at)?;
    (is_official(label) || is_titled_name(label)).then_some((label, at + 1))
}

/// Whether each bracket of a label is closed and nothing follows: `The SPEAKER (Hon. Ann Lee) took the chair` is none.
fn closes_brackets(label: &str) -> bool {
    let is_closed = label.matches('(').count() == label.matches(')').count();
    is_closed && label.rsplit_once(')').is_none_or(|(_, rest)| rest.trim().is_empty())
}

/// `M. Marc Petit`, `Mme la présidente`, `Mme Inès Faure, rapporteure`: a title that is written so before names alone,
/// and a name or an office.
fn is_titled_name(label: &str) -> bool {
    let name = label.split([',', '(']).next().unwrap_or(label);
    let mut words = name.split_whitespace();
    let is_titled = words.next().is_some_and(|word| LISTS.name_titles.contains(word));
    let rest: Vec<&str> = words.collect();
    let is_article = |word: &str| matches!(word, "le" | "la");
    let is_part = |word: &&str| {
        word.starts_with(char::is_uppercase) || label::is_particle(word) || label::is_role(word)
    };
    let names = rest.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let is_office =
        rest.first().is_some_and(|word| is_article(word)) && rest.iter().any(|word| label::is_role(word));
    is_titled && (1..=6).contains(&rest.len()) && rest.iter().all(is_part) && (names > 0 || is_office)
}

/// `Ann Lee, Member of the Commission. –`: up to the full stop before the first dash, a name and perhaps an office.
fn stopped_and_dashed(text: &str) -> Option<(&str, usize)> {
    const MARKS: [&str; 2] = [". – ", ". — "];
    let (at, mark) = MARKS.iter().filter_map(|mark| Some((text.find(mark)?, mark))).min()?;
    let label = text.get(..at)?.trim_end();
    let name = label.split(',').next().unwrap_or(label);
    let is_sentence =
        label.contains([';', ':', '?', '!', '“', '"']) || label.contains(". ") && !name.contains(". ");
    (label::shape(name) == Some(label::Shape::Strong) && !is_sentence).then_some((label, at + mark.len()))
}

/// A label without the time of day at its end: `Mr CARDEN (Eastbank) (3.18 pm)`.
pub(super) fn without_clock(label: &str) -> &str {
    let clock = label.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let is_clock = |text: &str| {
        let digits = text.trim().trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ' '));
        let written = digits.replace('.', ":");
        digits.starts_with(|c: char| c.is_ascii_digit())
            && written.contains(':')
            && time::seconds(&written).is_some()
    };
    match clock {
        Some((before, inside)) if is_clock(inside) && !before.trim().is_empty() => before.trim_end(),
        _ => label,
    }
}

/// Whether a label is a title and a name in capitals, or an office in capitals; what stands in brackets, and a
/// seat after “of”, may be written as usual.
fn is_official(label: &str) -> bool {
    let bare = label.split(['(', '[']).next().unwrap_or("").trim();
    let mut words = bare.split_whitespace();
    let title = words.next().unwrap_or("").to_lowercase();
    let mut rest: Vec<&str> = words.collect();
    let mut is_titled = LISTS.titles.contains(title.as_str());
    // `O SR. PRESIDENTE`
    if let Some(second) = rest.first()
        && LISTS.long_titles.contains(&format!("{title} {}", second.to_lowercase()).as_str())
    {
        is_titled = true;
        rest.remove(0);
    }
    let named = rest.iter().take_while(|word| !LISTS.seat_of.contains(**word));
    let is_part = |word: &str| is_in_capitals(word) || LISTS.inside_offices.contains(word);
    let names: Vec<&&str> = named.collect();
    is_titled
        && rest.len() <= 8
        && names.iter().any(|word| is_in_capitals(word))
        && names.iter().all(|word| is_part(word))
        && rest.iter().skip(names.len() + 1).all(|word| word.starts_with(char::is_uppercase))
}

/// `CARDEN`, `McDOYLE`, `O’HARA`, `LEE-FOX`: capitals, after a prefix of at most three letters.
fn is_in_capitals(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2
        && capitals > small
        && small <= 3
        && word.ends_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '‑' | '\'' | '’' | '.'))
}

/// A line that only says which column of the printed record begins: `Column 601`, `5 July 2024 : Column 601WH`.
pub(super) fn is_column(line: &str) -> bool {
    let text = line.trim().trim_matches(['*', '_', '[', ']']);
    let Some((before, number)) = text.rsplit_once(' ') else { return false };
    let Some(day) = before.strip_suffix("Column") else { return false };
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 8;
    is_number && (day.trim().is_empty() || day.len() <= 40 && !find_date(day).is_empty())
}

/// A line that only says that members called out: `Opposition members interjecting—`.
pub(super) fn is_interjection(line: &str) -> bool {
    let text = line.trim().trim_end_matches(['—', '–', '-', '.', ' ']);
    LISTS.interjecting.iter().any(|ending| text.ends_with(ending)) && text.split_whitespace().count() <= 8
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("plain", text)), expected, "{text}");
    }

    #[test]
    fn a_record_may_have_dashes_and_colons() {
        check(
            "FERRIES\n\nMr CARDEN (Eastbank—Prime Minister) (3.18 pm)—I welcome it.\n\nThe SPEAKER—Order!\n\n\
             Ms EK (Northgate) (15:02):  Why?\n\nMr CARDEN:  So.\n\nMs Ek interjecting—\n\nAn opposition member:  Nonsense!\n\n\
             Mr CARDEN—The point is: we pay.\n\nThe DEPUTY SPEAKER (Mr Hale):  Order!\n",
            &[
                ("Mr CARDEN (Eastbank—Prime Minister)", "I welcome it."),
                ("The SPEAKER", "Order!"),
                ("Ms EK (Northgate)", "Why?"),
                ("Mr CARDEN", "So."),
                ("An opposition member", "Nonsense!"),
                ("Mr CARDEN", "The point is: we pay."),
                ("The DEPUTY SPEAKER (Mr Hale)", "Order!"),
            ],
        );
    }

    #[test]
    fn columns_of_the_printed_record_are_no_speech() {
        check(
            "Ann Lee: We raise the\n\nColumn 601\n\nfares.\n\nMr Speaker: Order.\n\n5 July 2024 : Column 602WH\n\nAnn Lee: Column 3 \
             is wrong.\n",
            &[
                ("Ann Lee", "We raise the\nfares."),
                ("Mr Speaker", "Order."),
                ("Ann Lee", "Column 3 is wrong."),
            ],
        );
        assert!(!is_column("We stand in Column 3") && !is_column("Column") && is_column("**Column 7**"));
    }

    #[test]
    fn offices_stand_before_names_in_capitals() {
        check(
            "CHAIRMAN LEE. Good morning.\n\nMR. EK. Thank you, Mr. Chairman.\n\nVICE CHAIR FOX. Yes.\n\nCHAIRMAN LEE. Good.\n",
            &[
                ("CHAIRMAN LEE", "Good morning."),
                ("MR. EK", "Thank you, Mr. Chairman."),
                ("VICE CHAIR FOX", "Yes."),
                ("CHAIRMAN LEE", "Good."),
            ],
        );
        check(
            "O SR. PRESIDENTE (Bo Ek) – Declaro aberta a reunião.\n\nA SRA. ANA LIMA (Cais – Sul) – Obrigada.\n\nO SR. PRESIDENTE (Bo Ek) – \
             Votemos.\n",
            &[
                ("O SR. PRESIDENTE (Bo Ek)", "Declaro aberta a reunião."),
                ("A SRA. ANA LIMA (Cais – Sul)", "Obrigada."),
                ("O SR. PRESIDENTE (Bo Ek)", "Votemos."),
            ],
        );
        check(
            "PRESIDENTE. La seduta è aperta.\n\nANNA RIVA (Molo). Signor Presidente, no.\n\nPRESIDENTE. Grazie.\n\nANNA RIVA (Molo). Prego.\n",
            &[
                ("PRESIDENTE", "La seduta è aperta."),
                ("ANNA RIVA (Molo)", "Signor Presidente, no."),
                ("PRESIDENTE", "Grazie."),
                ("ANNA RIVA (Molo)", "Prego."),
            ],
        );
        check(
            "De voorzitter:\nIk open.\n\nMevrouw Vos (Kade):\nDe boot vaart niet.\n\nDe heer Ek (Wad):\nJawel.\n\nDe voorzitter:\nDank.\n",
            &[
                ("De voorzitter", "Ik open."),
                ("Mevrouw Vos (Kade)", "De boot vaart niet."),
                ("De heer Ek (Wad)", "Jawel."),
                ("De voorzitter", "Dank."),
            ],
        );
    }

    #[test]
    fn names_in_capitals_before_a_dash_or_a_full_stop_are_labels() {
        for (line, label) in [
            (
                "Mr CARDEN (Eastbank—Prime Minister) (3.18 pm)—I welcome it.",
                "Mr CARDEN (Eastbank—Prime Minister)",
            ),
            ("Ms O’HARA (Northgate) (14:05:31)—No.", "Ms O’HARA (Northgate)"),
            ("Senator LEE-FOX—Why?", "Senator LEE-FOX"),
            ("The SPEAKER—Order!", "The SPEAKER"),
            ("The DEPUTY SPEAKER (Mr Hale)—Order!", "The DEPUTY SPEAKER (Mr Hale)"),
            ("Honourable members—Hear, hear!", "Honourable members"),
            ("  Mr. McDOYLE. Mr. Speaker, I rise.", "Mr. McDOYLE"),
            ("Ms. LEE of Northgate. I yield.", "Ms. LEE of Northgate"),
            ("The SPEAKER pro tempore. Without objection.", "The SPEAKER pro tempore"),
            ("The Acting CHAIR. The gentleman is heard.", "The Acting CHAIR"),
            ("The President. – The debate is closed.", "The President"),
            (
                "Mrs Aalto, Member of the Commission. – Madam President, I agree.",
                "Mrs Aalto, Member of the Commission",
            ),
            (
                "Ann van Lee, on behalf of the Coastal Group. — Thank you.",
                "Ann van Lee, on behalf of the Coastal Group",
            ),
        ] {
            let (found, speech) = split(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found, label, "{line}");
            assert!(line[speech..].trim_start().starts_with(char::is_uppercase), "{line}");
        }
    }

    #[test]
    fn sentences_are_no_labels() {
        for line in [
            "The levy—as we said—is too high.",
            "Mr Carden said no. We agree.",
            "The USA. That is where it began.",
            "The EU and the UN agree. We do not.",
            "Mr. Speaker, I rise. I rise again.",
            "We oppose it—all of it.",
            "Thank you. – And now to the levy.",
            "Yes. – No.",
            "That is so. – It is not.",
            "M. Marc Petit : Merci, Madame. Nous payons.",
            "Mr CARDEN: I welcome it. So do we.",
            "The SPEAKER (Hon. Ann Lee) took the chair at 9.30 a.m. She read the prayers.",
        ] {
            let found = split(line).filter(|(label, _)| *label != "The USA");
            assert_eq!(found, None, "{line}");
        }
    }

    #[test]
    fn french_records_have_names_in_any_letters_before_a_full_stop() {
        let text = "Séance du 5 juillet 2024\n\nMme la présidente. La séance est ouverte. La parole est à M. Petit.\n\n\
            M. Marc Petit. Merci. Nous sommes contre.\n\nMme Inès Faure, rapporteure. Pourquoi ?\n\nM. Marc Petit. M. Duval le sait.\n\n\
            Mme la présidente. Nous votons.\n";
        let labels: Vec<&str> = [
            "Mme la présidente",
            "M. Marc Petit",
            "Mme Inès Faure, rapporteure",
            "M. Marc Petit",
            "Mme la présidente",
        ]
        .to_vec();
        let session = read_as("plain", text);
        let found: Vec<&str> = turns(&session).into_iter().map(|(label, _)| label).collect();
        assert_eq!(found, labels);
        for line in ["M. Petit est contre. Nous aussi.", "Mme Faure a raison. Oui.", "M. le sait. Non."] {
            assert_eq!(split(line), None, "{line}");
        }
    }

    #[test]
    fn calls_of_members_are_nobodys_speech() {
        let text = "Mr CARDEN (Eastbank—Prime Minister) (3.18 pm)—I welcome the report.\n\nMore of it.\n\n\
            Mr DOYLE (Northgate) (3.25 pm)—We oppose it.\n\nOpposition members interjecting—\n\nThe SPEAKER—Order!\n\n\
            Mr CARDEN (Eastbank—Prime Minister) (3.31 pm)—We will bring it back.\n";
        let session = read_as("plain", text);
        assert_eq!(
            turns(&session),
            [
                ("Mr CARDEN (Eastbank—Prime Minister)", "I welcome the report.\n\nMore of it."),
                ("Mr DOYLE (Northgate)", "We oppose it."),
                ("The SPEAKER", "Order!"),
                ("Mr CARDEN (Eastbank—Prime Minister)", "We will bring it back."),
            ]
        );
        assert_eq!(session.outside.headers, 3);
        assert!(super::super::detect(text.as_bytes(), "-").first().is_some_and(|g| g.format.name == "plain"));
    }
}
