//! Pages of what changed, with whatever an archive may hold.

use super::*;
use crate::model::PositionChanges;

fn side(stance: &str, text: &str) -> Option<Side> {
    Some(Side {
        session: "spring".into(),
        date: "2025-03-01".into(),
        stance: Stance::from_name(stance),
        turn: 3,
        sentence: 1,
        text: text.into(),
        speaker: "Ana".into(),
        quoted_stance: Stance::from_name(stance),
        language: "en".into(),
        path: "spring.txt".into(),
        line: 12,
    })
}

fn changes(name: &str) -> Changes {
    let difference = |change, issue: &str, before, after| Difference {
        change,
        stakeholder: name.into(),
        issue: issue.into(),
        before,
        after,
    };
    let (oppose, support) = (side("oppose", "We oppose it."), side("support", "We support it."));
    Changes {
        tool: "rapporteur".into(),
        before: "2025-03".into(),
        after: name.into(),
        found: PositionChanges {
            differences: vec![
                difference(Change::New, "", None, side("", name)),
                difference(Change::Stance, name, oppose.clone(), support),
                difference(Change::Dropped, name, oppose, None),
            ],
            only_before: vec![(name.into(), 2)],
            only_after: Vec::new(),
        },
    }
}

#[test]
fn before_and_after_stand_side_by_side() {
    let page = html(&changes("Port")).unwrap();
    for expected in [
        "<title>What changed from 2025-03 to Port</title>",
        "<a href=\"#d-2\"><bdi>Port on Port: from oppose to support</bdi></a>",
        "<h4>Stance changed from oppose to support</h4>",
        "<b>Before, not quoted again</b>",
        "<span class=\"place\">turn 3, line 12</span>",
        "data-citation=\"“We oppose it.” (Ana, Port, 1 March 2025, spring, turn 3, line 12)\"",
        "<option value=\"dropped\">dropped</option>",
        "<p><bdi>Only 2025-03 has positions on: Port (2)</bdi></p>",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    let text = markdown(&changes("Port"));
    for expected in [
        "| Port | 1 | 1 | 1 | 0 |\n",
        "- Port on Port: from oppose to support\n",
        "\nOnly 2025-03 has positions on: Port (2)\n",
        "### No issue\n\n**After, new**\n\n> “Port”\n>\n> — Ana, 1 March 2025, spring, turn 3, line 12\n",
        "#### Stance changed from oppose to support\n\n**Before**\n\n> “We oppose it.”\n",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn markup_in_an_archive_stays_text() {
    let bad = "<script>alert(1)</script>\" onload=x ' | `a`";
    let page = html(&changes(bad)).unwrap();
    assert!(!page.contains("<script>alert") && !page.contains("\" onload"), "{page}");
    let text = markdown(&changes(bad));
    let text = text.rsplit_once("<!-- made by").map_or(text.as_str(), |(changes, _)| changes);
    assert!(!text.contains("<script") || !text.replace("\\<", "").contains('<'), "{text}");
}
