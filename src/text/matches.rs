//! Finds the phrases of a list in words and marks, each distinct word of which is compared with it once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::model::{Span, Token, TokenFlags, TokenKind, Tokens, WordEntry, WordId, WordTraits, Words};

use super::find::PhraseMatch;
use super::phrases::{Between, Forms, PhraseList, Selection, Slot, Symbol, Symbols, WIDE_GAP};

/// Which tokens phrases are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The words of the source, noise included.
    Source,
    /// The words that a reader sees.
    Shown,
    /// The words that are spoken on purpose as written, and the marks that divide clauses or quote.
    Spoken,
}

/// A phrase found among units: its first and its last unit, by index, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitMatch<M> {
    /// Its first unit.
    pub first: usize,
    /// Its last unit.
    pub last: usize,
    /// What it means.
    pub meaning: M,
}

impl<M> UnitMatch<M> {
    /// Whether a unit stands in it.
    pub fn covers(&self, unit: usize) -> bool {
        (self.first..=self.last).contains(&unit)
    }
}

/// A word or a mark that phrases are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Index of its token in the table; the words of a contraction have the same.
    pub token: u32,
    /// The form of the word among the forms of the list.
    form: u32,
    /// The sign that stands for the kind of a mark, 0 for a word: one of `,;:-?"`.
    pub mark: u8,
}

impl Unit {
    /// The index of its word among [`Resolved::forms`]; of no meaning for a mark.
    pub fn form(&self) -> usize {
        self.form as usize
    }

    /// Whether it is a mark.
    pub fn is_mark(&self) -> bool {
        self.mark != 0
    }
}

/// A list and what each distinct word of a session is to it: found once for each, not for each token.
#[derive(Debug)]
pub struct Resolved<'l, M> {
    list: &'l PhraseList<M>,
    forms: Vec<Form>,
    symbols: Vec<Symbol>,
    /// The forms of words that stand for several, or are divided.
    divided: FxHashMap<WordId, Vec<u32>>,
    /// The texts of forms that are no words of the session.
    added: Vec<String>,
    n_words: usize,
}

/// What a word is to a list.
#[derive(Debug, Clone, Copy)]
struct Form {
    start: u32,
    end: u32,
    between: Between,
    is_divided: bool,
}

impl<'l, M: Copy> Resolved<'l, M> {
    /// Compares each distinct word with the words of the phrases.
    pub fn new(list: &'l PhraseList<M>, words: &Words) -> Self {
        let mut resolved = Resolved {
            list,
            forms: Vec::with_capacity(words.len()),
            symbols: Vec::new(),
            divided: FxHashMap::default(),
            added: Vec::new(),
            n_words: words.len(),
        };
        for entry in &words.entries {
            let known = list.symbols.reads(entry.language);
            resolved.add_form(if known { &entry.text } else { "" });
        }
        let mut added = FxHashMap::default();
        for id in (0..words.len() as u32).map(WordId) {
            resolved.divide(id, words, &mut added);
        }
        resolved
    }

    /// A unit for a word that need not be in the session: what a stage puts in place of others.
    pub fn add_word(&mut self, text: &str) -> Unit {
        let form = self.add_form(text);
        self.added.push(text.to_owned());
        Unit { token: 0, form, mark: 0 }
    }

    /// The texts of all forms of words, by index; empty where a word is of another language than the list.
    pub fn forms<'a>(&'a self, words: &'a Words) -> impl Iterator<Item = &'a str> {
        let language = self.list.symbols.language;
        let own = move |entry: &'a WordEntry| if entry.language == language { &*entry.text } else { "" };
        words.entries.iter().take(self.n_words).map(own).chain(self.added.iter().map(String::as_str))
    }

    /// The normalised text of a unit that is a word; that of a contraction written out.
    pub fn text<'a>(&'a self, unit: &Unit, words: &'a Words) -> &'a str {
        match (unit.form as usize).checked_sub(self.n_words) {
            Some(added) => self.added.get(added).map_or("", String::as_str),
            None => words.text(WordId(unit.form)),
        }
    }

