//! What holds for all pictures: they are XML, say what they show, and survive any name and number.

use crate::model::{Language, ReferenceKind, Stance};

use super::*;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</title></svg><script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "' onmouseover='alert(1)",
    "]]><!--",
    "&lt;script&gt; &#x3c; &nosuch;",
    "javascript:alert(1)",
    "\u{202e}drawkcab\u{2066}",
    "a\u{0}b\u{8}c\u{fffe}\u{1b}[31m",
    "",
    "   \n\t",
    "{{7*7}} ${7*7} `x`",
    "Ελλάδα و العربية 市民外卖配送协会 👩‍👩‍👧‍👦 e\u{301}\u{301}\u{301}",
];

fn english() -> &'static Phrases {
    crate::write::phrases::phrases(Language::ENGLISH)
}

fn names(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{} {i}", HOSTILE[i % HOSTILE.len()])).collect()
}

/// Voices of one stakeholder each, which has their name in capitals.
fn voices(names: &[String]) -> Vec<Voice> {
    let voice = |name: &String| Voice { name: name.clone(), stakeholder: name.to_uppercase() };
    names.iter().map(voice).collect()
}

/// All kinds of pictures with `n` names that would break markup.
fn pictures(n: usize) -> Vec<Chart> {
    let names = names(n);
    let issues = names.get(..n.min(30)).unwrap();
    let bar = |(i, name): (usize, &String)| Bar {
        name: name.clone(),
        share: [1.0 / n as f64, f64::NAN, f64::INFINITY, -1.0][i % 4],
        figures: HOSTILE[i % HOSTILE.len()].to_owned(),
        is_quiet: i % 2 == 1,
    };
    let stances =
        [None, Some(Stance::Support), Some(Stance::Oppose), Some(Stance::Concern), Some(Stance::Mixed)];
    let cell = |i: usize| HeatCell {
        stance: stances[i % 5],
        salience: [0.5, f64::NAN, 0.001][i % 3],
        n_sentences: (i % 4) as u64,
        words: HOSTILE[i % HOSTILE.len()].to_owned(),
    };
    let cells: Vec<Vec<HeatCell>> =
        (0..n).map(|a| (0..issues.len()).map(|b| cell(a + b)).collect()).collect();
    let stretch = |i: usize| Stretch {
        lane: i % (n + 1),
        start: i as f64 * 10.0,
        end: if i.is_multiple_of(7) { f64::NAN } else { i as f64 * 10.0 + 9.0 },
        issue: (!i.is_multiple_of(3)).then_some(i % (n + 2)),
        turn: i as u64,
    };
    let stretches: Vec<Stretch> = (0..3 * n).map(stretch).collect();
    let alike: Vec<Vec<Option<f64>>> = (0..n)
        .map(|a| (0..n).map(|b| (a % 5 != 4).then(|| 1.0 / (1 + a.abs_diff(b)) as f64)).collect())
        .collect();
    let kinds = [ReferenceKind::Agree, ReferenceKind::Disagree, ReferenceKind::Mention];
    let arrow = |i: usize| Arrow {
        from: i % (n + 1),
        to: (i * 7 + 3) % (n + 1),
        kind: kinds[i % 3],
        count: if i == 5 { u64::MAX } else { i as u64 % 9 },
    };
    vec![
        bars(english(), "floor", &names.iter().enumerate().map(bar).collect::<Vec<_>>()),
        heat_map(english(), "heat", &names, issues, &cells),
        timeline(english(), "time", &voices(&names), issues, &stretches, Axis::Seconds),
        timeline(english(), "words", &voices(&names), issues, &stretches, Axis::Words),
        matrix(english(), "alike", &names, &alike),
        graph(english(), "graph", &voices(&names), &(0..4 * n).map(arrow).collect::<Vec<_>>()),
    ]
}

