//! Credits of subtitles that recognisers put where nothing is said: `Subtitles by the Amara.org community`.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use crate::language::SharedList;
use crate::model::Span;

/// Most bytes that an ellipsis of a credit stands for.
const MAX_REST: usize = 80;

/// A credit after its first word.
struct Credit {
    words: Vec<String>,
    /// Whether names follow, to the end of the line or the sentence.
    is_open: bool,
}

/// What stands in every credit, as it is written there.
static MARKS: LazyLock<Vec<Finder<'static>>> =
    LazyLock::new(|| SharedList::Credits.read().words("marks").map(Finder::new).collect());

/// The credits by their first word.
static CREDITS: LazyLock<FxHashMap<String, Vec<Credit>>> = LazyLock::new(|| {
    let mut credits: FxHashMap<String, Vec<Credit>> = FxHashMap::default();
    for line in SharedList::Credits.read().lines("credits") {
        let words: Vec<String> = words(line.text).into_iter().map(|(_, word)| word).collect();
        let Some((first, rest)) = words.split_first() else { continue };
        let credit = Credit { words: rest.to_vec(), is_open: line.text.ends_with('…') };
        credits.entry(first.clone()).or_default().push(credit);
    }
    credits
});

/// An early look at whether a text may hold a credit.
pub(super) fn may_hold(text: &str) -> bool {
    MARKS.iter().any(|mark| mark.find(text.as_bytes()).is_some())
}

/// The credits in a text, in order and not overlapping.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    if !may_hold(text) {
        return found;
    }
    let words = words(text);
    for (at, (span, word)) in words.iter().enumerate() {
        let follows = found.last().is_some_and(|last| span.start() < last.end());
        if follows || !begins_sentence(text, span.start()) {
            continue;
        }
        let behind = words.get(at + 1..).unwrap_or(&[]);
        let ends = CREDITS.get(word).into_iter().flatten();
        let ends = ends.filter_map(|credit| end_of(credit, text, span.end(), behind));
        found.extend(ends.max().map(|end| Span::new(span.start(), end)));
    }
    found
}

/// Where a credit ends whose first word ends at `first`, if the words behind it are its others.
fn end_of(credit: &Credit, text: &str, first: usize, behind: &[(Span, String)]) -> Option<usize> {
    let own = behind.get(..credit.words.len())?;
    if !own.iter().zip(&credit.words).all(|((_, word), expected)| word == expected) {
        return None;
    }
    let end = own.last().map_or(first, |(span, _)| span.end());
    if !credit.is_open {
        return Some(end);
    }
    let rest = text.get(end..)?;
    let near = rest.get(..rest.floor_char_boundary(MAX_REST))?;
    // A full stop within a word is one of initials.
    let ends = near.char_indices().find(|&(at, c)| {
        let is_last =
            near.get(at + c.len_utf8()..).is_none_or(|next| next.is_empty() || next.starts_with(' '));
        c == '\n' || matches!(c, '!' | '?' | '。') || c == '.' && is_last
    });
    Some(end + near.get(..ends.map_or(near.len(), |(at, _)| at))?.trim_end().len())
}

/// Whether a sentence begins at a byte, or what looks like one where no marks stand.
fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("").trim_end();
    let is_small = text.get(at..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
    !is_small || before.is_empty() || before.ends_with(['.', '?', '!', '…', '。', '♪'])
}

/// The words of a text in lower case, with their places.
fn words(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((Span::new(from, at), text.get(from..at).unwrap_or("").to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn credits_are_found_in_the_languages_that_recognisers_learnt_them_in() {
        for (text, credit) in [
            ("We close. Subtitles by the Amara.org community", "Subtitles by the Amara.org community"),
            (
                "so that is it Subtitles by the Amara.org community and",
                "Subtitles by the Amara.org community",
            ),
            (
                "Sous-titres réalisés par la communauté d'Amara.org",
                "Sous-titres réalisés par la communauté d'Amara.org",
            ),
            (
                "Gracias. Subtítulos realizados por la comunidad de Amara.org",
                "Subtítulos realizados por la comunidad de Amara.org",
            ),
            ("Untertitel der Amara.org-Community", "Untertitel der Amara.org-Community"),
            (
                "Danke. Untertitel im Auftrag des ZDF für funk, 2017. Ja.",
                "Untertitel im Auftrag des ZDF für funk, 2017",
            ),
            ("Sottotitoli creati dalla comunità Amara.org", "Sottotitoli creati dalla comunità Amara.org"),
            (
                "Transcrição e Legendas pela comunidade de Amara.org.",
                "Transcrição e Legendas pela comunidade de Amara.org",
            ),
            (
                "Да. Редактор субтитров А.Иванов Корректор Б.Петрова",
                "Редактор субтитров А.Иванов Корректор Б.Петрова",
            ),
            ("ترجمة نانسي قنقر", "ترجمة نانسي قنقر"),
            ("字幕由Amara.org社区提供", "字幕由Amara.org社区提供"),
        ] {
            let found: Vec<&str> = spans(text).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(found, [credit], "{text}");
        }
    }

    #[test]
    fn speech_about_subtitles_is_none() {
        for text in [
            "The subtitles by the Harbour Board are late.",
            "We thank the volunteers for subtitles by the Amara.org community.",
            "Untertitel im Auftrag des Senats",
            "Subtitles by",
            "amara.org",
        ] {
            assert!(spans(text).is_empty(), "{text}");
        }
    }
}
