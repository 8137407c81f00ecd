//! Agenda items of minutes in Markdown, with the summaries that people wrote of them.

/// The agenda items of a day's minutes that have at least five turns and a human summary: the
/// session without the summary, and the summary with the conclusion.
pub(crate) fn agenda_items(text: &str) -> Vec<(String, String)> {
    let mut sections = text.split("\n## ");
    let head = sections.next().unwrap_or("");
    let table: Vec<&str> =
        head.lines().filter(|l| l.starts_with('|') && l.trim_end().ends_with('|')).collect();
    let mut items = Vec::new();
    for section in sections {
        let title = section.lines().next().unwrap_or("").trim();
        let mut parts = section.split("\n### ");
        let body = parts.next().unwrap_or("");
        let turns: Vec<&str> = body.lines().filter(|l| is_turn(l)).collect();
        let mut summary = Vec::new();
        let mut has_summary = false;
        for part in parts {
            let heading = part.lines().next().unwrap_or("").trim().replace('’', "'");
            let is_summary = matches!(
                heading.as_str(),
                "Summary" | "Speaker's Summary" | "Speaker's Summary of Key Points" | "Summary of Key Points"
            );
            if (is_summary && !has_summary) || heading.starts_with("Conclusion") {
                has_summary |= is_summary;
                summary.extend(part.lines().skip(1).map(clean).filter(|l| !l.is_empty()));
            }
        }
        let words: usize = summary.iter().map(|l| l.split_whitespace().count()).sum();
        if turns.len() >= 5 && has_summary && words >= 25 {
            let item = format!("# {title}\n\n{}\n\n## {title}\n\n{}\n", table.join("\n"), turns.join("\n\n"));
            items.push((item, summary.join("\n")));
        }
    }
    items
}

fn is_turn(line: &str) -> bool {
    let Some((label, text)) = line.split_once(':') else { return false };
    let initials = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    label.split('/').all(initials) && text.starts_with(char::is_whitespace) && !text.trim().is_empty()
}

/// A line of a summary without list marks, link targets and code marks.
fn clean(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t', '*', '-']);
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace(['[', '`'], "").trim().to_owned()
}
