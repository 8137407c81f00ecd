//! Noise: what a transcriber put in brackets for sounds and for what could not be heard, and credits of subtitles
//! that a recogniser made up.

use super::credits;
use crate::model::{Language, Span};

use crate::language::{LanguageData, data};

/// Longest content of a noise marker, in bytes; longer brackets hold speech.
const LONGEST: usize = 60;

/// Longest content of a bracket that says who reacted how: parliamentary records name several groups.
const LONGEST_REACTION: usize = 400;

/// Most words from a reaction to what says that those who reacted follow: `lebhafter Beifall bei …`.
const MAX_LEAD: usize = 6;

/// The noise markers of a text, in order and not overlapping: `{vocalsound}`, `[laughter]`,
/// `(inaudible)`, `((Crosstalk))`, `<laugh>`, `***`; and credits of subtitles. Brackets that hold anything else are
/// speech.
pub fn spans(text: &str, language: Language) -> Vec<Span> {
    spans_in(text, data(language), Signs::of(text))
}

/// What an early look at a text says of the noise in it and in parts of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signs {
    /// There may be markers.
    markers: bool,
    /// There may be credits.
    credits: bool,
}

impl Signs {
    pub(super) fn of(text: &str) -> Self {
        Signs { markers: text.bytes().any(may_open), credits: credits::may_hold(text) }
    }
}

/// As [`spans`], with the data of the language at hand; `signs` are those of a text that this one is part of.
pub(super) fn spans_in(text: &str, data: &LanguageData, signs: Signs) -> Vec<Span> {
    if !signs.credits {
        return if signs.markers { markers(text, data) } else { Vec::new() };
    }
    let credits = credits::spans(text);
    if credits.is_empty() { markers(text, data) } else { with_credits(markers(text, data), credits) }
}

/// Markers and credits in order; what stands in a credit is part of it.
fn with_credits(markers: Vec<Span>, credits: Vec<Span>) -> Vec<Span> {
    let is_within = |marker: &Span| {
        credits.iter().any(|credit| marker.start() < credit.end() && credit.start() < marker.end())
    };
    let apart: Vec<Span> = markers.into_iter().filter(|marker| !is_within(marker)).collect();
    let mut found = [apart, credits].concat();
    found.sort_unstable_by_key(|span| span.start());
    found
}

fn markers(text: &str, data: &LanguageData) -> Vec<Span> {
    let mut found = Vec::new();
    // Nearly every text is free of markers; bytes are told apart faster than characters.
    if !text.bytes().any(may_open) {
        return found;
    }
    let mut at = 0;
    while let Some(offset) = text[at..].find(['{', '[', '(', '（', '【', '<', '*', '♪']) {
        let start = at + offset;
        let end = marker_end(text, start, data);
        match end {
            Some(end) => {
                found.push(Span::new(start, end));
                at = end;
            }
            // A longer run of the same mark opens nothing either.
            None => at = start + run_length(&text[start..]),
        }
    }
    found
}

/// Whether a byte is a mark that opens a noise marker, or begins one of several bytes.
fn may_open(byte: u8) -> bool {
    matches!(byte, b'{' | b'[' | b'(' | b'<' | b'*' | 0xE2 | 0xE3 | 0xEF)
}

