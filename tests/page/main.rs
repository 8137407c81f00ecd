//! The page of `report`: its shape, its links, its quotations against the source, and that nothing in a
//! transcript gets out of its place.

mod divided;
mod golden;
mod injection;
mod language;
mod media;
mod structure;
mod support;
