//! The one format of all word lists: sections of lines.
//!
//! `[name]` opens a section and a line that begins with `#` is a comment. What a line of a section holds
//! is said by its [`Form`](super::Form): words between white space, a phrase, phrases divided by `;`, a
//! strength and a phrase, or a key and a value.

/// A line of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// Number of the line in its list, from 1.
    pub number: usize,
    /// What it says, without white space at its end.
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// The words between white space.
    pub fn words(self) -> impl Iterator<Item = &'t str> {
        self.text.split_whitespace()
    }

    /// The phrases divided by semicolons.
    pub fn phrases(self) -> impl Iterator<Item = &'t str> {
        self.text.split(';').map(str::trim).filter(|phrase| !phrase.is_empty())
    }

    /// What stands before and after the tab, if there is one.
    pub fn pair(self) -> Option<(&'t str, &'t str)> {
        self.text.split_once('\t')
    }

    /// The strength and the phrase of a `strength<TAB>phrase` line.
    pub fn weighted(self) -> Option<(f64, &'t str)> {
        let (strength, phrase) = self.pair()?;
        Some((strength.parse().ok()?, phrase))
    }
}

/// A section: its name and its lines without comments and empty lines.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section<'t> {
    name: &'t str,
    lines: Vec<Line<'t>>,
}

/// The sections of a list in its order. A name may stand more than once: its lines then add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sections<'t>(Vec<Section<'t>>);

impl<'t> Sections<'t> {
    /// The sections of a list; lines before the first are those of a section without a name.
    pub fn parse(list: &'t str) -> Self {
        let mut sections: Vec<Section<'t>> = Vec::new();
        for (number, line) in (1..).zip(list.lines()) {
            let text = line.trim_end();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                sections.push(Section { name, lines: Vec::new() });
                continue;
            }
            if sections.is_empty() {
                sections.push(Section { name: "", lines: Vec::new() });
            }
            if let Some(section) = sections.last_mut() {
                section.lines.push(Line { number, text });
            }
        }
        Sections(sections)
    }

    /// Each section in the order of the list: its name and its lines.
    pub fn iter(&self) -> impl Iterator<Item = (&'t str, &[Line<'t>])> {
        self.0.iter().map(|section| (section.name, section.lines.as_slice()))
    }

    /// Whether there is a section of that name, with lines or without.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|section| section.name == name)
    }

    /// The lines of a section.
    pub fn lines(&self, name: &str) -> impl Iterator<Item = Line<'t>> {
        self.0.iter().filter(move |section| section.name == name).flat_map(|section| &section.lines).copied()
    }

    /// The words of a section.
    pub fn words(&self, name: &str) -> impl Iterator<Item = &'t str> {
        self.lines(name).flat_map(Line::words)
    }

    /// The phrases of a section that has one a line.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &'t str> {
        self.lines(name).map(|line| line.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "loose\n# comment\n[words]\none two \nthree\n\n[empty]\n[phrases]\na b; c;\n[words]\nfour\n[cues]\n0.5\tx y\n";

    #[test]
    fn a_list_is_read_as_sections_of_lines_with_their_numbers() {
        let sections = Sections::parse(LIST);
        assert_eq!(sections.words("words").collect::<Vec<_>>(), ["one", "two", "three", "four"]);
        assert_eq!(sections.lines("words").map(|line| line.number).collect::<Vec<_>>(), [4, 5, 11]);
        assert_eq!(sections.texts("words").next(), Some("one two"));
        assert_eq!(sections.texts("").collect::<Vec<_>>(), ["loose"]);
        assert_eq!(sections.lines("phrases").flat_map(Line::phrases).collect::<Vec<_>>(), ["a b", "c"]);
        assert_eq!(sections.lines("cues").filter_map(Line::weighted).collect::<Vec<_>>(), [(0.5, "x y")]);
        assert_eq!(sections.iter().count(), 6);
    }

    #[test]
    fn a_section_without_lines_is_there_and_an_unknown_one_is_not() {
        let sections = Sections::parse(LIST);
        assert!(sections.has("empty") && !sections.has("comment"));
        assert_eq!(sections.lines("empty").count() + sections.lines("comment").count(), 0);
    }

    #[test]
    fn what_has_another_form_is_not_read_as_a_strength_or_a_pair() {
        let line = |text| Line { number: 1, text };
        assert_eq!(line("strong\tx").weighted(), None);
        assert_eq!(line("0.5 x").weighted(), None);
        assert_eq!(line("don't\tdo not").pair(), Some(("don't", "do not")));
    }
}