/// Where the noise marker that begins at `start` ends, if one begins there.
fn marker_end(text: &str, start: usize, data: &LanguageData) -> Option<usize> {
    let rest = &text[start..];
    let open = rest.chars().next()?;
    if matches!(open, '*' | '♪') {
        let length = run_length(rest);
        let bare_before = text[..start].chars().next_back().is_none_or(char::is_whitespace);
        let bare_after = rest[length..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        let long_enough = open == '♪' || length >= 3;
        return (long_enough && bare_before && bare_after).then_some(start + length);
    }
    let close = match open {
        '{' => '}',
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '【' => '】',
        _ => '>',
    };
    let inner_start = run_length(rest);
    let n_open = inner_start / open.len_utf8();
    if n_open > 2 {
        return None;
    }
    let inner = &rest[inner_start..];
    let length =
        inner.char_indices().take_while(|&(i, _)| i <= LONGEST_REACTION).find(|&(_, c)| c == close)?.0;
    let closing = inner[length..].chars().take(n_open).take_while(|&c| c == close).count();
    let content = &inner[..length];
    let is_marker = length <= LONGEST && is_noise(content, data) || open == '(' && is_reaction(content, data);
    (closing == n_open && is_marker).then_some(start + inner_start * 2 + length)
}

/// Length of the run of equal characters that a text begins with, in bytes.
fn run_length(text: &str) -> usize {
    let first = text.chars().next();
    text.find(|c| Some(c) != first).unwrap_or(text.len())
}

/// Whether the content of a bracket names a sound and nothing else.
fn is_noise(content: &str, data: &LanguageData) -> bool {
    let mut sounds = 0;
    for word in
        content.split(|c: char| c.is_whitespace() || "-_/,.:;，。、".contains(c)).filter(|w| !w.is_empty())
    {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if data.is_sound(&word) {
            sounds += 1;
        } else if !data.is_beside_sound(&word) && !word.chars().all(|c| c.is_ascii_digit()) {
            return false;
        }
    }
    sounds > 0
}

/// Whether the content of a bracket says how others reacted, and names them: `Beifall bei Rot und Grün –
/// Widerspruch bei Blau`, `applause from the gallery`.
fn is_reaction(content: &str, data: &LanguageData) -> bool {
    content.split(" – ").flat_map(|part| part.split(" — ")).all(|part| {
        let mut words = part
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        let (mut is_reaction, mut n_words) = (false, 0);
        let of_somebody = words.by_ref().take(MAX_LEAD).find(|word| {
            n_words += 1;
            is_reaction |= data.is_reaction(word);
            let is_lead = data.is_reaction(word) || data.is_sound(word) || data.is_beside_sound(word);
            is_reaction && data.is_of_somebody(word) || !is_lead
        });
        let is_named = of_somebody.is_some_and(|word| data.is_of_somebody(&word)) && words.next().is_some();
        is_reaction && (is_named || n_words > 0 && is_noise(part, data))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = spans(text, Language::ENGLISH).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn sounds_in_any_bracket_are_noise() {
        check("Yes {vocalsound} and {disfmarker} no", &["{vocalsound}", "{disfmarker}"]);
        check("[ Applause ] Thank you [Laughter.]", &["[ Applause ]", "[Laughter.]"]);
        check("the (inaudible 00:12:30) treaty", &["(inaudible 00:12:30)"]);
        check(
            "((Crosstalk)) (Off microphone) <laugh> *** so",
            &["((Crosstalk))", "(Off microphone)", "<laugh>", "***"],
        );
    }

    #[test]
    fn sounds_are_known_by_their_names_in_each_language() {
        for (code, text, expected) in [
            ("fr", "Merci. (Applaudissements sur les bancs) (la mairie)", "(Applaudissements sur les bancs)"),
            ("es", "Gracias. [Risas y aplausos] (el puerto)", "[Risas y aplausos]"),
            ("de", "Danke. (Beifall) (Drucksache)", "(Beifall)"),
            ("it", "Grazie. (Fuori microfono) (la laguna)", "(Fuori microfono)"),
            ("pt", "Obrigado. (Palmas) (a praça)", "(Palmas)"),
            ("ru", "Спасибо. (Аплодисменты) (полигон)", "(Аплодисменты)"),
            ("ar", "شكرا (تصفيق) (البلدية)", "(تصفيق)"),
            ("zh", "谢谢大家（热烈鼓掌）（平台）", "（热烈鼓掌）"),
            ("ru", "Спасибо. [Applause]", "[Applause]"),
        ] {
            let found: Vec<&str> =
                spans(text, code.parse().unwrap()).into_iter().map(|s| s.of(text)).collect();
            assert_eq!(found, [expected], "{code}");
        }
    }

    #[test]
    fn reactions_of_those_who_are_named_are_noise() {
        let check = |code: &str, text: &str, expected: &[&str]| {
            let found: Vec<&str> =
                spans(text, code.parse().unwrap()).into_iter().map(|s| s.of(text)).collect();
            assert_eq!(found, expected, "{code}");
        };
        for (code, marker) in [
            ("de", "(Beifall bei Rot und Grün – Widerspruch bei Blau)"),
            (
                "de",
                "(Lebhafter Beifall bei der Roten Fraktion sowie bei Abgeordneten der Grünen und des Bündnisses Küste)",
            ),
            ("de", "(Zuruf von Blau: Unsinn!)"),
            ("de", "(Heiterkeit – Beifall bei Rot)"),
            ("en", "(Applause from the Opposition benches)"),
            ("en", "(Interruption by the member for Eastbank)"),
            ("fr", "(Applaudissements sur les bancs du groupe Rouge)"),
            ("es", "(Aplausos de los diputados del grupo Rojo)"),
            ("it", "(Applausi dei deputati del gruppo Rosso)"),
            ("pt", "(Aplausos da bancada vermelha)"),
        ] {
            check(code, &format!("A. {marker} B."), &[marker]);
        }
        for (code, speech) in [
            ("de", "(Lachen ist gesund)"),
            ("de", "(bei Rot und Grün)"),
            ("en", "(applause is welcome)"),
            ("en", "(music from the harbour was too loud)"),
            ("en", "(the interruption of the service costs us dearly)"),
        ] {
            check(code, &format!("A. {speech} B."), &[]);
        }
    }

    #[test]
    fn brackets_that_hold_speech_are_not_noise() {
        check("[the rules](https://example.org) array[i] (the committee)", &[]);
        check("a {1, 2} set (music is a right) **bold** 2 * 3 [sic] a < b", &[]);
        check("unclosed [laughter and (inaudible", &[]);
    }
}