#[test]
fn any_names_and_numbers_make_xml_with_a_name_and_a_description_and_nothing_that_runs() {
    for n in [0, 1, 2, 13, 200] {
        for chart in pictures(n) {
            let tree = roxmltree::Document::parse(&chart.svg).unwrap_or_else(|e| panic!("{}: {e}", chart.id));
            let svg = tree.root_element();
            assert_eq!((svg.tag_name().name(), svg.attribute("role")), ("svg", Some("img")));
            let labels = svg.attribute("aria-labelledby").unwrap();
            for id in labels.split(' ') {
                let label = svg.children().find(|child| child.attribute("id") == Some(id)).unwrap();
                assert!(!label.text().unwrap().is_empty(), "{id} is empty");
            }
            for node in tree.descendants().filter(roxmltree::Node::is_element) {
                let known =
                    ["svg", "title", "desc", "g", "rect", "line", "text", "circle", "path", "polygon"];
                assert!(known.contains(&node.tag_name().name()), "{node:?} in {}", chart.id);
                for attribute in node.attributes() {
                    let (name, value) = (attribute.name(), attribute.value());
                    assert!(!name.starts_with("on") && name != "style" && name != "href", "{name}={value}");
                    assert!(
                        !value.contains("NaN") && !value.contains("inf"),
                        "{name}={value} in {}",
                        chart.id
                    );
                }
            }
            for row in &chart.table.rows {
                assert_eq!(row.len(), chart.table.header.len(), "{}: {row:?}", chart.id);
            }
            assert!(chart.svg.len() < 700_000, "{} takes {} bytes", chart.id, chart.svg.len());
        }
    }
}

#[test]
fn what_a_picture_has_no_room_for_is_said_and_stays_in_the_table() {
    for chart in pictures(200) {
        assert!(chart.description.contains("has no room for"), "{}: {}", chart.id, chart.description);
    }
    let floor = &pictures(200)[0];
    assert_eq!(floor.table.rows.len(), 200);
    assert!(pictures(2).iter().all(|chart| !chart.description.contains("no room")));
}

/// The values of an attribute of all elements of a class, in order.
fn values(chart: &Chart, class: &str, attribute: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(&chart.svg).unwrap();
    let is_of = |node: &roxmltree::Node| {
        node.attribute("class").is_some_and(|classes| classes.split(' ').any(|c| c == class))
    };
    tree.descendants().filter(is_of).filter_map(|n| n.attribute(attribute)).map(str::to_owned).collect()
}

fn bar(name: &str, share: f64) -> Bar {
    Bar { name: name.into(), share, figures: format!("{share} of all"), is_quiet: false }
}

#[test]
fn bars_are_as_long_as_their_share_of_the_whole() {
    let chart =
        bars(english(), "floor", &[bar("Ana", 0.5), bar("Bo", 0.25), bar("Cy", 0.0), bar("Di", 0.0004)]);
    assert_eq!(values(&chart, "fill", "width"), ["50%", "25%", "0%", "0.04%"]);
    assert_eq!(chart.description, "Of 4, Ana holds most: 50.0\u{a0}%. The whole width is all that was said.");
    assert_eq!(chart.table.rows[3], ["Di", "<0.1\u{a0}%", "0.0004 of all"]);
}

#[test]
fn the_area_of_a_square_is_the_salience_and_its_sign_the_stance() {
    let cell =
        |stance, salience, n_sentences| HeatCell { stance, salience, n_sentences, words: String::new() };
    let cells = [
        vec![cell(Some(Stance::Support), 0.6, 3), cell(Some(Stance::Oppose), 0.3375, 1)],
        vec![cell(None, 0.001, 1), HeatCell::default()],
    ];
    let chart = heat_map(
        english(),
        "h",
        &["Ana".into(), "Bo".into()],
        &["Fares".into(), "Night trains".into()],
        &cells,
    );
    // The largest side is 34; .3375 / .6 is .5625, whose root is .75, and .75 of 34 is 25.5; none is below 16.
    assert_eq!(values(&chart, "stance", "width"), ["34", "25.5", "16"]);
    assert_eq!(
        values(&chart, "cell", "class"),
        ["cell support", "cell oppose", "cell unstated", "cell silent"]
    );
    for sign in [">+<", ">−<", ">·<", ">60%<", ">34%<", ">&lt;1%<"] {
        assert!(chart.svg.contains(sign), "{sign} is not in the picture");
    }
    assert_eq!(chart.table.rows[0][1], "support, 3 sentences, 60.0\u{a0}% of its words");
    assert_eq!(chart.table.rows[1][2], "does not speak of it");
    assert!(
        chart.description.starts_with("2 stakeholders by 2 issues: 1 support (+), 1 oppose (−), 1 without")
    );
}

