//! Writing markup: the one place where text and attributes of a picture are escaped.

use std::fmt::{Display, Write};

/// Attributes with their values, escaped when they are written. The names are ours.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

/// Markup that grows; the names of elements and attributes are ours, all else is escaped.
#[derive(Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Opens an element, to be closed with [`Markup::close`].
    pub(super) fn open(&mut self, name: &str, attributes: Attributes) {
        self.start(name, attributes);
        self.0.push('>');
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.start(name, attributes);
        self.0.push_str("/>");
    }

    /// An element with text in it.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes, text: &str) {
        self.open(name, attributes);
        escape(text, &mut self.0);
        self.close(name);
    }

    /// A shape that says what it is where a pointer rests on it.
    pub(super) fn named(&mut self, shape: &str, attributes: Attributes, name: &str) {
        self.open(shape, attributes);
        self.text("title", &[], name);
        self.close(shape);
    }

    /// Adds what another has written.
    pub(super) fn append(&mut self, other: &Markup) {
        self.0.push_str(&other.0);
    }

    /// All that was written.
    pub(super) fn finish(self) -> String {
        self.0
    }

    fn start(&mut self, name: &str, attributes: Attributes) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            escape(&value.to_string(), &mut self.0);
            self.0.push('"');
        }
    }
}

/// Writes text so that it is text in XML and in HTML, between tags and between quotation marks.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '`' => out.push_str("&#96;"),
            '\t' | '\n' | '\r' => out.push(' '),
            character if is_xml(character) => out.push(character),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Whether XML 1.0 allows the character (section 2.2), controls left out.
fn is_xml(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// A place or length in a picture, to a tenth.
pub(super) fn px(value: f64) -> String {
    rounded(value, 1)
}

/// A place or length across a picture that follows the page, in per cent to a hundredth.
pub(super) fn across(share: f64) -> String {
    format!("{}%", rounded(100.0 * share, 2))
}

fn rounded(value: f64, decimals: usize) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{value:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_stay_text() {
        let mut markup = Markup::default();
        markup.text("title", &[("class", &"a\" onload='x'")], "</title><script>&amp;`\u{0}\n");
        assert_eq!(
            markup.finish(),
            "<title class=\"a&quot; onload=&#39;x&#39;\">&lt;/title&gt;&lt;script&gt;&amp;amp;&#96;\u{fffd} </title>"
        );
    }

    #[test]
    fn places_are_rounded_and_short() {
        assert_eq!(px(12.04), "12");
        assert_eq!(px(12.06), "12.1");
        assert_eq!(px(-0.01), "0");
        assert_eq!(px(0.0), "0");
        assert_eq!(px(100.0), "100");
        assert_eq!(across(1.0 / 3.0), "33.33%");
        assert_eq!(across(1.0), "100%");
    }
}
