//! The pages of an SQLite file, read without SQLite, so that a damaged one hides no other.
//!
//! The format: "Database File Format", sqlite.org/fileformat2.html. Nothing here trusts a number in the
//! file: what does not fit together is no row.

use std::collections::BTreeSet;

use rusqlite::types::Value;

/// The size of pages where the head of the file does not say it: what SQLite takes by itself.
const USUAL_SIZE: usize = 4096;

/// How a file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Kinds of pages, by their first byte.
const INDEX_INTERIOR: u8 = 0x02;
const TABLE_INTERIOR: u8 = 0x05;
const INDEX_LEAF: u8 = 0x0a;
const TABLE_LEAF: u8 = 0x0d;

/// A file in pages, which are counted from 1.
#[derive(Debug)]
pub(super) struct Pages<'b> {
    bytes: &'b [u8],
    size: usize,
    usable: usize,
    /// Whether the file begins as it should, so that the numbers there mean something.
    has_head: bool,
}

/// A row or a key as it is stored; keys have the number 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) id: i64,
    pub(super) values: Vec<Value>,
}

/// What was found below a page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) cells: Vec<Cell>,
    /// Every page of the tree that could be reached.
    pub(super) pages: BTreeSet<usize>,
    /// Pages and cells that cannot be read.
    pub(super) n_lost: usize,
}

impl<'b> Pages<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Pages<'b> {
        if !bytes.starts_with(MAGIC) {
            return Pages { bytes, size: USUAL_SIZE, usable: USUAL_SIZE, has_head: false };
        }
        let size = match number(bytes, 16, 2) {
            Some(1) => 1 << 16,
            Some(size) => size,
            None => 0,
        };
        let size = if size.is_power_of_two() && size >= 512 { size } else { USUAL_SIZE };
        let reserved = bytes.get(20).map_or(0, |byte| usize::from(*byte));
        let usable = if size - reserved.min(size) >= 480 { size - reserved } else { size };
        Pages { bytes, size, usable, has_head: true }
    }

    /// How many pages there are; the last one may be cut off.
    pub(super) fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.size)
    }

    fn page(&self, page: usize) -> Option<&'b [u8]> {
        let start = page.checked_sub(1)?.checked_mul(self.size)?;
        self.bytes.get(start..start.checked_add(self.size)?)
    }

    /// A page from where its own head begins: on the first page that of the file stands before it.
    fn head(page: usize) -> usize {
        if page == 1 { 100 } else { 0 }
    }

    /// Pages that hold nothing, or what was deleted.
    pub(super) fn free(&self) -> BTreeSet<usize> {
        let mut free = BTreeSet::new();
        let mut trunk = number(self.bytes, 32, 4).filter(|_| self.has_head).unwrap_or(0);
        while trunk > 0 && free.insert(trunk) {
            let Some(page) = self.page(trunk) else { break };
            let leaves = number(page, 4, 4).unwrap_or(0).min(self.usable / 4 - 2);
            free.extend((0..leaves).filter_map(|leaf| number(page, 8 + 4 * leaf, 4)));
            trunk = number(page, 0, 4).unwrap_or(0);
        }
        free
    }

    /// The rows, or keys, of the tree with this root.
    pub(super) fn tree(&self, root: usize) -> Tree {
        let mut tree = Tree::default();
        let mut waiting = vec![root];
        while let Some(page) = waiting.pop() {
            if !tree.pages.insert(page) {
                continue;
            }
            let kind = self.page(page).and_then(|bytes| bytes.get(Self::head(page)));
            match kind.copied() {
                Some(TABLE_LEAF | INDEX_LEAF) => self.add_cells(page, &mut tree),
                Some(TABLE_INTERIOR) => waiting.extend(self.children(page)),
                Some(INDEX_INTERIOR) => {
                    waiting.extend(self.children(page));
                    self.add_cells(page, &mut tree);
                }
                _ => tree.n_lost += 1,
            }
        }
        tree
    }

    /// The cells of one page, if it is a leaf.
    pub(super) fn leaf(&self, page: usize) -> Tree {
        let kind = self.page(page).and_then(|bytes| bytes.get(Self::head(page)));
        match kind {
            Some(&(TABLE_LEAF | INDEX_LEAF)) => self.tree(page),
            _ => Tree::default(),
        }
    }

    /// The places of the cells of a page.
    fn places(&self, page: usize) -> Vec<usize> {
        let (Some(bytes), head) = (self.page(page), Self::head(page)) else { return Vec::new() };
        let is_interior = matches!(bytes.get(head), Some(&(TABLE_INTERIOR | INDEX_INTERIOR)));
        let first = head + if is_interior { 12 } else { 8 };
        let count = number(bytes, head + 3, 2).unwrap_or(0).min(self.size / 2);
        (0..count).filter_map(|cell| number(bytes, first + 2 * cell, 2)).collect()
    }

    fn children(&self, page: usize) -> Vec<usize> {
        let Some(bytes) = self.page(page) else { return Vec::new() };
        let left = self.places(page).into_iter().filter_map(|place| number(bytes, place, 4));
        left.chain(number(bytes, Self::head(page) + 8, 4)).collect()
    }

    fn add_cells(&self, page: usize, tree: &mut Tree) {
        for place in self.places(page) {
            match self.cell(page, place) {
                Some(cell) => tree.cells.push(cell),
                None => tree.n_lost += 1,
            }
        }
    }

    fn cell(&self, page: usize, place: usize) -> Option<Cell> {
        let bytes = self.page(page)?;
        let kind = *bytes.get(Self::head(page))?;
        let mut at = if kind == INDEX_INTERIOR { place + 4 } else { place };
        let length = usize::try_from(varint(bytes, &mut at)?).ok().filter(|n| *n <= self.bytes.len())?;
        let id = if kind == TABLE_LEAF { varint(bytes, &mut at)? } else { 0 };
        let local = self.local(length, kind == TABLE_LEAF);
        let mut payload = bytes.get(at..at.checked_add(local)?)?.to_vec();
        if local < length {
            let next = number(bytes, at + local, 4)?;
            self.overflow(next, length, &mut payload)?;
        }
        Some(Cell { id, values: values(&payload)? })
    }

    /// How much of a payload stands on the page itself.
    fn local(&self, length: usize, is_row: bool) -> usize {
        let usable = self.usable;
        let most = if is_row { usable - 35 } else { (usable - 12) * 64 / 255 - 23 };
        if length <= most {
            return length;
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let rest = least + (length - least) % (usable - 4);
        if rest <= most { rest } else { least }
    }

    /// Adds what stands on further pages.
    fn overflow(&self, mut page: usize, length: usize, payload: &mut Vec<u8>) -> Option<()> {
        while payload.len() < length {
            let bytes = self.page(page)?;
            let wanted = (length - payload.len()).min(self.usable - 4);
            payload.extend(bytes.get(4..4 + wanted)?);
            page = number(bytes, 0, 4)?;
        }
        Some(())
    }
}

