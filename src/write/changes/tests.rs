//! Pages of what changed, with whatever an archive may hold.

use super::*;
use crate::model::PositionChanges;
use crate::write::phrases::{PhraseOf, escaped};

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
        language: None,
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
        "<option value=\"dropped\">Not quoted again</option>",
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

/// Two sessions of the same language: the page speaks it, but for names and quotations.
#[test]
fn a_page_of_changes_speaks_the_language_of_most_quotations_or_the_one_that_is_asked_for() {
    let german = |side: &mut Option<Side>, text: &str| {
        if let Some(side) = side {
            (side.language, side.text) = ("de".into(), text.into());
        }
    };
    let mut changes = changes("Hafen");
    for difference in &mut changes.found.differences {
        german(&mut difference.before, "Wir lehnen das Nachtfahrverbot ab.");
        german(&mut difference.after, "Wir tragen das Nachtfahrverbot mit.");
    }
    let own: [PhraseOf; 21] = [
        |p| p.about_changes,
        |p| p.stances_changed,
        |p| p.not_quoted_again,
        |p| p.repeated,
        |p| p.changes_by_stakeholder,
        |p| p.stances_that_changed,
        |p| p.before_not_again,
        |p| p.after_new,
        |p| p.change,
        |p| p.note_without_transcript,
        |p| p.stakeholder,
        |p| p.stance,
        |p| p.copy,
        |p| p.no_issue_column,
        |p| p.filter_quotations,
        |p| p.skip,
        |p| p.march,
        |p| p.oppose,
        |p| p.support,
        |p| p.changed,
        |p| p.none_stated,
    ];
    let check = |changes: &Changes, code: &str| {
        let page = html(changes).unwrap();
        assert!(page.contains(&format!("<html lang=\"{code}\"")), "{page}");
        let shown = page.split("<style>").next().unwrap().to_owned() + page.split("</style>").nth(1).unwrap();
        let shown = shown.split("<script>").next().unwrap().to_owned() + &markdown(changes);
        let (own_words, english) = (phrases(code.parse().unwrap()), phrases(Language::ENGLISH));
        for of in own {
            assert!(shown.contains(&escaped(of(own_words))), "{} is not in {shown}", of(own_words));
            let is_left = [">", "\"", " ", "“"].iter().any(|before| {
                ["<", "\"", " ", "\n"]
                    .iter()
                    .any(|after| shown.contains(&format!("{before}{}{after}", escaped(of(english)))))
            });
            // The values of filters and the classes of the style sheet are names in tables, not words for readers.
            let is_value = [english.oppose, english.support].contains(&of(english));
            assert!(!is_left || is_value, "{} is left in {shown}", of(english));
        }
        for left in ["turn 3", "line 12", "from oppose", ">oppose<", ">support<", "What changed from"] {
            assert!(!shown.contains(left), "{left} is left in {shown}");
        }
    };
    check(&changes, "de");
    assert!(html(&changes).unwrap().contains("<h4>Haltung geändert von „dagegen“ zu „dafür“</h4>"));
    assert!(html(&changes).unwrap().contains("Ana, Hafen, 1. März 2025, spring, Beitrag 3, Zeile 12)"));
    for code in ["ru", "ar", "zh"] {
        changes.language = Some(code.parse().unwrap());
        check(&changes, code);
    }
}
