//! Inverse document frequency: how rare a term is over documents.
//!
//! What a "document" is, is the caller's choice and named where it is made: a sentence, a turn, a
//! speaker, a session.

/// The variant of inverse document frequency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idf {
    /// `ln(N / n)`; 0 for a term of every document (Spärck Jones 1972).
    Plain,
    /// `ln((1 + N) / (1 + n)) + 1`; never below 1 (the default of scikit-learn).
    Smooth,
    /// `ln(1 + (N - n + 0.5) / (n + 0.5))`; above 0 (Robertson & Zaragoza 2009, eq. 3.3, kept
    /// positive as in Lucene).
    Bm25,
}

impl Idf {
    /// The weight of a term that `document_frequency` of `n_documents` documents contain.
    ///
    /// A term of no document weighs 0. Never negative.
    pub fn weight(self, n_documents: impl Into<u64>, document_frequency: impl Into<u64>) -> f64 {
        let (n_documents, document_frequency) = (n_documents.into(), document_frequency.into());
        if document_frequency == 0 {
            return 0.0;
        }
        let (documents, df) = (n_documents.max(document_frequency) as f64, document_frequency as f64);
        match self {
            Idf::Plain => (documents / df).ln(),
            Idf::Smooth => ((1.0 + documents) / (1.0 + df)).ln() + 1.0,
            Idf::Bm25 => (1.0 + (documents - df + 0.5) / (df + 0.5)).ln(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Idf;

    fn check(variant: Idf, n_documents: u32, df: u32, expected: f64) {
        let weight = variant.weight(n_documents, df);
        assert!((weight - expected).abs() < 1e-9, "{variant:?} {n_documents} {df}: {weight}");
    }

    #[test]
    fn the_variants_agree_with_numbers_worked_by_hand() {
        check(Idf::Plain, 10, 5, std::f64::consts::LN_2);
        check(Idf::Smooth, 10, 4, 1.788_457_360_4);
        check(Idf::Bm25, 10, 4, 0.893_817_875_8);
    }

    #[test]
    fn a_word_that_all_five_speakers_use_gets_what_its_variant_says() {
        check(Idf::Plain, 5, 5, 0.0);
        check(Idf::Bm25, 5, 5, 0.087_011_377);
        check(Idf::Smooth, 5, 5, 1.0);
    }

    #[test]
    fn an_unused_term_weighs_nothing() {
        check(Idf::Plain, 5, 0, 0.0);
    }
}
