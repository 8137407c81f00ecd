//! What kind of thing a sentence tells: a figure, an amount, a time, a decision, which “How many …?”, “How much …?”,
//! “When …?” and “What was decided …?” ask for.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::{ByLanguage, List, data};
use crate::model::{Language, Token, TokenFlags, Tokens, WordEntry, WordTraits};

/// How surely a word tells a figure or a time that is only part of it: “48-hour”, “in some weeks”.
const PARTLY: f64 = 0.5;

/// How surely a day of a month tells when.
const OF_DAY: f64 = 1.25;

/// Words after a number within which stands what it counts: “15 of the 27 EU Member States”.
const COUNTED_WITHIN: usize = 5;

/// Signs of currencies.
const CURRENCIES: [char; 6] = ['$', '£', '€', '¥', '₹', '₽'];

/// Signs of shares.
const SHARES: [char; 3] = ['%', '٪', '％'];

/// Years that are told by four digits.
const YEARS: Range<u32> = 1700..2200;

/// What a word tells, as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Tells(u16);

impl Tells {
    const NUMBER: Tells = Tells(1);
    const AMOUNT: Tells = Tells(1 << 1);
    const TIME: Tells = Tells(1 << 2);
    const DURATION: Tells = Tells(1 << 3);
    const MONTH: Tells = Tells(1 << 4);
    const SHARE: Tells = Tells(1 << 5);
    /// Asks for a time.
    const WHEN: Tells = Tells(1 << 6);
    /// Asks for a figure.
    const FIGURE: Tells = Tells(1 << 7);
    /// Asks for a figure before a word of degree.
    const HOW: Tells = Tells(1 << 8);
    const DEGREE: Tells = Tells(1 << 9);
    /// Speaks against something without a verb of opposing.
    const OPPOSITION: Tells = Tells(1 << 10);

    fn has(self, other: Tells) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a language tells them by.
#[derive(Debug, Default)]
struct Lists {
    /// Folded words.
    words: FxHashMap<Cow<'static, str>, Tells>,
    /// Phrases, as words, that record a decision as it is made: “let's go for”.
    settling: Vec<Vec<&'static str>>,
}

fn lists(language: Language) -> Option<&'static Lists> {
    static PARSED: ByLanguage<Option<Lists>> = ByLanguage::new();
    PARSED.of_list(language, List::Question, |row, sections| {
        let data = data(row.language());
        let mut lists = Lists::default();
        let mut add =
            |word: &'static str, tells: Tells| lists.words.entry(data.folded(word)).or_default().0 |= tells.0;
        for (section, tells) in [
            ("number", Tells::NUMBER),
            ("amount", Tells::AMOUNT),
            ("share", Tells::SHARE),
            ("time", Tells::TIME),
            ("duration", Tells::DURATION),
            ("when", Tells::WHEN),
            ("figure", Tells::FIGURE),
            ("how", Tells::HOW),
            ("degree", Tells::DEGREE),
            ("opposition", Tells::OPPOSITION),
        ] {
            sections.words(section).for_each(|word| add(word, tells));
        }
        let months = crate::language::Sections::parse(row.list(List::Months).unwrap_or(""));
        months.words("months").for_each(|word| add(word, Tells::MONTH));
        lists.settling = sections.lines("settling").map(|line| line.words().collect()).collect();
        lists
    })
}

/// A sentence whose words are looked at.
#[derive(Debug)]
pub struct Told<'t> {
    tokens: &'t Tokens,
    words: Vec<&'t Token>,
    text: &'t str,
    language: Language,
}

impl<'t> Told<'t> {
    /// The words of a range of the table; `text` is that of its turn.
    pub fn of(tokens: &'t Tokens, range: Range<usize>, text: &'t str, language: Language) -> Self {
        Told { tokens, words: tokens.source_words(range).collect(), text, language }
    }

    /// How surely the sentence tells a figure, from 0 to 1, and 1 more where it stands before a word with one of
    /// the stems in `counted`. A number in a name (“Article 24”, “May 7”) is none.
    pub fn figure(&self, counted: &FxHashSet<&str>) -> f64 {
        let of_word = |at: usize| match self.number(at) {
            0.0 => 0.0,
            number if self.counts(at, counted) => 1.0 + number,
            number => number,
        };
        (0..self.words.len()).map(of_word).fold(0.0, f64::max)
    }

    /// How surely it tells an amount, from 0 to 1: a figure with the sign or the name of a currency, less surely of a
    /// share.
    pub fn amount(&self) -> f64 {
        (0..self.words.len()).map(|at| self.amount_at(at, PARTLY)).fold(0.0, f64::max)
    }

    /// How surely it tells an amount of money, from 0 to 1.
    pub fn money(&self) -> f64 {
        (0..self.words.len()).map(|at| self.amount_at(at, 0.0)).fold(0.0, f64::max)
    }

