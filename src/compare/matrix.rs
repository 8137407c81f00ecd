//! Where each stakeholder stands on each issue in a session.

use crate::model::rounded;
use crate::model::{
    Basis, IssueId, IssueStance, Kind, Reason, SentenceId, Stance, StanceCounts, StanceSums, Stated,
};
use crate::prepare::scope::Members;
use crate::prepare::stances::towards;
use crate::stance::{
    MotionStance, Side, SideGround, WeighedSentence, Weights, add, best_evidence, leaning, side_of_all, worth,
};

use crate::compare::bearings::Bearing;
use crate::compare::session::View;

/// Least relevance of a sentence that counts as one on the issue.
const ON_ISSUE: f64 = crate::stance::STATED_RELEVANCE;

/// What a stakeholder says on an issue.
#[derive(Default)]
struct Speech<'v> {
    sums: StanceSums,
    bearings: Vec<(SentenceId, &'v Bearing)>,
    n_sentences: u64,
    /// Words of the sentences that are mainly on the issue.
    words: u64,
}

impl View<'_> {
    /// Where the stakeholder of these sentences stands on each issue that it spoke on; on none where there
    /// are no issues.
    pub(super) fn stances(&self, members: &Members, own: &[SentenceId]) -> Vec<IssueStance> {
        let stakeholder = members.name.as_str();
        let analysis = &self.prepared.analysis;
        let all: u64 = own.iter().map(|&id| u64::from(analysis.sentence(id).words)).sum();
        let share = |words: u64| rounded(words as f64 / all.max(1) as f64);
        if self.plan.issues.is_empty() {
            let stood = self.of_whatever(own);
            return self.listed(stakeholder, None, &stood, own, &share).into_iter().collect();
        }
        let speeches = self.speeches(own);
        let mut stances = Vec::new();
        for (number, speech) in speeches.iter().enumerate() {
            let issue = IssueId(number as u32);
            let stance = match self.findings.motions.get(number).copied().flatten() {
                Some(motion) => {
                    let heard = |id: &SentenceId| {
                        self.issue(*id).is_none_or(|main| main == issue)
                            && analysis.sentence(*id).kind == Kind::Speech
                    };
                    let heard: Vec<SentenceId> = own.iter().copied().filter(heard).collect();
                    let stood = towards(self.prepared, motion, &heard);
                    self.listed(stakeholder, Some(issue), &stood, &heard, &share)
                }
                None => self.of_speech(stakeholder, issue, speech, &share),
            };
            let side = self.side(members, issue);
            stances.extend(match side {
                Some(side) => Some(self.on_side(stakeholder, issue, &side, stance)),
                None => stance,
            });
        }
        stances
    }

    /// The side that the speakers of a stakeholder take on a motion: what shows it of all of them.
    fn side(&self, members: &Members, issue: IssueId) -> Option<Side> {
        let of_speakers = members.speakers.iter().filter_map(|&speaker| self.findings.side(issue, speaker));
        side_of_all(of_speakers)
    }

    /// A stance that is a side taken on a motion; `said` is what the sentences on it come to without.
    fn on_side(
        &self,
        stakeholder: &str,
        issue: IssueId,
        side: &Side,
        said: Option<IssueStance>,
    ) -> IssueStance {
        let said = said.unwrap_or_else(|| IssueStance {
            stakeholder: stakeholder.to_owned(),
            issue: self.label(Some(issue)).to_owned(),
            stance: None,
            basis: None,
            confidence: None,
            score: None,
            because: Vec::new(),
            counts: StanceCounts::default(),
            n_sentences: 0,
            words: 0,
            salience: 0.0,
            evidence: Vec::new(),
        });
        let reason = |&(ground, value): &(SideGround, f64)| Reason {
            feature: format!("side:{}", ground.name()),
            value: rounded(value),
        };
        IssueStance {
            stance: Some(side.stance),
            basis: Some(Basis::Stated),
            confidence: Some(rounded(side.confidence())),
            score: Some(rounded(side.score)),
            because: side.because.iter().map(reason).collect(),
            evidence: side.evidence.iter().map(|&id| self.place(id)).collect(),
            ..said
        }
    }

    /// What the sentences say on each issue.
    fn speeches(&self, own: &[SentenceId]) -> Vec<Speech<'_>> {
        let mut speeches: Vec<Speech<'_>> = Vec::new();
        speeches.resize_with(self.plan.issues.len(), Speech::default);
        for &id in own {
            let words = u64::from(self.prepared.analysis.sentence(id).words);
            let main = self.issue(id);
            if let Some(speech) = main.and_then(|main| speeches.get_mut(main.0 as usize)) {
                speech.words += words;
                speech.n_sentences += 1;
            }
            for bearing in self.bearings(id) {
                let Some(speech) = speeches.get_mut(bearing.issue.0 as usize) else { continue };
                speech.n_sentences += u64::from(main != Some(bearing.issue) && bearing.relevance >= ON_ISSUE);
                add(&mut speech.sums, &said(bearing));
                speech.bearings.push((id, bearing));
            }
        }
        speeches
    }

    /// Where the sentences on an issue add up to; nothing where none is on it.
    fn of_speech(
        &self,
        stakeholder: &str,
        issue: IssueId,
        speech: &Speech<'_>,
        share: &impl Fn(u64) -> f64,
    ) -> Option<IssueStance> {
        let leaning = leaning(&speech.sums, Weights::shipped());
        let shown =
            leaning.filter(|l| self.plan.settings.stances == Basis::Inferred || l.basis == Basis::Stated);
        if speech.n_sentences == 0 && shown.is_none() {
            return None;
        }
        let evidence = shown
            .as_ref()
            .map_or_else(Vec::new, |leaning| self.evidence(&speech.bearings, leaning.score, leaning.basis));
        Some(IssueStance {
            stakeholder: stakeholder.to_owned(),
            issue: self.label(Some(issue)).to_owned(),
            stance: shown.as_ref().map(|leaning| leaning.stance),
            basis: shown.as_ref().map(|leaning| leaning.basis),
            confidence: shown.as_ref().map(|leaning| rounded(leaning.confidence)),
            score: shown.as_ref().map(|leaning| rounded(leaning.score)),
            because: shown.map_or_else(Vec::new, |leaning| {
                let reason = |(feature, value)| Reason { feature, value: rounded(value) };
                leaning.because.into_iter().map(reason).collect()
            }),
            counts: speech.sums.stated,
            n_sentences: speech.n_sentences,
            words: speech.words,
            salience: share(speech.words),
            evidence,
        })
    }

    /// The sentences that show a stance, best first: where it is stated, one that states it opens them.
    fn evidence(&self, bearings: &[(SentenceId, &Bearing)], score: f64, basis: Basis) -> Vec<(u64, u64)> {
        let worths = bearings
            .iter()
            .map(|(id, bearing)| (worth(bearing.relevance, bearing.score, score), bearing.relevance, *id));
        let mut places = best_evidence(worths.collect());
        let states = |bearing: &Bearing| {
            let is_for = bearing.stated.map(|stance| stance == Stance::Support);
            bearing.relevance >= ON_ISSUE && is_for == Some(score > 0.0)
        };
        let stating = bearings.iter().filter(|(_, bearing)| basis == Basis::Stated && states(bearing));
        let stating = stating.map(|(id, b)| (worth(b.relevance, b.score, score), b.relevance, *id)).collect();
        if let Some(first) = best_evidence::<SentenceId>(stating).first() {
            places.retain(|place| place != first);
            places.insert(0, *first);
        }
        places.into_iter().map(|id| self.place(id)).collect()
    }

    fn place(&self, id: SentenceId) -> (u64, u64) {
        let sentence = self.prepared.analysis.sentence(id);
        (sentence.turn.into(), sentence.number.into())
    }

    /// What sentences state where there are no issues.
    fn of_whatever(&self, own: &[SentenceId]) -> MotionStance {
        let stated = |&id: &SentenceId| {
            let is_speech = self.prepared.analysis.sentence(id).kind == Kind::Speech;
            self.stated_on_issue(id).filter(|_| is_speech)
        };
        MotionStance { stance: None, sentences: own.iter().map(stated).collect() }
    }

    /// A stance that sentences state one by one: on a motion, or on no issue.
    fn listed(
        &self,
        stakeholder: &str,
        issue: Option<IssueId>,
        stood: &MotionStance,
        heard: &[SentenceId],
        share: &impl Fn(u64) -> f64,
    ) -> Option<IssueStance> {
        let (mut counts, mut n_sentences, mut words) = (StanceCounts::default(), 0, 0);
        let mut evidence = Vec::new();
        for (&id, stated) in heard.iter().zip(&stood.sentences) {
            let sentence = self.prepared.analysis.sentence(id);
            // What a motion's debate says besides counts only where it takes a side.
            let is_on_issue = self.issue(id) == issue && sentence.kind == Kind::Speech;
            if is_on_issue || stated.is_some() {
                n_sentences += 1;
                words += u64::from(sentence.words);
            }
            if let Some(Stated { stance, .. }) = stated {
                counts.add(*stance);
                evidence.push(self.place(id));
            }
        }
        (n_sentences > 0).then(|| IssueStance {
            stakeholder: stakeholder.to_owned(),
            issue: self.label(issue).to_owned(),
            stance: stood.stance,
            basis: stood.stance.map(|_| Basis::Stated),
            confidence: None,
            score: None,
            because: Vec::new(),
            counts,
            n_sentences,
            words,
            salience: share(words),
            evidence,
        })
    }
}

/// A bearing as it is added up.
pub(super) fn said(bearing: &Bearing) -> WeighedSentence<'_> {
    WeighedSentence {
        relevance: bearing.relevance,
        features: &bearing.features,
        stated: bearing.stated,
        by_name: bearing.by_name,
    }
}
