//! The stance of several sentences: of a stakeholder on an issue.

use crate::model::{Ground, Stance, Stated};

/// What several sentences state together.
///
/// Answers (“Yeah.”) count only where nothing else is stated. Support beside opposition or concern is
/// mixed; opposition beside concern is opposition. None where no sentence states anything.
pub fn of_sentences<'a>(stated: impl IntoIterator<Item = &'a Stated>) -> Option<Stance> {
    let (mut own, mut answers) = (Vec::new(), Vec::new());
    for one in stated {
        if one.ground == Ground::Answer { answers.push(one.stance) } else { own.push(one.stance) }
    }
    let counted = if own.is_empty() { answers } else { own };
    let has = |stance: Stance| counted.contains(&stance);
    let against = has(Stance::Oppose) || has(Stance::Concern);
    match (has(Stance::Support), against) {
        (true, true) => Some(Stance::Mixed),
        (true, false) => Some(Stance::Support),
        (false, true) if has(Stance::Oppose) => Some(Stance::Oppose),
        (false, true) => Some(Stance::Concern),
        (false, false) => None,
    }
}
