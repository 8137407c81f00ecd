//! Web pages parsed in bounded time and memory: an HTML parser takes quadratic time on elements nested
//! without end, and unclosed formatting makes it copy nodes without end. So a page is parsed a little at
//! a time, and no further once it has grown too deep or too large.

use ego_tree::Tree;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};

use super::tree::{Node, Sink};

/// Most elements within each other. Browsers stop nesting at 512.
const MAX_DEPTH: usize = 4096;

/// Most elements and texts of a page.
const MAX_NODES: usize = 1_000_000;

/// Bytes that are parsed between two looks at what has grown from them.
const PART: usize = 4096;

/// How many of the youngest nodes are looked at.
const YOUNGEST: usize = 16;

/// The tree of a page; the reason where it is too deep or too large.
pub(super) fn parse(source: &str) -> Result<Tree<Node>, String> {
    let mut parser = parse_document(Sink::new(), ParseOpts::default());
    let mut rest = source;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.ceil_char_boundary(PART));
        parser.process(part.into());
        check(&parser.tokenizer.sink.sink.tree.borrow())?;
        rest = after;
    }
    Ok(parser.finish())
}

fn check(page: &Tree<Node>) -> Result<(), String> {
    let nodes = page.nodes();
    if nodes.len() > MAX_NODES {
        return Err(format!("it has more than {MAX_NODES} elements and texts"));
    }
    let is_deep =
        nodes.rev().take(YOUNGEST).any(|node| node.ancestors().take(MAX_DEPTH + 1).count() > MAX_DEPTH);
    if is_deep { Err(format!("its elements are nested more than {MAX_DEPTH} levels deep")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_people_save_are_parsed_and_hostile_ones_are_not() {
        let many = |tags: &str, n: usize| format!("<html><body>{}", tags.repeat(n));
        let hidden = |start: &str, end: &str| format!("<html><body>{start}{}{end}", "<div>".repeat(10_000));
        let numbered: String = (0..2_000).map(|n| format!("<b id={n}>")).collect();
        for (page, fine) in [
            (many("<p>one<br>two<li>three", 10_000), true),
            (many("<div><b>one</b></div>", 10_000), true),
            (many("<script>if (a<b) c('<div>')</script>", 10_000), true),
            (many("<svg><path/><g></svg>", 10_000), true),
            (many("<!-- <div> -->1 < 2", 10_000), true),
            (many("<div>", 10_000), false),
            (many("<x>", 10_000), false),
            (many("<svg><g>", 10_000), false),
            (many("<b>one<p>", 10_000), true),
            (many("<br>", 1_000_001), false),
            (hidden("<svg>", "</svg>"), false),
            (hidden("<svg><style>", "</style></svg>"), false),
            (hidden("<p title='<script>'>", "</script>"), false),
            (hidden("<!-->", "-->"), false),
            (hidden("<!x <style>", "</style>"), false),
            (format!("<p>{numbered}</p>{}", "<p>x</p>".repeat(2_000)), false),
        ] {
            let start = page.get(..60).unwrap_or(&page).to_owned();
            assert_eq!(parse(&page).is_ok(), fine, "{start}");
        }
    }
}
