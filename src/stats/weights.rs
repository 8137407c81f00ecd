//! Lists of learned weights: lines of a name and one number or more, divided by tabs, which a person can
//! read and the trainers in `examples/` write.

use std::collections::HashSet;

/// What is wrong with a line of a list of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightFault {
    /// It has no tab after the name.
    NoNumber,
    /// What stands after a tab is no finite number.
    NotFinite(String),
    /// A line above has the same name.
    Repeated,
}

/// Weights by name, in the order of their list.
///
/// ```
/// use rapporteur::stats::WeightList;
///
/// let weights = WeightList::parse("# trained by hand\nbias\t-1.5\nlength\t2\t0.5\nwords\tmany\n");
/// assert_eq!(weights.value("bias"), -1.5);
/// assert_eq!(weights.numbers("length"), [2.0, 0.5]);
/// assert_eq!(weights.value("words"), 0.0);
/// assert_eq!(weights.faults().len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeightList<'t> {
    lines: Vec<(&'t str, Vec<f64>)>,
    faults: Vec<(usize, WeightFault)>,
}

impl<'t> WeightList<'t> {
    /// Reads a list; `#` begins a comment. A line that has not the form is left out and is among the
    /// [faults](Self::faults), which are empty for the lists that the program ships.
    pub fn parse(list: &'t str) -> Self {
        let mut weights = WeightList::default();
        let mut names = HashSet::new();
        for (number, line) in (1..).zip(list.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match read_line(line) {
                Ok((name, _)) if !names.insert(name) => weights.faults.push((number, WeightFault::Repeated)),
                Ok(named) => weights.lines.push(named),
                Err(fault) => weights.faults.push((number, fault)),
            }
        }
        weights
    }

    /// The numbers of a name; none of a name without a line.
    pub fn numbers(&self, name: &str) -> &[f64] {
        self.lines.iter().find(|(known, _)| *known == name).map_or(&[], |(_, numbers)| numbers)
    }

    /// The first number of a name; 0 of a name without a line.
    pub fn value(&self, name: &str) -> f64 {
        self.numbers(name).first().copied().unwrap_or(0.0)
    }

    /// The names that have a line.
    pub fn names(&self) -> impl Iterator<Item = &'t str> {
        self.lines.iter().map(|(name, _)| *name)
    }

    /// The lines that are left out, by number from 1, and why.
    pub fn faults(&self) -> &[(usize, WeightFault)] {
        &self.faults
    }
}

fn read_line(line: &str) -> Result<(&str, Vec<f64>), WeightFault> {
    let (name, rest) = line.split_once('\t').ok_or(WeightFault::NoNumber)?;
    let number = |written: &str| {
        let number = written.trim().parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| WeightFault::NotFinite(written.to_owned()))
    };
    Ok((name, rest.split('\t').map(number).collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, fault: WeightFault) {
        let list = format!("# comment\n\nbias\t1\n{line}\nlast\t 3 \n");
        let weights = WeightList::parse(&list);
        assert_eq!(weights.faults(), [(4, fault)], "{line}");
        assert_eq!(weights.names().collect::<Vec<_>>(), ["bias", "last"], "{line}");
        assert_eq!((weights.value("bias"), weights.value("last")), (1.0, 3.0), "{line}");
    }

    #[test]
    fn a_line_that_is_no_weight_is_left_out_and_told() {
        check("length 2", WeightFault::NoNumber);
        check("length", WeightFault::NoNumber);
        check("length\t", WeightFault::NotFinite(String::new()));
        check("length\ttwo", WeightFault::NotFinite("two".to_owned()));
        check("length\tNaN", WeightFault::NotFinite("NaN".to_owned()));
        check("length\tinf", WeightFault::NotFinite("inf".to_owned()));
        check("length\t1\tx", WeightFault::NotFinite("x".to_owned()));
        check("bias\t2", WeightFault::Repeated);
    }

    #[test]
    fn a_name_without_a_line_has_no_numbers_and_weighs_nothing() {
        let weights = WeightList::parse("length\t-0.25\t4\t0.5\r\n");
        assert_eq!(weights.numbers("length"), [-0.25, 4.0, 0.5]);
        assert_eq!((weights.value("words"), weights.numbers("words").len()), (0.0, 0));
    }
}
