//! What speakers do that those do who lead a session: give the floor, introduce, thank and ask in turn,
//! open and close. And whether one who leads argues as well.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::floor_phrases::{FloorMatch, FloorPhrases, Sign};
use super::labels::names::address_names;
use crate::model::{
    NameForm, NameWord, NameWords, People, ReasonKind, Session, Span, SpeakerId, Text, is_ideograph,
};

/// Letters at the end of a turn in which the next speaker is called.
const END: usize = 160;
/// Letters at its opening in which the speaker before is thanked.
const OPENING: usize = 100;
/// Share of turns with statements of a view, at a rate of words as below, from which a leader argues.
const ARGUING_TURNS: usize = 6;
/// Words for each statement of a view of one who argues.
const ARGUING_WORDS: usize = 110;

/// What a speaker does that moderators do, counted over its turns.
#[derive(Debug, Clone, Default)]
pub(super) struct Conduct {
    turns: usize,
    words: usize,
    /// Turns that give the floor: by a phrase, or by calling the next speaker by name at their end.
    gives: usize,
    example: String,
    questions: usize,
    thanks: usize,
    addresses: usize,
    /// Most others that are named in one turn.
    introduces: usize,
    opens: bool,
    closes: bool,
    /// Statements of a view of its own, and turns with one.
    views: usize,
    turns_with_views: usize,
}

impl Conduct {
    /// Whether it ever gives the floor.
    pub(super) fn hands_over(&self) -> bool {
        self.gives > 0
    }

    /// Words with which it gives the floor; empty where it does not.
    pub(super) fn example(&self) -> &str {
        &self.example
    }

    /// Whether it gives the floor clearly more often than anybody else does, for its turns.
    fn gives_the_floor(&self, others: &Others) -> bool {
        let (gives, turns) = (self.gives, self.turns);
        let usually = gives * 5 >= turns && gives >= 2 * others.gives;
        let far_more = gives >= 5 && gives * 8 >= turns && gives >= 3 * others.gives;
        let as_a_rule = gives >= 4 && gives * 5 >= turns * 2 && gives > others.gives && !others.is_rule;
        gives >= 2 && (usually || far_more || as_a_rule)
    }

    /// Whether it states views of its own as those do who debate.
    fn argues(&self) -> bool {
        self.turns_with_views * ARGUING_TURNS >= self.turns && self.views * ARGUING_WORDS >= self.words
    }

    /// The reasons to take the speaker for the moderator; none unless it gives the floor.
    fn reasons(&self, others: &Others) -> Vec<String> {
        if !self.gives_the_floor(others) {
            return Vec::new();
        }
        let often = |count: usize, of: usize| count >= 2 && count * of >= self.turns;
        let gives = format!(
            "{} in {} of {} turns (“{}”)",
            ReasonKind::HandsOver.beginning(),
            self.gives,
            self.turns,
            self.example
        );
        [
            (true, gives),
            (self.opens, "opens the session".to_owned()),
            (self.closes, "closes the session".to_owned()),
            (often(self.questions, 4), format!("asks in {} turns", self.questions)),
            (often(self.thanks, 10), format!("thanks the speaker before in {} turns", self.thanks)),
            (often(self.addresses, 3), format!("addresses others by name in {} turns", self.addresses)),
            (self.introduces >= 3, format!("names {} of the others in one turn", self.introduces)),
        ]
        .into_iter()
        .filter_map(|(is_so, reason)| is_so.then_some(reason))
        .collect()
    }
}

/// How the others give the floor.
struct Others {
    /// Most turns of one of them that do.
    gives: usize,
    /// Whether one of them does as a rule.
    is_rule: bool,
}

