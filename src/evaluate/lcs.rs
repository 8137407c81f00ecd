//! Longest common subsequences with a bit per cell of the table.
//!
//! Row `i` of the table of lengths `t` is kept as bits: bit `j` is 0 where `t[i][j+1]` is one more
//! than `t[i][j]`. A row follows from the one before by an addition: Hyyrö, H. (2004): Bit-parallel
//! LCS-length computation revisited. *15th Australasian Workshop on Combinatorial Algorithms*.

use rustc_hash::FxHashMap;

/// A sequence that others are compared with: for each element the places where it stands, ascending.
#[derive(Debug)]
pub(super) struct Places<'a> {
    sequence: &'a [u32],
    blocks: usize,
    of: FxHashMap<u32, Vec<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sequence: &'a [u32]) -> Self {
        let mut of: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (place, &element) in sequence.iter().enumerate() {
            of.entry(element).or_default().push(place);
        }
        Places { sequence, blocks: sequence.len().div_ceil(64), of }
    }

    /// Length of a longest common subsequence; memory grows with the length of this side.
    pub(super) fn common_length(&self, other: &[u32]) -> usize {
        let mut row = vec![u64::MAX; self.blocks];
        for element in other {
            self.advance(&mut row, *element);
        }
        ones_missing(&row, self.sequence.len())
    }

    /// Marks in `kept` the places of `other` that are in one longest common subsequence.
    ///
    /// Of several, the one is marked that is found from the end by taking equal elements, else
    /// stepping back in `self` where that alone keeps the length, else stepping back in `other`.
    pub(super) fn mark_common(&self, other: &[u32], kept: &mut [bool]) {
        let mut rows = vec![u64::MAX; self.blocks * (other.len() + 1)];
        for (i, element) in other.iter().enumerate() {
            let (before, after) = rows.split_at_mut((i + 1) * self.blocks);
            let row = &mut after[..self.blocks];
            row.copy_from_slice(&before[i * self.blocks..]);
            self.advance(row, *element);
        }
        let length = |i: usize, j: usize| ones_missing(&rows[i * self.blocks..(i + 1) * self.blocks], j);
        let (mut i, mut j) = (other.len(), self.sequence.len());
        while i > 0 && j > 0 {
            if other[i - 1] == self.sequence[j - 1] {
                kept[i - 1] = true;
                i -= 1;
                j -= 1;
            } else if length(i, j - 1) > length(i - 1, j) {
                j -= 1;
            } else {
                i -= 1;
            }
        }
    }

    /// The row after `row` for a further element.
    fn advance(&self, row: &mut [u64], element: u32) {
        let Some(places) = self.of.get(&element) else { return };
        let mut places = places.iter().peekable();
        let mut carry = false;
        for (block, bits) in row.iter_mut().enumerate() {
            let mut here = 0;
            while let Some(place) = places.next_if(|&place| place / 64 == block) {
                here |= 1 << (place % 64);
            }
            let matched = *bits & here;
            let (sum, first) = bits.overflowing_add(matched);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !here);
        }
    }
}

/// Number of zeros among the first `length` bits.
fn ones_missing(bits: &[u64], length: usize) -> usize {
    let (full, rest) = (length / 64, length % 64);
    let whole: u32 = bits[..full].iter().map(|block| block.count_zeros()).sum();
    let part = if rest == 0 { 0 } else { (!bits[full] & ((1 << rest) - 1)).count_ones() };
    (whole + part) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook table, to hold the bits against.
    fn table(rows: &[u32], columns: &[u32]) -> Vec<Vec<usize>> {
        let mut table = vec![vec![0; columns.len() + 1]; rows.len() + 1];
        for i in 1..=rows.len() {
            for j in 1..=columns.len() {
                table[i][j] = if rows[i - 1] == columns[j - 1] {
                    table[i - 1][j - 1] + 1
                } else {
                    table[i - 1][j].max(table[i][j - 1])
                };
            }
        }
        table
    }

    fn marked_by_table(rows: &[u32], columns: &[u32]) -> Vec<bool> {
        let table = table(rows, columns);
        let mut kept = vec![false; rows.len()];
        let (mut i, mut j) = (rows.len(), columns.len());
        while i > 0 && j > 0 {
            if rows[i - 1] == columns[j - 1] {
                kept[i - 1] = true;
                (i, j) = (i - 1, j - 1);
            } else if table[i][j - 1] > table[i - 1][j] {
                j -= 1;
            } else {
                i -= 1;
            }
        }
        kept
    }

    proptest! {
        #[test]
        fn bits_agree_with_the_table(
            rows in prop::collection::vec(0u32..6, 0..90),
            columns in prop::collection::vec(0u32..6, 0..200),
        ) {
            let places = Places::new(&columns);
            let expected = marked_by_table(&rows, &columns);
            let mut kept = vec![false; rows.len()];
            places.mark_common(&rows, &mut kept);
            prop_assert_eq!(places.common_length(&rows), expected.iter().filter(|k| **k).count());
            prop_assert_eq!(kept, expected);
        }
    }
}
