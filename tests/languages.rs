//! The language that is found for public sets that are known to be in English, where they are at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rapporteur::language::detect;
use rapporteur::model::Language;

/// The folder of the data sets; `None`, said aloud, where it is absent.
fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the data sets are needed in CI");
    eprintln!("skipped: {} is absent", folder.display());
    None
}

/// Asserts that each text is found to be English, whatever its name.
fn check(set: &str, texts: &BTreeMap<String, String>) {
    assert!(!texts.is_empty(), "{set} has no texts");
    for (name, text) in texts {
        let found = detect(text);
        assert_eq!(found.language, Language::ENGLISH, "{set} {name}: {found:?}");
    }
    println!("{set}: {} texts, all in English", texts.len());
}

/// The texts of a table, joined where `key` is the same.
fn table(path: &Path, key: &str, columns: &[&str]) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|title| title == name).unwrap();
    let (key, columns): (usize, Vec<usize>) = (place(key), columns.iter().map(|name| place(name)).collect());
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let text = texts.entry(record[key].to_owned()).or_default();
        for &column in &columns {
            text.push_str(&record[column]);
            text.push(' ');
        }
    }
    texts
}

#[test]
fn parliamentary_speeches_are_english() {
    let Some(folder) = data() else { return };
    let columns = ["utt1", "utt2", "utt3", "utt4", "utt5"];
    check("HanDeSeT", &table(&folder.join("handeset/dev.csv"), "id", &columns));
}

#[test]
fn speeches_of_the_security_council_are_english() {
    let Some(folder) = data() else { return };
    check("UNSCon", &table(&folder.join("unscon/dev_sentences.csv"), "speech_id", &["sentence_text"]));
}

#[test]
fn transcripts_of_meetings_are_english() {
    let Some(folder) = data() else { return };
    let mut texts = BTreeMap::new();
    for part in ["train", "val"] {
        for entry in std::fs::read_dir(folder.join("mrda").join(part)).unwrap() {
            let path = entry.unwrap().path();
            let lines = std::fs::read_to_string(&path).unwrap();
            let said: Vec<&str> = lines.lines().filter_map(|line| line.split('|').nth(1)).collect();
            texts.insert(path.display().to_string(), said.join(" "));
        }
    }
    check("MRDA", &texts);
}