    /// The units of a range of the table, in order.
    pub fn units(&self, tokens: &Tokens, range: Range<usize>, over: Over, units: &mut Vec<Unit>) {
        units.clear();
        // A run of ideographs that is several words, of which the parts are taken.
        let mut run = Span::new(0, 0);
        for (at, token) in range.clone().zip(tokens.slice(range)) {
            let is_unit = match over {
                Over::Source => token.is(TokenFlags::SOURCE_WORD),
                Over::Shown => token.is(TokenFlags::SHOWN_WORD),
                Over::Spoken if token.is_spoken_word() && self.is_run(token, &tokens.words) => {
                    run = token.span;
                    continue;
                }
                Over::Spoken => token.is_spoken_word() || is_part_of(token, run),
            };
            if is_unit {
                self.push_word(at as u32, token.word, units);
            } else if over == Over::Spoken
                && let Some(mark) = sign(token, &tokens.words)
                && units.last().is_none_or(|last| last.mark != mark)
            {
                units.push(Unit { token: at as u32, form: 0, mark });
            }
        }
    }

    /// Whether a word as written is a run of ideographs that the dictionary divides; a list of folded
    /// forms divides it into characters instead.
    fn is_run(&self, token: &Token, words: &Words) -> bool {
        self.list.symbols.forms == Forms::Exact
            && !token.is(TokenFlags::SOURCE_WORD)
            && words.is(token.word, WordTraits::HAS_IDEOGRAPHS)
    }

    /// Adds the matches in `units` in order of place, those of one place in the order of the list.
    pub fn find_in(&self, units: &[Unit], found: &mut Vec<UnitMatch<M>>) {
        let mut memory = SearchMemory::default();
        let add = |first, last, meaning| found.push(UnitMatch { first, last, meaning });
        self.search(units, &mut memory, add);
    }

    /// Adds the matches in the units of `search` in order of place.
    pub(super) fn find(&self, search: &mut Search, found: &mut Vec<PhraseMatch<M>>) {
        let Search { units, memory } = search;
        let add = |first: usize, last: usize, meaning| {
            let opens = first == 0;
            found.push(PhraseMatch { first: units[first].token, last: units[last].token, opens, meaning });
        };
        self.search(units, memory, add);
    }

    /// Hands the first and the last unit of each match to `add`, in order of place.
    fn search(&self, units: &[Unit], memory: &mut SearchMemory, mut add: impl FnMut(usize, usize, M)) {
        let SearchMemory { second, candidates, ends } = memory;
        ends.clear();
        ends.resize(self.list.n_groups, 0);
        let mut opened = 0;
        for first in 0..units.len() {
            let symbols = self.symbols_of(&units[first]);
            if symbols.is_empty() {
                continue;
            }
            candidates.clear();
            self.symbols_after(units, first, second);
            self.list.beginning_with(symbols, second, candidates);
            // A phrase may be found through several of its words.
            candidates.sort_unstable();
            candidates.dedup();
            for &candidate in &*candidates {
                let entry = &self.list.entries[candidate as usize];
                let end = &mut ends[usize::from(entry.group)];
                if self.list.selection == Selection::Longest && *end > first {
                    continue;
                }
                let opening = self.list.opening == Some(entry.group);
                if opening && first > 0 && (first >= MOST_OPENINGS || opened != first) {
                    continue;
                }
                let Some(last) = self.fit(&entry.rest, units, first) else { continue };
                *end = last + 1;
                opened += if opening { last + 1 - first } else { 0 };
                add(first, last, entry.meaning);
            }
        }
    }

    /// Takes the symbols of what may be the second word of a phrase: the next word, and where that may stand inside any
    /// phrase, those after it.
    fn symbols_after(&self, units: &[Unit], first: usize, second: &mut Vec<Symbol>) {
        second.clear();
        for unit in &units[first + 1..] {
            second.extend(self.symbols_of(unit));
            if unit.is_mark() || self.between(unit) != Between::Anywhere {
                return;
            }
        }
    }

    /// The last unit of the phrase whose remaining `slots` follow unit `at`, if they do.
    fn fit(&self, slots: &[Slot], units: &[Unit], at: usize) -> Option<usize> {
        let Some((slot, rest)) = slots.split_first() else { return Some(at) };
        if slot.gap > 0 {
            return self.fit_gap(slot.gap, rest, units, at);
        }
        let mut next = at + 1;
        loop {
            let unit = units.get(next);
            if unit.is_some_and(|unit| self.fits(slot, unit)) {
                return self.fit(rest, units, next);
            }
            if unit.is_none_or(|unit| unit.is_mark() || self.between(unit) != Between::Anywhere) {
                return if slot.optional { self.fit(rest, units, at) } else { None };
            }
            next += 1;
        }
    }

