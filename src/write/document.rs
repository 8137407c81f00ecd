//! A text document before it is put into a format: headings, paragraphs, tables, quotations.

/// Words with a look of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    /// Code of the language; empty where it is that of the document.
    pub(super) language: String,
}

impl Run {
    pub(super) fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), is_bold: false, is_italic: false, language: String::new() }
    }

    pub(super) fn bold(text: impl Into<String>) -> Run {
        Run { is_bold: true, ..Run::plain(text) }
    }

    pub(super) fn italic(text: impl Into<String>) -> Run {
        Run { is_italic: true, ..Run::plain(text) }
    }

    pub(super) fn in_language(self, language: &str) -> Run {
        Run { language: language.to_owned(), ..self }
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading and its level, from 1.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// What somebody said.
    Quotation(Vec<Run>),
    /// Who said it and where, below a quotation.
    Source(String),
    /// A table: the titles of its columns, and its rows.
    Table(Vec<String>, Vec<Vec<Vec<Run>>>),
}

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextDocument {
    pub(super) title: String,
    /// Code of the language of most of what is quoted; empty where it is unknown.
    pub(super) language: String,
    pub(super) blocks: Vec<Block>,
}
