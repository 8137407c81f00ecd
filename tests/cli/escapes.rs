//! Nothing of a transcript or a file name commands a terminal: attacks through every command.

use std::path::Path;
use std::process::Output;

use super::rapporteur;

/// What terminals, logs and readers have been fooled with.
const ATTACKS: [&str; 34] = [
    "\x1b[2J",
    "\x1b]0;OWNED\x07",
    "\x1b]8;;http://x.example\x1b\\",
    "\x1b[31;1m",
    "\x1b[1A\x1b[2K",
    "\x1bc",
    "\x1bP$q\x1b\\",
    "\x1b_G\x1b\\",
    "\x1b^x\x1b\\",
    "\x1b[6n",
    "\x1b[?1049h",
    "\x1b]52;c;eA==\x07",
    "\x1b(0",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{90}x\u{9c}",
    "\u{85}",
    "\u{8d}",
    "\u{80}",
    "\u{9f}",
    "\u{7f}",
    "\x08\x08",
    "\x07",
    "\x0b",
    "\x0c",
    "\x0e\x0f",
    "\x01",
    "\x1f",
    "\u{202e}gpj",
    "\u{202d}x\u{202c}",
    "\u{2066}x\u{2069}",
    "\u{2067}\u{2068}",
    "\u{2028}",
    "\u{2029}\u{202a}\u{202b}",
];

/// Holds what a command has said to what may reach a terminal.
fn check(output: &Output, command: &str) {
    for (stream, bytes) in [("output", &output.stdout), ("errors", &output.stderr)] {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{command}: {stream} are no UTF-8"));
        let command_of_terminal = |c: char| {
            (c.is_control() && c != '\n' && c != '\t')
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        let found = text.chars().find(|&c| command_of_terminal(c));
        assert_eq!(found, None, "{command}: {stream}: {text:?}");
    }
    assert!(output.status.code().is_some_and(|code| code != 101), "{command} has panicked");
}

/// A transcript in which every attack is a part of a name, a session, a title and of what is said.
fn write_attacks(folder: &Path) -> String {
    let mut lines = String::new();
    let attacks = ATTACKS.concat();
    for (number, attack) in ATTACKS.iter().enumerate() {
        for (date, verb) in [("2024-01-02", "support"), ("2024-02-02", "oppose")] {
            let line = serde_json::json!({
                "session": format!("s-{date}{attacks}"),
                "date": date,
                "title": format!("Hearing {attacks}"),
                "speaker": format!("Ann{attack} Lee {number}"),
                "stakeholder": format!("Dock{attack} Workers {number}"),
                "text": format!("We {verb} the harbour levy {attack} because it pays for the quay {number}."),
            });
            lines.push_str(&format!("{line}\n"));
        }
    }
    std::fs::create_dir_all(folder.join("inbox")).unwrap();
    std::fs::write(folder.join("inbox/talks.jsonl"), &lines).unwrap();
    // A title of an issue, and a file that is no transcript.
    let issues = serde_json::json!([{ "label": format!("Levy{attacks}"), "terms": ["harbour levy"] }]);
    std::fs::write(folder.join("issues.json"), issues.to_string()).unwrap();
    std::fs::write(folder.join("broken.txt"), format!("nothing {attacks}\n")).unwrap();
    attacks
}

#[test]
fn no_command_lets_a_transcript_command_the_terminal() {
    let folder = tempfile::TempDir::new().unwrap();
    let folder = folder.path();
    let attacks = write_attacks(folder);
    let (talks, archive) = ("inbox/talks.jsonl", "out/position-brief.sqlite");
    let name = format!("{attacks}x");
    let before = format!("s-2024-01-02{attacks}");
    let commands: [&[&str]; 26] = [
        &["inspect", talks],
        &["summarize", talks, "--issues", "issues.json"],
        &["summarize", talks, "--speaker", &name],
        &["summarize", talks, "--format", "json"],
        &["summarize", talks, "--format", "markdown"],
        &["summarize", talks, "--format", "html"],
        &["summarize", talks, "--method", &name],
        &["ask", talks, &format!("What about the levy {attacks}?")],
        &["segment", talks],
        &["segment", "broken.txt"],
        &["segment", talks, "--format", "json"],
        &["compare", talks, "broken.txt", "--issues", "issues.json", "-o", "tables"],
        &["report", talks, "-o", "page.html"],
        &["report", talks, "-o", "page.md"],
        &["run", "position-brief", "--dry-run"],
        &["run", "position-brief"],
        &["search", archive, "levy"],
        &["search", archive, &format!("\"levy\" OR {attacks} NEAR(x) col:y")],
        &["history", archive, "--stakeholder", "Dock"],
        &["diff", archive, "2024-01", "2024-02"],
        &["diff", archive, &before, &name],
        &["verify", "tables/stances.csv"],
        &["verify", "broken.txt"],
        &["evaluate", "broken.txt", "--references", "broken.txt"],
        &["pipelines", "validate", &name],
        &["schedule", &name],
    ];
    for arguments in commands {
        let output = rapporteur(folder).args(arguments).output().unwrap();
        check(&output, &format!("{arguments:?}").chars().take(60).collect::<String>());
        if arguments.first() == Some(&"search") && arguments.last() == Some(&"levy") {
            assert!(String::from_utf8_lossy(&output.stdout).contains("\\u{1b}[2J"), "shown as text");
        }
    }
    for file in ["page.html", "page.md", "tables/datapackage.json", "out/position-brief.manifest.json"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(!text.chars().any(|c| matches!(c, '\x1b' | '\u{80}'..='\u{9f}' | '\u{202e}')), "{file}");
    }
}

#[test]
#[cfg(unix)]
fn no_error_lets_a_file_name_command_the_terminal() {
    let folder = tempfile::TempDir::new().unwrap();
    let folder = folder.path();
    std::fs::create_dir(folder.join("hostile")).unwrap();
    let of_name = |attack: &str| attack.replace('/', "_");
    for (number, attack) in ATTACKS.iter().enumerate() {
        let attack = of_name(attack);
        std::fs::write(folder.join(format!("hostile/{number}{attack}\nerror: forged.txt")), "no transcript")
            .unwrap();
    }
    let first = format!("hostile/0{}\nerror: forged.txt", ATTACKS[0]);
    let last = format!("missing{}", ATTACKS.concat());
    let commands: [&[&str]; 10] = [
        &["inspect", "hostile"],
        &["summarize", &first, &last],
        &["summarize", "hostile", "--strict"],
        &["compare", "hostile", "-o", "tables"],
        &["report", &first, "-o", "page.html"],
        &["verify", "hostile"],
        &["verify", &last],
        &["segment", &last],
        &[&last],
        &["search", &last, "x"],
    ];
    for arguments in commands {
        let output = rapporteur(folder).args(arguments).output().unwrap();
        check(&output, &format!("{:?}", arguments[0]));
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!errors.contains("\nerror: forged"), "{arguments:?}: {errors}");
    }
}
