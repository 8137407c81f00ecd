//! What a sentence's words tell of where its speaker stands on an issue: named features for an additive
//! model.
//!
//! Some features are the sentence's, whatever it is about (its tone); others say how near its cues stand to
//! the words of an issue, as in the distance-weighted opinion words of Hu & Liu 2004 and Ding et al. 2008.

use std::sync::LazyLock;

use crate::model::{Span, Stance, TokenKind};

use super::classes::{CLASSES, Class, Cued};
use super::utterance::Utterance;

/// Fewest words of a sentence that is looked at: shorter ones answer or interject.
const FEWEST_WORDS: usize = 5;
/// Cues of a class count up to this number.
const MOST_CUES: usize = 2;
/// Words over which the nearness of a cue falls to 1/e.
const NEAR: f64 = 5.0;

/// Classes whose nearness to the issue's words is a feature.
const NEARS: [Class; 13] = [
    Class::Support,
    Class::Praise,
    Class::Call,
    Class::Deontic,
    Class::Commit,
    Class::Assure,
    Class::Benefit,
    Class::Condition,
    Class::Oppose,
    Class::Concern,
    Class::Lack,
    Class::Harm,
    Class::Bad,
];

/// Features that are no class.
const FORM: [&str; 8] = [
    "good_after_turn",
    "ill_after_turn",
    "states_support",
    "states_against",
    "supports_issue",
    "against_issue",
    "asks",
    "exclaims",
];

/// The names of the features, in the order of their weights.
pub fn feature_names() -> &'static [String] {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let plain = CLASSES.iter().map(|(_, name)| (*name).to_owned());
        let negated = CLASSES.iter().map(|(_, name)| format!("not_{name}"));
        let form = FORM.iter().map(|name| (*name).to_owned());
        let near = NEARS.iter().map(|class| format!("near_{}", CLASSES[class.index()].1));
        plain.chain(negated).chain(form).chain(near).collect()
    });
    &NAMES
}

/// The tone of a sentence.
#[derive(Debug, Clone)]
pub struct Tone {
    cued: Cued,
    own: Vec<f64>,
    /// The stance that the sentence states with its own cue, on any issue.
    stated: Option<Stance>,
    asks: bool,
    exclaims: bool,
}

/// The tone of a sentence; `stated` is the stance that it states with its own cue, on any issue. None for a
/// sentence of fewer than five words, and in a language without classes.
pub fn tone(utterance: &Utterance, stated: Option<Stance>) -> Option<Tone> {
    let classes = utterance.language_lists()?.classes.as_ref()?;
    let cued = classes.cued(utterance, FEWEST_WORDS)?;
    let n = |negated: bool, class: Class| {
        let alike = cued.cues.iter().filter(|cue| cue.class == class && cue.negated == negated);
        alike.count().min(MOST_CUES) as f64
    };
    let plain = CLASSES.iter().map(|(class, _)| n(false, *class));
    let negated = CLASSES.iter().map(|(class, _)| n(true, *class));
    let own = plain.chain(negated).collect();
    let (asks, exclaims) = (ends_with(utterance, &['?', '？', '؟']), ends_with(utterance, &['!', '！']));
    Some(Tone { cued, own, stated, asks, exclaims })
}

/// Whether the last mark of a sentence, closing quotation marks left out, is one of these.
fn ends_with(utterance: &Utterance, marks: &[char]) -> bool {
    let tokens = utterance.tokens;
    let written = tokens.slice(utterance.range.clone()).iter().filter(|token| token.kind != TokenKind::Part);
    let mut written = written.rev().map(|token| tokens.words.text(token.word));
    let last = written.find(|mark| !matches!(*mark, "\"" | "”" | "»" | "'"));
    last.is_some_and(|last| last.ends_with(marks))
}

fn flag(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

impl Tone {
    /// Whether the sentence addresses somebody.
    pub fn addresses(&self) -> bool {
        self.cued.addresses
    }

    /// Whether it holds a negation.
    pub fn negates(&self) -> bool {
        self.cued.n_negations > 0
    }

    /// Phrases of procedure in it, up to 2.
    pub fn procedural(&self) -> f64 {
        let at = Class::Procedure.index();
        self.own[at] + self.own[CLASSES.len() + at]
    }

    /// The features of the sentence towards an issue whose words stand at `words`; `on_issue` is the stance
    /// that it states of the issue with its own cue. One value for each of [`feature_names`].
    pub fn towards(&self, words: &[Span], on_issue: Option<Stance>) -> Vec<f64> {
        let mut features = self.own.clone();
        let after = |sign: i32| {
            let turned = |cue: &&super::classes::ClassCue| {
                self.cued.turn.is_some_and(|turn| cue.first > turn) && cue.class.sign() == sign
            };
            self.cued.cues.iter().filter(turned).count() as f64
        };
        let is_for = |stance: Option<Stance>| flag(stance == Some(Stance::Support));
        let is_against = |stance: Option<Stance>| flag(stance.is_some_and(|s| s != Stance::Support));
        features.extend([
            after(1),
            after(-1),
            is_for(self.stated),
            is_against(self.stated),
            is_for(on_issue),
            is_against(on_issue),
            flag(self.asks),
            flag(self.exclaims),
        ]);
        features.extend(self.nearness(words));
        features
    }

    /// How near the nearest cue of each class stands to a word of the issue, 0 to 1.
    fn nearness(&self, words: &[Span]) -> Vec<f64> {
        let mut near = vec![0.0f64; NEARS.len()];
        let inside = |span: &Span| words.iter().any(|w| w.start() < span.end() && span.start() < w.end());
        let places: Vec<usize> =
            (0..self.cued.words.len()).filter(|&at| inside(&self.cued.words[at])).collect();
        for cue in self.cued.cues.iter().filter(|cue| !cue.negated) {
            let Some(row) = NEARS.iter().position(|class| *class == cue.class) else { continue };
            let distance = |&at: &usize| match at {
                at if at < cue.first => cue.first - at,
                at if at > cue.last => at - cue.last,
                _ => 1,
            };
            if let Some(distance) = places.iter().map(distance).min() {
                near[row] = near[row].max((-(distance as f64 - 1.0) / NEAR).exp());
            }
        }
        near
    }
}