#[test]
fn those_who_stand_alike_stand_beside_each_other_with_their_words() {
    let stand = |stances: [Option<Stance>; 2]| -> Vec<HeatCell> {
        let words = "we say so".to_owned();
        stances
            .map(|stance| HeatCell { stance, salience: 0.1, n_sentences: 1, words: words.clone() })
            .to_vec()
    };
    let (for_it, against, worried) = (Some(Stance::Support), Some(Stance::Oppose), Some(Stance::Concern));
    let cells = [
        stand([for_it, for_it]),
        stand([against, against]),
        stand([None, None]),
        stand([for_it, for_it]),
        stand([worried, against]),
    ];
    let names = ["Ana", "Bo", "Cy", "Di", "Eve"].map(str::to_owned);
    let chart = heat_map(english(), "h", &names, &["Fares".into(), "Ferries".into()], &cells);
    let rows: Vec<&str> = chart.table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(rows, ["Ana", "Di", "Eve", "Bo", "Cy"]);
    assert!(chart.table.rows[0][1].ends_with(": “we say so”"), "{:?}", chart.table.rows[0]);
    assert!(chart.svg.contains("Eve, Ferries: oppose, 1 sentence, 10.0\u{a0}% of its words: “we say so”"));
}

#[test]
fn a_matrix_of_many_issues_is_no_wider_than_the_page_and_ends_behind_its_last_heading() {
    let width_of = |issues: &[String]| {
        let chart = heat_map(english(), "h", &["A stakeholder of a rather long name".into()], issues, &[]);
        values(&chart, "chart-heat", "width")[0].parse::<f64>().unwrap()
    };
    let mut issues: Vec<String> = (0..12).map(|at| format!("a longer name of issue {at}")).collect();
    issues.push("instruments".to_owned());
    assert!(width_of(&issues) <= 1024.0, "{}", width_of(&issues));
    let short = width_of(&issues[12..]);
    *issues.last_mut().unwrap() = "a much longer name of issues".to_owned();
    assert!(width_of(&issues[12..]) > short + 40.0);
}

fn stretch(lane: usize, start: f64, end: f64, issue: Option<usize>, turn: u64) -> Stretch {
    Stretch { lane, start, end, issue, turn }
}

