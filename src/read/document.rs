//! A source as the formats see it: its bytes, its decoded text, and what is seen of that.

use std::sync::OnceLock;

use super::companion::Companion;
use super::sample;
use super::view::{self, View};
use crate::model::Session;

/// A source as the formats see it.
#[derive(Debug)]
pub struct Document<'a> {
    /// Path as the user gave it; `-` for standard input.
    pub path: &'a str,
    /// The bytes as they are.
    pub bytes: &'a [u8],
    /// The decoded text with `\n` for `\r\n` and `\r`, without invisible characters at line starts.
    pub text: String,
    /// Files beside it that complete it.
    pub companions: &'a [Companion],
    view: OnceLock<View>,
    /// What stands for the text in detection, with its view; none where that is the whole text.
    sample: OnceLock<Option<(String, View)>>,
    /// Set where the sample tells no format, so that detection looks at the whole text.
    is_sample_too_small: OnceLock<()>,
    /// The parsed page of a document in HTML: detection and reading share it.
    #[cfg(feature = "html")]
    pub(super) page: OnceLock<Result<super::html::Page, String>>,
    /// What the pages of a PDF document show: reading it and counting its words share it.
    #[cfg(feature = "pdf")]
    pub(super) pages: OnceLock<Result<super::pdf::Extract, super::pdf::Refused>>,
}

impl<'a> Document<'a> {
    /// A source with its decoded text, as [`super::text`] gives it.
    pub fn new(path: &'a str, bytes: &'a [u8], text: String) -> Self {
        Document {
            path,
            bytes,
            text,
            companions: &[],
            view: OnceLock::new(),
            sample: OnceLock::new(),
            is_sample_too_small: OnceLock::new(),
            #[cfg(feature = "html")]
            page: OnceLock::new(),
            #[cfg(feature = "pdf")]
            pages: OnceLock::new(),
        }
    }

    /// The same source with files beside it that complete it.
    pub(super) fn with(self, companions: &'a [Companion]) -> Self {
        Document { companions, ..self }
    }

    pub(super) fn view(&self) -> &View {
        self.view.get_or_init(|| View::of(&self.text))
    }

    /// What is seen of the text: where the line formats look for labels, headings and marks.
    pub fn seen(&self) -> &str {
        self.view().text(&self.text)
    }

    /// What is seen of the parts by which the line formats tell whether a text is theirs: all of it, unless it is long.
    pub(super) fn sample(&self) -> &str {
        if self.is_sample_too_small.get().is_some() {
            return self.seen();
        }
        let sample = self.sample.get_or_init(|| {
            let parts = sample::of(&self.text)?;
            let view = View::of(&parts);
            Some((parts, view))
        });
        sample.as_ref().map_or_else(|| self.seen(), |(parts, view)| view.text(parts))
    }

    /// Makes all of the text the sample; whether it was not before.
    pub(super) fn sample_all(&self) -> bool {
        let is_part = self.sample.get().is_some_and(Option::is_some);
        is_part && self.is_sample_too_small.set(()).is_ok()
    }

    /// What stands in the text for a part of [`Document::seen`].
    pub(super) fn original(&self, part: &str) -> &str {
        let start = (part.as_ptr() as usize).saturating_sub(self.seen().as_ptr() as usize);
        self.text.get(self.view().place(start..start + part.len())).unwrap_or("")
    }

    /// Makes lines of what is seen into lines of the source.
    pub(super) fn lead_back(&self, session: &mut Session) {
        if let Some(numbers) = self.view().line_numbers(&self.text) {
            view::lead_back(session, |line| numbers.get(line.checked_sub(1)?).copied());
        }
    }

    /// Name of the file without folder and extension; `session` for standard input.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or("");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
        if stem.is_empty() || stem == "-" { "session" } else { stem }
    }

    pub(super) fn extension(&self) -> String {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or("");
        name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
    }
}
