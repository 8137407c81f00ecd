//! An invented session of any length, several voices taking turns.

const NAMES: [&str; 7] =
    ["Ann Lee", "Bo Ek", "Cy Fox", "Dora Quint", "Emil Vale", "Fay Okafor", "Gus Lindholm"];
const STANCES: [&str; 6] =
    ["We support", "We oppose", "We are concerned about", "I think of", "Nobody wants", "We welcome"];
const SUBJECTS: [&str; 8] =
    ["harbour levy", "night ferry", "quota", "tidal barrier", "port dues", "dredging", "berths", "licences"];
const REASONS: [&str; 5] = [
    "because of the winter and of those who live on the island",
    "since nobody has shown what it costs the boats",
    "as long as the crews are asked first",
    "although the survey of last year says otherwise",
    "for the schools, the post and the hospital of the coast",
];
/// Sentences of a turn.
const SENTENCES: usize = 3;

/// A session: who speaks, and what in which sentences.
pub(crate) struct Talk {
    pub(crate) turns: Vec<Turn>,
}

/// A turn of an invented session.
pub(crate) struct Turn {
    /// Its number, from 0.
    pub(crate) number: usize,
    pub(crate) speaker: usize,
    pub(crate) sentences: Vec<String>,
}

impl Talk {
    pub(crate) fn of(n_turns: usize) -> Talk {
        Talk { turns: (0..n_turns).map(Turn::of).collect() }
    }

    pub(crate) fn n_words(&self) -> u64 {
        self.turns.iter().map(|turn| turn.words().count() as u64).sum()
    }
}

impl Turn {
    fn of(number: usize) -> Turn {
        let sentences = (0..SENTENCES).map(|n| sentence(number * SENTENCES + n)).collect();
        Turn { number, speaker: number * 3 % NAMES.len(), sentences }
    }

    pub(crate) fn name(&self) -> &'static str {
        NAMES[self.speaker]
    }

    pub(crate) fn text(&self) -> String {
        self.sentences.join(" ")
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.sentences.iter().flat_map(|sentence| sentence.split(' '))
    }

    /// When a part of it of ten begins, in milliseconds: a turn takes ten seconds.
    pub(crate) fn milliseconds(&self, tenth: usize) -> usize {
        (self.number * 10 + tenth) * 1000
    }
}

fn sentence(number: usize) -> String {
    let (stance, subject) = (STANCES[number % STANCES.len()], SUBJECTS[number / 3 % SUBJECTS.len()]);
    format!("{stance} the {subject} of {} {}.", word(number * 37 % 900), REASONS[number / 7 % REASONS.len()])
}

/// A word that stands for a number, another one for each.
fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 12] = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "ve"];
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    word
}