    /// As [`Self::fit`], where up to `gap` words may stand before the slots.
    fn fit_gap(&self, gap: u8, slots: &[Slot], units: &[Unit], at: usize) -> Option<usize> {
        let mut end = at;
        for _ in 0..=gap {
            if let Some(last) = self.fit(slots, units, end) {
                return Some(last);
            }
            end += 1;
            let unit = units.get(end)?;
            let is_open = !unit.is_mark() || gap == WIDE_GAP && unit.mark == b',';
            if !is_open || self.between(unit) == Between::Nowhere {
                return None;
            }
        }
        None
    }

    fn fits(&self, slot: &Slot, unit: &Unit) -> bool {
        !unit.is_mark() && self.symbols_of(unit).iter().any(|symbol| slot.symbols.contains(symbol))
    }

    /// What the word of a unit may do inside a phrase.
    pub fn between(&self, unit: &Unit) -> Between {
        self.forms.get(unit.form as usize).map_or(Between::Gap, |form| form.between)
    }

    fn symbols_of(&self, unit: &Unit) -> &[Symbol] {
        let range = self.forms.get(unit.form as usize).map_or(0..0, |f| f.start as usize..f.end as usize);
        if unit.is_mark() { &[] } else { self.symbols.get(range).unwrap_or(&[]) }
    }

    fn push_word(&self, token: u32, word: WordId, units: &mut Vec<Unit>) {
        let is_divided = self.forms.get(word.index()).is_some_and(|form| form.is_divided);
        match self.divided.get(&word).filter(|_| is_divided) {
            Some(forms) => units.extend(forms.iter().map(|&form| Unit { token, form, mark: 0 })),
            None => units.push(Unit { token, form: word.0, mark: 0 }),
        }
    }

    fn add_form(&mut self, text: &str) -> u32 {
        let symbols = &self.list.symbols;
        let start = self.symbols.len() as u32;
        symbols.of_word(text, &mut self.symbols);
        let end = self.symbols.len() as u32;
        self.forms.push(Form { start, end, between: symbols.between(text), is_divided: false });
        self.forms.len() as u32 - 1
    }

    /// Finds the forms of a word that stands for several words, or whose characters are compared.
    fn divide(&mut self, id: WordId, words: &Words, added: &mut FxHashMap<String, u32>) {
        let list: &'l PhraseList<M> = self.list;
        let symbols: &'l Symbols = &list.symbols;
        let entry = words.entry(id);
        if !symbols.reads(entry.language) {
            return;
        }
        let is_ideographic = entry.traits.has(WordTraits::HAS_IDEOGRAPHS);
        let forms: Vec<u32> = if symbols.forms == Forms::Folded && is_ideographic {
            words.parts_of(id).iter().map(|part| part.0).collect()
        } else if let Some(parts) = symbols.written_out(&entry.text) {
            let form = |part: &str| {
                if let Some(&known) = added.get(part) {
                    return known;
                }
                let form = self.add_form(part);
                self.added.push(part.to_owned());
                added.insert(part.to_owned(), form);
                form
            };
            parts.into_iter().map(form).collect()
        } else {
            return;
        };
        if !forms.is_empty() {
            self.forms[id.index()].is_divided = true;
            self.divided.insert(id, forms);
        }
    }
}

/// Words at the beginning of a sentence within which phrases open it one after another.
const MOST_OPENINGS: usize = 3;

/// What is kept from sentence to sentence, so that memory is taken once.
#[derive(Debug, Default)]
pub(super) struct Search {
    pub(super) units: Vec<Unit>,
    memory: SearchMemory,
}

#[derive(Debug, Default)]
struct SearchMemory {
    /// The symbols of what may be the second word.
    second: Vec<Symbol>,
    candidates: Vec<u32>,
    /// One past the last unit of the latest match of each group.
    ends: Vec<usize>,
}

/// Whether a token is a word of the dictionary within a run of ideographs.
fn is_part_of(token: &Token, run: Span) -> bool {
    token.kind == TokenKind::Part
        && token.is(TokenFlags::SOURCE_WORD)
        && run.start() <= token.span.start()
        && token.span.end() <= run.end()
}

/// The sign that stands for a mark, where it divides clauses or quotes; the mark of enumerations of East
/// Asian scripts divides none.
fn sign(token: &Token, words: &Words) -> Option<u8> {
    let written = if token.is_mark() { words.text(token.word) } else { return None };
    match written.chars().next()? {
        ',' | '،' | '，' => Some(b','),
        ';' => Some(b';'),
        ':' => Some(b':'),
        '—' | '–' => Some(b'-'),
        '-' if written.len() > 1 => Some(b'-'),
        '"' | '“' | '”' | '«' | '»' => Some(b'"'),
        _ if token.kind == TokenKind::Stop && written.contains('?') => Some(b'?'),
        _ => None,
    }
}
