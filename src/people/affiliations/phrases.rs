//! The phrases by which speakers say whom they speak for. The lists are English; they are looked for in
//! every language, since speakers give the names of organisations so.

use std::ops::Range;
use std::sync::LazyLock;

use crate::language::{ByLanguage, List, Row, Sections, english};
use crate::model::{Language, TokenKind, Tokens};
use crate::text::{
    Forms, Matches, Over, PhraseList, PhraseListBuilder, PhraseMatch, Selection, find_all, normalize,
};

/// What a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Stands before the name of whom a speaker speaks for, whatever the name is like.
    For,
    /// The same, where the name must be an organisation's.
    ForOrganised,
    /// “on behalf of”.
    OnBehalf,
    /// Makes “on behalf of” the speaker's own statement.
    Behalf,
    /// The speaker itself.
    Own,
    /// Follows a name that is whole.
    AfterName,
    /// “as” before an organisation that a speaker says “we” of.
    As,
    /// “We” before that.
    AsWe,
    /// “We” behind the organisation.
    We,
    /// “Our” behind the organisation and a comma.
    Our,
    /// “at” behind what is a speaker's own.
    At,
    /// An article.
    Article,
    /// What a body does that speaks of itself.
    SaysOfItself,
    /// Opens a sentence before the name of a body.
    Opening,
    /// Stands before what a body does.
    Adverb,
    /// Says that somebody is there.
    Here,
    /// Stands before the name of those somebody is there for.
    Representing,
    /// Begins to say what the speaker is.
    SelfDescription,
    /// Says what “we” are.
    WeAre,
}

const SECTIONS: [(&str, Lead); 19] = [
    ("for", Lead::For),
    ("for organised", Lead::ForOrganised),
    ("on behalf", Lead::OnBehalf),
    ("behalf", Lead::Behalf),
    ("own", Lead::Own),
    ("after a name", Lead::AfterName),
    ("as", Lead::As),
    ("we before as", Lead::AsWe),
    ("we after", Lead::We),
    ("our after", Lead::Our),
    ("at", Lead::At),
    ("articles", Lead::Article),
    ("says of itself", Lead::SaysOfItself),
    ("opening", Lead::Opening),
    ("adverb", Lead::Adverb),
    ("here", Lead::Here),
    ("representing", Lead::Representing),
    ("self descriptions", Lead::SelfDescription),
    ("we are", Lead::WeAre),
];

/// A phrase of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeadPhrase {
    pub(super) lead: Lead,
    /// Its place in the list: the first counts.
    pub(super) number: u16,
    /// Whether a comma stands behind its first word.
    pub(super) has_comma: bool,
    /// Whether it ends in “at”.
    pub(super) ends_at: bool,
}

/// A phrase found.
pub(super) type LeadMatch = PhraseMatch<LeadPhrase>;

/// The phrases found in a session.
#[derive(Debug)]
pub(in crate::people) struct LeadPhrases(Matches<LeadPhrase>);

impl LeadPhrases {
    pub(in crate::people) fn find(tokens: &Tokens) -> Self {
        LeadPhrases(find_all(tokens, Over::Source, phrases))
    }

    /// Whether there is any phrase in a range of the token table.
    pub(super) fn are_in(&self, range: Range<usize>) -> bool {
        !self.0.in_range(range).is_empty()
    }

    /// The phrases in a range of the token table with the commas that they are listed with, the first of
    /// the list first and each in reading order.
    pub(super) fn of(&self, lead: Lead, tokens: &Tokens, range: Range<usize>) -> Vec<&LeadMatch> {
        let found = self.0.in_range(range).iter().filter(|found| found.meaning.lead == lead);
        let mut found: Vec<&LeadMatch> = found.filter(|found| is_as_listed(found, tokens)).collect();
        found.sort_by_key(|found| (found.meaning.number, found.first));
        found
    }

    /// The longest phrase that begins at a token.
    pub(super) fn at(&self, lead: Lead, tokens: &Tokens, token: usize) -> Option<&LeadMatch> {
        let found = self.of(lead, tokens, token..token + 1);
        found.into_iter().max_by_key(|found| found.last)
    }
}

/// Whether the marks in a phrase are those that it is listed with.
fn is_as_listed(found: &LeadMatch, tokens: &Tokens) -> bool {
    let inside = tokens.slice(found.first as usize..found.last as usize).iter();
    let mut marks = inside.filter(|token| token.is_mark()).map(|token| token.kind);
    let first = marks.next();
    marks.next().is_none()
        && (first == Some(TokenKind::Comma)) == found.meaning.has_comma
        && (first.is_none() || found.meaning.has_comma)
}

/// The phrases, compared with the words of a language.
fn phrases(language: Language) -> Option<&'static PhraseList<LeadPhrase>> {
    static PHRASES: ByLanguage<PhraseList<LeadPhrase>> = ByLanguage::new();
    static OTHERS: LazyLock<PhraseList<LeadPhrase>> = LazyLock::new(|| parse(Language::UNKNOWN));
    Some(PHRASES.get(language, |row: &'static Row| parse(row.language())).unwrap_or(&OTHERS))
}

fn parse(language: Language) -> PhraseList<LeadPhrase> {
    let sections: Sections<'static> = english(List::Affiliations);
    let mut phrases = PhraseListBuilder::new(language, Forms::Exact);
    for (section, lead) in SECTIONS {
        for (number, written) in (0..).zip(sections.texts(section)) {
            let phrase = normalize(written).replace(',', "");
            let ends_at = phrase.ends_with(" at");
            let meaning = LeadPhrase { lead, number, has_comma: written.contains(','), ends_at };
            phrases.add(&phrase, lead as u16, meaning);
        }
    }
    phrases.build(Selection::All)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read_line;

    fn n_found(lead: Lead, text: &str) -> usize {
        let tokens = read_line(text, Language::ENGLISH);
        LeadPhrases::find(&tokens).of(lead, &tokens, 0..tokens.all.len()).len()
    }

    #[test]
    fn a_comma_stands_where_the_list_has_one_and_nowhere_else() {
        assert_eq!(n_found(Lead::WeAre, "Here we, the Harbour Union, object."), 1);
        assert_eq!(n_found(Lead::WeAre, "Here we the people object."), 0);
        assert_eq!(n_found(Lead::For, "I work for the Union."), 1);
        assert_eq!(n_found(Lead::For, "I work, for the Union."), 0);
    }
}
