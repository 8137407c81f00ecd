//! Plain data that the stages hand on. Nothing here reads, prints or decides.

pub mod analysis;
mod background;
pub mod comparison;
pub mod count;
mod day;
mod difference;
pub(crate) mod exact;
mod guard;
pub mod issue;
pub mod kind;
pub mod language;
pub mod ledger;
pub mod manifest;
pub mod name_word;
mod page;
pub mod policy;
mod pseudonym;
mod question;
pub mod reason;
pub mod recorded;
pub mod reference;
pub mod report;
pub mod roster;
pub mod sentence;
pub mod session;
pub mod settings;
pub mod span;
pub mod speaker;
pub mod stance;
pub mod table;
pub mod term;
pub mod timing;
pub mod token;
mod visible;
pub mod warning;
pub mod weighting;

pub use analysis::{Analysis, Cue, CueKind};
pub use background::{LanguageStatistics, TermCount, TermStatistics};
pub use comparison::{
    AgreementRow, BearingRow, IssueStance, IssueTotals, OnIssue, Overall, Position, Quoted, ReferenceRow,
    SentenceRow, SessionCounts, SessionPart, StakeholderCounts, StakeholderTotals, StanceCounts, StanceSums,
    TermCounts, TermRow,
};
pub use count::{count_words, is_ideograph, word_spans};
pub use day::{DateKnown, Day};
pub use difference::{Change, Changes, Difference, PositionChanges, Side};
pub use guard::{guard, unguard};
pub use issue::{Assignment, Issue, IssueId};
pub use kind::PositionKind;
pub use language::{Language, LanguageKnown};
pub use ledger::{Classes, Ledger, SpeakerLedger};
pub use manifest::{
    Counts, InputAccount, InputStatus, LedgerTotals, MANIFEST_SCHEMA, Manifest, OutputAccount, WarningAccount,
};
pub use name_word::{NameForm, NameWord, NameWords};
pub use page::{Media, MediaUrl, Page, PageQuestion, PageSession, PageSettings, PageTurn, Presentation};
pub use policy::{Choice, Policy};
pub use pseudonym::Pseudonyms;
pub use question::{Question, Stand};
pub use reason::{REASON_KINDS, ReasonKind};
pub use recorded::RecordedOutcome;
pub use reference::{Mention, Reference, ReferenceKind, Relation};
pub use report::{AliasInfo, Evidence, Reason, Report, Scope, SessionInfo, SpeakerInfo, Summary};
pub use roster::{Roster, RosterEntry, RosterOrganisation};
pub use sentence::{Kind, Sentence, SentenceId};
pub use session::{
    Attendee, CompanionFile, Heading, Join, LabelId, Piece, Published, Session, SessionBuilder, Source, Time,
    Turn,
};
pub use settings::{CompareSettings, Definition};
pub use span::Span;
pub use speaker::{Alias, Because, People, Role, Speaker, SpeakerId};
pub use stance::{Basis, Ground, Stance, Stated};
pub use table::{Cell, Column, ColumnKind, rounded};
pub use term::{SparseVec, TermId, Vocabulary};
pub use timing::{TimedSpan, Timing, TurnTimes};
pub use token::{Text, Token, TokenFlags, TokenKind, Tokens, WordEntry, WordId, WordTraits, Words, show};
pub use visible::{
    has_unseen, is_invisible, is_joining, is_no_break_space, is_soft_line_end, is_special_space, label_text,
};
pub use warning::{WARNING_CODES, Warning, WarningCode};
pub use weighting::{BackgroundUses, Keyness, Weighting};
