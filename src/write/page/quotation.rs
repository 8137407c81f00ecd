//! Quotations: numbered as they come, each with its place.

use std::collections::BTreeMap;

use crate::model::{Evidence, Stance};

use super::view::View;
use crate::write::phrases::{Phrases, fill, filled_html};
use crate::write::{adds_to, clock, one_line};

/// A quotation as templates show it.
pub(super) struct Quotation {
    /// Its anchor.
    pub(super) id: String,
    /// Where a link to its place leads.
    pub(super) place_link: String,
    pub(super) turn: u64,
    pub(super) sentence: u64,
    pub(super) start: u64,
    pub(super) end: u64,
    /// What is quoted, as a reader sees it.
    pub(super) words: String,
    /// The same as it is transcribed, where fillers or noise are left out of it; else empty.
    pub(super) transcribed: String,
    /// The sentence before, where this one leans on it; else empty.
    pub(super) context: String,
    /// Code of the language; empty where it is unknown.
    pub(super) language: String,
    pub(super) speaker: String,
    pub(super) stakeholder: String,
    pub(super) group: String,
    pub(super) issue: String,
    /// The stance that it states, on any subject.
    pub(super) stance: &'static str,
    /// The stance that it states of its issue.
    stance_on_issue: Option<Stance>,
    /// Turn and time.
    pub(super) place: String,
    /// Where it can be heard; empty where that is not known.
    pub(super) media_link: String,
    /// When it was said; empty where that is not known.
    pub(super) time: String,
    /// What its turn is called.
    pub(super) turn_name: String,
    /// Whether the stakeholder is named beside it.
    pub(super) names_stakeholder: bool,
    /// Whether the issue is named beside it.
    pub(super) names_issue: bool,
    /// The stance that it states of its issue, shown beside it.
    pub(super) badge: Option<Stance>,
    pub(super) phrases: &'static Phrases,
    /// The kind of position, where it asks for something: a demand, a proposal, a condition, a commitment.
    pub(super) asks: &'static str,
}

/// The quotations so far: where each stands in the transcript.
#[derive(Default)]
pub(super) struct Quotations {
    n_quotations: u64,
    by_place: BTreeMap<(u64, u64), Vec<u64>>,
}

impl Quotations {
    /// Gives a quotation the next number.
    pub(super) fn quote(&mut self, view: &View<'_>, evidence: &Evidence) -> Quotation {
        self.n_quotations += 1;
        let place = (evidence.turn, evidence.sentence);
        self.by_place.entry(place).or_default().push(self.n_quotations);
        let turn = view.turn(evidence.turn);
        let mut quotation = Quotation {
            id: view.id(&format!("q-{}", self.n_quotations)),
            place_link: view.link(&format!("s-{}-{}", evidence.turn, evidence.sentence)),
            turn: evidence.turn,
            sentence: evidence.sentence,
            start: evidence.start,
            end: evidence.end,
            words: marked(evidence),
            transcribed: transcribed(evidence),
            context: one_line(&evidence.context),
            language: turn.map_or_else(String::new, |turn| turn.language.code().to_owned()),
            speaker: view.phrases.name_of(turn.map_or(evidence.speaker.as_str(), |turn| &turn.name)),
            stakeholder: view.phrases.name_of(&evidence.stakeholder),
            group: view.group(&evidence.stakeholder),
            issue: evidence.issue.clone(),
            stance: Stance::name_or_empty(evidence.stance),
            stance_on_issue: view.stance_on_issue(evidence),
            place: placed(view, evidence),
            media_link: view.media_link(evidence.time),
            time: evidence.time.map_or_else(String::new, |time| clock(time.start)),
            turn_name: view.turn_name(evidence.turn),
            names_stakeholder: true,
            // Beside a stance on something else the issue would look like what the stance is on.
            names_issue: !evidence.issue.is_empty() && !is_on_another(view, evidence),
            badge: view.stance_on_issue(evidence),
            phrases: view.phrases,
            asks: view.phrases.kind_name(&evidence.kind),
        };
        // Without a known object a badge would say that somebody opposes, and not what.
        quotation.badge = quotation.badge.filter(|_| quotation.names_issue);
        quotation.names_stakeholder = adds_to(&quotation.speaker, &quotation.stakeholder);
        quotation
    }

