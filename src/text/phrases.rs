//! Lists of phrases, compiled for one matcher.
//!
//! A phrase is a row of words. `a|b` is one word or the other, `support*` every word that begins so,
//! `word?` a word that may be absent, `~` up to three words of any kind but barriers, `~~` up to ten and
//! commas.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Language, is_ideograph};

use crate::language::{LanguageData, data};

/// What a word of a text may be to fit a word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    /// The normalised word as it is.
    Exact,
    /// The word without differences of spelling that writers do not keep to, and the same without what is
    /// only written together with it (l'accord, والاتفاق). Words with ideographs are matched character by
    /// character, since a dictionary may divide a phrase otherwise.
    Folded,
}

/// Which phrases count where several stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// Every phrase at every place, in the order of the list.
    All,
    /// The longest at a place, without overlaps within a group.
    Longest,
}

/// What a word may do inside a phrase that it is no part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// Stand between any two words: an adverb.
    Anywhere,
    /// Stand for a word of `~`.
    Gap,
    /// Nothing: it would change what the phrase says.
    Nowhere,
}

/// The words of a language that may or may not stand inside phrases.
#[derive(Debug, Clone, Default)]
pub struct Insertions {
    /// Words that may stand between any two words of a phrase.
    pub adverbs: FxHashSet<String>,
    /// How other such words end.
    pub adverb_endings: Vec<String>,
    /// Words with such an ending that may not.
    pub not_adverbs: FxHashSet<String>,
    /// Words that stand in no gap either.
    pub barriers: FxHashSet<String>,
}

impl Insertions {
    /// Whether a word may stand between any two words of a phrase.
    pub fn is_adverb(&self, word: &str) -> bool {
        let ending = |ending: &String| word.len() > ending.len() + 2 && word.ends_with(ending.as_str());
        self.adverbs.contains(word)
            || (self.adverb_endings.iter().any(ending) && !self.not_adverbs.contains(word))
    }

    /// What a word may do inside a phrase.
    pub fn between(&self, word: &str) -> Between {
        if self.barriers.contains(word) {
            Between::Nowhere
        } else if self.is_adverb(word) {
            Between::Anywhere
        } else {
            Between::Gap
        }
    }
}

/// Most words that `~` stands for.
const GAP: u8 = 3;
/// Most words that `~~` stands for: “the statement delivered earlier by the representative of”.
pub(super) const WIDE_GAP: u8 = 10;

/// A distinct word of the phrases of a list, whole or the beginning of words.
pub(super) type Symbol = u32;

/// One place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// The words that fit.
    pub(super) symbols: Vec<Symbol>,
    /// It may be empty.
    pub(super) optional: bool,
    /// Stands for up to that number of words of any kind; 0 for a word of its own.
    pub(super) gap: u8,
}

/// A phrase.
#[derive(Debug, Clone)]
pub(super) struct Entry<M> {
    phrase: String,
    first: Vec<Symbol>,
    /// The places after the first.
    pub(super) rest: Vec<Slot>,
    pub(super) group: u16,
    pub(super) meaning: M,
}

/// The phrases that begin with a word.
#[derive(Debug, Clone, Default)]
struct Openings {
    /// Those of which the second word is not known.
    any: Vec<u32>,
    /// Whether there are others, which the second word tells.
    has_pairs: bool,
}

/// Phrases of one language, each with what it means.
///
/// A stage describes what its phrases mean and reads its lists into a [`PhraseList`], one per language,
/// on first use. Over a session each list is run once ([`find_all`](super::find_all)); no string of the
/// session is compared but each distinct word once:
///
/// ```
/// # use rapporteur::model::Language;
/// # use rapporteur::text::{Forms, Over, PhraseListBuilder, Selection, find_all, read_line};
/// let mut list = PhraseListBuilder::new(Language::ENGLISH, Forms::Folded);
/// list.add("call|calls for", 0, "demand");
/// list.add("oppos*", 1, "refusal");
/// let list = list.build(Selection::Longest);
/// let tokens = read_line("We call for calm and opposed the levy.", Language::ENGLISH);
/// let found = find_all(&tokens, Over::Shown, |_| Some(&list));
/// let meanings: Vec<&str> = found.all().iter().map(|found| found.meaning).collect();
/// assert_eq!(meanings, ["demand", "refusal"]);
/// ```
#[derive(Debug, Clone)]
pub struct PhraseList<M> {
    pub(super) symbols: Symbols,
    pub(super) entries: Vec<Entry<M>>,
    /// Phrases by the symbol of their first word.
    by_first: Vec<Openings>,
    /// Phrases by their first two words.
    by_two: FxHashMap<(Symbol, Symbol), Vec<u32>>,
    pub(super) selection: Selection,
    pub(super) n_groups: usize,
    /// The group that counts only where a sentence opens.
    pub(super) opening: Option<u16>,
}

