//! `run` as its users meet it: what it writes, what it leaves alone, and what it survives.

mod archived;
mod bad;
mod calls;
mod documented;
mod killed;
mod kinds;
mod pages;
mod scheduled;
mod shared;
#[cfg(unix)]
mod stopped;
mod support;
mod together;
mod worker;

use std::fs;

use rapporteur_cli::archive::{Holder, Lock};
use serde_json::Value;
use support::{Folder, panel};

const MANIFEST: &str = include_str!("../../schemas/manifest-1.schema.json");

#[test]
fn a_definition_that_comes_with_the_program_works_anywhere() {
    let folder = Folder::with_sessions(3);
    let said = folder.run(&["run", "position-brief", "inbox/*.txt"], 0);
    assert!(said.contains("3 inputs: 3 done"), "{said}");
    let brief = folder.read("out/undated/s001.md");
    assert!(brief.contains("We cannot accept the levy number 1,"), "{brief}");
    assert!(folder.read("out/undated/s002.json").contains("\"name\": \"position-brief\""));
    assert_eq!(folder.scalar("SELECT count(*) FROM sessions"), "3");
    assert_eq!(folder.scalar("PRAGMA integrity_check"), "ok");
}

#[test]
fn a_second_run_does_only_what_is_new_changed_or_lacking() {
    let folder = Folder::with_sessions(4);
    folder.run(&["run", "position-brief"], 0);
    let written = folder.modified("out/undated/s001.md");
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("4 inputs: 0 done, 4 unchanged"), "{said}");
    assert_eq!(folder.modified("out/undated/s001.md"), written);
    fs::write(folder.path("inbox/s000.txt"), panel(77)).unwrap();
    fs::write(folder.path("inbox/s900.txt"), panel(900)).unwrap();
    fs::remove_file(folder.path("out/undated/s002.json")).unwrap();
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("5 inputs: 3 done, 2 unchanged"), "{said}");
    assert!(folder.read("out/undated/s000.md").contains("levy number 77"));
    assert_eq!(folder.scalar("SELECT count(*) FROM sentences WHERE text LIKE '%levy number 0,%'"), "0");
    assert_eq!(folder.scalar("SELECT count(*) FROM sessions"), "5");
}

/// A change of a list beside sessions makes these due. `people` is what the list of persons is called; the session
/// is changed to name it, where its name does not tell.
fn change_a_list(people: &str, session: fn(String) -> String) {
    let folder = Folder::with_sessions(1);
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpora/skerries");
    let text = |file: &str| fs::read_to_string(format!("{corpus}/{file}")).unwrap();
    fs::write(
        folder.path("inbox/Assembly-SK_2024-03-05.xml"),
        session(text("2024/Assembly-SK_2024-03-05.xml")),
    )
    .unwrap();
    fs::write(folder.path("inbox/Assembly-SK-listOrg.xml"), text("Assembly-SK-listOrg.xml")).unwrap();
    fs::write(folder.path(&format!("inbox/{people}")), text("Assembly-SK-listPerson.xml")).unwrap();
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("2 inputs: 2 done") && said.contains(&format!("{people}: left out")), "{said}");
    let brief = "out/2024-03-05/Assembly-SK_2024-03-05.md";
    assert!(folder.read(brief).contains("Tomas Varga"));
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("2 inputs: 0 done, 2 unchanged"), "{said}");
    let list = folder.read(&format!("inbox/{people}")).replace(">Varga<", ">Lundin<");
    fs::write(folder.path(&format!("inbox/{people}")), list).unwrap();
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("2 inputs: 1 done, 1 unchanged"), "{said}");
    assert!(folder.read(brief).contains("Tomas Lundin"));
}

#[test]
fn a_change_of_a_list_beside_sessions_makes_them_due() {
    change_a_list("Assembly-SK-listPerson.xml", |session| session);
}

#[test]
fn a_change_of_a_list_that_a_session_includes_makes_it_due() {
    const INCLUDE: &str = "<particDesc><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"members.xml\"/></particDesc>\
        </profileDesc>";
    change_a_list("members.xml", |session| session.replace("</profileDesc>", INCLUDE));
}

