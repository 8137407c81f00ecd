//! The parts of a Word document that are the same for all, and what stands in them.

use std::fmt::Write;

use super::super::origin::CREATOR;

pub(super) const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    "</Types>",
);

pub(super) const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    "</Relationships>",
);

pub(super) const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    "</Relationships>",
);

pub(super) const DOCUMENT_BEGINS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
);

/// A4 with margins of 2 cm, in twentieths of a point.
pub(super) const DOCUMENT_ENDS: &str = concat!(
    r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>"#,
    r#"<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>"#,
    "</w:sectPr></w:body></w:document>",
);

/// What is between the margins, in twentieths of a point.
pub(super) const ROWS_WIDTH: usize = 11906 - 2 * 1134;

/// The title, who made it and the language.
pub(super) fn properties(title: &str, language: &str) -> String {
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
        r#"xmlns:dc="http://purl.org/dc/elements/1.1/">"#,
    ));
    let _ = write!(out, "<dc:title>{}</dc:title><dc:creator>{CREATOR}</dc:creator>", escape(title));
    if !language.is_empty() {
        let _ = write!(out, "<dc:language>{}</dc:language>", escape(language));
    }
    out.push_str("</cp:coreProperties>");
    out
}

/// A paragraph style: its identifier, what Word calls it, what its paragraphs and its letters are like.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    letters: &'static str,
}

const STYLES: &[Style] = &[
    Style {
        id: "Title",
        name: "Title",
        paragraph: r#"<w:spacing w:after="120"/>"#,
        letters: r#"<w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="40"/>"#,
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        paragraph: r#"<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>"#,
        letters: r#"<w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/>"#,
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        paragraph: r#"<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>"#,
        letters: r#"<w:b/><w:bCs/><w:sz w:val="26"/><w:szCs w:val="26"/>"#,
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        paragraph: r#"<w:keepNext/><w:spacing w:before="160" w:after="60"/><w:outlineLvl w:val="2"/>"#,
        letters: r#"<w:b/><w:bCs/><w:color w:val="444444"/>"#,
    },
    Style {
        id: "Quote",
        name: "Quote",
        paragraph: r#"<w:keepNext/><w:keepLines/><w:spacing w:before="60" w:after="0"/><w:ind w:start="340" w:end="340"/>"#,
        letters: "",
    },
    Style {
        id: "Source",
        name: "Source of a quotation",
        paragraph: r#"<w:spacing w:after="120"/><w:ind w:start="340" w:end="340"/>"#,
        letters: r#"<w:color w:val="555555"/><w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    },
    Style { id: "Cell", name: "Cell", paragraph: r#"<w:spacing w:after="0"/>"#, letters: "" },
];

/// The styles; `language` is that of the document.
pub(super) fn styles(language: &str) -> String {
    let language = if language.is_empty() { "en" } else { language };
    let language = escape(language);
    let mut out = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>"#,
        r#"<w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/>"#,
        r#"<w:sz w:val="21"/><w:szCs w:val="21"/>"#,
    ));
    // What the program itself writes is English.
    let _ = write!(
        out,
        "<w:lang w:val=\"en\" w:eastAsia=\"{language}\" w:bidi=\"{language}\"/></w:rPr></w:rPrDefault>"
    );
    out.push_str(r#"<w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#);
    out.push_str(
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#,
    );
    for Style { id, name, paragraph, letters } in STYLES {
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        );
    }
    out.push_str(
        r#"<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>"#,
    );
    for side in ["top", "start", "bottom", "end", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"999999\"/>");
    }
    out.push_str(concat!(
        "</w:tblBorders>",
        r#"<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:start w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>"#,
        r#"<w:end w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#,
    ));
    out
}

/// Text in XML 1.0; characters that it cannot hold are `\u{fffd}`.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if u32::from(c) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