/// The words of a list's phrases, and what a word of a text is to them.
#[derive(Debug, Clone)]
pub(super) struct Symbols {
    pub(super) language: Language,
    pub(super) forms: Forms,
    exact: FxHashMap<String, Symbol>,
    prefixes: FxHashMap<String, Symbol>,
    /// Lengths in bytes of the prefixes, ascending, by the two bytes they begin with; 0 for a second byte
    /// that a prefix has not.
    prefix_lengths: FxHashMap<[u8; 2], Vec<usize>>,
    n_symbols: Symbol,
    insertions: Option<Insertions>,
    /// None where words are compared as they are written.
    contractions: Option<FxHashMap<String, Vec<String>>>,
    /// Whether an apostrophe divides words: l'accord.
    elides: bool,
}

/// Takes phrases up to a [`PhraseList`].
#[derive(Debug)]
pub struct PhraseListBuilder<M> {
    symbols: Symbols,
    entries: Vec<Entry<M>>,
    opening: Option<u16>,
}

impl<M> PhraseListBuilder<M> {
    /// A list without phrases.
    pub fn new(language: Language, forms: Forms) -> Self {
        let symbols = Symbols {
            language,
            forms,
            exact: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            prefix_lengths: FxHashMap::default(),
            n_symbols: 0,
            insertions: None,
            contractions: None,
            elides: false,
        };
        PhraseListBuilder { symbols, entries: Vec::new(), opening: None }
    }

    /// Adds a phrase to a group, within which matches may be kept from overlapping; tells whether it is
    /// one: it is none without words, or where its first word may be absent.
    pub fn add(&mut self, phrase: &str, group: u16, meaning: M) -> bool {
        let mut slots = Vec::new();
        for word in phrase.split_whitespace() {
            match self.symbols.forms {
                Forms::Folded => slots.extend(characters(word).map(|part| self.symbols.slot(part))),
                Forms::Exact => slots.push(self.symbols.slot(word)),
            }
        }
        if slots.first().is_none_or(|slot| slot.optional) {
            return false;
        }
        let first = slots.remove(0).symbols;
        self.entries.push(Entry { phrase: phrase.to_owned(), first, rest: slots, group, meaning });
        true
    }

    /// Makes a group count only where a sentence opens, or after others of it that open the sentence.
    pub fn only_at_openings(&mut self, group: u16) {
        self.opening = Some(group);
    }

    /// Sets the words that may and may not stand inside phrases.
    pub fn insertions(&mut self, insertions: Insertions) {
        self.symbols.insertions = Some(insertions);
    }

    /// Sets the words that stand for several (`don't` for `do not`). A word that ends in `'s` is then two
    /// as well.
    pub fn contractions(&mut self, contractions: FxHashMap<String, Vec<String>>) {
        self.symbols.contractions = Some(contractions);
    }

    /// Makes apostrophes divide words besides the contractions (l'accord).
    pub fn divide_elisions(&mut self) {
        self.symbols.elides = true;
    }

    /// The list, ready to be found in texts.
    pub fn build(self, selection: Selection) -> PhraseList<M> {
        let PhraseListBuilder { symbols, mut entries, opening } = self;
        if selection == Selection::Longest {
            entries.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then_with(|| a.phrase.cmp(&b.phrase)));
        }
        let mut by_first = vec![Openings::default(); symbols.n_symbols as usize];
        let mut by_two: FxHashMap<(Symbol, Symbol), Vec<u32>> = FxHashMap::default();
        for (number, entry) in (0..).zip(&entries) {
            let plain = |slot: &&Slot| !slot.optional;
            for &first in &entry.first {
                match entry.rest.first().filter(plain) {
                    Some(second) => {
                        by_first[first as usize].has_pairs = true;
                        let pairs = second.symbols.iter().map(|&second| (first, second));
                        pairs.for_each(|pair| by_two.entry(pair).or_default().push(number));
                    }
                    None => by_first[first as usize].any.push(number),
                }
            }
        }
        let n_groups = entries.iter().map(|entry| usize::from(entry.group) + 1).max().unwrap_or(0);
        PhraseList { symbols, entries, by_first, by_two, selection, n_groups, opening }
    }
}

impl<M> PhraseList<M> {
    /// Number of phrases.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// What each phrase means, in their order.
    pub fn meanings(&self) -> impl Iterator<Item = &M> {
        self.entries.iter().map(|entry| &entry.meaning)
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What the phrases mean that are this one word (normalised).
    pub fn of_word(&self, word: &str) -> Vec<M>
    where
        M: Copy,
    {
        let (mut symbols, mut found) = (Vec::new(), Vec::new());
        self.symbols.of_word(word, &mut symbols);
        self.beginning_with(&symbols, &[], &mut found);
        let entries = found.into_iter().map(|number| &self.entries[number as usize]);
        entries.filter(|entry| entry.rest.is_empty()).map(|entry| entry.meaning).collect()
    }

    /// Adds the numbers of the phrases that may begin with a word, given the symbols of the words after it that may be
    /// their second one.
    pub(super) fn beginning_with(&self, first: &[Symbol], second: &[Symbol], found: &mut Vec<u32>) {
        for first in first {
            let Some(openings) = self.by_first.get(*first as usize) else { continue };
            found.extend(&openings.any);
            if openings.has_pairs {
                let pairs = second.iter().filter_map(|second| self.by_two.get(&(*first, *second)));
                found.extend(pairs.flatten());
            }
        }
    }
}

impl Symbols {
    /// Whether words of a language are compared with these; a list of no known language reads all.
    pub(super) fn reads(&self, language: Language) -> bool {
        self.language == language || self.language == Language::UNKNOWN
    }

