//! `stakeholder_term.csv`: the words that set each stakeholder apart.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, Overall, TermRow};

pub(super) const TABLE: Table = Table {
    name: "stakeholder_term",
    about: "One row a stakeholder and a term it uses, over all sessions: its most distinctive terms, at most \
            as many as were asked for.",
    columns: &[
        Column::text("stakeholder", "The stakeholder"),
        Column::text("term", "The word that most often has the stem"),
        Column::text("stem", "What the forms of the word have in common"),
        Column::integer("count", "How often the stakeholder uses it"),
        Column::number(
            "tfidf",
            "(1 + ln count) × (ln((1 + N) / (1 + n)) + 1), where n of the N compared stakeholders use the term",
        ),
        Column::number(
            "keyness",
            "Log-likelihood G² of the term in the stakeholder's words against those of all other compared \
             stakeholders (Dunning 1993); negative where it is less the stakeholder's than the others'",
        ),
        Column::number(
            "p",
            "Probability of such a G² or a larger one if all used the term alike (chi-squared, one degree of \
             freedom; not corrected for the number of terms)",
        ),
        Column::integer("rank", "Place among the stakeholder's terms by keyness, from 1"),
        Column::number("chi_squared", "Pearson's chi-squared of the same counts, with the same sign"),
    ],
    key: &["stakeholder", "stem"],
    references: &[Reference::STAKEHOLDER],
    rows: Rows::Overall(rows),
};

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    let row = |term: &TermRow| {
        vec![
            Cell::text(&term.stakeholder),
            Cell::text(&term.term),
            Cell::text(&term.stem),
            Cell::Integer(term.count),
            Cell::number(Some(term.tf_idf)),
            Cell::number(Some(term.keyness)),
            Cell::probability(term.p),
            Cell::Integer(term.rank),
            Cell::number(Some(term.chi_squared)),
        ]
    };
    overall.terms.iter().map(row).collect()
}
