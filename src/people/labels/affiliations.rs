//! Affiliations in labels: `Mr. Tafrov (Bulgaria)`, `Chamber of Trade: Ms. A`, `Ana Reyes | Harbour Union`.

use super::super::affiliations::jobs::of_appositive;
use super::super::organisations::{Passage, Phrase};
use super::names::{BARS, core_name, folded_words, is_full_name, is_title};
use super::roles::from_label;
use crate::text::read_label;

/// What separates a name from an organisation in labels of video calls.
const SEPARATORS: [&str; 5] = [BARS[0], BARS[1], BARS[2], " - ", " – "];

/// The organisation, country or party that a label holds, if it clearly holds one.
pub(in super::super) fn of_label(label: &str) -> Option<&str> {
    let label = label.trim();
    if let Some((outside, inside)) = bracketed(label) {
        let is_person = !outside.is_empty() && from_label(outside).is_none() && !has_number(outside);
        return of_brackets(inside, outside).filter(|_| is_person);
    }
    for separator in SEPARATORS {
        let Some((name, organisation)) = label.split_once(separator) else { continue };
        let organisation = organisation.trim();
        let is_plain = !SEPARATORS.iter().any(|s| organisation.contains(s))
            && Phrase::of_label(organisation).is_possible();
        let is_sure = BARS.contains(&separator) || is_organised(organisation);
        return (is_full_name(name) && is_plain && is_sure).then_some(organisation);
    }
    let (before, after) = label.split_once(": ").or_else(|| label.split_once([',', '،', '，']))?;
    if is_organised(before) && is_full_name(after) && !is_organised(after) {
        return Some(before);
    }
    // `Jan van der Berg, MP`
    let is_title = folded_words(after).iter().all(|word| is_title(word));
    if !is_full_name(before) || label.contains(": ") || is_title {
        return None;
    }
    let after = after.trim();
    if has_job_word(after) { organisation_of_job(after) } else { Some(after).filter(|a| is_organised(a)) }
}

fn has_job_word(text: &str) -> bool {
    Phrase::of_label(text).has_job_word()
}

fn is_organised(text: &str) -> bool {
    Phrase::of_label(text).is_organised()
}

/// The organisation of a job that stands alone: `Director, Tax Policy, at the Harbour Union`.
fn organisation_of_job(text: &str) -> Option<&str> {
    let read = read_label(text);
    let found = of_appositive(&Passage::of_label(text, &read), 0, text.len())?;
    Some(found.of(text))
}

/// What an organisation stands in after a name.
const BRACKETS: [(char, char); 5] = [('(', ')'), ('（', '）'), ('[', ']'), ('«', '»'), ('【', '】')];

/// A label that ends with brackets: what stands before the first, and in the last of them.
fn bracketed(label: &str) -> Option<(&str, &str)> {
    let closing = label.chars().next_back()?;
    let (opening, _) = BRACKETS.into_iter().find(|&(_, close)| close == closing)?;
    let (before, inside) = label.strip_suffix(closing)?.rsplit_once(opening)?;
    if inside.contains(closing) {
        return None;
    }
    let outside = before.split(opening).next().unwrap_or(before).trim();
    // `Anna Petrova, «Clean City»`
    Some((outside.trim_end_matches([',', '،', '，', '-', '–', '—']).trim_end(), inside.trim()))
}

fn of_brackets<'l>(inside: &'l str, outside: &str) -> Option<&'l str> {
    let first = inside.split(',').next().unwrap_or(inside);
    if has_job_word(first) && (first.len() < inside.len() || !is_organised(inside)) {
        return organisation_of_job(inside);
    }
    let inside = inside.strip_prefix('«').and_then(|name| name.strip_suffix('»')).unwrap_or(inside);
    let last = inside.rsplit(',').next().unwrap_or(inside).trim();
    let has_seat = inside.contains(',');
    let candidate = if has_seat {
        // A seat and a party: `Riverside, Lib.`
        Some(last).filter(|party| is_party(party))?
    } else {
        inside
    };
    let is_name = folded_words(candidate).first().is_some_and(|word| is_title(word));
    let fits = Phrase::of_label(candidate).is_possible() && !has_number(candidate) && !is_name;
    // Behind a seat no initials stand: “Lib.” is the party of Leo Brand.
    (fits && (has_seat || !is_initials_of(candidate, outside))).then_some(candidate)
}

/// Whether a text is short enough for a party's abbreviation.
fn is_party(text: &str) -> bool {
    text.chars().count() <= 8 && !text.contains(' ')
}

fn has_number(text: &str) -> bool {
    text.contains(|c: char| c.is_numeric())
}

/// Whether a text is made of first letters of a name.
fn is_initials_of(text: &str, name: &str) -> bool {
    let wanted: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let letters: Vec<char> = core_name(name).iter().filter_map(|w| w.chars().next()).collect();
    wanted.first() == letters.first() && wanted.len() <= letters.len() + 1 && wanted.last() == letters.last()
        || wanted.len() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_behind_a_seat_is_no_initials_and_a_rank_no_organisation() {
        for (label, expected) in [
            ("Hon. Leo Brand (Riverside, Lib.)", Some("Lib.")),
            ("Ada Okoro (AO)", None),
            ("Admiral Dan Blake (Navy, Ret.)", None),
            ("Admiral Dan Blake (Ret.)", None),
        ] {
            assert_eq!(of_label(label), expected, "{label}");
        }
    }
}
