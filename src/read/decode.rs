//! From bytes to text: encodings, line ends, lines with numbers.
//!
//! A reader gets text with `\n` for `\r\n` and a lone `\r`, which is what editors count as lines; the number
//! of each line is the source's. Rarer line ends are a matter of the [`view`](super::view).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, ErrorKind, Result};
use crate::model::{has_unseen, is_invisible, is_no_break_space};

/// Largest source in bytes, and largest text that it may decode to: 512 MiB, some eighty million words.
///
/// A session is held in memory, and offsets are 32 bits wide.
pub const MAX_SOURCE_BYTES: u64 = 1 << 29;

/// A decoded source.
#[derive(Debug, Clone)]
pub(super) struct Decoded {
    /// The text, with `\n` for `\r\n` and `\r`, without byte order marks, other invisible characters and
    /// no-break spaces at line starts.
    pub text: String,
    /// Name of the encoding, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Number of characters that did not fit the encoding and were replaced.
    pub replaced: usize,
}

/// Decodes a source. Refuses binary data and what is too large, saying what to do.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded> {
    refuse_oversize(bytes.len())?;
    let (encoding, body) = sniff(bytes);
    if encoding != UTF_16LE && encoding != UTF_16BE && is_binary(body) {
        return Err(Error::new(ErrorKind::UnknownFormat("this is a binary file".into()))
            .remedy("export the transcript as text, Markdown, CSV, JSON, WebVTT, SRT, XML, HTML or DOCX"));
    }
    let (text, _) = encoding.decode_without_bom_handling(body);
    let replaced =
        if encoding == UTF_8 { count_replaced(body, &text) } else { text.matches('\u{FFFD}').count() };
    refuse_oversize(text.len())?;
    let text = without_invisible_starts(unify_line_ends(text.into_owned()));
    Ok(Decoded { text, encoding: encoding.name(), replaced })
}

fn refuse_oversize(length: usize) -> Result<()> {
    if length as u64 <= MAX_SOURCE_BYTES { Ok(()) } else { Err(too_large()) }
}

/// The refusal of a source that is larger than [`MAX_SOURCE_BYTES`].
pub fn too_large() -> Error {
    let reason = format!("it is larger than {} MiB", MAX_SOURCE_BYTES >> 20);
    Error::new(ErrorKind::Malformed { format: "transcript", reason })
        .remedy("split it into files of one session each, or of fewer sessions")
}

/// The encoding of a source, and its bytes after the byte order mark.
fn sniff(bytes: &[u8]) -> (&'static Encoding, &[u8]) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, bytes.get(mark..).unwrap_or(&[]));
    }
    if let Some(encoding) = sniff_utf16(bytes) {
        return (encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, bytes);
    }
    // A long text with a few broken bytes is broken UTF-8, not an old encoding.
    let invalid = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
    let multibyte =
        bytes.utf8_chunks().map(|c| c.valid().chars().filter(|c| !c.is_ascii()).count()).sum::<usize>();
    if multibyte > 4 * invalid {
        return (UTF_8, bytes);
    }
    if let Some(encoding) = declared(bytes) {
        return (encoding, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Deny), bytes)
}

/// The encoding that XML or HTML declares at its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let value =
        ["encoding=", "charset="].iter().find_map(|key| head.split_once(key).map(|(_, value)| value))?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))?;
    Encoding::for_label(value.get(..end)?.as_bytes()).filter(|&encoding| encoding != UTF_8)
}

/// UTF-16 without a mark: half of the bytes of mostly Latin text are zero, all on the same side.
fn sniff_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    if sample.len() < 4 {
        return None;
    }
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= pairs * 4 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 4 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes hold control characters that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(1 << 16)).unwrap_or(bytes);
    let odd = sample
        .iter()
        .filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B))
        .count();
    let is_text = sample.starts_with(b"WEBVTT"); // The standard allows null characters.
    !is_text
        && (sample.starts_with(b"%PDF-") || sample.starts_with(b"PK\x03\x04") || odd * 100 > sample.len())
}

