//! Documents in which a paragraph style of its own says who speaks: the name stands alone in a paragraph,
//! without a colon, and what is said follows.

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::Block;
use super::decode::lines;
use super::lines::LineWriter;
use super::view::lead_back;
use super::{Document, label, plain};
use crate::model::Session;

/// Parts (lower case) of the names that templates of parliaments and courts give to such a style.
const NAMES: &[&str] = &[
    "speaker", "interven", "intervin", "orador", "orateur", "oratore", "redner", "sprecher", "hablante",
    "falante", "ponente", "talare", "taler",
];

/// Parts (lower case) of the names of styles of headings.
const HEADINGS: &[&str] =
    &["title", "heading", "titre", "titol", "ttol", "titulo", "ttulo", "titolo", "berschrift", "rubrik"];

/// Longest name, with office, in words and in bytes.
const MAX_WORDS: usize = 16;
const MAX_BYTES: usize = 120;

/// Marks the paragraphs in a style of speakers that are names.
pub(super) fn announce(blocks: &mut [Block]) {
    let mut by_style: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| is_styled(block)) {
        by_style.entry(block.style.as_str()).or_default().push(at);
    }
    let places = by_style.iter().filter(|(style, places)| is_of_speakers(style, places, blocks));
    let mut found: Vec<usize> = places.flat_map(|(_, places)| places.iter().copied()).collect();
    found.retain(|&at| blocks.get(at).is_some_and(|block| is_name(&block.text)));
    for at in found {
        if let Some(block) = blocks.get_mut(at) {
            block.announces = true;
        }
    }
}

fn is_styled(block: &Block) -> bool {
    !block.style.is_empty() && block.heading == 0 && block.row.is_none()
}

fn is_heading(style: &str) -> bool {
    let style = style.to_lowercase();
    HEADINGS.iter().any(|heading| style.contains(heading))
}

/// Whether a text is short and no sentence.
fn is_name(text: &str) -> bool {
    text.len() <= MAX_BYTES
        && text.split_whitespace().count() <= MAX_WORDS
        && !text.ends_with(['.', '?', '!', '…', ','])
        && text.starts_with(char::is_uppercase)
        && !text.contains('\n')
}

/// Whether a style is that of speakers: by its name, or because nearly all its paragraphs look like names, come
/// again, and have paragraphs of other styles below.
fn is_of_speakers(style: &str, places: &[usize], blocks: &[Block]) -> bool {
    let texts: Vec<&str> = places.iter().filter_map(|&at| Some(blocks.get(at)?.text.as_str())).collect();
    let lower = style.to_lowercase();
    let n_names = texts.iter().filter(|text| is_name(text)).count();
    if NAMES.iter().any(|name| lower.contains(name)) {
        return 2 * n_names > texts.len() || texts.len() == 1 && n_names == 1;
    }
    let n_labels = texts.iter().filter(|text| is_name(text) && label::shape(text).is_some()).count();
    let distinct: FxHashSet<&str> = texts.iter().copied().collect();
    let n_above_others = places
        .iter()
        .filter(|&&at| blocks.get(at + 1).is_some_and(|below| below.style != style && below.heading == 0))
        .count();
    texts.len() >= 4
        && distinct.len() >= 2
        && 3 * distinct.len() <= 2 * texts.len()
        && 10 * n_labels >= 9 * texts.len()
        && 10 * n_above_others >= 9 * texts.len()
}

/// Reads a document whose blocks announce their speakers.
pub(super) fn read(document: &Document, blocks: &[Block], title: &str) -> Session {
    let mut text = String::new();
    let (mut sources, mut owners): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, block) in blocks.iter().enumerate() {
        for line in block.text.split('\n') {
            text.push_str(line.trim());
            text.push('\n');
            sources.push(block.line);
            owners.push(at);
        }
        text.push('\n');
        sources.push(block.line);
        owners.push(at);
    }
    let inner = Document::new(document.path, document.bytes, text);
    let mut writer = LineWriter::new(&inner);
    for line in lines(inner.seen()).filter(|line| !line.is_blank()) {
        let owner = owners.get(line.number.saturating_sub(1)).or(owners.last());
        let Some(block) = owner.and_then(|&at| blocks.get(at)) else { continue };
        if block.announces {
            writer.turn(line.text.trim().trim_end_matches(':'), &line, line.end()..line.end(), None);
        } else if block.heading > 0 || is_heading(&block.style) && !writer.builder.is_empty() {
            writer.heading(line.text.trim(), &line);
        } else if writer.builder.is_empty() {
            plain::front_matter(&mut writer, &line);
        } else {
            writer.speech(&line);
        }
    }
    let mut session = writer.finish();
    if session.title.is_empty() {
        title.clone_into(&mut session.title);
    }
    lead_back(&mut session, |line| sources.get(line.checked_sub(1)?).copied());
    session
}
