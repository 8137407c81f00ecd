//! Fonts of PDF documents: which characters their codes stand for, and how wide these are (ISO 32000-1, 9.6 to 9.10).

use std::cell::RefCell;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::direction::is_right_to_left;
use super::encodings::{self, Base};
use super::{unpack, widths};

/// Most bytes of a font's table of characters.
const MAX_TABLE: usize = 1 << 22;
/// Most characters of a font that are kept: more than a page of ideographs has.
const MAX_KNOWN: usize = 4096;

/// A character that is shown.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// What it is; empty where the font does not say.
    pub text: String,
    /// How far the next one stands from it, as a part of the font's size.
    pub width: f64,
    /// Whether it is the code 32 of one byte, to which word spacing is added.
    pub is_space: bool,
    /// Whether it is letters that are read from right to left.
    pub is_reversed: bool,
}

/// A font, as far as text needs it.
pub(super) struct Font {
    codes: Codes,
    to_unicode: Option<CMap>,
    widths: FxHashMap<u32, f64>,
    /// The width of characters that are not listed; `None` where it is that of the font of this name.
    default_width: Option<f64>,
    name: Vec<u8>,
    /// The characters of codes that were shown before: a document shows each many times.
    known: RefCell<Known>,
}

/// The characters of codes, by the code and its length in bytes.
#[derive(Default)]
struct Known {
    /// Those of the codes of one byte, which most fonts have.
    of_bytes: Vec<Option<Shown>>,
    others: FxHashMap<(u32, usize), Shown>,
}

impl Known {
    fn of_byte(&self, code: u8) -> Option<&Shown> {
        self.of_bytes.get(usize::from(code))?.as_ref()
    }

    fn get(&self, code: u32, length: usize) -> Option<&Shown> {
        match length {
            1 => self.of_byte(u8::try_from(code).ok()?),
            _ => self.others.get(&(code, length)),
        }
    }

    fn insert(&mut self, code: u32, length: usize, shown: Shown) {
        if length == 1 && code < 256 {
            self.of_bytes.resize_with(256, || None);
            if let Some(slot) = self.of_bytes.get_mut(code as usize) {
                *slot = Some(shown);
            }
        } else if self.others.len() < MAX_KNOWN {
            self.others.insert((code, length), shown);
        }
    }
}

/// How bytes are divided into codes and what these stand for.
enum Codes {
    /// A byte each, by a table.
    Simple(Vec<Option<String>>),
    /// Two bytes each, which stand for nothing by themselves.
    Pairs,
    /// Two bytes each, which are UTF-16.
    Utf16,
    /// As many bytes each as the encoding of a script has.
    Script(&'static encoding_rs::Encoding),
    /// As a table within the document divides them.
    Table(Box<CMap>),
}

impl Font {
    /// The font that a dictionary describes.
    pub(super) fn new(dict: &Dict) -> Font {
        let to_unicode = dict.get::<Stream>("ToUnicode").and_then(|table| parse_table(&table));
        match dict.get::<Name>("Subtype").as_deref() {
            Some(b"Type0") => composite(dict, to_unicode),
            _ => simple(dict, to_unicode),
        }
    }

    /// Gives the characters that a string of codes shows, one after the other.
    pub(super) fn decode(&self, bytes: &[u8], mut each: impl FnMut(&Shown)) {
        let mut known = self.known.borrow_mut();
        let mut rest = bytes;
        let is_simple = matches!(self.codes, Codes::Simple(_));
        loop {
            // Nearly all characters are of such a font, and were shown before.
            while is_simple && let Some(shown) = rest.first().and_then(|&byte| known.of_byte(byte)) {
                each(shown);
                rest = rest.get(1..).unwrap_or(&[]);
            }
            let Some((code, length)) = self.next_code(rest) else { break };
            let (here, after) = rest.split_at(length.clamp(1, rest.len()));
            rest = after;
            if let Some(shown) = known.get(code, here.len()) {
                each(shown);
                continue;
            }
            let shown = self.shown(code, here);
            each(&shown);
            known.insert(code, here.len(), shown);
        }
    }

    /// The character that a code shows.
    fn shown(&self, code: u32, bytes: &[u8]) -> Shown {
        let text = self.text_of(code, bytes);
        let listed = self.widths.get(&self.width_key(code, bytes)).copied().or(self.default_width);
        let width = listed.unwrap_or_else(|| widths::of(&self.name, &text));
        let is_reversed = !text.is_ascii() && text.chars().all(is_right_to_left);
        Shown { text, width, is_space: bytes == b" ", is_reversed }
    }

    /// The first code of a string and how many bytes it has.
    fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let first = u32::from(*bytes.first()?);
        let pair = bytes.get(1).map_or(first, |&second| first << 8 | u32::from(second));
        Some(match &self.codes {
            Codes::Simple(_) => (first, 1),
            Codes::Pairs | Codes::Utf16 => (pair, 2),
            Codes::Script(_) if first < 0x80 => (first, 1),
            Codes::Script(_) => (pair, 2),
            Codes::Table(table) => {
                let of_length = |length: usize| {
                    let code = bytes.get(..length)?.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
                    table.lookup_cid_code(code, length as u8).map(|_| (code, length))
                };
                (1..=4).find_map(of_length).unwrap_or((pair, 2))
            }
        })
    }

    /// The number under which the width of a code is listed.
    fn width_key(&self, code: u32, bytes: &[u8]) -> u32 {
        match &self.codes {
            Codes::Table(table) => table.lookup_cid_code(code, bytes.len() as u8).unwrap_or(code),
            _ => code,
        }
    }