/// Who leads the session by its conduct, with the reasons; nobody where it is not clear, or where who
/// gives the floor argues as well: then it is heard like the others.
pub(super) fn leader(all: &[Conduct]) -> Option<(usize, Vec<String>)> {
    let leader = (0..all.len()).rev().max_by_key(|&s| all[s].gives)?;
    let rest = || (0..all.len()).filter(|&s| s != leader).map(|s| &all[s]);
    let others = Others {
        gives: rest().map(|conduct| conduct.gives).max().unwrap_or(0),
        is_rule: rest().any(|conduct| conduct.gives >= 3 && conduct.gives * 5 > conduct.turns),
    };
    let reasons = all[leader].reasons(&others);
    (reasons.len() >= 3 && !all[leader].argues()).then_some((leader, reasons))
}

/// What each speaker does, in the order of the speakers.
pub(super) fn of_all(
    session: &Session,
    text: &Text,
    phrases: &FloorPhrases,
    people: &People,
) -> Vec<Conduct> {
    let addresses = Addresses::new(session, &text.name_words, people);
    let spoken: Vec<usize> = (0..session.turns.len()).filter(|&t| !session.turn_text(t).is_empty()).collect();
    let mut all = vec![Conduct::default(); people.speakers.len()];
    for (place, &number) in spoken.iter().enumerate() {
        let speaker = people.id(session.turns[number].label);
        let neighbour = |at: Option<usize>| {
            let other = people.id(session.turns[*spoken.get(at?)?].label);
            (other != speaker).then_some(other)
        };
        let turn = Turn { text, phrases, number, written: session.turn_text(number) };
        let called = neighbour(Some(place + 1)).and_then(|next| addresses.called(&turn, next));
        let named = addresses.named(&turn, speaker);
        let views = turn.of(Sign::View).count();
        let conduct = &mut all[speaker.0 as usize];
        conduct.turns += 1;
        conduct.words += turn.n_words();
        if let Some(example) = turn.handover().or(called) {
            conduct.gives += 1;
            example.of(turn.written).clone_into(&mut conduct.example);
        }
        conduct.questions += usize::from(turn.asks_at_end());
        let is_answered = neighbour(place.checked_sub(1)).is_some();
        conduct.thanks += usize::from(is_answered && turn.opens_with_thanks());
        conduct.addresses += usize::from(named > 0);
        conduct.introduces = conduct.introduces.max(named);
        conduct.opens |= place == 0;
        conduct.closes |= place + 2 >= spoken.len();
        conduct.views += views;
        conduct.turns_with_views += usize::from(views > 0);
    }
    all
}

/// A turn as it is looked through.
struct Turn<'t> {
    text: &'t Text,
    phrases: &'t FloorPhrases,
    number: usize,
    written: &'t str,
}

impl Turn<'_> {
    /// The phrases with a sign.
    fn of(&self, sign: Sign) -> impl DoubleEndedIterator<Item = &FloorMatch> {
        let tokens = &self.text.tokens;
        self.phrases.of(sign, tokens, tokens.of_turn(self.number))
    }

    /// The place of a phrase.
    fn place(&self, found: &FloorMatch) -> Option<Span> {
        let token = |at: u32| self.text.tokens.all.get(at as usize).map(|token| token.span);
        Some(Span::new(token(found.first)?.start(), token(found.last)?.end()))
    }

    /// The last place of the phrase that gives the floor; of several phrases, of the first in the list.
    fn handover(&self) -> Option<Span> {
        let found =
            self.of(Sign::Handover).min_by_key(|found| (found.meaning.number, Reverse(found.first)))?;
        self.place(found)
    }

    fn opens_with_thanks(&self) -> bool {
        let end = |found: &FloorMatch| self.place(found).map_or(0, |place| place.end());
        self.of(Sign::Thanks).next().is_some_and(|found| end(found) <= OPENING)
    }

    /// Where the end of the turn begins, in which the next speaker is called.
    fn end(&self) -> Span {
        Span::new(self.written.len().saturating_sub(END), self.written.len())
    }

    fn asks_at_end(&self) -> bool {
        let tokens = &self.text.tokens;
        let mut end = tokens.slice(tokens.of_span(self.number, self.end())).iter();
        end.any(|token| token.is_mark() && tokens.words.text(token.word).contains(['?', '？', '؟']))
    }

    fn n_words(&self) -> usize {
        let sentences = self.text.tokens.sentences_of(self.number);
        let counts = sentences.filter_map(|id| self.text.sentences.get(id.index()));
        counts.map(|sentence| sentence.source_words as usize).sum()
    }

    /// The words in which names are looked for.
    fn words(&self) -> &[NameWord] {
        self.text.name_words.of_turn(self.number)
    }
}