/// A big-endian number without sign.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// A number of 1 to 9 bytes; `at` is behind it then.
fn varint(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let mut number: u64 = 0;
    for index in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if index == 8 {
            return Some((number << 8 | u64::from(byte)) as i64);
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number as i64)
}

/// The values of a record, which has nothing else in it.
fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let mut at = 0;
    let head = usize::try_from(varint(payload, &mut at)?).ok()?;
    let mut kinds = Vec::new();
    while at < head {
        kinds.push(varint(payload, &mut at)?);
    }
    (at == head).then_some(())?;
    let values =
        kinds.into_iter().map(|kind| value(payload, kind, &mut at)).collect::<Option<Vec<Value>>>()?;
    (at == payload.len()).then_some(values)
}

fn value(payload: &[u8], kind: i64, at: &mut usize) -> Option<Value> {
    let width = match kind {
        0 | 8 | 9 => 0,
        1..=4 => kind,
        5 => 6,
        6 | 7 => 8,
        12.. => (kind - 12) / 2,
        _ => return None,
    };
    let end = at.checked_add(usize::try_from(width).ok()?)?;
    let bytes = payload.get(*at..end)?;
    *at = end;
    Some(match kind {
        0 => Value::Null,
        8 | 9 => Value::Integer(kind - 8),
        7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        12.. if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
        12.. => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
        _ => {
            let sign = if bytes.first()? & 0x80 == 0 { 0 } else { -1 };
            Value::Integer(bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte)))
        }
    })
}
