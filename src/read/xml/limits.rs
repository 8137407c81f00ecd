//! What in an XML text would cost its parser too much, found before it is parsed.

use rustc_hash::FxHashSet;

/// Most prefixes of namespaces of a document: the parser copies those in force for every element, so
/// that nested declarations cost their square. A word processor declares some forty.
pub(super) const MAX_PREFIXES: usize = 256;

/// Whether the document type declaration of a text holds declarations of its own.
pub(in crate::read) fn declares_entities(text: &str) -> bool {
    let Some((_, declaration)) = text.split_once("<!DOCTYPE") else { return false };
    declaration.find(['[', '>']).and_then(|at| declaration.as_bytes().get(at)) != Some(&b'>')
}

/// Where a text declares one prefix more than is allowed.
pub(super) fn beyond_prefixes(text: &str) -> Option<usize> {
    let mut prefixes: FxHashSet<&str> = FxHashSet::default();
    text.match_indices("xmlns:").map(|(at, _)| at).find(|&at| {
        let rest = text.get(at + "xmlns:".len()..).unwrap_or("");
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        prefixes.insert(rest.get(..end).unwrap_or(""));
        prefixes.len() > MAX_PREFIXES
    })
}

/// The line on which `part` first stands.
pub(super) fn line_of(text: &str, part: &str) -> u64 {
    text.find(part).and_then(|at| text.get(..at)).map_or(1, |above| above.matches('\n').count() as u64 + 1)
}
