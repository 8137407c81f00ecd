//! An order in which likes stand beside likes.
//!
//! Average-linkage clustering (Sokal and Michener 1958): the two clusters whose members are most alike on
//! average are joined until one is left. Of the four ways to lay two clusters end to end, the one whose
//! touching ends are most alike is taken. Ties go to the earlier place, so the order is always the same.

/// The order in which to show things, as indices; `alike` has a row a thing, unknown counting as 0.
pub(super) fn order(alike: &[Vec<Option<f64>>]) -> Vec<usize> {
    let likeness = |a: usize, b: usize| -> f64 {
        let known = alike.get(a).and_then(|row| row.get(b)).copied().flatten();
        known.filter(|value| value.is_finite()).unwrap_or(0.0)
    };
    let mut clusters: Vec<Vec<usize>> = (0..alike.len()).map(|index| vec![index]).collect();
    // Likeness of each two clusters, kept up to date as they are joined.
    let mut average: Vec<Vec<f64>> =
        (0..alike.len()).map(|a| (0..alike.len()).map(|b| likeness(a, b)).collect()).collect();
    while let Some((first, second)) = most_alike(&average) {
        let joined = clusters.remove(second);
        let sizes = (clusters[first].len() as f64, joined.len() as f64);
        join_averages(&mut average, first, second, sizes);
        clusters[first] = laid_together(&clusters[first], &joined, &likeness);
    }
    clusters.pop().unwrap_or_default()
}

/// The two different clusters that are most alike, the first such pair; none where there is one cluster.
fn most_alike(average: &[Vec<f64>]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize, f64)> = None;
    for (a, row) in average.iter().enumerate() {
        for (b, &value) in row.iter().enumerate().skip(a + 1) {
            if best.is_none_or(|(_, _, most)| value > most) {
                best = Some((a, b, value));
            }
        }
    }
    best.map(|(a, b, _)| (a, b))
}

/// Puts cluster `second` into `first`: the likeness to all others is the mean over their members.
fn join_averages(average: &mut Vec<Vec<f64>>, first: usize, second: usize, sizes: (f64, f64)) {
    let removed = average.remove(second);
    for row in average.iter_mut() {
        row.remove(second);
    }
    for other in 0..average.len() {
        // The row of the removed cluster still has its own place.
        let of_removed = removed[if other < second { other } else { other + 1 }];
        let mean = (sizes.0 * average[first][other] + sizes.1 * of_removed) / (sizes.0 + sizes.1);
        average[first][other] = mean;
        average[other][first] = mean;
    }
}

/// Both clusters end to end, turned so that the ends that touch are most alike.
fn laid_together(one: &[usize], other: &[usize], likeness: &dyn Fn(usize, usize) -> f64) -> Vec<usize> {
    let turned = |cluster: &[usize], turn: bool| -> Vec<usize> {
        if turn { cluster.iter().rev().copied().collect() } else { cluster.to_vec() }
    };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for (turn_one, turn_other) in [(false, false), (true, false), (false, true), (true, true)] {
        let (left, right) = (turned(one, turn_one), turned(other, turn_other));
        let touching = match (left.last(), right.first()) {
            (Some(&a), Some(&b)) => likeness(a, b),
            _ => 0.0,
        };
        if best.as_ref().is_none_or(|(most, _)| touching > *most) {
            best = Some((touching, [left, right].concat()));
        }
    }
    best.map(|(_, order)| order).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[f64]], expected: &[usize]) {
        let alike: Vec<Vec<Option<f64>>> =
            rows.iter().map(|row| row.iter().map(|&value| Some(value)).collect()).collect();
        assert_eq!(order(&alike), expected);
    }

    #[test]
    fn likes_stand_beside_likes() {
        // 0 and 2 are joined at .9, 1 and 3 at .8; of the ends, 2 and 3 are most alike (.4).
        check(
            &[&[1.0, 0.1, 0.9, 0.2], &[0.1, 1.0, 0.3, 0.8], &[0.9, 0.3, 1.0, 0.4], &[0.2, 0.8, 0.4, 1.0]],
            &[0, 2, 3, 1],
        );
        // 1 and 2 are joined at .6; 0 is as like them as (.5 + .1) / 2 = .3, and 3 as (.3 + .4) / 2 = .35,
        // so 3 is next, beside 2; 0 goes to the other end, where 1 is.
        check(
            &[&[1.0, 0.5, 0.1, 0.0], &[0.5, 1.0, 0.6, 0.3], &[0.1, 0.6, 1.0, 0.4], &[0.0, 0.3, 0.4, 1.0]],
            &[0, 1, 2, 3],
        );
    }

    #[test]
    fn ties_stay_in_their_order_and_the_unknown_does_no_harm() {
        check(&[], &[]);
        check(&[&[1.0]], &[0]);
        check(&[&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0], &[0.0, 0.0, 1.0]], &[0, 1, 2]);
        assert_eq!(order(&[vec![None, Some(f64::NAN)], vec![]]), [0, 1]);
    }
}
