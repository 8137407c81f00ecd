//! The elements of HTML by what they do to the text in them.

/// Whether an element stands around the text of a page: its words are headers.
#[cfg(feature = "html")]
pub(super) fn is_skipped(name: &str) -> bool {
    matches!(name, "nav" | "footer" | "address" | "aside" | "form" | "button" | "menu" | "dialog")
}

/// Whether an element holds no text of a page.
#[cfg(feature = "html")]
pub(super) fn is_without_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "head"
            | "select"
            | "iframe"
            | "object"
            | "canvas"
            | "audio"
            | "video"
    )
}

/// Whether an element begins and ends a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "section"
            | "article"
            | "main"
            | "header"
            | "blockquote"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "figure"
            | "figcaption"
            | "hr"
            | "body"
            | "address"
            | "details"
            | "summary"
    )
}