#[test]
fn a_stretch_stands_where_it_was_said_and_neighbours_on_the_same_issue_are_one() {
    let stretches = [
        stretch(0, 100.0, 200.0, Some(0), 0),
        stretch(1, 200.0, 300.0, None, 1),
        stretch(0, 300.0, 399.9, Some(0), 2),
        stretch(0, 400.0, 500.0, Some(0), 3),
    ];
    let lanes = voices(&["Ana".to_owned(), "Bo".to_owned()]);
    let chart = timeline(english(), "t", &lanes, &["Fares".into()], &stretches, Axis::Seconds);
    assert_eq!(values(&chart, "stretch", "x"), ["0%", "50%", "25%", "0", "0"]);
    assert_eq!(values(&chart, "stretch", "width")[..3], ["25%", "50%", "25%"]);
    assert_eq!(values(&chart, "stretch", "data-turn"), ["0", "2", "1"]);
    assert!(chart.svg.contains(r#"<g data-stakeholder="ANA">"#), "{}", chart.svg);
    assert!(chart.svg.contains("Ana, 5:00 to 8:20, turns 2 to 3: Fares"), "{}", chart.svg);
    assert_eq!(chart.table.rows[0], ["Ana", "1:40", "8:20", "5:00", "75.0\u{a0}%", "5:00", ""]);
    let chart = timeline(english(), "t", &lanes, &["Fares".into()], &stretches, Axis::Words);
    assert_eq!(values(&chart, "stretch", "x")[0], "20%", "words are counted from the beginning");
    assert!(chart.description.contains("words, as the source has no times"));
}

#[test]
fn a_matrix_puts_likes_side_by_side_and_says_that_likeness_is_not_agreement() {
    let rows = [[1.0, 0.1, 0.8], [0.1, 1.0, 0.2], [0.8, 0.2, 1.0]];
    let alike: Vec<Vec<Option<f64>>> =
        rows.iter().map(|row| row.iter().map(|&v| Some(v)).collect()).collect();
    let names = ["Ana".to_owned(), "Bo".to_owned(), "Cy".to_owned()];
    let chart = matrix(english(), "m", &names, &alike);
    // Ana and Cy are joined first; Bo stands beside Cy, whom it is more like. .2 of .8 is 1.25 of 5 shades.
    assert_eq!(chart.table.header, ["Stakeholder", "1 Ana", "2 Cy", "3 Bo"]);
    let shades = ["self", "shade-5", "shade-1", "shade-5", "self", "shade-1", "shade-1", "shade-1", "self"];
    assert_eq!(values(&chart, "cell", "class"), shades.map(|shade| format!("cell {shade}")));
    assert!(chart.description.starts_with("Most alike are Ana and Cy (0.80 of 1)."));
    assert!(chart.description.contains("which is not agreement"));
}

#[test]
fn an_arrow_goes_from_who_speaks_to_who_is_spoken_of_and_shows_its_kind() {
    let names = ["Ana".to_owned(), "Bo".to_owned(), "Silent".to_owned()];
    let arrow = |from, to, kind, count| Arrow { from, to, kind, count };
    let arrows = [arrow(0, 1, ReferenceKind::Agree, 4), arrow(1, 0, ReferenceKind::Disagree, 1)];
    let chart = graph(english(), "g", &voices(&names), &arrows);
    // Two names stand at the top and at the bottom of a circle of radius 90 around (360, 120). An arrow of 4
    // is 1.2 + .9 * 2 = 3 thick.
    let of_nodes = roxmltree::Document::parse(&chart.svg).unwrap();
    let centres: Vec<(&str, &str)> = of_nodes
        .descendants()
        .filter(|node| node.has_tag_name("circle"))
        .map(|node| (node.attribute("cx").unwrap(), node.attribute("cy").unwrap()))
        .collect();
    assert_eq!(centres, [("360", "30"), ("360", "210")]);
    let paths: Vec<_> = of_nodes.descendants().filter(|node| node.has_tag_name("path")).collect();
    assert_eq!(paths[0].attribute("stroke-width"), Some("3"));
    assert_eq!(paths[0].attribute("stroke-dasharray"), Some("none"));
    assert_eq!(paths[1].attribute("stroke-dasharray"), Some("8 5"));
    assert!(chart.svg.contains("Ana agrees with Bo: 4 times"));
    // The filter of a page finds an arrow by whom its voice speaks for.
    assert_eq!(values(&chart, "arrow", "data-stakeholder"), ["ANA", "BO"]);
    assert_eq!(values(&chart, "node", "data-stakeholder"), ["ANA", "BO"]);
    assert!(!chart.svg.contains("Silent"), "who has nothing to do with others is left out");
    assert_eq!(chart.table.rows[1], ["Bo", "Ana", "disagree", "1"]);
    assert!(chart.description.ends_with("Most often referred to is Bo (4 times)."), "{}", chart.description);
}
