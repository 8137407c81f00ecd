//! Who said what, where each of them stands, and the exact words that show it.
//!
//! rapporteur reads transcripts of sessions with many voices (panels, negotiations, committees, hearings)
//! and reports what each speaker and each stakeholder put forward. Every line it gives is a located
//! quotation. This library turns bytes into reports, tables and pages; it opens no file, reads no clock and
//! prints nothing. The program `rapporteur`, a package of its own, does that around it.
//!
//! # The flow, in types
//!
//! ```text
//! bytes ─ read ─► Session ─ text ─► Tokens ─ people ─► People ─ analyse ─► Analysis
//!                                                                            │
//!   Report ◄─ summary, answer ◄─ Evidence ◄─ selection ◄─ Scores ◄─ rank ◄───┤
//!   Comparison ◄─ compare ◄─ stances and issues of sentences ◄───────────────┘
//! ```
//!
//! A session's text is stored once and divided once: sentences, quotations and names are spans of it or
//! ranges of its tokens. The same input gives the same bytes at any number of threads.
//!
//! # Where to start
//!
//! - [`open`] reads a source in any of the formats of [`read::FORMATS`] into [`Session`]s.
//! - [`summarize`], [`ask`] and [`inspect`] make a [`Report`] of one session by a [`Definition`]; [`mod@write`]
//!   turns it into text, JSON, Markdown, CSV or HTML.
//! - [`compare`](corpus::compare) compares the stakeholders of several sessions: the rows of the tables in
//!   [`write::tables`]. [`Corpus`] does so for more sessions than fit into memory.
//! - [`verify_report`] holds a report to its source.
//!
//! # A summary and a table
//!
//! ```
//! use rapporteur::{CompareSettings, Definition, Input, InputSettings, KnownPeople, Layout, Roster};
//! use rapporteur::{corpus, open, summarize, write};
//!
//! # fn main() -> rapporteur::Result<()> {
//! let transcript = "\
//! Chair: We turn to the night ferry. Who would like to begin?
//! Ana Reyes: The nurses' union opposes the night ferry. Crews cannot work sixteen hours.
//! Port Authority: We support the night ferry, provided that crews are doubled.
//! Chair: Thank you. We will vote in May.
//! ";
//! let input = Input { path: "ferry.txt".to_owned(), bytes: transcript.as_bytes().to_vec() };
//! let sessions = open(&input, &InputSettings::default())?;
//!
//! // What each speaker put forward, as text.
//! let report = summarize(&sessions[0], &KnownPeople::default(), &Definition::default())?;
//! let text = (write::format("text").expect("a format of the table").write)(&[report], Layout::PLAIN)?;
//! assert!(text.contains("The nurses' union opposes the night ferry."));
//!
//! // Where each stands on each issue, as a CSV table.
//! let compared = corpus::compare(&[&sessions[0]], CompareSettings::default(), Roster::default())?;
//! let stances = write::tables::table("stances").expect("a table of the list");
//! let rows = write::tables::rows_of_session(stances, &compared.sessions[0]);
//! println!("{}{}", write::tables::header(stances, &compared.overall)?, write::tables::csv(&rows)?);
//! # Ok(())
//! # }
//! ```
#![deny(missing_docs)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod answer;
pub mod compare;
pub mod corpus;
pub mod definition;
pub mod error;
pub mod evaluate;
pub mod issues;
pub mod language;
pub mod model;
pub mod page;
pub mod people;
pub mod pipeline;
pub mod prepare;
pub mod rank;
pub mod read;
pub mod stance;
pub mod stats;
pub mod summary;
pub mod text;
pub mod verify;
pub mod write;

pub use corpus::{Comparison, Corpus, Reports};
pub use definition::{CompareSettings, Definition, InputSettings, SummarySettings};
pub use error::{Error, ErrorKind, Result};
pub use model::{Evidence, Issue, Language, Report, Roster, Session, Stance};
pub use people::KnownPeople;
pub use pipeline::{Input, ask, inspect, open, segment, summarize, verify_report};
pub use write::Layout;

/// Name and version of the program, as in every report.
pub const TOOL: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));
