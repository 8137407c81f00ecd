//! The language of a session and of its turns: given, named by the source, or found from the text.

use crate::language::{self, Detection};
use crate::model::{Language, LanguageKnown, Session, Warning, WarningCode};

/// Settles the language of a session: the one that is given, else the source's own, else what its
/// text is found to be. Long turns in another language that we know get their own.
///
/// A text of fewer than [`language::ENOUGH`] words is taken for English unless it is clearly something
/// else. Where no language is found, or one that we have no word lists for, a warning says so; the
/// text is then handled without stems, stop words and cue phrases of another language.
pub fn settle_language(session: &mut Session, given: Option<Language>) {
    let named = given.or(Some(session.language).filter(|&own| own != Language::UNKNOWN));
    if let Some(language) = named {
        session.language = language;
        session.language_known = if given.is_some() { LanguageKnown::Given } else { LanguageKnown::Source };
        if !language::has_data(language) {
            let message = format!("there are no word lists for the language `{language}`{WITHOUT}");
            warn(session, WarningCode::LanguageUnknown, message);
        }
        if given.is_none() {
            contradicted(session);
        }
    } else {
        found(session);
    }
    if given.is_none() {
        turns(session);
    }
}

/// Warns where the text is clearly in another language than its source says.
fn contradicted(session: &mut Session) {
    let detection = language::detect(&session.text);
    let is_clear = detection.words >= language::ENOUGH || detection.is_certain();
    let own = session.language;
    if is_clear && ![own, Language::UNKNOWN].contains(&detection.language) {
        let found = detection.language;
        let message = format!(
            "the source says that it is in `{own}`, its text looks like `{found}`; `{own}` is kept, --language names another"
        );
        warn(session, WarningCode::LanguageDiffers, message);
    }
}

/// What follows for a text without a known language.
const WITHOUT: &str = ": its words are compared as they are, without stems, stop words and cue phrases";

fn found(session: &mut Session) {
    let detection = language::detect(&session.text);
    let is_short = detection.words < language::ENOUGH;
    (session.language, session.language_known) = match detection.language {
        language if language != Language::UNKNOWN && (!is_short || detection.is_certain()) => {
            (language, LanguageKnown::Detected)
        }
        _ if is_short && (detection.is_latin || detection.words == 0) => {
            (Language::ENGLISH, LanguageKnown::Assumed)
        }
        language if is_short && language != Language::UNKNOWN => (language, LanguageKnown::Detected),
        _ => (Language::UNKNOWN, LanguageKnown::No),
    };
    if session.language == Language::UNKNOWN {
        let message = unknown(&detection);
        warn(session, WarningCode::LanguageUnknown, message);
    }
}

fn unknown(detection: &Detection) -> String {
    format!(
        "the language is none that we have word lists for, or cannot be told (of those we can tell apart \
         it looks most like {}){WITHOUT}; --language names it",
        detection.looks_like
    )
}

/// Finds the long turns that are in another language than the session.
fn turns(session: &mut Session) {
    let own = session.language;
    let mut others: Vec<(u32, Language)> = Vec::new();
    for turn in 0..session.turns.len() {
        let text = session.turn_text(turn);
        if text.len() < SHORTEST_TURN || language::is_likely(text, own) {
            continue;
        }
        let detection = language::detect(text);
        let other = detection.language;
        if detection.words >= language::ENOUGH && ![own, Language::UNKNOWN].contains(&other) {
            others.push((turn as u32, other));
        }
    }
    session.turn_languages = others;
    if let Some(message) = mixed(session) {
        warn(session, WarningCode::LanguageMixed, message);
    }
}

/// Bytes below which a turn is too short to have a language of its own.
const SHORTEST_TURN: usize = 120;

/// Which turns are in which other language.
fn mixed(session: &Session) -> Option<String> {
    let mut languages: Vec<Language> = session.turn_languages.iter().map(|&(_, language)| language).collect();
    languages.sort_unstable();
    languages.dedup();
    let listed = |language: &Language| {
        let turns = session.turn_languages.iter().filter(|(_, own)| own == language).map(|(turn, _)| turn);
        let mut turns: Vec<String> = turns.map(u32::to_string).collect();
        let n_turns = turns.len();
        turns.truncate(10);
        let more = if n_turns > turns.len() { ", …" } else { "" };
        format!("{n_turns} in `{language}` (turn {}{more})", turns.join(", "))
    };
    let parts: Vec<String> = languages.iter().map(listed).collect();
    let own = if session.language == Language::UNKNOWN { "unknown" } else { session.language.code() };
    (!parts.is_empty()).then(|| {
        format!(
            "the session is in `{own}`, but some long turns are not, and are handled in their language: {}",
            parts.join(", ")
        )
    })
}