/// A word by which a speaker may be addressed.
enum Address {
    /// The form that it has in the session.
    Word(NameForm),
    /// A name in ideographs, which stands in a text without spaces.
    Unspaced(String),
}

/// The words by which speakers may address each other.
struct Addresses {
    of: Vec<Vec<Address>>,
    /// By form of the session's words, whose it is: of nobody, of one, or of several.
    owners: Vec<Option<Option<SpeakerId>>>,
    /// The names with ideographs by their first letter.
    unspaced: FxHashMap<char, Vec<(String, SpeakerId)>>,
}

impl Addresses {
    fn new(session: &Session, words: &NameWords, people: &People) -> Self {
        let owners = vec![None; words.forms().count()];
        let mut addresses = Addresses { of: Vec::new(), owners, unspaced: FxHashMap::default() };
        for (index, speaker) in people.speakers.iter().enumerate() {
            let id = SpeakerId(index as u32);
            let label = speaker.labels.first().map_or("", |&label| session.label(label));
            let names = address_names(label).into_iter();
            let own = names.filter_map(|name| addresses.add(name, id, words)).collect();
            addresses.of.push(own);
        }
        addresses
    }

    /// Adds a name of a speaker; none that nobody says.
    fn add(&mut self, name: String, id: SpeakerId, words: &NameWords) -> Option<Address> {
        if name.contains(is_ideograph) {
            let first = name.chars().next().unwrap_or_default();
            self.unspaced.entry(first).or_default().push((name.clone(), id));
            return Some(Address::Unspaced(name));
        }
        let form = words.form_of(&name)?;
        let owner = self.owners.get_mut(form.index())?;
        *owner = Some(owner.unwrap_or(Some(id)).filter(|&known| known == id));
        Some(Address::Word(form))
    }

    /// Where a turn calls a speaker, if it does so at its end: the last place of that name.
    fn called(&self, turn: &Turn<'_>, speaker: SpeakerId) -> Option<Span> {
        let from = turn.end().start();
        let place = |name: &Address| match name {
            Address::Word(form) => {
                let last = turn.words().iter().rev().find(|word| word.form == *form)?;
                Some(last.span)
            }
            Address::Unspaced(name) => {
                let at = turn.written.rfind(name.as_str())?;
                Some(Span::new(at, at + name.len()))
            }
        };
        let names = self.of.get(speaker.0 as usize)?.iter();
        names.filter_map(place).find(|place| place.start() >= from)
    }

    /// How many others than `speaker` a turn names; who share a name count once.
    fn named(&self, turn: &Turn<'_>, speaker: SpeakerId) -> usize {
        let owner = |word: &NameWord| self.owners.get(word.form.index()).copied().flatten();
        let mut found: Vec<Option<SpeakerId>> = turn.words().iter().filter_map(owner).collect();
        if !self.unspaced.is_empty() {
            for (at, first) in turn.written.char_indices().filter(|(_, c)| is_ideograph(*c)) {
                let names = self.unspaced.get(&first).into_iter().flatten();
                let here = names.filter(|(name, _)| turn.written[at..].starts_with(name.as_str()));
                found.extend(here.map(|&(_, id)| Some(id)));
            }
        }
        found.retain(|&id| id != Some(speaker));
        found.sort_unstable();
        found.dedup();
        found.len()
    }
}
