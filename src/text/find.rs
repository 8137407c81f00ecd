//! Finds the phrases of lists in a session, sentence by sentence.

use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Language, SentenceId, Tokens};

use super::matches::{Over, Resolved, Search};
use super::phrases::PhraseList;

/// A phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhraseMatch<M> {
    /// Its first token, as an index of the token table.
    pub first: u32,
    /// Its last token.
    pub last: u32,
    /// Whether it opens its sentence.
    pub opens: bool,
    /// What it means.
    pub meaning: M,
}

impl<M> PhraseMatch<M> {
    /// Whether a token stands in it.
    pub fn covers(&self, token: usize) -> bool {
        (self.first as usize..=self.last as usize).contains(&token)
    }
}

/// The phrases of lists in a session, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Matches<M> {
    found: Vec<PhraseMatch<M>>,
    /// Where the matches of each sentence begin, and one past the end.
    starts: Vec<u32>,
}

impl<M> Matches<M> {
    /// All matches.
    pub fn all(&self) -> &[PhraseMatch<M>] {
        &self.found
    }

    /// The matches in a sentence.
    pub fn of_sentence(&self, id: SentenceId) -> &[PhraseMatch<M>] {
        let start = self.starts.get(id.index()).map_or(0, |&start| start as usize);
        let end = self.starts.get(id.index() + 1).map_or(start, |&end| end as usize);
        self.found.get(start..end).unwrap_or(&[])
    }

    /// The matches that begin in a range of the token table.
    pub fn in_range(&self, range: Range<usize>) -> &[PhraseMatch<M>] {
        let from = self.found.partition_point(|found| (found.first as usize) < range.start);
        let to = self.found.partition_point(|found| (found.first as usize) < range.end);
        &self.found[from..to.max(from)]
    }
}

/// Sentences that are looked through in one piece of parallel work.
const CHUNK: usize = 256;

/// Finds the phrases of a session, each sentence with the list of its language; the same at any number of
/// threads.
pub fn find_all<'l, M: Copy + Send + Sync + 'l>(
    tokens: &Tokens,
    over: Over,
    list: impl Fn(Language) -> Option<&'l PhraseList<M>>,
) -> Matches<M> {
    let mut lists: Vec<(Language, Resolved<'l, M>)> = Vec::new();
    for &language in &tokens.languages {
        if lists.iter().all(|(known, _)| *known != language)
            && let Some(list) = list(language)
        {
            lists.push((language, Resolved::new(list, &tokens.words)));
        }
    }
    let sentences = sentences(tokens);
    let chunks: Vec<Chunk<M>> = sentences
        .par_chunks(CHUNK)
        .map(|sentences| {
            let mut chunk = Chunk { found: Vec::new(), counts: Vec::new() };
            let mut search = Search::default();
            for (language, range) in sentences {
                let before = chunk.found.len();
                let known = lists.iter().find(|(known, _)| known == language);
                if let Some((_, resolved)) = known {
                    resolved.units(tokens, range.clone(), over, &mut search.units);
                    resolved.find(&mut search, &mut chunk.found);
                }
                chunk.counts.push((chunk.found.len() - before) as u32);
            }
            chunk
        })
        .collect();
    join(chunks)
}

/// The language and the tokens of each sentence.
fn sentences(tokens: &Tokens) -> Vec<(Language, Range<usize>)> {
    let turns = tokens.languages.iter().enumerate();
    let of_turn = |(turn, &language): (usize, &Language)| {
        tokens.sentences_of(turn).map(move |id| (language, tokens.of_sentence(id)))
    };
    turns.flat_map(of_turn).collect()
}

struct Chunk<M> {
    found: Vec<PhraseMatch<M>>,
    /// Number of matches of each sentence.
    counts: Vec<u32>,
}

fn join<M>(chunks: Vec<Chunk<M>>) -> Matches<M> {
    let mut matches = Matches { found: Vec::new(), starts: vec![0] };
    for chunk in chunks {
        matches.found.extend(chunk.found);
        for n_found in chunk.counts {
            let last = matches.starts.last().copied().unwrap_or(0);
            matches.starts.push(last + n_found);
        }
    }
    matches
}