#[test]
fn another_definition_of_the_same_name_does_everything_again() {
    let folder = Folder::with_sessions(2);
    folder.run(&["pipelines", "copy", "position-brief"], 0);
    folder.run(&["run", "position-brief.json"], 0);
    let change = |from: &str, to: &str| {
        let text = folder.read("position-brief.json");
        assert!(text.contains(from));
        fs::write(folder.path("position-brief.json"), text.replace(from, to)).unwrap();
    };
    change("0 6 * * *", "0 9 * * *");
    assert!(folder.run(&["run", "position-brief.json"], 0).contains("2 unchanged"));
    change("\"words\": 100", "\"words\": 30");
    assert!(folder.run(&["run", "position-brief.json"], 0).contains("2 inputs: 2 done"));
    change("\"name\": \"position-brief\"", "\"name\": \"another\"");
    let said = folder.run(&["run", "position-brief.json"], 2);
    assert!(said.contains("belongs to the definition “position-brief”, not to “another”"), "{said}");
}

#[test]
fn files_that_sessions_share_are_as_if_made_at_once() {
    let folder = Folder::with_sessions(0);
    let session = |name: &str, date: &str| {
        let line = serde_json::json!({"id": name, "title": name, "date": date, "turns": [
            {"speaker": "Ana Reyes", "text": format!("We support the plan of {name} for the harbour.")},
            {"speaker": "Bo Lind", "text": "We oppose the plan, because it costs too much for the city."}]});
        fs::write(folder.path(&format!("inbox/{name}.jsonl")), format!("{line}\n")).unwrap();
    };
    session("one", "2026-03-02");
    session("two", "2026-03-09");
    folder.run(&["run", "weekly-report"], 0);
    assert_eq!(folder.files("weekly").iter().filter(|f| f.ends_with(".md")).count(), 2);
    session("three", "2026-03-04");
    session("two", "2026-03-05");
    folder.run(&["run", "weekly-report"], 0);
    let report = folder.read("weekly/2026-W10.md");
    for name in ["one", "two", "three"] {
        assert!(report.contains(name), "{name} is missing: {report}");
    }
    // The only session of the other week is now in this one, so that week's files are gone.
    let now = folder.content("weekly");
    assert!(!now.keys().any(|path| path.contains("W11")), "{:?}", now.keys());
    fs::remove_dir_all(folder.path("weekly")).unwrap();
    folder.run(&["run", "weekly-report"], 0);
    assert_eq!(folder.content("weekly"), now);
}

#[test]
fn a_rebuilt_archive_has_the_same_content() {
    let folder = Folder::with_sessions(6);
    for round in 0..3 {
        fs::write(folder.path(&format!("inbox/s00{round}.txt")), panel(40 + round)).unwrap();
        folder.run(&["run", "position-brief"], 0);
    }
    let (files, rows) = (folder.content("out"), folder.archived());
    assert!(rows.len() > 40, "only {} rows", rows.len());
    fs::remove_dir_all(folder.path("out")).unwrap();
    folder.run(&["run", "position-brief", "--threads", "1"], 0);
    assert_eq!(folder.content("out"), files);
    assert_eq!(folder.archived(), rows);
}

#[test]
fn an_input_that_was_moved_is_not_archived_twice() {
    let folder = Folder::with_sessions(2);
    folder.run(&["run", "position-brief"], 0);
    fs::create_dir(folder.path("inbox/old")).unwrap();
    fs::rename(folder.path("inbox/s000.txt"), folder.path("inbox/old/s000.txt")).unwrap();
    folder.run(&["run", "position-brief", "inbox/**/*.txt"], 0);
    assert_eq!(folder.scalar("SELECT count(*) FROM sessions"), "2");
    assert_eq!(
        folder.scalar("SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH '\"levy number 0\"'"),
        "3"
    );
    // What has left the inbox for good stays in the archive.
    fs::remove_file(folder.path("inbox/s001.txt")).unwrap();
    folder.run(&["run", "position-brief", "inbox/**/*.txt"], 0);
    assert_eq!(folder.scalar("SELECT count(*) FROM sessions"), "2");
    assert!(folder.path("out/undated/s001.md").exists());
}

