//! What speakers do that those do who lead a session: give the floor, introduce, thank and ask in turn,
//! open and close. And whether one who leads argues as well.

use rustc_hash::FxHashMap;

use super::roles::{evidence, fold};
use crate::model::{LabelId, People, Session, SpeakerId, is_ideograph};

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
        let gives =
            format!("hands over the floor in {} of {} turns (“{}”)", self.gives, self.turns, self.example);
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
pub(super) fn of_all(session: &Session, people: &People) -> Vec<Conduct> {
    let addresses = Addresses::new(session, people);
    let spoken: Vec<usize> = (0..session.turns.len()).filter(|&t| !session.turn_text(t).is_empty()).collect();
    let mut all = vec![Conduct::default(); people.speakers.len()];
    for (place, &number) in spoken.iter().enumerate() {
        let speaker = people.id(session.turns[number].label);
        let text = fold(session.turn_text(number));
        let evidence = evidence(session.language_of(number));
        let neighbour = |at: Option<usize>| {
            let other = people.id(session.turns[*spoken.get(at?)?].label);
            (other != speaker).then_some(other)
        };
        let opening = &text[..text.ceil_char_boundary(OPENING)];
        let end = &text[text.floor_char_boundary(text.len().saturating_sub(END))..];
        let phrase = evidence.handover.first_in(&text);
        let called = neighbour(Some(place + 1)).and_then(|next| addresses.called(end, next));
        let named = addresses.named(&text, speaker);
        let views = evidence.view.count_in(&text);
        let conduct = &mut all[speaker.0 as usize];
        conduct.turns += 1;
        conduct.words += text.split_whitespace().count();
        if let Some(example) = phrase.or(called) {
            conduct.gives += 1;
            as_written(session.turn_text(number), example).clone_into(&mut conduct.example);
        }
        conduct.questions += usize::from(end.contains(['?', '？', '؟']));
        let is_answered = neighbour(place.checked_sub(1)).is_some();
        conduct.thanks += usize::from(is_answered && evidence.thanks.first_in(opening).is_some());
        conduct.addresses += usize::from(named > 0);
        conduct.introduces = conduct.introduces.max(named);
        conduct.opens |= place == 0;
        conduct.closes |= place + 2 >= spoken.len();
        conduct.views += views;
        conduct.turns_with_views += usize::from(views > 0);
    }
    all
}

/// The last words of a text that are these when folded, as the text has them; else the folded words.
fn as_written<'t>(text: &'t str, folded: &'t str) -> &'t str {
    let begins_word =
        |at: usize| folded.contains(is_ideograph) || !text[..at].ends_with(char::is_alphanumeric);
    let first = folded.chars().next();
    let starts =
        text.char_indices().rev().filter(|&(at, c)| c.to_lowercase().next() == first && begins_word(at));
    let written = |(at, _): (usize, char)| {
        let rest = &text[at..];
        // Marks that are left out of the folded words may make the written ones longer.
        let ends = rest.char_indices().map(|(end, c)| end + c.len_utf8()).take(2 * folded.len());
        ends.skip_while(|&end| fold(&rest[..end]).len() < folded.len())
            .take(1)
            .find(|&end| fold(&rest[..end]) == folded)
            .map(|end| &rest[..end])
    };
    starts.into_iter().find_map(written).unwrap_or(folded)
}

/// The words by which speakers may address each other.
#[derive(Default)]
struct Addresses {
    of: Vec<Vec<String>>,
    /// Whose a word is; `None` where several have it.
    by_word: FxHashMap<String, Option<SpeakerId>>,
    /// The names with ideographs by their first letter: they stand in a text without spaces.
    unspaced: FxHashMap<char, Vec<(String, SpeakerId)>>,
}

impl Addresses {
    fn new(session: &Session, people: &People) -> Self {
        let mut addresses = Addresses::default();
        for (index, speaker) in people.speakers.iter().enumerate() {
            let id = SpeakerId(index as u32);
            let names = address_names(session, &speaker.labels);
            for name in &names {
                if name.contains(is_ideograph) {
                    let first = name.chars().next().unwrap_or_default();
                    addresses.unspaced.entry(first).or_default().push((name.clone(), id));
                } else {
                    let owner = addresses.by_word.entry(name.clone()).or_insert(Some(id));
                    *owner = owner.filter(|&known| known == id);
                }
            }
            addresses.of.push(names);
        }
        addresses
    }

    /// The word of a folded text by which a speaker is called.
    fn called<'t>(&self, text: &'t str, speaker: SpeakerId) -> Option<&'t str> {
        self.of.get(speaker.0 as usize)?.iter().find_map(|name| match name.contains(is_ideograph) {
            true => text.find(name.as_str()).and_then(|at| text.get(at..at + name.len())),
            false => words(text).find(|word| word == name),
        })
    }

    /// How many others than `speaker` a folded text names; who share a name count once.
    fn named(&self, text: &str, speaker: SpeakerId) -> usize {
        let mut found: Vec<Option<SpeakerId>> =
            words(text).filter_map(|word| self.by_word.get(word).copied()).collect();
        if !self.unspaced.is_empty() {
            for (at, first) in text.char_indices() {
                let names = self.unspaced.get(&first).into_iter().flatten();
                let here = names.filter(|(name, _)| text[at..].starts_with(name.as_str()));
                found.extend(here.map(|&(_, id)| Some(id)));
            }
        }
        found.retain(|&id| id != Some(speaker));
        found.sort_unstable();
        found.dedup();
        found.len()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
}

/// The parts of a speaker's labels by which others may address it, in lower case.
fn address_names(session: &Session, labels: &[LabelId]) -> Vec<String> {
    let label = labels.first().map_or("", |&l| session.label(l));
    let outside = label.split(['(', '（']).next().unwrap_or("");
    let is_long = |w: &&str| w.chars().count() > if w.contains(is_ideograph) { 1 } else { 2 };
    let bare = |w: &str| fold(w.trim_end_matches(','));
    outside.split_whitespace().filter(|w| is_long(w) && !w.ends_with('.')).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_shown_as_the_text_has_it() {
        for (text, folded, written) in [
            ("Now, Siobhán, what do you think?", "siobhán", "Siobhán"),
            ("The floor is yours. THE FLOOR is yours, Bo.", "the floor is yours", "THE FLOOR is yours"),
            ("That’s for Bo O’Neil.", "bo o'neil", "Bo O’Neil"),
            ("下面请周敏发言。", "请周敏", "请周敏"),
            ("Nothing of it.", "over to you", "over to you"),
        ] {
            assert_eq!(as_written(text, folded), written, "{text}");
        }
    }
}