fn count_replaced(bytes: &[u8], text: &str) -> usize {
    let shown = text.matches('\u{FFFD}').count();
    // Nearly no source has any.
    if shown == 0 {
        return 0;
    }
    let written = bytes.windows(3).filter(|w| *w == "\u{FFFD}".as_bytes()).count();
    shown.saturating_sub(written)
}

/// Makes `\r\n` and a lone `\r` into `\n`.
fn unify_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// A text without invisible characters and no-break spaces where its lines begin: a byte order mark in the
/// middle of a file that was put together from several, a mark of direction that a messenger writes before
/// each message.
fn without_invisible_starts(text: String) -> String {
    if !has_unseen(&text) {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let is_dropped = |c| is_invisible(c) || is_no_break_space(c);
        let start = line.trim_start_matches(|c| is_dropped(c) || c == ' ' || c == '\t');
        kept.extend(line.get(..line.len() - start.len()).unwrap_or("").chars().filter(|&c| !is_dropped(c)));
        kept.push_str(start);
    }
    kept
}

/// A line of a text, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Number, from 1.
    pub number: usize,
    /// Byte offset of its start in the text.
    pub start: usize,
    /// What stands on it.
    pub text: &'a str,
}

impl Line<'_> {
    /// One past its last byte in the text.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it holds nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text with `\n` as line end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split('\n').enumerate().map(move |(index, line)| {
        let this = Line { number: index + 1, start, text: line };
        start += line.len() + 1;
        this
    })
}

/// Line numbers of byte offsets.
#[derive(Debug, Default)]
pub(super) struct LineIndex(Vec<usize>);

impl LineIndex {
    /// Notes where the lines of a text begin.
    pub(super) fn new(text: &str) -> Self {
        LineIndex(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The number of the line, from 1, that a byte offset lies in.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|&start| start <= offset) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    #[test]
    fn every_encoding_people_have_becomes_the_same_text() {
        let text = "Zoë: Où est la déclaration?\nÅsa: Voilà, c'est là.\n";
        check(text.as_bytes(), text, "UTF-8");
        check(&[b"\xEF\xBB\xBF", text.as_bytes()].concat(), text, "UTF-8");
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, text, "UTF-16LE");
        check(&big, text, "UTF-16BE");
        check(&[b"\xFF\xFE", little.as_slice()].concat(), text, "UTF-16LE");
        check(&[b"\xFE\xFF", big.as_slice()].concat(), text, "UTF-16BE");
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        check(&latin, text, "windows-1252");
    }

    #[test]
    fn a_declared_encoding_is_believed_where_the_bytes_are_not_utf8() {
        let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><a>Łódź</a>";
        let (bytes, _, _) = encoding_rs::ISO_8859_2.encode(text);
        check(&bytes, text, "ISO-8859-2");
        check(text.as_bytes(), text, "UTF-8");
    }

    #[test]
    fn all_line_ends_become_line_feeds() {
        check(b"a\r\nb\rc\nd", "a\nb\nc\nd", "UTF-8");
    }

    #[test]
    fn one_broken_byte_does_not_turn_a_text_into_another_encoding() {
        let decoded =
            decode(&["Être à l’heure, dès l’été.".as_bytes(), b"\xFF", "é".as_bytes()].concat()).unwrap();
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
    }

    #[test]
    fn binary_files_are_refused_with_a_remedy() {
        for bytes in [&b"%PDF-1.7 stream"[..], b"\x7FELF\x02\x01\x01\x00\x00\x00\x00\x05\x00\x01"] {
            let message = decode(bytes).unwrap_err().to_string();
            assert!(message.contains("binary") && message.contains("export"), "{message}");
        }
    }

    #[test]
    fn lines_know_their_number_and_place() {
        let text = "a\n\nbc";
        let found: Vec<_> = lines(text).map(|l| (l.number, l.start, l.text)).collect();
        assert_eq!(found, [(1, 0, "a"), (2, 2, ""), (3, 3, "bc")]);
        let index = LineIndex::new(text);
        assert_eq!([0, 1, 2, 3, 4, 99].map(|at| index.line(at)), [1, 1, 2, 3, 3, 3]);
    }
}