    /// Gives several quotations their numbers.
    pub(super) fn quote_all(&mut self, view: &View<'_>, evidence: &[Evidence]) -> Vec<Quotation> {
        evidence.iter().map(|evidence| self.quote(view, evidence)).collect()
    }

    /// The numbers of the quotations of a sentence.
    pub(super) fn of(&self, turn: u64, sentence: u64) -> &[u64] {
        self.by_place.get(&(turn, sentence)).map_or(&[], Vec::as_slice)
    }
}

impl Quotation {
    /// For a place that names the stakeholder already.
    pub(super) fn of_stakeholder(self) -> Quotation {
        Quotation { names_stakeholder: false, ..self }
    }

    /// For a place that names the stakeholder and the issue already.
    pub(super) fn on_issue(self) -> Quotation {
        let stance = Stance::name_or_empty(self.stance_on_issue);
        let badge = self.stance_on_issue;
        Quotation { names_stakeholder: false, names_issue: false, stance, badge, ..self }
    }

    /// What its badge says, or what it is on where it states no stance of that: a phrase with a place for the
    /// issue, or one without.
    fn mark(&self) -> &'static str {
        let phrases = self.phrases;
        match (self.badge, self.names_issue) {
            (Some(Stance::Support), true) => phrases.supports_issue,
            (Some(Stance::Oppose), true) => phrases.opposes_issue,
            (Some(Stance::Concern), true) => phrases.worried_about_issue,
            (Some(Stance::Mixed), true) => phrases.divided_on_issue,
            (Some(Stance::Support), false) => phrases.supports,
            (Some(Stance::Oppose), false) => phrases.opposes,
            (Some(Stance::Concern), false) => phrases.worried,
            (Some(Stance::Mixed), false) => phrases.divided,
            (None, true) => phrases.on_issue,
            (None, false) => "",
        }
    }

    /// The same as text; empty where there is nothing to say.
    pub(super) fn mark_text(&self) -> String {
        fill(self.mark(), &[("issue", &self.issue)])
    }

    /// What the link to its recording is called.
    pub(super) fn play(&self) -> String {
        fill(self.phrases.play, &[("time", &self.time)])
    }

    /// The same as markup.
    pub(super) fn mark_html(&self) -> String {
        filled_html(self.mark(), &[("issue", &self.issue)])
    }
}

/// What is quoted, with a mark where the sentence has more before or after it. A sentence that begins with a
/// small letter goes on from the one before.
fn marked(evidence: &Evidence) -> String {
    let line = one_line(evidence.shown());
    let cut = line.strip_suffix('…').filter(|_| !evidence.text.trim_end().ends_with('…'));
    let words = cut.map_or_else(|| line.clone(), |words| format!("{} […]", words.trim_end()));
    if words.starts_with(char::is_lowercase) { format!("[…] {words}") } else { words }
}

/// The words as they are transcribed, where what is shown has not all of them.
fn transcribed(evidence: &Evidence) -> String {
    if evidence.display.is_empty() { String::new() } else { one_line(&evidence.text) }
}

/// Whether it states a stance, and not on its issue.
fn is_on_another(view: &View<'_>, evidence: &Evidence) -> bool {
    evidence.stance.is_some() && view.stance_on_issue(evidence).is_none()
}

fn placed(view: &View<'_>, evidence: &Evidence) -> String {
    let time = evidence.time.map_or_else(String::new, |time| format!(", {}", clock(time.start)));
    format!("{}{time}", fill(view.phrases.place_turn, &[("n", &evidence.turn.to_string())]))
}
