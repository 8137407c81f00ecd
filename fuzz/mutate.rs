//! Random edits of seeds, the same in every run.

/// A small random number generator (xorshift), so that an input is known by its seed and number.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(0x9E37_79B9_7F4A_7C15 ^ seed.wrapping_mul(0xBF58_476D_1CE4_E5B9) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    pub(crate) fn pick<'a>(&mut self, list: &'a [Vec<u8>]) -> &'a [u8] {
        &list[self.below(list.len())]
    }
}

/// Longest stretch that an edit moves or takes away.
const LONGEST: usize = 400;

/// Most times that a stretch is repeated.
const REPEATS: usize = 60;

/// Fragments that readers treat in a special way.
#[rustfmt::skip]
const FRAGMENTS: &[&str] = &[
    ":", "\n", "\r\n", "\n\n", "**", "```\n", "~~~", "#", "|", "\"", "\\", "{", "}", "[", "]", "<", ">",
    "</", "/>", "&", "&#x", "&#0;", "--> ", "00:00:01.000", "00:00:01,000", "99:99", "<00:00:02.000>", ">> ",
    "A:", "Ann Lee:\n", "Speech speed\n", "Session transcript\n", "\u{FEFF}", "\0", "é", "\u{202E}", "：", "(",
    ")", ",", ";", "\t", "null", "1e999", "-1", "\\ud800", "Mr. ", "(spoke in French)", "<!--", "]]>",
    "<![CDATA[", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<v ", "NOTE\n", "[00:01:02] ", "(00:11):", "\u{2028}",
    "\u{85}", "who=\"#\"", "by='#x'", "\u{1F600}", "\u{301}", "\u{A0}", " ",
];

/// A seed with one to six edits.
pub(crate) fn edited(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + random.below(6) {
        let (at, end) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let (start, end) = (at.min(end), at.max(end).min(at.min(end) + LONGEST));
        match random.below(8) {
            0 => drop(bytes.drain(start..end)),
            1 => {
                let copy = bytes[start..end].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            2 if start < bytes.len() => bytes[start] = random.below(256) as u8,
            3 => bytes.truncate(at),
            4 => {
                let short = end.min(start + 40);
                let copy = bytes[start..short].repeat(1 + random.below(REPEATS));
                bytes.splice(start..short, copy);
            }
            _ => {
                let fragment = FRAGMENTS[random.below(FRAGMENTS.len())].as_bytes();
                bytes.splice(start..start, fragment.iter().copied());
            }
        }
    }
    bytes
}

/// The beginning of a seed and the end of another.
pub(crate) fn joined(first: &[u8], second: &[u8], random: &mut Random) -> Vec<u8> {
    let (end, start) = (random.below(first.len() + 1), random.below(second.len() + 1));
    [&first[..end], &second[start..]].concat()
}
