//! The command line as its users meet it: exit codes, streams, files.

mod answers;
mod completions;
mod corpora;
mod dates;
mod docx;
mod escapes;
mod falsified;
mod folders;
mod pages;
mod privacy;
mod refusals;
mod roster;
mod settings;
mod tables;
mod verify;
mod vocabulary;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

const PANEL: &str = "\
Moderator: Welcome to this session on the night shift. Ms Reyes, you have the floor.

Ana Reyes: We cannot accept the pension cut, because it falls on the lowest wages. The union calls for \
a paid night shift in every terminal. Nights cost people their health, and the studies of the last ten \
years leave no doubt about it.

Bo Lindqvist: The port authority supports the reform of the night shift. We propose a fund for the \
oldest workers, paid by the terminals. Without the reform the port must close two terminals.

Moderator: Thank you. Ms Reyes, would you like to respond?

Ana Reyes: The fund is not enough. We insist that the pension cut is withdrawn before any reform begins.
";

/// A folder of its own with the panel in it.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("panel.txt"), PANEL).unwrap();
    folder
}

fn rapporteur(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("rapporteur").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    // Whoever runs the tests may have settings.
    command.env("XDG_CONFIG_HOME", folder.join("settings-of-the-user"));
    command
}

fn stdout(folder: &Path, arguments: &[&str]) -> String {
    let output = rapporteur(folder).args(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn report(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(folder, arguments)).unwrap()
}

#[test]
fn a_summary_quotes_each_speaker_and_leaves_the_moderator_out() {
    let folder = folder();
    let report = report(folder.path(), &["summarize", "panel.txt", "--format", "json"]);
    let names: Vec<&str> =
        report["summaries"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ana Reyes", "Bo Lindqvist"]);
    let text = stdout(folder.path(), &["summarize", "panel.txt", "--include", "moderator,chair"]);
    assert!(text.contains("\nModerator"), "{text}");
}

#[test]
fn nothing_piped_has_escape_codes_unless_asked_for() {
    let folder = folder();
    for command in ["inspect", "summarize"] {
        assert!(!stdout(folder.path(), &[command, "panel.txt"]).contains('\x1b'));
        assert!(stdout(folder.path(), &[command, "panel.txt", "--color", "always"]).contains('\x1b'));
        assert!(!stdout(folder.path(), &[command, "panel.txt", "--color", "never"]).contains('\x1b'));
    }
}

#[test]
fn every_number_of_threads_writes_the_same_bytes() {
    let folder = folder();
    for number in 0..12 {
        let text = PANEL.replace("pension", &format!("pension{number}"));
        std::fs::write(folder.path().join(format!("copy{number:02}.txt")), text).unwrap();
    }
    for flags in [["--by", "speaker"], ["--by", "session"]] {
        let run = |threads| {
            let arguments = ["summarize", ".", "--format", "json", "--threads", threads, flags[0], flags[1]];
            stdout(folder.path(), &arguments)
        };
        let one = run("1");
        assert_eq!(one.lines().count(), 13);
        assert_eq!(one, run("2"));
        assert_eq!(one, run("8"));
    }
}

#[test]
fn standard_input_is_read_where_a_dash_stands_for_the_file() {
    let folder = folder();
    let mut command = rapporteur(folder.path());
    command.args(["summarize", "-", "--format", "json"]).write_stdin(PANEL);
    command.assert().success().stdout(contains("\"path\": \"-\"").and(contains("We insist that")));
    rapporteur(folder.path())
        .args(["summarize", "-", "-"])
        .write_stdin(PANEL)
        .assert()
        .code(2)
        .stderr(contains("standard input can be read once only"));
}

#[test]
fn a_bad_input_is_reported_and_the_others_are_done() {
    let folder = folder();
    std::fs::write(folder.path().join("bad.txt"), "no speakers here, only prose\n").unwrap();
    let mut command = rapporteur(folder.path());
    command.args(["summarize", "missing.txt", "panel.txt", "bad.txt", "--format", "json"]);
    let output = command.assert().code(1).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = errors.lines().collect();
    assert!(lines[0].starts_with("error: missing.txt: "), "{errors}");
    assert!(lines[1].starts_with("error: bad.txt: "), "{errors}");
    assert!(lines[1].contains("--input-format"), "the error names no remedy: {errors}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("We insist that"));
}

#[test]
fn results_come_in_the_order_of_the_inputs() {
    let folder = folder();
    for name in ["b.txt", "a.txt"] {
        std::fs::copy(folder.path().join("panel.txt"), folder.path().join(name)).unwrap();
    }
    let paths = |text: String| -> Vec<String> {
        let reports = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        reports.map(|report| report["session"]["source"]["path"].as_str().unwrap().to_owned()).collect()
    };
    let named = stdout(folder.path(), &["summarize", "b.txt", "panel.txt", "a.txt", "--format", "json"]);
    assert_eq!(paths(named), ["b.txt", "panel.txt", "a.txt"]);
    std::fs::write(folder.path().join(".hidden"), "x").unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    let all = stdout(folder.path(), &["summarize", ".", "--format", "json"]);
    assert_eq!(paths(all), ["./a.txt", "./b.txt", "./panel.txt"]);
}

#[test]
fn several_sessions_are_a_report_a_line_however_many_come_through() {
    let folder = folder();
    let lines = |arguments: &[&str]| {
        let output = rapporteur(folder.path()).args(arguments).args(["--format", "json"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    assert!(lines(&["summarize", "panel.txt"]) > 1);
    assert_eq!(lines(&["summarize", "panel.txt", "missing.txt"]), 1);
    assert_eq!(lines(&["summarize", "."]), 1);
    assert_eq!(lines(&["inspect", "panel.txt", "panel.txt"]), 2);
}

#[test]
fn an_empty_folder_is_bad_usage() {
    let folder = TempDir::new().unwrap();
    rapporteur(folder.path())
        .args(["inspect", "."])
        .assert()
        .code(2)
        .stderr(contains("no file in this folder"));
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let folder = folder();
    let brief = folder.path().join("brief.json");
    rapporteur(folder.path()).args(["summarize", "missing.txt", "-o", "brief.json"]).assert().code(1);
    assert!(!brief.exists());
    std::fs::write(&brief, "what was there before").unwrap();
    rapporteur(folder.path())
        .args(["summarize", "missing.txt", "-o", "brief.json", "--force"])
        .assert()
        .code(1);
    assert_eq!(std::fs::read_to_string(&brief).unwrap(), "what was there before");
    rapporteur(folder.path())
        .args(["summarize", "panel.txt", "-o", "brief.json", "--force"])
        .assert()
        .success()
        .stdout("");
    assert!(std::fs::read_to_string(&brief).unwrap().starts_with("{\n"), "the extension asks for JSON");
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["brief.json", "panel.txt"], "a temporary file was left");
    rapporteur(folder.path())
        .args(["summarize", "panel.txt", "-o", "nowhere/brief.json"])
        .assert()
        .code(2)
        .stderr(contains("nowhere/brief.json").and(contains("check that the folder exists")));
}

#[cfg(unix)]
#[test]
fn an_output_file_may_be_a_link_or_a_device_and_is_readable_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    std::fs::write(folder.path().join("real.txt"), "old").unwrap();
    std::os::unix::fs::symlink("real.txt", folder.path().join("link.txt")).unwrap();
    rapporteur(folder.path())
        .args(["summarize", "panel.txt", "-o", "link.txt", "--force"])
        .assert()
        .success();
    assert!(folder.path().join("link.txt").is_symlink());
    assert!(std::fs::read_to_string(folder.path().join("real.txt")).unwrap().contains("Ana Reyes"));
    rapporteur(folder.path()).args(["summarize", "panel.txt", "-o", "/dev/null"]).assert().success();
    assert!(!Path::new("/dev/null").is_file());
    std::fs::write(folder.path().join("plain"), "").unwrap();
    let usual = std::fs::metadata(folder.path().join("plain")).unwrap().permissions().mode();
    let written = std::fs::metadata(folder.path().join("real.txt")).unwrap().permissions().mode();
    assert_eq!(written, usual);
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let folder = folder();
    let long = PANEL.repeat(2000);
    std::fs::write(folder.path().join("long.txt"), long).unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .current_dir(folder.path())
        .args(["segment", "long.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn wrong_flags_and_values_end_with_two_and_suggest_the_right_one() {
    let folder = folder();
    for (arguments, hint) in [
        (&["summarize", "panel.txt", "--metod", "lead"][..], "'--method'"),
        (&["summarize", "panel.txt", "--method", "lexrnk"], "'lexrank'"),
        (&["summarize", "panel.txt", "--input-format", "plan"], "'plain'"),
        (&["summarize", "panel.txt", "--format", "jsn"], "'json'"),
        (&["summarise", "panel.txt"], "'summarize'"),
        (&["summarize", "panel.txt", "--include", "chairman"], "'chair'"),
        (&["summarize", "panel.txt", "--words", "0"], "at least 1"),
        (&["summarize", "panel.txt", "--words", "-5"], "at least 1"),
        (&["summarize", "panel.txt", "--sentences", "many"], "at least 1"),
        (&["summarize", "panel.txt", "--percent", "0"], "above 0 and up to 100"),
        (&["summarize", "panel.txt", "--percent", "101"], "above 0 and up to 100"),
        (&["summarize", "panel.txt", "--percent", "NaN"], "above 0 and up to 100"),
        (&["summarize", "panel.txt", "--words", "9", "--sentences", "1"], "cannot be used with"),
        (&["summarize", "panel.txt", "--threads", "0"], "1 to 256"),
        (&["summarize", "panel.txt", "--language", "english"], "two-letter"),
        (&["summarize"], "<INPUT>"),
        (&["ask", "panel.txt", " "], "the question is empty"),
        (&["man", "summarise"], "summarize"),
    ] {
        rapporteur(folder.path()).args(arguments).assert().code(2).stdout("").stderr(contains(hint));
    }
}

#[test]
fn an_unknown_speaker_is_bad_usage_and_the_known_ones_are_listed() {
    let folder = folder();
    rapporteur(folder.path())
        .args(["summarize", "panel.txt", "--speaker", "Anna Reies"])
        .assert()
        .code(2)
        .stdout("")
        .stderr(
            contains("Anna Reies").and(contains("do you mean “Ana Reyes”?")).and(contains("Bo Lindqvist")),
        );
    let text = stdout(folder.path(), &["summarize", "panel.txt", "--speaker", "bo lindqvist"]);
    assert!(text.contains("Bo Lindqvist") && !text.contains("Ana Reyes"), "{text}");
}

#[test]
fn every_command_has_help_with_examples() {
    let folder = folder();
    let help = stdout(folder.path(), &["--help"]);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|word| !word.is_empty()))
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let help = stdout(folder.path(), &[command, "--help"]);
        assert!(help.contains(&format!("Examples:\n  rapporteur {command}")), "{command}: {help}");
    }
}

#[test]
fn the_budget_is_kept_to_the_word() {
    let folder = folder();
    for words in ["1", "5", "20", "1000"] {
        let report = report(folder.path(), &["summarize", "panel.txt", "--words", words, "--format", "json"]);
        for summary in report["summaries"].as_array().unwrap() {
            assert!(summary["words"].as_u64().unwrap() <= words.parse().unwrap(), "{summary}");
        }
    }
    let one = report(folder.path(), &["summarize", "panel.txt", "--sentences", "1", "--format", "json"]);
    for summary in one["summaries"].as_array().unwrap() {
        assert_eq!(summary["evidence"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn what_was_decided_is_answered_by_those_who_lead_and_sum_up() {
    let fixtures = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("fixtures");
    for (path, question, expected) in [
        ("port-negotiation/port-negotiation.txt", "What was agreed?", "I sense convergence around 2032"),
        ("port-negotiation/port-negotiation.txt", "What are the next steps?", "to sit together over lunch"),
        ("windpark-anhoerung/windpark-anhoerung.md", "Was wurde beschlossen?", "Wir halten fest"),
        (
            "retenue-eau/retenue-eau.txt",
            "Quelles sont les prochaines étapes ?",
            "rendra son avis le 18 avril",
        ),
        ("ingressi-laguna/ingressi-laguna.srt", "Che cosa si è deciso?", "Riassumendo: c'è accordo"),
        ("praca-mercado/praca-mercado.csv", "O que foi decidido?", "Em resumo: há acordo"),
        ("poligon-slushaniya/poligon-slushaniya.vtt", "Что решили?", "Подведу итог"),
        ("tahliya-baladiya/tahliya-baladiya.txt", "ماذا تقرر؟", "الخلاصة: هناك اتفاق"),
        ("waimai-qishou/waimai-qishou.txt", "会议决定了什么？", "今天达成了几点共识"),
    ] {
        let found = report(&fixtures, &["ask", path, question, "--format", "json"]);
        let evidence = found["summaries"][0]["evidence"].as_array().unwrap();
        let text: Vec<&str> = evidence.iter().map(|e| e["text"].as_str().unwrap()).collect();
        assert!(text.iter().any(|text| text.contains(expected)), "{question}: {text:?}");
        let speakers: BTreeSet<&str> = evidence.iter().map(|e| e["speaker"].as_str().unwrap()).collect();
        assert_eq!(speakers.len(), 1, "{question}: {speakers:?}");
    }
    let folder = folder();
    let none = "nobody in this session sums it up";
    rapporteur(folder.path())
        .args(["ask", "panel.txt", "What was decided?"])
        .assert()
        .success()
        .stdout(contains("Nothing in this session answers the question."))
        .stderr(contains(none));
}

#[test]
fn who_takes_a_stand_is_answered_by_those_who_take_it() {
    let folder = folder();
    let quoted = |question: &str| -> Vec<(String, String)> {
        let report = report(folder.path(), &["ask", "panel.txt", question, "--format", "json"]);
        let evidence = report["summaries"][0]["evidence"].as_array().unwrap().clone();
        let of = |e: &serde_json::Value, key: &str| e[key].as_str().unwrap().to_owned();
        evidence.iter().map(|e| (of(e, "speaker"), of(e, "stance"))).collect()
    };
    let one = |speaker: &str, stance: &str| vec![(speaker.to_owned(), stance.to_owned())];
    assert_eq!(quoted("Which stakeholders oppose the pension cut?"), one("Ana Reyes", "oppose"));
    assert_eq!(quoted("Who opposes whaling?"), []);
    let which = ["ask", "panel.txt", "Which stakeholders oppose the pension cut?"];
    rapporteur(folder.path()).args(which).assert().success().stderr("");
    let nobody = ["ask", "panel.txt", "Who opposes the fund?"];
    let expected = "nobody in this session opposes “fund” in so many words";
    rapporteur(folder.path()).args(nobody).assert().success().stderr(contains(expected));
}

#[test]
fn an_answer_quotes_the_speaker_it_is_asked_about() {
    let folder = folder();
    let question = "What did Bo Lindqvist say about the fund?";
    let report = report(folder.path(), &["ask", "panel.txt", question, "--format", "json"]);
    assert_eq!(report["question"], question);
    assert!(stdout(folder.path(), &["ask", "panel.txt", question]).contains("We propose a fund"));
}

#[test]
fn plain_lines_are_segmented_as_they_are_and_a_named_format_is_read() {
    let folder = folder();
    std::fs::write(folder.path().join("lines.txt"), "One. Two e.g. this.\n\nNote: Three.\n").unwrap();
    let turns = |flags: &[&str]| {
        let arguments = [&["segment", "lines.txt", "--format", "json"], flags].concat();
        report(folder.path(), &arguments)["turns"].clone()
    };
    assert_eq!(turns(&[]), serde_json::json!([["One.", "Two e.g. this."], [], ["Note: Three."]]));
    assert_eq!(stdout(folder.path(), &["segment", "lines.txt"]), "One.\nTwo e.g. this.\n\n\nNote: Three.\n");
    let panel =
        report(folder.path(), &["segment", "panel.txt", "--format", "json", "--input-format", "plain"]);
    assert_eq!(panel["turns"].as_array().unwrap().len(), 5);
    assert_eq!(panel["turns"][0][0], "Welcome to this session on the night shift.");
    let row = r#"{"session": "s", "speaker": "Ana", "text": "One. Two."}"#;
    std::fs::write(folder.path().join("rows.jsonl"), format!("{row}\n{row}\n")).unwrap();
    let rows = report(folder.path(), &["segment", "rows.jsonl", "--format", "json"]);
    assert_eq!(rows["turns"], serde_json::json!([["One.", "Two."], ["One.", "Two."]]));
}

#[test]
fn strict_turns_a_warning_into_a_failure() {
    let folder = folder();
    let bad = "{\"speaker\": \"Ana\", \"text\": \"One line is fine here.\"}\nnot json\n";
    let rows = format!("{bad}{}", bad.replace("Ana", "Bo"));
    std::fs::write(folder.path().join("rows.jsonl"), rows).unwrap();
    let arguments = ["summarize", "rows.jsonl", "--input-format", "jsonl"];
    rapporteur(folder.path()).args(arguments).assert().success().stderr(contains("warning: rows.jsonl"));
    rapporteur(folder.path()).args(arguments).arg("--quiet").assert().success().stderr("");
    rapporteur(folder.path())
        .args(arguments)
        .arg("--strict")
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("rows.jsonl:2"));
}

#[test]
fn an_inspection_says_how_sure_the_format_is() {
    let folder = folder();
    let text = stdout(folder.path(), &["inspect", "panel.txt"]);
    assert!(text.contains("plain (confidence 0."), "{text}");
    assert!(text.contains("Moderator     moderator"), "{text}");
    let named = stdout(folder.path(), &["inspect", "panel.txt", "--input-format", "plain"]);
    assert!(named.contains("plain (as named)"), "{named}");
    let json = report(folder.path(), &["inspect", "panel.txt", "--format", "json"]);
    assert_eq!(json["detected"][0]["format"], "plain");
    assert!(json.get("summaries").is_none());
}

#[test]
fn formats_and_methods_come_from_their_tables() {
    let folder = folder();
    let formats = report(folder.path(), &["formats", "--format", "json"]);
    for (side, names) in
        [("input", &["digwatch", "plain"][..]), ("output", &["text", "json", "markdown", "csv"])]
    {
        for name in names {
            assert!(
                formats[side].as_array().unwrap().iter().any(|row| row["name"] == *name),
                "{side} {name}"
            );
            assert!(stdout(folder.path(), &["formats"]).contains(&format!("\n  {name}")));
        }
    }
    let methods = report(folder.path(), &["methods", "--format", "json"]);
    assert_eq!(methods[0]["name"], "position");
    assert!(methods.as_array().unwrap().iter().all(|row| !row["source"].as_str().unwrap().is_empty()));
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(folder.path(), &["completions", shell]).contains("summarize"), "{shell}");
    }
    assert!(stdout(folder.path(), &["man"]).contains(".TH rapporteur 1"));
    assert!(stdout(folder.path(), &["man", "summarize"]).contains("\\-\\-percent"));
}
