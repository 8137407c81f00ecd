//! Which position repeats which: quotations with half of their words in common.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::ArchivedPosition;

/// From this share of common words on, one quotation repeats another: Jaccard's coefficient
/// (Jaccard 1901), the words of both over the words of either.
const REPEATED: f64 = 0.5;

/// Pairs of positions, each at most once.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    of_new: BTreeMap<usize, usize>,
    old: BTreeSet<usize>,
}

impl Repeats {
    /// Pairs the positions of both sides: those on the same issue first, of them the most alike.
    pub(super) fn new(old: &[ArchivedPosition], new: &[ArchivedPosition]) -> Repeats {
        let mut repeats = Repeats::default();
        for (before, after) in alike(old, new) {
            if !repeats.old.contains(&before) && !repeats.of_new.contains_key(&after) {
                repeats.old.insert(before);
                repeats.of_new.insert(after, before);
            }
        }
        repeats
    }

    /// The place of the old position that the new one at this place repeats.
    pub(super) fn of(&self, new: usize) -> Option<usize> {
        self.of_new.get(&new).copied()
    }

    /// Whether the old position at this place is repeated.
    pub(super) fn has(&self, old: usize) -> bool {
        self.old.contains(&old)
    }
}

/// All pairs that are alike, the best first.
///
/// Two sets of which half is common share one of the rarest words of each (the prefix filter of
/// Chaudhuri, Ganti and Kaushik 2006), so that few pairs are looked at.
fn alike(old: &[ArchivedPosition], new: &[ArchivedPosition]) -> Vec<(usize, usize)> {
    let (old_words, new_words) = words_of(old, new);
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (after, words) in new_words.iter().enumerate() {
        for word in rarest(words) {
            places.entry(*word).or_default().push(after);
        }
    }
    let mut found = Vec::new();
    for (before, (words, first)) in old_words.iter().zip(old).enumerate() {
        let candidates: BTreeSet<usize> =
            rarest(words).iter().filter_map(|word| places.get(word)).flatten().copied().collect();
        for after in candidates {
            if let Some((second, others)) = new.get(after).zip(new_words.get(after)) {
                let likeness = jaccard(words, others);
                if likeness >= REPEATED {
                    found.push((first.issue == second.issue, likeness, before, after));
                }
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    found.into_iter().map(|(_, _, before, after)| (before, after)).collect()
}

/// As many of the rarest words as a set can lack and still have half in common with another, and one.
fn rarest(words: &[usize]) -> &[usize] {
    let wanted = (words.len() as f64 * REPEATED).ceil() as usize;
    words.get(..(words.len() + 1).saturating_sub(wanted).min(words.len())).unwrap_or_default()
}

/// The words of each position as numbers in order, the rarest of both sides first.
fn words_of(old: &[ArchivedPosition], new: &[ArchivedPosition]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let of = |all: &[ArchivedPosition]| all.iter().map(|held| words(&held.text)).collect::<Vec<_>>();
    let (old, new) = (of(old), of(new));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in old.iter().chain(&new).flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut by_count: Vec<(usize, &str)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    by_count.sort_unstable();
    let numbers: BTreeMap<&str, usize> =
        by_count.iter().enumerate().map(|(n, (_, word))| (*word, n)).collect();
    let numbered = |all: &[BTreeSet<String>]| {
        let of_one = |words: &BTreeSet<String>| {
            let mut found: Vec<usize> =
                words.iter().filter_map(|word| numbers.get(word.as_str()).copied()).collect();
            found.sort_unstable();
            found
        };
        all.iter().map(of_one).collect()
    };
    (numbered(&old), numbered(&new))
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Jaccard's coefficient of two sets in order: 0 to 1, 0 where both are empty.
fn jaccard(a: &[usize], b: &[usize]) -> f64 {
    let (mut common, mut rest) = (0_usize, b);
    for word in a {
        let smaller = rest.iter().take_while(|other| *other < word).count();
        rest = rest.get(smaller..).unwrap_or_default();
        common += usize::from(rest.first() == Some(word));
    }
    let either = a.len() + b.len() - common;
    if either == 0 { 0.0 } else { common as f64 / either as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::changes::tests::held;
    use super::*;

    #[test]
    fn half_of_all_words_in_common_is_a_repetition() {
        // 3 of 6: 1, 2, 3 of 1, 2, 3, 4, 5, 6.
        assert_eq!(jaccard(&[1, 2, 3, 4], &[1, 2, 3, 5, 6]), 0.5);
        assert_eq!(jaccard(&[1, 2, 3, 4, 5], &[1, 3, 5, 9]), 0.5);
        assert_eq!((jaccard(&[], &[]), jaccard(&[1], &[])), (0.0, 0.0));
        assert_eq!(alike(&[held("", "a b c d")], &[held("", "A, b; c e f")]), [(0, 0)]);
        assert!(alike(&[held("", "a b c d")], &[held("", "a b e f g")]).is_empty());
        assert!(alike(&[held("", "")], &[held("", "")]).is_empty());
    }

    #[test]
    fn a_position_is_repeated_once_by_what_is_most_like_it() {
        let old = [held("", "the levy is too high"), held("", "the levy is too high for us")];
        let repeats = Repeats::new(&old, &[held("", "the levy is too high for us")]);
        assert_eq!((repeats.of(0), repeats.has(0), repeats.has(1)), (Some(1), false, true));
    }

    proptest! {
        #[test]
        fn no_pair_is_missed_for_speed(
            old in prop::collection::vec("[a-f]( [a-f]){0,6}", 0..8),
            new in prop::collection::vec("[a-f]( [a-f]){0,6}", 0..8),
        ) {
            let sides = [&old, &new].map(|all| all.iter().map(|text| held("", text)).collect::<Vec<_>>());
            let mut found = alike(&sides[0], &sides[1]);
            found.sort_unstable();
            let (a, b) = words_of(&sides[0], &sides[1]);
            let pairs = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
            let expected: Vec<_> = pairs.filter(|(i, j)| jaccard(&a[*i], &b[*j]) >= REPEATED).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
