//! The Porter stemmer as ROUGE uses it: the published algorithm with NLTK's extensions.
//!
//! Porter, M. F. (1980): An algorithm for suffix stripping. *Program* 14(3), 130–137. The extensions
//! are those of the default mode of NLTK's `PorterStemmer` (Bird, Loper and Klein 2009, *Natural
//! Language Processing with Python*): a short table of irregular words, `-ies` and `-ied` of
//! four-letter words, `y` after a vowel, `-bli`, `-fulli` and `-logi`. The summaries' own terms are
//! stemmed elsewhere by a newer algorithm; this one exists so that scores agree with published ones.

/// Words that are not stemmed by rule.
const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// A suffix and what takes its place.
type Rule = (&'static str, &'static str);

const STEP_1A: [Rule; 4] = [("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")];

const STEP_2: [Rule; 22] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
    ("logi", "log"),
];

const STEP_3: [Rule; 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

const STEP_4: [Rule; 19] = [
    ("al", ""),
    ("ance", ""),
    ("ence", ""),
    ("er", ""),
    ("ic", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ement", ""),
    ("ment", ""),
    ("ent", ""),
    ("ion", ""),
    ("ou", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
];

/// The stem of a lower-case word of ASCII letters and digits.
///
/// Words of one or two letters, and words with any other character, come back as they are.
pub fn stem(word: &str) -> String {
    if word.len() <= 2 || !word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return word.to_owned();
    }
    if let Some(&(_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return stem.to_owned();
    }
    let mut word = word.to_owned();
    plural(&mut word);
    past_and_participle(&mut word);
    final_y(&mut word);
    double_suffix(&mut word);
    replace(&mut word, &STEP_3, |stem, _| measure(stem) > 0);
    replace(&mut word, &STEP_4, |stem, suffix| {
        measure(stem) > 1 && (suffix != "ion" || stem.ends_with(['s', 't']))
    });
    final_e(&mut word);
    final_double_l(&mut word);
    word
}

/// Step 1a: plurals.
fn plural(word: &mut String) {
    if word.len() == 4 && word.ends_with("ies") {
        word.truncate(3);
    } else {
        replace(word, &STEP_1A, |_, _| true);
    }
}

/// Step 1b: `-eed`, `-ed` and `-ing`.
fn past_and_participle(word: &mut String) {
    if word.ends_with("ied") {
        let keep = if word.len() == 4 { 1 } else { 2 };
        word.truncate(word.len() - keep);
        return;
    }
    if word.ends_with("eed") {
        replace(word, &[("eed", "ee")], |stem, _| measure(stem) > 0);
        return;
    }
    let stripped = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"));
    let Some(length) = stripped.filter(|stem| has_vowel(stem)).map(str::len) else { return };
    word.truncate(length);
    if ["at", "bl", "iz"].iter().any(|end| word.ends_with(end)) {
        word.push('e');
    } else if ends_in_double_consonant(word) {
        if !word.ends_with(['l', 's', 'z']) {
            word.pop();
        }
    } else if measure(word) == 1 && ends_in_short_syllable(word) {
        word.push('e');
    }
}

/// Step 1c: `-y` after a consonant that does not open the word.
fn final_y(word: &mut String) {
    replace(word, &[("y", "i")], |stem, _| stem.len() > 1 && consonants(stem).last() == Some(true));
}

/// Step 2: double suffixes. `-alli` is reduced first and the result taken through the step again.
fn double_suffix(word: &mut String) {
    while word.strip_suffix("alli").is_some_and(|stem| measure(stem) > 0) {
        word.truncate(word.len() - 2);
    }
    replace(word, &STEP_2, |stem, suffix| {
        // The `l` of `-logi` counts as part of the stem, so that short ones like `geo` are covered.
        measure(stem) > 0 || (suffix == "logi" && consonants(stem).last() == Some(false))
    });
}

/// Step 5a: `-e`.
fn final_e(word: &mut String) {
    replace(word, &[("e", "")], |stem, _| match measure(stem) {
        0 => false,
        1 => !ends_in_short_syllable(stem),
        _ => true,
    });
}

/// Step 5b: `-ll`.
fn final_double_l(word: &mut String) {
    if word.ends_with("ll") && measure(&word[..word.len() - 1]) > 1 {
        word.pop();
    }
}

/// Applies the first rule whose suffix the word has, if what is left fulfils the condition.
fn replace(word: &mut String, rules: &[Rule], condition: impl Fn(&str, &str) -> bool) {
    for (suffix, replacement) in rules {
        let Some(length) = word.strip_suffix(suffix).map(str::len) else { continue };
        if condition(&word[..length], suffix) {
            word.truncate(length);
            word.push_str(replacement);
        }
        return;
    }
}

/// For each letter whether it is a consonant: not a vowel, and not a `y` after a consonant.
fn consonants(word: &str) -> impl Iterator<Item = bool> + '_ {
    word.bytes().scan(false, |after_consonant, letter| {
        let consonant = match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => !*after_consonant,
            _ => true,
        };
        *after_consonant = consonant;
        Some(consonant)
    })
}

/// Porter's measure m: how often a consonant follows a vowel.
fn measure(stem: &str) -> usize {
    let mut after_vowel = false;
    let mut count = 0;
    for consonant in consonants(stem) {
        count += usize::from(after_vowel && consonant);
        after_vowel = !consonant;
    }
    count
}

fn has_vowel(stem: &str) -> bool {
    consonants(stem).any(|consonant| !consonant)
}

/// Porter's condition *d.
fn ends_in_double_consonant(word: &str) -> bool {
    matches!(word.as_bytes(), [.., a, b] if a == b) && consonants(word).last() == Some(true)
}

/// Porter's condition *o: consonant, vowel, consonant other than `w`, `x` and `y`; NLTK adds words
/// of one vowel and one consonant.
fn ends_in_short_syllable(word: &str) -> bool {
    let shape: Vec<bool> = consonants(word).collect();
    match shape.as_slice() {
        [false, true] => true,
        [.., true, false, true] => !word.ends_with(['w', 'x', 'y']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_suffixes_as_worked_by_hand() {
        let cases = [
            // Step 1: plurals, participles, y.
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("ties", "tie"),
            ("cats", "cat"),
            ("feed", "feed"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("bled", "bled"),
            ("motoring", "motor"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("sized", "size"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("fizzed", "fizz"),
            ("filing", "file"),
            ("failing", "fail"),
            ("used", "use"),
            ("died", "die"),
            ("spied", "spi"),
            ("happy", "happi"),
            ("enjoy", "enjoy"),
            ("fly", "fli"),
            ("syzygy", "syzygi"),
            // Steps 2 and 3: double suffixes.
            ("relational", "relat"),
            ("conditional", "condit"),
            ("rational", "ration"),
            ("possibly", "possibl"),
            ("radically", "radic"),
            ("hopefully", "hope"),
            ("geology", "geolog"),
            ("theology", "theolog"),
            ("triplicate", "triplic"),
            ("electrical", "electr"),
            ("goodness", "good"),
            // Steps 4 and 5: what is left.
            ("replacement", "replac"),
            ("adoption", "adopt"),
            ("union", "union"),
            ("probate", "probat"),
            ("rate", "rate"),
            ("cease", "ceas"),
            ("controlling", "control"),
            ("roll", "roll"),
            // Irregular and short words, digits, other characters.
            ("skies", "sky"),
            ("dying", "die"),
            ("succeed", "succeed"),
            ("as", "as"),
            ("2020s", "2020"),
            ("naïvely", "naïvely"),
        ];
        for (word, expected) in cases {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn the_measure_counts_vowel_consonant_sequences() {
        let cases =
            [("tr", 0), ("tree", 0), ("by", 0), ("trouble", 1), ("oats", 1), ("ivy", 1), ("private", 2)];
        for (word, expected) in cases {
            assert_eq!(measure(word), expected, "{word}");
        }
    }

    #[test]
    fn long_runs_of_y_take_linear_time() {
        let word = "y".repeat(1_000_000);
        assert_eq!(stem(&word).len(), word.len());
    }
}
