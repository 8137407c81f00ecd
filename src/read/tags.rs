//! The tags of a web page, counted before it is parsed: an HTML parser takes quadratic time on
//! elements nested without end, and a node for every tag.

/// Most elements within each other. Browsers stop nesting at 512.
const MAX_DEPTH: usize = 4096;

/// Most tags of a page.
const MAX_TAGS: usize = 1_000_000;

/// Elements that hold nothing, or whose end tag may be left out: they are no sign of nesting.
const FLAT: &[&str] = &[
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "option", "optgroup", "p", "param", "rp", "rt", "source", "tbody", "td",
    "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements of which the content is no markup, or that are drawings.
const RAW: &[&str] = &["script", "style", "svg", "math", "textarea", "title", "iframe"];

/// Whether a page can be parsed in bounded time and memory; the reason if not.
pub(super) fn check(page: &str) -> Result<(), String> {
    let (mut depth, mut n_tags) = (0usize, 0usize);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").and_then(|end| comment.get(end..)).unwrap_or("");
            continue;
        }
        let closes = rest.starts_with('/');
        let tag = rest.trim_start_matches('/');
        let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag.get(..length.min(20)).unwrap_or("").to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        n_tags += 1;
        if !closes && RAW.contains(&name.as_str()) {
            // A drawing without an end is markup to the end of the page; the others are text.
            let drawing = matches!(name.as_str(), "svg" | "math");
            rest = after_end(tag, &name).unwrap_or(if drawing { tag } else { "" });
        } else if closes {
            depth = depth.saturating_sub(usize::from(!FLAT.contains(&name.as_str())));
        } else {
            depth += usize::from(!FLAT.contains(&name.as_str()));
        }
        if depth > MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} levels deep"));
        }
        if n_tags > MAX_TAGS {
            return Err(format!("it has more than {MAX_TAGS} tags"));
        }
    }
    Ok(())
}

/// What follows the end tag of a raw element, where it has one.
fn after_end<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or("");
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(rest);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_people_save_are_parsed_and_hostile_ones_are_not() {
        let many = |tags: &str, n| format!("<html><body>{}", tags.repeat(n));
        for (page, fine) in [
            (many("<p>one<br>two<li>three", 10_000), true),
            (many("<div><b>one</b></div>", 10_000), true),
            (many("<script>if (a<b) c('<div>')</script>", 10_000), true),
            (many("<svg><path/><g></svg>", 10_000), true),
            (many("<!-- <div> -->1 < 2", 10_000), true),
            (many("<div>", 10_000), false),
            (many("<x>", 10_000), false),
            (many("<svg><g>", 10_000), false),
            (many("<b>one<p>", 10_000), false),
            (many("<br>", 1_000_001), false),
        ] {
            let start = page.get(..60).unwrap_or(&page).to_owned();
            assert_eq!(check(&page).is_ok(), fine, "{start}");
        }
    }
}
