//! How the work on people grows: counted in names that are normalised and texts that are divided into
//! words, not in seconds, so that it is the same on every machine.

use super::roster::parse;
use super::{KnownPeople, Names, resolve};
use crate::model::{Join, Session, SessionBuilder};
use crate::text::tally::{self, Work};

const TURNS: usize = 400;

fn name(number: usize) -> String {
    let letters = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"];
    let word = |n: usize| format!("{}{}{}", letters[n % 10], letters[n / 10 % 10], letters[n / 100 % 10]);
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    format!("{} {}", capital(word(number * 7 + 1)), capital(word(number * 3 + 500)))
}

/// The same turns, shared among so many speakers.
fn session(speakers: usize) -> Session {
    let mut builder = SessionBuilder::new("s");
    for turn in 0..TURNS {
        let other = name((turn * 13 + 1) % speakers);
        let text = format!("Thank you, Madam Chair. I agree with {other}, and Zagreb should pay the levy.");
        builder.turn(&name(turn % speakers)).text(&text, Join::Line, 1, None);
    }
    builder.finish(0)
}

fn roster(entries: usize) -> String {
    let row = |n: usize| format!("{},Alias {n};Other {n},{} Union\n", name(n), name(n + 1));
    format!("speaker,aliases,stakeholder\n{}", (0..entries).map(row).collect::<String>())
}

fn work(session: &Session, known: &KnownPeople) -> u64 {
    tally::during(Work::Name, || {
        let text = crate::text::read(session);
        let people = resolve(session, &text, known);
        let names = Names::new(session, &text.name_words, &people);
        let mentions = |turn| names.mentions_of_turn(&text.name_words, turn, session.turn_text(turn)).len();
        let mentions = (0..session.turns.len()).map(mentions);
        assert!(mentions.sum::<usize>() >= TURNS, "everybody is named");
    })
}

/// Checks that eight times as much costs at most eight times as much, and a tenth.
fn check(what: &str, cost: impl Fn(usize) -> u64) {
    let (one, eight) = (cost(1), cost(8));
    assert!(one > 0 && eight * 10 <= one * 88, "{what}: {one}, eight times as many: {eight}");
}

#[test]
fn the_work_grows_with_speakers_not_with_their_square() {
    check("speakers", |size| work(&session(25 * size), &KnownPeople::default()));
}

#[test]
fn the_work_grows_with_the_entries_of_a_roster_not_with_their_square() {
    let session = session(25);
    check("entries", |size| {
        let roster = parse(roster(25 * size).as_bytes()).expect("a roster");
        work(&session, &KnownPeople { roster, ..KnownPeople::default() })
    });
}
