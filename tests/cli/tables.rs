//! Tables of `compare` on standard output.

use super::*;

#[test]
fn one_table_goes_to_standard_output_as_it_goes_to_a_folder() {
    let folder = folder();
    let piped = stdout(folder.path(), &["compare", "panel.txt", "--tables", "speakers", "-o", "-"]);
    stdout(folder.path(), &["compare", "panel.txt", "-o", "tables"]);
    assert_eq!(piped, std::fs::read_to_string(folder.path().join("tables/speakers.csv")).unwrap());
    assert!(!folder.path().join("-").exists());
    for flags in [&[][..], &["--tables", "speakers,stances"], &["--tables", "speakers", "--excel"]] {
        rapporteur(folder.path())
            .args([&["compare", "panel.txt", "-o", "-"], flags].concat())
            .assert()
            .code(2)
            .stdout("")
            .stderr(contains("standard output takes one table"));
    }
}

#[test]
fn every_speaker_of_a_table_is_one_of_the_table_of_speakers() {
    let folder = folder();
    let panel = PANEL.replace("Ana Reyes: The fund", "Ms. Ana Reyes (HU): The fund");
    std::fs::write(folder.path().join("panel.txt"), panel).unwrap();
    stdout(folder.path(), &["compare", "panel.txt", "-o", "tables"]);
    let table = |name: &str| {
        let mut reader = csv::Reader::from_path(folder.path().join(format!("tables/{name}.csv"))).unwrap();
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        (header, rows)
    };
    let column = |name: &str, wanted: &str| -> BTreeSet<String> {
        let (header, rows) = table(name);
        let at = header.iter().position(|title| title == wanted);
        at.map(|at| rows.into_iter().map(|row| row[at].clone()).collect()).unwrap_or_default()
    };
    let known = column("speakers", "speaker");
    let mut n_tables = 0;
    for described in rapporteur::write::tables::TABLES {
        let named = column(described.name, "speaker");
        n_tables += usize::from(!named.is_empty());
        assert!(named.is_subset(&known), "{}: {named:?} are not all of {known:?}", described.name);
    }
    assert!(n_tables >= 3, "{n_tables}");
    let labels = column("sentences", "label");
    assert!(labels.len() > known.len(), "one voice has two labels: {labels:?}, {known:?}");
    assert!(column("references", "target").is_subset(&known));
}
