//! Files that the header of a document includes (`<xi:include href="…"/>`): lists of persons and organisations that a
//! corpus keeps apart.
//!
//! Sessions that the root of a corpus includes stand outside of its header, taxonomies in `encodingDesc`; neither is
//! a list. A file is read only within the folder of the corpus, since a document must not open what it likes.

use std::borrow::Cow;

use super::super::entities::decode_entities;

/// Most folders that a path may lead up: sessions stand in the folder of the corpus or one below.
const MAX_UP: usize = 1;

/// A file that a header includes.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Include {
    /// Its path from the folder of the document: `list.xml`, `lists/a.xml`, `../list.xml`.
    Path(String),
    /// What is not read, and why.
    Refused { href: String, reason: &'static str },
}

/// The files that the header of a document includes, in its order.
pub(in super::super) fn includes(text: &str) -> Vec<Include> {
    let mut found = Vec::new();
    let mut rest = header(text);
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..).unwrap_or("");
        let length = match rest {
            _ if rest.starts_with("<!--") => end_of(rest, "-->"),
            _ if name(rest) == "encodingDesc" && !tag(rest).ends_with('/') => end_of(rest, "encodingDesc>"),
            _ => {
                found.extend(include(rest));
                1
            }
        };
        rest = rest.get(length..).unwrap_or("");
    }
    found.dedup();
    found
}

fn header(text: &str) -> &str {
    const NAME: &str = "teiHeader";
    let Some(start) = text.find(NAME) else { return "" };
    let inside = text.get(start + NAME.len()..).unwrap_or("");
    inside.find("teiHeader>").map_or(inside, |end| inside.get(..end).unwrap_or(""))
}

/// Where `end` is over, after the tag that `text` begins with.
fn end_of(text: &str, end: &str) -> usize {
    let after = tag(text).len();
    let place = text.get(after..).and_then(|rest| rest.find(end));
    place.map_or(text.len(), |at| after + at + end.len())
}

/// What stands in the tag that a text begins with; no tag holds `<`.
fn tag(text: &str) -> &str {
    let mut quote = None;
    let end = text.char_indices().skip(1).find(|&(_, c)| match quote {
        _ if c == '<' => true,
        Some(open) => {
            quote = quote.filter(|_| c != open);
            false
        }
        None => {
            quote = matches!(c, '"' | '\'').then_some(c);
            c == '>'
        }
    });
    text.get(1..end.map_or(text.len(), |(at, _)| at)).unwrap_or("")
}

/// The name of the element of a tag, without its prefix.
fn name(text: &str) -> &str {
    let whole = text.get(1..).unwrap_or("");
    let end = whole.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(whole.len());
    let name = whole.get(..end).unwrap_or("");
    name.rsplit(':').next().unwrap_or(name)
}

/// The file that a tag includes. What is included as text is no list.
fn include(text: &str) -> Option<Include> {
    if name(text) != "include" {
        return None;
    }
    let tag = tag(text);
    let href = decode_entities(attribute(tag, "href")?.trim());
    let is_text = attribute(tag, "parse").is_some_and(|parse| parse != "xml");
    if is_text || href.is_empty() || href.starts_with('#') {
        return None;
    }
    Some(match path(&href) {
        Ok(path) => Include::Path(path),
        Err(reason) => Include::Refused { href, reason },
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let quote = after.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after.trim_start().get(1..)?.split_once(quote)?;
        if before.split_whitespace().next_back() == Some(name) {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// The path that a reference stands for, without `.`, `..` in its middle, and what is written as `%20`.
fn path(href: &str) -> Result<String, &'static str> {
    let place = href.split(['#', '?']).next().unwrap_or("");
    let decoded = decode_percent(place);
    if decoded.contains('\\') || decoded.chars().any(char::is_control) {
        return Err("is not a path with “/”");
    }
    if decoded.starts_with('/') {
        return Err("is an absolute path");
    }
    if decoded.split('/').next().is_some_and(|first| first.contains(':')) {
        return Err("is a URL");
    }
    let (mut n_up, mut parts) = (0, Vec::new());
    for part in decoded.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." if parts.pop().is_some() => {}
            ".." => n_up += 1,
            _ => parts.push(part),
        }
    }
    if n_up > MAX_UP {
        return Err("leads out of the folder of the corpus");
    }
    if parts.is_empty() || decoded.ends_with('/') {
        return Err("names no file");
    }
    Ok("../".repeat(n_up) + &parts.join("/"))
}

fn decode_percent(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| (byte as char).to_digit(16));
    let (bytes, mut decoded, mut at) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let code = match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_header(inside: &str) -> Vec<Include> {
        includes(&format!(
            "<TEI><teiHeader xml:id='h'>{inside}</teiHeader><xi:include href='session.xml'/></TEI>"
        ))
    }

    #[test]
    fn lists_of_the_header_are_included_and_nothing_else_is() {
        let found = of_header(
            "<encodingDesc><xi:include href='taxonomy.xml'/></encodingDesc><!-- <xi:include href='old.xml'/> -->\
             <particDesc n='a>b'><xi:include xmlns:xi=\"x\" href = \"lists/a&amp;b.xml\" />\
             <include parse='text' href='c.txt'/><xi:include href='./x/../d%20e.xml#people'></xi:include>\
             <xi:include href='#here'/><xi:include/><included href='f.xml'/><xi:include href='../g.xml'/>",
        );
        let paths = ["lists/a&b.xml", "d e.xml", "../g.xml"].map(|path| Include::Path(path.to_owned()));
        assert_eq!(found, paths);
    }

    #[test]
    fn what_is_outside_of_the_corpus_is_refused() {
        for (href, why) in [
            ("/etc/people.xml", "absolute"),
            ("%2Fetc/people.xml", "absolute"),
            ("http://example.org/a.xml", "URL"),
            ("file:a.xml", "URL"),
            ("C:/a.xml", "URL"),
            ("..\\a.xml", "not a path"),
            ("a%00.xml", "not a path"),
            ("../../a.xml", "leads out"),
            ("a/../../%2e%2e/b.xml", "leads out"),
            ("..", "no file"),
            ("lists/", "no file"),
        ] {
            let found = of_header(&format!("<xi:include href='{href}'/>"));
            let [Include::Refused { reason, .. }] = &found[..] else { panic!("{href}: {found:?}") };
            assert!(reason.contains(why), "{href}: {reason}");
        }
    }

    #[test]
    fn broken_headers_include_what_is_whole() {
        for text in [
            "",
            "<",
            "<TEI><teiHeader",
            "<teiHeader><xi:include",
            "<teiHeader><xi:include href=",
            "<teiHeader><!--",
        ] {
            assert_eq!(includes(text), []);
        }
        assert_eq!(
            includes("<teiHeader><encodingDesc/><xi:include href='a.xml'"),
            [Include::Path("a.xml".to_owned())]
        );
    }
}
