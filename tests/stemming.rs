//! Stems against the vocabularies of the Snowball project, where they are at hand.

use std::fs;
use std::path::Path;

use rapporteur::language::Stemmer;

/// Every word of the vocabulary of a language has the stem that Snowball gives it.
fn check(code: &str, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/stemming").join(name);
    if !folder.is_dir() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the vocabularies are needed in CI");
        eprintln!("skipped: {} is absent", folder.display());
        return;
    }
    let words = fs::read_to_string(folder.join("voc.txt")).unwrap();
    let stems = fs::read_to_string(folder.join("output.txt")).unwrap();
    assert!(words.lines().count() > 10_000 && words.lines().count() == stems.lines().count());
    let stemmer = Stemmer::new(code.parse().unwrap());
    let wrong: Vec<_> = words
        .lines()
        .zip(stems.lines())
        .map(|(word, stem)| (word, stem, stemmer.stem(word)))
        .filter(|(_, stem, found)| stem != found)
        .collect();
    for (word, stem, found) in &wrong {
        println!("{code}\t{word}\t{stem}\t{found}");
    }
    assert!(wrong.is_empty(), "{code}: {} words have another stem", wrong.len());
}

#[test]
fn stems_of_other_languages_are_those_of_snowball() {
    for (code, name) in [
        ("fr", "french"),
        ("de", "german"),
        ("it", "italian"),
        ("pt", "portuguese"),
        ("ru", "russian"),
        ("es", "spanish"),
    ] {
        check(code, name);
    }
}

#[test]
fn english_stems_are_those_of_snowball() {
    check("en", "english");
}