    /// How surely a word tells an amount; `of_share` is how surely a share does.
    fn amount_at(&self, at: usize, of_share: f64) -> f64 {
        let near = at + 1..(at + 3).min(self.words.len());
        let names = |kind: Tells| near.clone().any(|at| self.tells(at).has(kind));
        match () {
            () if self.has_sign(at, &CURRENCIES) || names(Tells::AMOUNT) => self.number(at),
            () if self.has_sign(at, &SHARES) || names(Tells::SHARE) => of_share * self.number(at),
            () => 0.0,
        }
    }

    /// How surely it tells a time, from 0 to 1, and more where it is a day: “30 October”.
    pub fn time(&self) -> f64 {
        let of_word = |at: usize| {
            let tells = self.tells(at);
            let is_month = tells.has(Tells::MONTH) && !self.entry(at).traits.has(WordTraits::STOP_WORD);
            // “may” is a month where it is written as a name.
            let is_named = tells.has(Tells::MONTH) && at > 0 && self.words[at].is(TokenFlags::CAPITALISED);
            let year = self.entry(at).text.parse::<u32>().is_ok_and(|number| YEARS.contains(&number));
            let has_number = |at: usize| {
                let entry = self.words.get(at).map(|word| self.tokens.words.entry(word.word));
                entry.is_some_and(|entry| entry.traits.has(WordTraits::HAS_DIGIT))
            };
            let is_day =
                (is_month || is_named) && (has_number(at + 1) || at.checked_sub(1).is_some_and(has_number));
            match () {
                () if is_day => OF_DAY,
                () if is_month || is_named || year || tells.has(Tells::TIME) => 1.0,
                () if tells.has(Tells::DURATION) => PARTLY,
                () => 0.0,
            }
        };
        (0..self.words.len()).map(of_word).fold(0.0, f64::max)
    }

    /// Whether a word of it asks for a time, wherever it stands: “And when will this come back?”.
    pub fn asks_for_time(&self) -> bool {
        (0..self.words.len()).any(|at| self.tells(at).has(Tells::WHEN))
    }

    /// Whether words of it ask for a figure: “So how many are there?”.
    pub fn asks_for_figure(&self) -> bool {
        let degree = |at: usize| at < self.words.len() && self.tells(at).has(Tells::DEGREE);
        let asks = |at: usize| {
            let tells = self.tells(at);
            tells.has(Tells::FIGURE) || tells.has(Tells::HOW) && degree(at + 1)
        };
        (0..self.words.len()).any(asks)
    }

    /// Whether something is denied in it.
    pub fn denies(&self) -> bool {
        (0..self.words.len()).any(|at| self.entry(at).traits.has(WordTraits::NEGATION))
    }

    /// Whether it denies something or says a word of opposition: “eliminate”, “unfair”.
    pub fn opposes(&self) -> bool {
        self.denies() || (0..self.words.len()).any(|at| self.tells(at).has(Tells::OPPOSITION))
    }

    /// Whether it names somebody or something: a word with a capital stands within it, or it speaks of who says it.
    pub fn has_name(&self) -> bool {
        self.words.iter().skip(1).any(|word| word.is(TokenFlags::CAPITALISED))
    }

    /// Whether it settles a matter as it is spoken: “So we use a normal battery”, “Sounds like consensus”.
    pub fn settles(&self) -> bool {
        let Some(lists) = lists(self.language) else { return false };
        let words: Vec<&str> = (0..self.words.len()).map(|at| &*self.entry(at).text).collect();
        let stands =
            |phrase: &Vec<&str>| words.windows(phrase.len()).any(|window| window == phrase.as_slice());
        lists.settling.iter().any(stands)
    }

    /// How surely a word is a number that counts or measures.
    fn number(&self, at: usize) -> f64 {
        let entry = self.entry(at);
        // The first word has a capital whatever it is.
        let is_named = at > 1 && self.words[at - 1].is(TokenFlags::CAPITALISED);
        if entry.traits.has(WordTraits::HAS_DIGIT) {
            let is_plain = !entry.text.chars().any(char::is_alphabetic);
            return if is_named {
                0.0
            } else if is_plain {
                1.0
            } else {
                PARTLY
            };
        }
        if self.tells(at).has(Tells::NUMBER) { 1.0 } else { 0.0 }
    }

    /// Whether one of the words with a stem in `counted` follows a number.
    fn counts(&self, at: usize, counted: &FxHashSet<&str>) -> bool {
        let after = at + 1..(at + 1 + COUNTED_WITHIN).min(self.words.len());
        !counted.is_empty() && after.into_iter().any(|at| counted.contains(&*self.entry(at).stem))
    }