    /// The text of a code.
    fn text_of(&self, code: u32, bytes: &[u8]) -> String {
        let listed = self.to_unicode.as_ref().and_then(|table| table.lookup_bf_string(code));
        let listed = listed.map(|text| match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        let is_text = |text: &String| !text.chars().all(|c| c.is_control() || is_private(c));
        let text = listed.filter(is_text).or_else(|| self.implied_text(code, bytes)).unwrap_or_default();
        if text.contains(is_ligature) { text.nfkc().collect() } else { text }
    }

    /// The text of a code by the font's encoding.
    fn implied_text(&self, code: u32, bytes: &[u8]) -> Option<String> {
        match &self.codes {
            Codes::Simple(table) => table.get(code as usize)?.clone(),
            Codes::Utf16 => char::from_u32(code).map(String::from),
            Codes::Script(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(std::borrow::Cow::into_owned),
            Codes::Pairs | Codes::Table(_) => None,
        }
    }
}

/// Whether a character is two or three Latin letters in one sign: a matter of the typeface, not of the text.
fn is_ligature(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB06}')
}

/// Whether a character is of those that stand for nothing outside their font.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// A font whose codes are bytes.
fn simple(dict: &Dict, to_unicode: Option<CMap>) -> Font {
    let mut widths = FxHashMap::default();
    let first = dict.get::<Number>("FirstChar").map_or(0, |n| n.as_i64().clamp(0, 255) as u32);
    // The widths of fonts that are drawn by the document have a scale of their own.
    let scale = dict
        .get::<Array>("FontMatrix")
        .and_then(|matrix| matrix.iter::<Number>().next())
        .map_or(0.001, |n| n.as_f64().abs());
    if let Some(listed) = dict.get::<Array>("Widths") {
        let numbered = (first..=255).zip(listed.iter::<Number>());
        widths.extend(numbered.map(|(code, width)| (code, width.as_f64() * scale)));
    }
    let descriptor = dict.get::<Dict>("FontDescriptor");
    let missing = descriptor.and_then(|d| d.get::<Number>("MissingWidth")).map(|n| n.as_f64() * scale);
    let default_width = if widths.is_empty() { None } else { missing };
    let name = dict.get::<Name>("BaseFont").map_or(Vec::new(), |name| name.to_vec());
    Font {
        codes: Codes::Simple(simple_table(dict)),
        to_unicode,
        widths,
        default_width,
        name,
        known: RefCell::default(),
    }
}

/// What each byte stands for.
fn simple_table(dict: &Dict) -> Vec<Option<String>> {
    let named = |name: Name| Base::of_name(&name);
    let (base, differences) = match dict.get::<Object>("Encoding") {
        Some(Object::Name(name)) => (named(name), None),
        Some(Object::Dict(encoding)) => {
            (encoding.get::<Name>("BaseEncoding").and_then(named), encoding.get::<Array>("Differences"))
        }
        _ => (None, None),
    };
    let base = base.unwrap_or(Base::Standard);
    let mut table: Vec<Option<String>> = (0..=255).map(|code| base.text(code)).collect();
    let mut at = 0;
    for entry in differences.iter().flat_map(|differences| differences.iter::<Object>()) {
        match entry {
            Object::Number(code) => at = usize::try_from(code.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(at) {
                    *slot = encodings::glyph_text(name.as_str());
                }
                at = at.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}

/// A font whose codes have several bytes.
fn composite(dict: &Dict, to_unicode: Option<CMap>) -> Font {
    let codes = match dict.get::<Object>("Encoding") {
        Some(Object::Name(name)) => match encodings::of_script(&name) {
            Some(encoding) if encoding == encoding_rs::UTF_16BE => Codes::Utf16,
            Some(encoding) => Codes::Script(encoding),
            None => Codes::Pairs,
        },
        Some(Object::Stream(table)) => {
            parse_table(&table).map_or(Codes::Pairs, |table| Codes::Table(Box::new(table)))
        }
        _ => Codes::Pairs,
    };
    let descendant = dict.get::<Array>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict>().next());
    let default_width =
        descendant.as_ref().and_then(|font| font.get::<Number>("DW")).map_or(1.0, |n| n.as_f64() / 1000.0);
    let listed = descendant.as_ref().and_then(|font| font.get::<Array>("W"));
    let widths = listed.map(|w| wide_widths(&w)).unwrap_or_default();
    Font {
        codes,
        to_unicode,
        widths,
        default_width: Some(default_width),
        name: Vec::new(),
        known: RefCell::default(),
    }
}

/// Widths as composite fonts list them: `first [w w w]` and `first last w`.
fn wide_widths(listed: &Array) -> FxHashMap<u32, f64> {
    let mut widths = FxHashMap::default();
    let mut numbers: Vec<f64> = Vec::new();
    for entry in listed.iter::<Object>() {
        match (entry, numbers.as_slice()) {
            (Object::Array(row), &[first]) => {
                let codes = first as u32..;
                widths.extend(codes.zip(row.iter::<Number>()).map(|(code, w)| (code, w.as_f64() / 1000.0)));
                numbers.clear();
            }
            (Object::Number(width), &[first, last]) => {
                // A damaged range must not fill the memory: codes have two bytes.
                let codes = first as u32..=(last as u32).min(0xFFFF);
                widths.extend(codes.map(|code| (code, width.as_f64() / 1000.0)));
                numbers.clear();
            }
            (Object::Number(number), _) => numbers.push(number.as_f64()),
            _ => numbers.clear(),
        }
    }
    widths
}

fn parse_table(table: &Stream) -> Option<CMap> {
    CMap::parse(&unpack(table, MAX_TABLE)?, |_| None)
}
