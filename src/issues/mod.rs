//! What a session is about: where its subject changes.

mod subjects;

pub use subjects::subjects;
