//! What the head of a page says of it: the title, the language.

use ego_tree::Tree;

use super::super::language;
use super::super::spaces::collapse;
use super::super::tree::{Element, Node};
use crate::model::Language;

/// What `lang` of the outermost element says.
pub(super) fn stated_language(page: &Tree<Node>) -> Language {
    let root = page.root().children().find_map(|node| as_element(node.value()));
    let stated = root.and_then(|root| root.attr("lang").or(root.attr("xml:lang")));
    stated.map_or(Language::UNKNOWN, language::named)
}

fn as_element(node: &Node) -> Option<&Element> {
    match node {
        Node::Element(element) => Some(element),
        _ => None,
    }
}

/// The text of the first title in the head of a page.
pub(super) fn title(page: &Tree<Node>) -> Option<String> {
    let is = |node: &Node, name: &str| as_element(node).is_some_and(|element| element.name() == name);
    let title = page.root().descendants().find(|node| {
        is(node.value(), "title") && node.parent().is_some_and(|parent| is(parent.value(), "head"))
    })?;
    let texts = title.descendants().filter_map(|node| match node.value() {
        Node::Text(text) => Some(text.as_str()),
        _ => None,
    });
    Some(collapse(&texts.collect::<String>()))
}