#[test]
fn a_dry_run_says_what_there_is_to_do_and_writes_nothing() {
    let folder = Folder::with_sessions(2);
    let said = folder.run(&["run", "position-brief", "--dry-run"], 0);
    assert!(said.contains("new  inbox/s000.txt") && said.contains("2 of 2 inputs"), "{said}");
    assert!(!folder.path("out").exists());
    folder.run(&["run", "position-brief"], 0);
    let before = folder.content("out");
    fs::write(folder.path("inbox/s001.txt"), panel(9)).unwrap();
    let said = folder.run(&["run", "position-brief", "--dry-run"], 0);
    assert!(said.contains("changed    inbox/s001.txt") && said.contains("1 of 2 inputs"), "{said}");
    assert_eq!(folder.content("out"), before);
}

#[test]
fn two_runs_at_once_are_refused_with_the_holders_name() {
    let folder = Folder::with_sessions(1);
    let archive = folder.path("out/position-brief.sqlite");
    let holder = Holder {
        pid: 4711,
        host: "harbour".into(),
        since: "2026-01-01T00:00:00Z".into(),
        definition: "position-brief".into(),
    };
    let lock = Lock::take(archive.to_str().unwrap(), &holder).unwrap();
    let said = folder.run(&["run", "position-brief"], 2);
    for part in ["held by process 4711 on harbour", "since 2026-01-01T00:00:00Z", "nothing was started"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(!archive.exists());
    drop(lock);
    folder.run(&["run", "position-brief"], 0);
    assert!(!folder.path("out/position-brief.sqlite.lock").exists());
    // What a killed holder leaves is taken over, and told.
    fs::write(folder.path("out/position-brief.sqlite.lock"), serde_json::to_string(&holder).unwrap())
        .unwrap();
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("process 4711 on harbour ended in the middle"), "{said}");
}

#[test]
fn the_manifest_accounts_for_inputs_and_outputs() {
    let folder = Folder::with_sessions(3);
    let broken = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>\n";
    fs::write(folder.path("inbox/broken.vtt"), broken).unwrap();
    folder.run(&["run", "position-brief"], 1);
    let schema = jsonschema::validator_for(&serde_json::from_str(MANIFEST).unwrap()).unwrap();
    let manifest: Value = serde_json::from_str(&folder.read("out/position-brief.manifest.json")).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&manifest).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(manifest["outcome"], "some failed");
    assert_eq!(manifest["counts"]["done"], 3);
    assert_eq!(manifest["counts"]["failed"], 1);
    let outputs = manifest["outputs"].as_array().unwrap();
    assert_eq!(outputs.len(), 6);
    for file in outputs.iter().chain(manifest["inputs"].as_array().unwrap()) {
        let content = fs::read(folder.path(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(file["sha256"], support::sha256(&content), "{file}");
        assert_eq!(file["bytes"], content.len());
    }
    let ledger = &manifest["ledger"];
    let classes = ledger["all"].as_object().unwrap().values().map(|words| words.as_u64().unwrap());
    assert_eq!(ledger["input"].as_u64(), Some(classes.sum()));
    assert_eq!(
        folder.scalar("SELECT manifest FROM runs").trim(),
        folder.read("out/position-brief.manifest.json").trim()
    );
}

#[test]
fn a_definition_without_an_archive_and_an_input_that_cannot_be_are_refused() {
    let folder = Folder::with_sessions(1);
    fs::write(folder.path("d.json"), "{\"schema\": 1}").unwrap();
    assert!(folder.run(&["run", "d.json"], 2).contains("names no archive"));
    assert!(folder.run(&["run", "position-brief", "-"], 2).contains("standard input"));
    assert!(folder.run(&["run", "position-breif"], 2).contains("do you mean “position-brief”?"));
    assert!(!folder.path("out").exists());
    let said = folder.run(&["run", "position-brief", "inbox/*.vtt"], 0);
    assert!(said.contains("0 inputs"), "{said}");
}