fn warn(session: &mut Session, code: WarningCode, message: String) {
    session.warnings.push(Warning::of_session(code, message));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};

    fn check(turns: &[&str], expected: (&str, LanguageKnown), warnings: &[&str]) {
        let mut builder = SessionBuilder::new("s");
        for text in turns {
            builder.turn("A").text(text, Join::Line, 1, None);
        }
        let mut session = builder.finish(0);
        settle_language(&mut session, None);
        let codes: Vec<&str> = session.warnings.iter().map(|w| w.code.as_str()).collect();
        assert_eq!((session.language.code(), session.language_known), expected, "{turns:?}");
        assert_eq!(codes, warnings, "{turns:?}");
    }

    const ENGLISH: &str = "We have looked at the proposal of the port, and we do not think that it is fair to those \
        who live in the old town, because they would have to pay for a road that they have never asked for and \
        that most of them will not use.";
    const GERMAN: &str = "Wir haben uns den Vorschlag des Hafens angesehen, und wir glauben nicht, dass er für die \
        Menschen in der Altstadt gerecht ist, weil sie für eine Straße bezahlen müssten, die sie nie verlangt haben \
        und die die meisten von ihnen auch nicht benutzen werden.";
    const FINNISH: &str = "Olemme tutustuneet sataman ehdotukseen, emmekä pidä sitä oikeudenmukaisena vanhan kaupungin \
        asukkaille, koska heidän pitäisi maksaa tiestä, jota he eivät ole koskaan pyytäneet ja jota useimmat heistä \
        eivät tule käyttämään. Siksi pyydämme, että asia palautetaan valmisteluun ja että asukkaita kuullaan ennen \
        kuin päätös tehdään.";

    #[test]
    fn a_language_is_found_from_the_text() {
        check(&[ENGLISH], ("en", LanguageKnown::Detected), &[]);
        check(&[GERMAN], ("de", LanguageKnown::Detected), &[]);
    }

    #[test]
    fn a_language_without_data_is_said_and_not_taken_for_another() {
        check(&[FINNISH], ("", LanguageKnown::No), &["language-unknown"]);
    }

    #[test]
    fn too_little_text_is_english_unless_it_is_clearly_something_else() {
        check(&["One.", "Fine. No."], ("en", LanguageKnown::Assumed), &[]);
        check(&["Olemme tutustuneet ehdotukseen."], ("en", LanguageKnown::Assumed), &[]);
        check(&["Мы не согласны с этим."], ("ru", LanguageKnown::Detected), &[]);
        check(&["我们不同意这个方案。"], ("zh", LanguageKnown::Detected), &[]);
        check(
            &["Wir sind nicht der Meinung, dass das für uns alle gut ist."],
            ("de", LanguageKnown::Detected),
            &[],
        );
    }

    #[test]
    fn what_the_source_says_is_kept_and_its_contradiction_said() {
        for (stated, text, expected) in
            [("de", GERMAN, &[][..]), ("fi", GERMAN, &["language-differs"][..]), ("de", "One. Two.", &[])]
        {
            let mut builder = SessionBuilder::new("s");
            builder.turn("A").text(text, Join::Line, 1, None);
            let mut session = builder.finish(0);
            session.language = stated.parse().unwrap();
            settle_language(&mut session, None);
            let codes: Vec<&str> = session
                .warnings
                .iter()
                .map(|w| w.code.as_str())
                .filter(|code| *code == "language-differs")
                .collect();
            assert_eq!((session.language.code(), session.language_known), (stated, LanguageKnown::Source));
            assert_eq!(codes, expected, "{stated}: {text}");
        }
    }

    #[test]
    fn a_long_turn_in_another_language_has_its_own() {
        check(&[ENGLISH, ENGLISH, GERMAN], ("en", LanguageKnown::Detected), &["language-mixed"]);
    }
}
