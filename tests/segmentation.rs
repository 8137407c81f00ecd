//! Sentence segmentation against public sets, where they are at hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::model::Language;
use rapporteur::text::split;

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

fn sentences(text: &str, language: Language) -> Vec<String> {
    split(text, language).into_iter().map(|span| span.of(text).to_owned()).collect()
}

/// Gold turns of a CoNLL-U document: one speaker within one paragraph.
fn turns_of(document: &str) -> Vec<Vec<String>> {
    let mut turns: Vec<(Option<String>, Vec<String>)> = Vec::new();
    let (mut speaker, mut fresh) = (None, true);
    for line in document.lines() {
        if line.starts_with("# newpar") {
            fresh = true;
        } else if line.starts_with("# sent_id") {
            speaker = None;
        } else if let Some(name) = line.strip_prefix("# speaker = ") {
            speaker = Some(name.trim().to_owned());
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if fresh || turns.last().is_none_or(|turn| turn.0 != speaker) {
                turns.push((speaker.clone(), Vec::new()));
            }
            if let Some(turn) = turns.last_mut() {
                turn.1.push(text.trim().to_owned());
            }
            fresh = false;
        }
    }
    turns.into_iter().map(|(_, sentences)| sentences).collect()
}

/// Where sentences end, counted in characters that are not white space; the last end left out.
fn boundaries(sentences: &[String]) -> BTreeSet<usize> {
    let mut count = 0;
    let mut ends = BTreeSet::new();
    for sentence in sentences {
        count += sentence.chars().filter(|c| !c.is_whitespace()).count();
        ends.insert(count);
    }
    ends.pop_last();
    ends
}

/// F1 of the boundaries in GUM's documents of some genres.
fn gum_f1(folder: &Path, genres: &[&str]) -> f64 {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join("gum")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut right, mut extra, mut missed, mut documents) = (0, 0, 0, 0);
    let show = std::env::var("SHOW").is_ok();
    for genre in genres {
        for file in files
            .iter()
            .filter(|f| f.file_name().unwrap().to_string_lossy().starts_with(&format!("GUM_{genre}_")))
        {
            documents += 1;
            for gold in turns_of(&fs::read_to_string(file).unwrap()) {
                let text = gold.join(" ");
                let found = sentences(&text, Language::ENGLISH);
                let (g, p) = (boundaries(&gold), boundaries(&found));
                right += g.intersection(&p).count();
                extra += p.difference(&g).count();
                missed += g.difference(&p).count();
                if show {
                    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
                    for (name, at) in
                        p.difference(&g).map(|a| ("extra ", a)).chain(g.difference(&p).map(|a| ("missed", a)))
                    {
                        let left: String = letters[at.saturating_sub(40)..*at].iter().collect();
                        let after: String = letters[*at..(at + 30).min(letters.len())].iter().collect();
                        println!("{genre} {name} {left} | {after}");
                    }
                }
            }
        }
    }
    assert!(documents > 0, "no documents of {genres:?}");
    let f1 = 2.0 * right as f64 / (2 * right + extra + missed) as f64;
    println!("GUM {}: F1 {f1:.4} (right {right}, extra {extra}, missed {missed})", genres.join("+"));
    f1
}

#[test]
fn sentences_of_formal_speech_are_found() {
    let Some(folder) = data() else { return };
    assert!(gum_f1(&folder, &["court", "interview", "speech", "podcast"]) >= 0.982);
}

#[test]
fn sentences_of_conversation_are_found() {
    let Some(folder) = data() else { return };
    assert!(gum_f1(&folder, &["conversation", "vlog"]) >= 0.985);
}

#[test]
fn golden_rules_hold() {
    let Some(folder) = data() else { return };
    let text = fs::read_to_string(folder.join("segmentation/golden_rules_en.json")).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut right = 0;
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let gold: Vec<&str> =
            case["sentences"].as_array().unwrap().iter().map(|s| s.as_str().unwrap().trim()).collect();
        let found = sentences(text, Language::ENGLISH);
        if found == gold {
            right += 1;
        } else {
            println!("golden: {found:?}\n  for   {gold:?}");
        }
    }
    println!("golden rules {right}/{}", cases.len());
    assert!(right >= 47);
}

/// The cases of a rule file: input and expected sentences.
fn cases(file: &Path) -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(file).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let cases: Vec<_> = kept
        .join("\n")
        .split("\n===")
        .filter_map(|case| {
            let (input, expected) = case.split_once("\n---")?;
            let expected: Vec<String> =
                expected.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
            Some((input.trim().to_owned(), expected))
        })
        .collect();
    assert!(!cases.is_empty(), "no cases in {}", file.display());
    cases
}

#[test]
fn rule_cases_hold() {
    let Some(folder) = data() else { return };
    for (code, least) in [
        ("en", 224),
        ("fr", 5),
        ("es", 2),
        ("de", 25),
        ("it", 36),
        ("pt", 3),
        ("ru", 36),
        ("ar", 3),
        ("zh", 2),
    ] {
        let all = cases(&folder.join(format!("segmentation/sentencex/{code}.txt")));
        let language = code.parse().unwrap();
        let (mut right, mut hits, mut extra, mut missed) = (0, 0, 0, 0);
        for (input, expected) in &all {
            let found = sentences(input, language);
            let (g, p) = (boundaries(expected), boundaries(&found));
            hits += g.intersection(&p).count();
            extra += p.difference(&g).count();
            missed += g.difference(&p).count();
            if found == *expected || (g == p && found.len() == expected.len()) {
                right += 1;
            } else {
                println!("{code}: {found:?}\n for {expected:?}");
            }
        }
        println!(
            "{code}: {right}/{} cases; boundaries: {hits} right, {extra} extra, {missed} missed",
            all.len()
        );
        assert!(right >= least, "{code}: {right} cases");
        let f1 = 2.0 * hits as f64 / (2 * hits + extra + missed) as f64;
        // English has its own bar: the number of cases.
        assert!(code == "en" || f1 >= 0.9, "{code}: F1 of the boundaries {f1}");
    }
}
