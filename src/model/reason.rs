//! Kinds of the reasons why somebody is taken for whom: how each begins, by which it is known again in a report.

/// Makes the kinds and their table from one list, so that neither can miss a row of the other.
macro_rules! reason_kinds {
    ($($variant:ident $beginning:literal)*) => {
        /// The kind of a reason.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ReasonKind {
            $(
                #[doc = concat!("Begins with “", $beginning, "”.")]
                $variant,
            )*
        }

        /// All kinds in alphabetical order.
        pub const REASON_KINDS: &[ReasonKind] = &[$(ReasonKind::$variant),*];

        impl ReasonKind {
            /// The words with which its reasons begin; of some, all of them.
            pub const fn beginning(self) -> &'static str {
                match self {
                    $(ReasonKind::$variant => $beginning,)*
                }
            }
        }
    };
}

reason_kinds! {
    Attendees "the list of attendees gives both"
    AttendeesAndRoster "the list of attendees gives a name that the roster lists"
    CalledAndThanked "called so before it takes the floor, and thanked so after it spoke"
    HandsOver "hands over the floor"
    Introduced "so introduced by"
    Label "the label says so"
    Listed "the source lists it so"
    OtherList "the list of attendees of another session"
    OtherSession "in another session"
    OwnWords "in its own words"
    PartOfName "part of its name"
    Roster "the roster says so"
    RosterName "the roster lists it"
    SameName "the same name but for case, title or what stands beside it"
    SameOffice "the same office, and only one person is named with it"
    SoundsLike "sounds like"
    SourceCalls "the source calls it"
    SourceMarks "the source marks it as"
    SpeltLike "is spelt like"
}

impl ReasonKind {
    /// The kind of a reason; none of one that another version gave.
    pub fn of(reason: &str) -> Option<ReasonKind> {
        REASON_KINDS.iter().copied().find(|kind| reason.starts_with(kind.beginning()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_of_one_kind() {
        for &kind in REASON_KINDS {
            let fits = REASON_KINDS.iter().filter(|other| kind.beginning().starts_with(other.beginning()));
            assert_eq!(fits.collect::<Vec<_>>(), [&kind]);
            assert_eq!(ReasonKind::of(&format!("{} (more)", kind.beginning())), Some(kind));
        }
        assert_eq!(ReasonKind::of("because"), None);
    }
}
