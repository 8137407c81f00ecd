//! The features of the position model: rows of a name and a function of what is known of a sentence.

use crate::model::PositionKind;

use super::sentence::Seen;
use super::wording::Class::*;

/// A feature: its name and its value for a sentence.
pub type Measure = (&'static str, fn(&Seen<'_>) -> f64);

/// The features, in the order of a row.
pub const FEATURES: &[Measure] = &[
    // What it says: whether words of a class occur, and their share.
    ("has necessity", |s| s.has(Necessity)),
    ("share necessity", |s| s.share(Necessity)),
    ("has refusal", |s| s.has(Refusal)),
    ("has ask", |s| s.has(Ask)),
    ("has support", |s| s.has(Support)),
    ("has opinion", |s| s.has(Opinion)),
    ("has worry", |s| s.has(Worry)),
    ("share worry", |s| s.share(Worry)),
    ("has praise", |s| s.has(Praise)),
    ("share praise", |s| s.share(Praise)),
    ("has negation", |s| s.has(Negation)),
    ("share negation", |s| s.share(Negation)),
    ("has contrast", |s| s.has(Contrast)),
    ("has conclusion", |s| s.has(Conclusion)),
    ("has reason", |s| s.has(Reason)),
    ("has condition", |s| s.has(Condition)),
    ("has absolute", |s| s.has(Absolute)),
    ("share absolute", |s| s.share(Absolute)),
    ("has hedge", |s| s.has(Hedge)),
    ("has will", |s| s.has(Will)),
    ("has past", |s| s.has(Past)),
    ("share past", |s| s.share(Past)),
    ("has present", |s| s.has(Present)),
    ("has report", |s| s.has(Report)),
    ("has courtesy", |s| s.has(Courtesy)),
    ("has procedure", |s| s.has(Procedure)),
    ("has quantity", |s| s.has(Quantity)),
    ("share quantity", |s| s.share(Quantity)),
    ("has example", |s| s.has(Example)),
    ("has spoken", |s| s.has(Spoken)),
    ("share spoken", |s| s.share(Spoken)),
    ("has comparative", |s| s.has(Comparative)),
    ("has imperative", |s| s.has(Imperative)),
    ("has existential", |s| s.has(Existential)),
    ("has definition", |s| s.has(Definition)),
    ("opens conclusion", |s| s.opens(Conclusion)),
    ("opens contrast", |s| s.opens(Contrast)),
    ("opens imperative", |s| s.opens(Imperative)),
    ("opens spoken", |s| s.opens(Spoken)),
    ("opens courtesy", |s| s.opens(Courtesy)),
    ("opens condition", |s| s.opens(Condition)),
    ("opens opinion", |s| s.opens(Opinion)),
    // What belongs together.
    ("i + opinion", |s| s.has(FirstSingular) * s.has(Opinion)),
    ("we + necessity", |s| s.first_person() * s.has(Necessity)),
    ("first + ask", |s| s.first_person() * s.has(Ask)),
    ("first + support", |s| s.first_person() * s.has(Support)),
    ("negation + evaluation", |s| s.has(Negation) * s.has(Praise).max(s.has(Worry))),
    ("no stance word", |s| f64::from(s.stance_classes() == 0.0)),
    ("stance words", |s| s.stance_classes() / 4.0),
    ("past only", |s| s.past_only()),
    ("first person past", |s| s.first_person() * s.past_only()),
    ("procedure, no stance", |s| s.has(Procedure) * (1.0 - (s.stance_classes() / 2.0).min(1.0))),
    // What kind of position it takes.
    ("a demand", |s| s.is(PositionKind::Demand)),
    ("a proposal", |s| s.is(PositionKind::Proposal)),
    ("support", |s| s.is(PositionKind::Support)),
    ("an objection", |s| s.is(PositionKind::Objection)),
    ("a concern", |s| s.is(PositionKind::Concern)),
    ("a condition", |s| s.is(PositionKind::Condition)),
    ("a commitment", |s| s.is(PositionKind::Commitment)),
    ("a reason", |s| s.is(PositionKind::Reason)),
    ("no kind", |s| f64::from(s.kind.is_none())),
    // How it is written.
    ("question", |s| f64::from(s.asks())),
    ("no end", |s| f64::from(!s.is_ended())),
    ("cut off", |s| f64::from(s.is_cut_off())),
    ("exclaims", |s| f64::from(s.text.contains(['!', '！']))),
    ("digits", |s| f64::from(s.text.chars().any(char::is_numeric))),
    ("quotes", |s| f64::from(s.text.contains(['"', '“', '”', '«', '»', '「', '„']))),
    ("names", |s| s.names()),
    ("commas", |s| {
        (s.text.matches([',', '，', '、', '،']).count() as f64 / s.length.max(1.0) * 8.0).min(1.0)
    }),
    ("colon", |s| f64::from(s.text.contains([':', ';', '：', '；', '؛']))),
    ("lower start", |s| f64::from(s.text.starts_with(char::is_lowercase))),
    ("short", |s| ((9.0 - s.length) / 8.0).max(0.0)),
    ("long", |s| ((s.length - 18.0) / 14.0).clamp(0.0, 1.0)),
    ("very long", |s| ((s.length - 32.0) / 40.0).clamp(0.0, 1.0)),
    ("length", |s| (s.length.max(1.0).ln() / 40f64.ln()).min(1.0)),
    ("short question", |s| f64::from(s.asks()) * ((25.0 - s.length) / 15.0).clamp(0.0, 1.0)),
    // Where it stands.
    ("turn length", |s| (s.place.turn_words.max(2.0).ln() / 400f64.ln()).min(1.0)),
    ("first in turn", |s| f64::from(s.place.number == 0)),
    ("second in turn", |s| f64::from(s.place.number == 1)),
    ("last in turn", |s| f64::from(s.place.is_last)),
    ("alone in turn", |s| f64::from(s.place.number == 0 && s.place.is_last)),
    ("place in turn", |s| s.place.in_turn),
    ("place in speech", |s| s.place.before / (s.place.before + s.place.after + s.length).max(1.0)),
    ("opening 60 words", |s| (-s.place.before / 60.0).exp()),
    ("closing 60 words", |s| (-s.place.after / 60.0).exp()),
    ("after question", |s| f64::from(s.place.after_question) * (-f64::from(s.place.number) / 2.0).exp()),
    ("own question before", |s| f64::from(s.place.after_own_question)),
    // What it is about.
    ("repeated by self", |s| s.subject.repeated),
    ("centre of own", |s| s.subject.centre),
    ("richness", |s| s.subject.richness),
    ("centre of session", |s| s.subject.centre_of_session),
    ("keyness", |s| s.subject.keyness),
    ("rarity", |s| s.subject.rarity),
    ("density", |s| (s.subject.n_terms / s.length.max(4.0)).min(1.0)),
    ("few terms", |s| s.few_terms()),
    ("few terms, no stance", |s| s.few_terms() * f64::from(s.stance_classes() == 0.0)),
    ("stance x terms", |s| s.stance_classes() / 4.0 * (s.subject.n_distinct / 8.0).min(1.0)),
    ("own terms", |s| (s.subject.n_own / 5.0).min(1.0)),
    ("words of title", |s| (s.subject.n_main / 3.0).min(1.0)),
    ("like next", |s| s.subject.like_next),
    ("like before", |s| s.subject.like_before),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_name_of_its_own() {
        let mut names: Vec<&str> = FEATURES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FEATURES.len());
    }
}
