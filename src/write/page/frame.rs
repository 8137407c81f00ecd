//! What is around the sections: head, policy, navigation, style sheet and script.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::view::View;
use super::{Part, filled};
use crate::error::Result;
use crate::model::Page;

/// The style sheet of every page.
const STYLE: &str = include_str!("page.css");

/// The script of every page; without it everything is readable.
const SCRIPT: &str = include_str!("page.js");

#[derive(Template)]
#[template(path = "page/frame.html")]
struct Frame<'a> {
    title: String,
    policy: String,
    style: &'static str,
    script: &'static str,
    tool: &'a str,
    parts: &'a [Part],
}

/// A whole page around its parts.
pub(super) fn page(page: &Page, parts: &[Part]) -> Result<String> {
    let title = match View::all(page).as_slice() {
        [] => "No session".to_owned(),
        [one] => one.title(),
        many => format!("{} sessions", many.len()),
    };
    framed(&title, &page.tool, parts)
}

fn framed(title: &str, tool: &str, parts: &[Part]) -> Result<String> {
    filled(&Frame { title: title.to_owned(), policy: policy(), style: STYLE, script: SCRIPT, tool, parts })
}

/// Nothing is loaded, and nothing but the page's own style sheet and script is in force.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_digests_of_what_stands_between_the_tags() {
        assert_eq!(digest("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        let page = framed("T", "rapporteur", &[]).unwrap();
        let between = |open: &str, close: &str| {
            let start = page.find(open).unwrap() + open.len();
            page[start..start + page[start..].find(close).unwrap()].to_owned()
        };
        for (open, close, directive) in
            [("<style>", "</style>", "style-src"), ("<script>", "</script>", "script-src")]
        {
            let expected = format!("{directive} '{}'", digest(&between(open, close)));
            assert!(policy().contains(&expected), "{expected}");
        }
    }
}
