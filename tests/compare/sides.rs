//! The sides of a debate on a motion: what shows them is quoted, and who is quoted is not mistaken.

use super::{compared, rows};

const MOTION: &str = "Close the Old Harbour";

/// An invented debate: who speaks, and what.
const DEBATE: [(&str, &str); 15] = [
    (
        "Moderator",
        "Good evening. Our motion is: Close the Old Harbour. We have four debaters. Arguing for the motion is \
         the director of the Quay Trust, Ines Faro. The other debater for the motion is Tom Weber.",
    ),
    (
        "Moderator",
        "On the side against the motion we have Ana Reyes, who runs a ferry. Her partner is here as well.",
    ),
    ("Moderator", "Let us begin with what the side against the motion is asked most. Who pays?"),
    (
        "Ines Faro",
        "Thank you. The quay walls are cracked in eleven places and each repair costs more than the last. \
         I ask you to vote for the motion.",
    ),
    ("Moderator", "Thank you, Ines Faro. And now to speak against the motion, Ana Reyes."),
    (
        "Ana Reyes",
        "Four hundred families live from this harbour. My partner Lee Okoro and I have counted them. If you vote \
         for the motion, the ferries stop. I urge you to vote against the motion.",
    ),
    ("Moderator", "Tom Weber, you have three minutes."),
    ("Tom Weber", "The new port has room for every ferry. There is a road to it, and a night bus."),
    ("Moderator", "Lee Okoro, what do you say to your opponent Tom Weber, who is for the motion?"),
    ("Lee Okoro", "The night bus has not come for a year. Nobody can take a fish crate on a bus."),
    ("Moderator", "A question from the audience."),
    ("Visitor", "Who pays for the road? I have not heard that tonight."),
    ("Moderator", "Ines Faro, the floor is yours."),
    ("Ines Faro", "The city pays for the road, as it always has."),
    ("Moderator", "Thank you all. Please vote now."),
];

/// A folder with a debate and its motion, and the paths of both.
fn prepared(turns: &[(&str, &str)]) -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let line = |(speaker, text): &(&str, &str)| {
        serde_json::json!({"session": "d", "speaker": speaker, "text": text}).to_string()
    };
    let lines: Vec<String> = turns.iter().map(line).collect();
    let (session, issues) = (folder.path().join("debate.jsonl"), folder.path().join("issues.json"));
    std::fs::write(&session, lines.join("\n")).unwrap();
    let listed = serde_json::json!({"issues": [{"label": "harbour", "text": MOTION}]});
    std::fs::write(&issues, listed.to_string()).unwrap();
    let (session, issues) = (session.to_str().unwrap().to_owned(), issues.to_str().unwrap().to_owned());
    (folder, session, issues)
}

fn debate(turns: &[(&str, &str)]) -> Vec<super::Row> {
    let (_folder, session, issues) = prepared(turns);
    let (_tables, target) = compared(&[&session], &["--issues", &issues, "--by", "speaker"]);
    rows(&target.join("stances.csv"))
}

#[test]
fn debaters_stand_where_they_are_introduced_or_say_to_stand() {
    let stances = debate(&DEBATE);
    let of = |name: &str| {
        let row = stances.iter().find(|row| row["stakeholder"] == name);
        row.map(|row| format!("{} {}: {}", row["stance"], row["basis"], row["because"])).unwrap_or_default()
    };
    for (name, stance, ground) in [
        ("Ines Faro", "support stated", "side:own="),
        ("Ana Reyes", "oppose stated", "side:own="),
        ("Tom Weber", "support stated", "side:introduced="),
        ("Lee Okoro", "oppose stated", "side:beside="),
    ] {
        let row = of(name);
        assert!(row.starts_with(stance) && row.contains(ground), "{name}: {row}");
    }
    assert!(!of("Visitor").contains("side:"), "{}", of("Visitor"));
}

#[test]
fn own_words_are_quoted_before_an_introduction() {
    let stances = debate(&DEBATE);
    let evidence = |name: &str| {
        let row = stances.iter().find(|row| row["stakeholder"] == name).unwrap();
        row["evidence"].split(' ').map(str::to_owned).collect::<Vec<_>>()
    };
    // Turn 3 is her own, turn 0 is where the moderator introduces her.
    assert_eq!(evidence("Ines Faro")[0], "3.2");
    assert!(evidence("Ines Faro").iter().any(|place| place.starts_with("0.")));
    assert!(evidence("Tom Weber").iter().all(|place| place.starts_with("0.")));
}

#[test]
fn an_issue_that_the_session_does_not_debate_as_its_motion_has_no_sides() {
    let turns: Vec<(&str, &str)> =
        DEBATE.iter().filter(|(_, text)| !text.contains("Our motion is")).copied().collect();
    let stances = debate(&turns);
    assert!(stances.iter().all(|row| !row["because"].contains("side:")), "{stances:?}");
}

#[test]
fn a_page_quotes_what_shows_a_side_under_the_name_of_whoever_said_it() {
    let (folder, session, issues) = prepared(&DEBATE);
    let page = folder.path().join("debate.md");
    let arguments =
        ["report", &session, "--issues", &issues, "--by", "speaker", "-o", page.to_str().unwrap()];
    assert_cmd::Command::cargo_bin("rapporteur").unwrap().args(arguments).assert().success();
    let page = std::fs::read_to_string(page).unwrap();
    let section = page.split("## Where they stand").nth(1).unwrap();
    let of = |name: &str| {
        let from =
            section.split(&format!("**{name}** (stated")).nth(1).unwrap_or_else(|| panic!("{name}: {page}"));
        from.split("\n**").next().unwrap().to_owned()
    };
    let introduced = of("Tom Weber");
    assert!(introduced.contains("for the motion is Tom Weber.”"), "{introduced}");
    assert!(introduced.contains("— Moderator, [turn 0]"), "{introduced}");
    assert!(of("Ines Faro").contains("“I ask you to vote for the motion.”"), "{}", of("Ines Faro"));
}
