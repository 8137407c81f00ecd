//! How two stakeholders stand to each other: what one says of the other, and how their stances on an issue
//! lie. The second is never called agreement.

use crate::model::{ReferenceKind, Relation, SentenceId, Stance};

/// Stances on an issue that are paired: the surest, so that the pairs stay as few as anybody reads.
const PAIRED: usize = 15;

/// Where a stakeholder stands on an issue, with the sentence that shows it best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The stakeholder, as a number of the caller's.
    pub party: usize,
    /// Its stance.
    pub stance: Stance,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// The sentence that shows it.
    pub sentence: SentenceId,
}

/// A reference from one stakeholder to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referred {
    /// Who refers.
    pub from: usize,
    /// The speaker referred to.
    pub to: usize,
    /// What is said of the other's words.
    pub kind: ReferenceKind,
    /// The sentence that says it.
    pub sentence: SentenceId,
    /// What the other said before that it is about, as far as can be told.
    pub about: Option<SentenceId>,
}

/// Two stakeholders and how they stand to each other, with a sentence of each that shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// The stakeholder with the lower number.
    pub a: usize,
    /// The other one.
    pub b: usize,
    /// How they stand to each other.
    pub relation: Relation,
    /// How sure that is, 0 to 1.
    pub strength: f64,
    /// What `a` says.
    pub sentence_a: SentenceId,
    /// What `b` says.
    pub sentence_b: SentenceId,
}

/// Who says that it agrees with another or disagrees, by pair, relation and place: the first reference of
/// each pair and relation that is about something the other said. Whose words agree here and differ there
/// is in two rows.
pub fn said(references: &[Referred]) -> Vec<Agreement> {
    let mut found: Vec<Agreement> = Vec::new();
    for referred in references {
        let relation = match referred.kind {
            ReferenceKind::Agree => Relation::Agree,
            ReferenceKind::Disagree => Relation::Differ,
            ReferenceKind::Mention => continue,
        };
        let Some(about) = referred.about.filter(|_| referred.from != referred.to) else { continue };
        let first = referred.from < referred.to;
        let (a, b) = if first { (referred.from, referred.to) } else { (referred.to, referred.from) };
        let (sentence_a, sentence_b) =
            if first { (referred.sentence, about) } else { (about, referred.sentence) };
        found.push(Agreement { a, b, relation, strength: 1.0, sentence_a, sentence_b });
    }
    found.sort_by_key(|f| (f.a, f.b, f.relation, f.sentence_a.max(f.sentence_b)));
    found.dedup_by_key(|f| (f.a, f.b, f.relation));
    found
}

/// How the stances of several on an issue lie to each other, the surest pairs first: the same, or opposite.
/// Of more than fifteen stances the surest are paired. A mixed stance lies to no other.
pub fn compared(standings: &[Standing]) -> Vec<Agreement> {
    let mut surest: Vec<&Standing> = standings.iter().filter(|s| s.stance != Stance::Mixed).collect();
    surest.sort_by(|x, y| y.confidence.total_cmp(&x.confidence).then(x.party.cmp(&y.party)));
    surest.truncate(PAIRED);
    let mut found = Vec::new();
    for (i, x) in surest.iter().enumerate() {
        for y in &surest[i + 1..] {
            let (x, y) = if x.party < y.party { (x, y) } else { (y, x) };
            let alike = (x.stance == Stance::Support) == (y.stance == Stance::Support);
            found.push(Agreement {
                a: x.party,
                b: y.party,
                relation: if alike { Relation::Same } else { Relation::Opposite },
                strength: x.confidence.min(y.confidence),
                sentence_a: x.sentence,
                sentence_b: y.sentence,
            });
        }
    }
    found.sort_by(|x, y| y.strength.total_cmp(&x.strength).then((x.a, x.b).cmp(&(y.a, y.b))));
    found
}
