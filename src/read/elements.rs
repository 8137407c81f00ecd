//! The elements of HTML by what they do to the text in them.

/// Elements around the text of a page: their words are headers.
#[cfg(feature = "html")]
pub(super) const SKIPPED: &[&str] =
    &["nav", "footer", "address", "aside", "form", "button", "menu", "dialog"];

/// Elements that hold no text of a page.
#[cfg(feature = "html")]
pub(super) const WITHOUT_TEXT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "head", "select", "iframe", "object", "canvas",
    "audio", "video",
];

/// Elements that begin and end a paragraph.
pub(super) const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "table",
    "tbody",
    "thead",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "figure",
    "figcaption",
    "hr",
    "body",
    "address",
    "details",
    "summary",
];
