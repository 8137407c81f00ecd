//! The tree of a web page, as html5ever's parser builds it: elements and texts.
//!
//! The parser promises that what it hands over are nodes of this tree; one that is not is passed over.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use ego_tree::{NodeId, Tree};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName, local_name, ns};

/// A node of a page.
#[derive(Debug)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// A text.
    Text(String),
    /// The page itself, a comment, an instruction, the contents of a template.
    Other,
}

/// An element with its attributes.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    /// Its name without a namespace, in lower case.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute that has no namespace.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        let is_named = |attribute: &&Attribute| attribute.name.ns == ns!() && &*attribute.name.local == name;
        self.attributes.iter().find(is_named).map(|attribute| &*attribute.value)
    }

    /// Its classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attr("class").unwrap_or("").split_ascii_whitespace()
    }
}

/// The page that a parser is building.
pub(super) struct Sink {
    pub(super) tree: RefCell<Tree<Node>>,
    /// The name of what has none.
    nameless: RefCell<QualName>,
}

impl Sink {
    /// An empty page.
    pub(super) fn new() -> Self {
        let nameless = QualName::new(None, ns!(), local_name!(""));
        Sink { tree: RefCell::new(Tree::new(Node::Other)), nameless: RefCell::new(nameless) }
    }

    fn orphan(&self, node: Node) -> NodeId {
        self.tree.borrow_mut().orphan(node).id()
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree<Node>;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree<Node> {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn get_document(&self) -> NodeId {
        self.tree.borrow().root().id()
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        let name = Ref::filter_map(self.tree.borrow(), |tree| match tree.get(*target)?.value() {
            Node::Element(element) => Some(&element.name),
            _ => None,
        });
        name.unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let is_template = name.ns == ns!(html) && name.local == local_name!("template");
        let mut tree = self.tree.borrow_mut();
        let mut node = tree.orphan(Node::Element(Element { name, attributes }));
        if is_template {
            node.append(Node::Other);
        }
        node.id()
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.orphan(Node::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.orphan(Node::Other)
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        self.tree.borrow_mut().root_mut().append(Node::Other);
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        let Some(mut parent) = tree.get_mut(*parent) else { return };
        match child {
            NodeOrText::AppendNode(id) => drop(parent.append_id(id)),
            NodeOrText::AppendText(text) => match parent.last_child().as_mut().map(|last| last.value()) {
                Some(Node::Text(before)) => before.push_str(&text),
                _ => drop(parent.append(Node::Text(text.to_string()))),
            },
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        if let NodeOrText::AppendNode(id) = new
            && let Some(mut node) = tree.get_mut(id)
        {
            node.detach();
        }
        let Some(mut sibling) = tree.get_mut(*sibling) else { return };
        if sibling.parent().is_none() {
            return;
        }
        match new {
            NodeOrText::AppendNode(id) => drop(sibling.insert_id_before(id)),
            NodeOrText::AppendText(text) => match sibling.prev_sibling().as_mut().map(|last| last.value()) {
                Some(Node::Text(before)) => before.push_str(&text),
                _ => drop(sibling.insert_before(Node::Text(text.to_string()))),
            },
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.tree.borrow().get(*element).is_some_and(|node| node.parent().is_some());
        if has_parent { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        if let Some(mut node) = self.tree.borrow_mut().get_mut(*target) {
            node.detach();
        }
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        if let Some(mut parent) = self.tree.borrow_mut().get_mut(*parent) {
            parent.reparent_from_id_append(*node);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(mut node) = tree.get_mut(*target) else { return };
        if let Node::Element(element) = node.value() {
            for attribute in attributes {
                if element.attributes.iter().all(|known| known.name != attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let tree = self.tree.borrow();
        tree.get(*target).and_then(|node| node.first_child()).map_or(*target, |contents| contents.id())
    }
}