    /// Whether one of some signs stands beside a word.
    fn has_sign(&self, at: usize, signs: &[char]) -> bool {
        let span = self.words[at].span;
        let before = self.text.get(..span.start()).and_then(|text| text.chars().next_back());
        let after = self.text.get(span.end()..).and_then(|text| text.chars().next());
        [before, after].iter().flatten().any(|sign| signs.contains(sign))
    }

    fn tells(&self, at: usize) -> Tells {
        let word = &*self.entry(at).text;
        let folded = data(self.language).folded(word);
        lists(self.language).and_then(|lists| lists.words.get(&folded)).copied().unwrap_or_default()
    }

    fn entry(&self, at: usize) -> &'t WordEntry {
        self.tokens.words.entry(self.words[at].word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read_line;

    fn of(language: &str, text: &str, test: impl Fn(&Told<'_>) -> f64) -> f64 {
        let language = language.parse().unwrap();
        let tokens = read_line(text, language);
        test(&Told::of(&tokens, tokens.of_turn(0), text, language))
    }

    #[test]
    fn a_sentence_may_ask_for_a_time_or_a_figure_anywhere() {
        let asks = |text: &str| {
            let asks = |test: fn(&Told<'_>) -> bool| of("en", text, |told| f64::from(u8::from(test(told))));
            (asks(|told| told.asks_for_time()), asks(|told| told.asks_for_figure()))
        };
        assert_eq!(asks("And when will this come back?"), (1.0, 0.0));
        assert_eq!(asks("So how many ferries are there?"), (0.0, 1.0));
        assert_eq!(asks("How did it come back?"), (0.0, 0.0));
    }

    #[test]
    fn opposition_is_a_denial_or_a_word_of_opposition() {
        let opposes = |language, text| of(language, text, |told| f64::from(u8::from(told.opposes())));
        for (language, text) in [
            ("en", "Please drop the fee."),
            ("en", "It is not for us."),
            ("de", "Wir wollen die Gebühr abschaffen."),
        ] {
            assert_eq!(opposes(language, text), 1.0, "{text}");
        }
        assert_eq!(opposes("en", "The fee pays for the quay."), 0.0);
    }

    #[test]
    fn a_day_tells_when_more_surely_than_a_month() {
        let time = |text| of("en", text, |told| told.time());
        assert_eq!(time("We adopted it on 30 October."), OF_DAY);
        assert_eq!(time("We adopted it in October."), 1.0);
    }

    #[test]
    fn a_figure_counts_most_before_what_it_counts() {
        let counted: FxHashSet<&str> = ["state"].into_iter().collect();
        for (text, expected) in [
            ("The levy is paid by 15 of the 27 coastal States.", 2.0),
            ("Nine states pay the levy.", 2.0),
            ("There are 15 such ports.", 1.0),
            ("States want a 48-hour limit.", 0.5),
            ("The states read Article 24.", 0.0),
            ("The states pay.", 0.0),
        ] {
            assert_eq!(of("en", text, |told| told.figure(&counted)), expected, "{text}");
        }
        let none = FxHashSet::default();
        for (language, text) in [("de", "Das zahlen zwölf Häfen."), ("ru", "Платят двенадцать портов.")]
        {
            assert_eq!(of(language, text, |told| told.figure(&none)), 1.0, "{text}");
        }
    }

    #[test]
    fn an_amount_has_a_sign_or_a_name() {
        for (language, text, expected) in [
            ("en", "The rate is £4.50 an hour.", 1.0),
            ("en", "It rose by 12 percent.", 0.5),
            ("en", "It rose by 12%.", 0.5),
            ("en", "It costs two million dollars.", 1.0),
            ("en", "We have 12 ports.", 0.0),
            ("fr", "Cela coûte douze euros.", 1.0),
        ] {
            assert_eq!(of(language, text, |told| told.amount()), expected, "{text}");
        }
    }

    #[test]
    fn a_matter_is_settled_by_a_phrase_of_the_list() {
        for (text, expected) in [
            ("So we go for the basic battery.", true),
            ("I think this sounds like consensus.", true),
            ("We could use a battery.", false),
        ] {
            assert_eq!(of("en", text, |told| f64::from(told.settles())) > 0.0, expected, "{text}");
        }
    }

    #[test]
    fn a_time_is_a_month_a_year_a_day_and_less_surely_a_span() {
        for (language, text, expected) in [
            ("en", "The report comes in October.", 1.0),
            ("en", "We met in May.", 1.0),
            ("en", "They may come.", 0.0),
            ("en", "It was signed in 1998.", 1.0),
            ("en", "We decide on Tuesday.", 1.0),
            ("en", "It takes two weeks.", 0.5),
            ("en", "There are 75 parties.", 0.0),
            ("de", "Der Bericht kommt im Oktober.", 1.0),
            ("es", "El informe llega en octubre.", 1.0),
            ("ar", "يصدر التقرير في أكتوبر", 1.0),
        ] {
            assert_eq!(of(language, text, |told| told.time()), expected, "{text}");
        }
    }
}