    /// Adds the symbols that a word of a text fits, each once.
    pub(super) fn of_word(&self, word: &str, found: &mut Vec<Symbol>) {
        let start = found.len();
        match self.forms {
            Forms::Exact => self.of_form(word, found),
            Forms::Folded => {
                let data = data(self.language);
                let whole = data.folded(word);
                let bare = data.folded(data.bare(word));
                self.of_form(&whole, found);
                if whole != bare {
                    let end = found.len();
                    self.of_form(&bare, found);
                    // A beginning may fit both forms.
                    let both: Vec<Symbol> = found.drain(end..).collect();
                    let new = both.into_iter().filter(|symbol| !found[start..end].contains(symbol));
                    let new: Vec<Symbol> = new.collect();
                    found.extend(new);
                }
            }
        }
    }

    /// What a word may do inside a phrase.
    pub(super) fn between(&self, word: &str) -> Between {
        self.insertions.as_ref().map_or(Between::Gap, |insertions| insertions.between(word))
    }

    /// The words that a word stands for; none where it stands for itself.
    pub(super) fn written_out<'a>(&'a self, word: &'a str) -> Option<Vec<&'a str>> {
        let contraction = self.contractions.as_ref().and_then(|known| known.get(word));
        let owner = word.strip_suffix("'s").filter(|_| self.contractions.is_some());
        let parts = match (contraction, owner) {
            (Some(parts), _) => parts.iter().map(String::as_str).collect(),
            (None, Some(owner)) => vec![owner, "'s"],
            (None, None) if self.elides && word.contains('\'') => vec![word],
            (None, None) => return None,
        };
        if !self.elides {
            return Some(parts);
        }
        Some(parts.into_iter().flat_map(|part| part.split('\'')).filter(|part| !part.is_empty()).collect())
    }

    fn of_form(&self, form: &str, found: &mut Vec<Symbol>) {
        found.extend(self.exact.get(form));
        let &[first, ref rest @ ..] = form.as_bytes() else { return };
        let second = rest.first().copied().unwrap_or(0);
        for key in [[first, 0], [first, second]] {
            let lengths = self.prefix_lengths.get(&key).into_iter().flatten();
            let beginnings = lengths.filter_map(|&length| form.get(..length));
            found.extend(beginnings.filter_map(|beginning| self.prefixes.get(beginning)));
            if second == 0 {
                break;
            }
        }
    }

    fn slot(&mut self, word: &str) -> Slot {
        let (word, optional) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
        let gap = match word {
            "~" => GAP,
            "~~" => WIDE_GAP,
            _ => 0,
        };
        let symbols = word.split('|').map(|form| self.symbol(form)).collect();
        Slot { symbols, optional: optional || gap > 0, gap }
    }

    fn symbol(&mut self, form: &str) -> Symbol {
        let data = (self.forms == Forms::Folded).then(|| data(self.language));
        let folded = |form| data.map_or(Cow::Borrowed(form), |data: &LanguageData| data.folded(form));
        let (prefix, form) = match form.strip_suffix('*') {
            Some(prefix) => (true, folded(prefix)),
            None => (false, folded(form)),
        };
        let known = if prefix { &self.prefixes } else { &self.exact };
        if let Some(&symbol) = known.get(form.as_ref()) {
            return symbol;
        }
        let symbol = self.n_symbols;
        self.n_symbols += 1;
        if prefix {
            self.add_prefix_length(form.as_bytes());
        }
        let known = if prefix { &mut self.prefixes } else { &mut self.exact };
        known.insert(form.into_owned(), symbol);
        symbol
    }

    fn add_prefix_length(&mut self, prefix: &[u8]) {
        let Some(&first) = prefix.first() else { return };
        let lengths = self.prefix_lengths.entry([first, prefix.get(1).copied().unwrap_or(0)]).or_default();
        if let Err(place) = lengths.binary_search(&prefix.len()) {
            lengths.insert(place, prefix.len());
        }
    }
}

/// The ideographs of a word one by one; any other word whole.
pub(super) fn characters(word: &str) -> impl Iterator<Item = &str> {
    let divided = word.contains(is_ideograph);
    let whole = (!divided).then_some(word).into_iter();
    whole.chain(word.split("").filter(move |part| divided && !part.is_empty()))
}
