//! The offices that labels have in brackets: “(Minister of Health)”, “(Deputy Prime Minister and Minister of
//! Finance)”, and what their holders are called: “the Health Minister”, “the Deputy Prime Minister”.

use super::super::organisations::Phrase;
use crate::language::SharedList;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::names::folded_words;

/// Small words in offices.
struct Lists {
    /// What an office is of stands behind them.
    of: FxHashSet<&'static str>,
    /// What is no part of what an office is of.
    articles: FxHashSet<&'static str>,
    /// Words that join two offices, with a space on both sides.
    joining: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let names = SharedList::Names.read();
    Lists {
        of: names.words("office of").collect(),
        articles: names.words("office articles").collect(),
        joining: names.words("office joining").map(|word| format!(" {word} ")).collect(),
    }
});

/// Most words of what an office is of that may stand before it: “the public safety minister”.
const MOST_BEFORE: usize = 3;

fn has_job_word(text: &str) -> bool {
    Phrase::of_label(text).has_job_word()
}

/// The names by which the office in brackets calls its holder, as folded words, longest form first; none
/// where there is no office.
pub(in super::super) fn offices(label: &str) -> Vec<Vec<String>> {
    let Some(inside) = in_brackets(label).filter(|inside| has_job_word(inside)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    // “and” joins two offices where what follows begins with one: not in “Children and Social Development”.
    for (joint, next) in joints(inside) {
        let begins: Vec<&str> = inside.get(next..).unwrap_or("").split_whitespace().take(2).collect();
        if joint == inside.len() || has_job_word(&begins.join(" ")) {
            found.extend(forms(inside.get(at..joint).unwrap_or("")));
            at = next;
        }
    }
    found.retain(|name: &Vec<String>| !name.is_empty());
    found.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    found.dedup();
    found
}

/// Where words that may join two offices stand, in order, and where what follows begins; the end last.
fn joints(offices: &str) -> Vec<(usize, usize)> {
    let joining = LISTS.joining.iter();
    let places = joining.flat_map(|word| offices.match_indices(word.as_str()));
    let mut joints: Vec<(usize, usize)> = places.map(|(at, word)| (at, at + word.len())).collect();
    joints.sort_unstable();
    joints.push((offices.len(), offices.len()));
    joints
}

/// An office, what it is of before it, and it alone.
fn forms(office: &str) -> Vec<Vec<String>> {
    let words = folded_words(office);
    let mut forms = vec![words.clone()];
    if let Some(of) = words.iter().position(|word| LISTS.of.contains(word.as_str())) {
        let head = &words[..of];
        let first = office.split(',').next().unwrap_or(office);
        let what: Vec<String> = folded_words(first).into_iter().skip(of + 1).collect();
        let what: Vec<String> =
            what.into_iter().skip_while(|word| LISTS.articles.contains(word.as_str())).collect();
        if !what.is_empty() && what.len() <= MOST_BEFORE && head.len() == 1 {
            forms.push(what.into_iter().chain(head.iter().cloned()).collect());
        }
        forms.push(head.to_vec());
    }
    forms
}

fn in_brackets(label: &str) -> Option<&str> {
    let (_, rest) = label.split_once(['(', '（'])?;
    rest.split_once([')', '）']).map(|(inside, _)| inside.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, expected: &[&str]) {
        let found: Vec<String> = offices(label).iter().map(|words| words.join(" ")).collect();
        assert_eq!(found, expected, "{label}");
    }

    #[test]
    fn an_office_in_brackets_has_a_full_and_a_short_form() {
        check("Hon. Ada Okoro (Prime Minister)", &["prime minister"]);
        check("Hon. Ada Okoro (Minister of Health)", &["minister of health", "health minister", "minister"]);
        check("Bo Lund (Chief Inspector of Schools)", &["chief inspector of schools", "chief inspector"]);
        check(
            "Bo Lund (Deputy Prime Minister and Minister of Finance)",
            &["deputy prime minister", "minister of finance", "finance minister", "minister"],
        );
        check(
            "Bo Lund (Minister of Families, Children and Social Development)",
            &["minister of families children and social development", "families minister", "minister"],
        );
    }

    #[test]
    fn what_is_no_office_names_nobody() {
        check("Bo Lund (Harbour Union)", &[]);
        check("Bo Lund", &[]);
    }
}
