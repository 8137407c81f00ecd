//! What members call out while another speaks, as records put it in brackets into the speech:
//! `(Dr. Anna Berg [Blau]: Das ist Unsinn! – Beifall bei Rot)`. Who is named is a voice of its own, and the
//! speech goes on as a turn after it. Brackets that name nobody stay in the text, where they are noise.

use rustc_hash::FxHashSet;

use super::label::{self, Shape};
use super::parts::{self, Part};
use crate::model::{Session, Span};

/// Longest content of a bracket in bytes; longer ones are speech.
const MAX_BRACKET: usize = 600;

/// What parts the calls in one bracket.
const PARTS: [&str; 2] = [" – ", " — "];

/// What says that somebody calls, before a name without a title: `Zuruf von Anna Berg [Rot]`.
const CALLS: [&str; 4] = ["Zuruf von ", "Gegenruf von ", "Zwischenruf von ", "Zurufe von "];

/// What stands before the name of a member that calls out.
const MEMBERS: [&str; 4] = ["Abg. ", "Abgeordneter ", "Abgeordnete ", "Abgeordneten "];

/// A bracket in which somebody who is named calls out.
struct Bracket<'t> {
    /// From the opening to the closing bracket, in the turn.
    span: Span,
    calls: Vec<(&'t str, Span)>,
}

/// Makes calls of named members in the speech of others into turns of their own.
pub(super) fn set_apart(session: &mut Session) {
    let names = names_of(session);
    parts::set_apart(session, |session, turn| {
        let text = session.turn_text(turn);
        let brackets = brackets(text, &names);
        if brackets.is_empty() { Vec::new() } else { parts_of(text.len(), brackets) }
    });
}

/// A turn as its speech and the calls in it.
fn parts_of(length: usize, brackets: Vec<Bracket>) -> Vec<Part> {
    let mut found = Vec::new();
    let mut at = 0;
    for bracket in brackets {
        found.push(Part { label: None, span: Span::new(at, bracket.span.start()) });
        found.extend(bracket.calls.into_iter().map(|(name, span)| Part { label: Some(name), span }));
        at = bracket.span.end();
    }
    found.push(Part { label: None, span: Span::new(at, length) });
    found
}

/// The labels of a session without what stands in brackets at their end.
fn names_of(session: &Session) -> FxHashSet<String> {
    let names = session.labels.iter().map(|label| bare(label).to_owned());
    names.filter(|name| name.contains(' ')).collect()
}

fn bare(label: &str) -> &str {
    label.split(['(', '[']).next().unwrap_or(label).trim()
}

/// The brackets of a turn in which named members call out. What stands around them is apart by white space, so
/// that no word is cut.
fn brackets<'t>(text: &'t str, names: &FxHashSet<String>) -> Vec<Bracket<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('(')).map(|offset| at + offset) {
        at = start + 1;
        let near = text.get(start..).unwrap_or("");
        let near = near.get(..near.floor_char_boundary(MAX_BRACKET)).unwrap_or(near);
        let Some(end) = closing(near).map(|length| start + length) else { continue };
        let before = text.get(..start).and_then(|t| t.chars().next_back());
        let after = text.get(end..).and_then(|t| t.chars().next());
        if [before, after].iter().flatten().any(|c| !c.is_whitespace()) {
            continue;
        }
        let calls = calls(text, start + 1..end - 1, names);
        if !calls.is_empty() {
            found.push(Bracket { span: Span::new(start, end), calls });
            at = end;
        }
    }
    found
}

/// The length of a bracket that a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let (at, _) = text.char_indices().find(|&(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some(at + 1)
}

/// Who is named as calling out, and where what it calls stands.
fn calls<'t>(
    text: &'t str,
    inside: std::ops::Range<usize>,
    names: &FxHashSet<String>,
) -> Vec<(&'t str, Span)> {
    let mut found: Vec<(&str, Span)> = Vec::new();
    let mut at = inside.start;
    while at < inside.end {
        let rest = text.get(at..inside.end).unwrap_or("");
        let part = PARTS.iter().filter_map(|mark| Some((rest.find(mark)?, mark.len()))).min();
        let (length, gap) = part.unwrap_or((rest.len(), 0));
        let whole = rest.get(..length).unwrap_or("");
        if let Some((name, said)) = named_call(whole, names) {
            let span = Span::new(at + said, at + length).trimmed(text);
            if !span.is_empty() {
                found.push((name, span));
            }
        }
        at += length + gap.max(1);
    }
    found
}

/// The member that a call names, and the offset of what it calls: `Dr. Anna Berg [Blau]: …`,
/// `Gegenruf des Abg. Max Muster [Rot]: …`, `Max Muster: …` where the session has that voice.
fn named_call<'t>(call: &'t str, names: &FxHashSet<String>) -> Option<(&'t str, usize)> {
    let colon = call.find(": ")?;
    let whole = call.get(..colon)?.trim();
    let member = MEMBERS.iter().find_map(|mark| whole.find(mark).map(|at| at + mark.len()));
    let name = whole.get(member.unwrap_or(0)..)?.trim();
    let name = CALLS.iter().find_map(|call| name.strip_prefix(call)).unwrap_or(name);
    let is_name = label::shape(bare(name)) == Some(Shape::Strong);
    let has_party = name.ends_with(']') && name.contains(" [");
    let is_named = has_party || member.is_some() || names.contains(bare(name));
    (is_name && is_named).then_some((name, colon + 1))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("plain", text)), expected, "{text}");
    }

    #[test]
    fn a_named_call_is_a_turn_of_its_own_and_the_speech_goes_on_after_it() {
        check(
            "Max Muster (Rot): Wir stimmen zu. (Dr. Anna Berg [Blau]: Das ist Unsinn!) Weiter so.\n\n\
             Dr. Anna Berg (Blau): Nein.\n",
            &[
                ("Max Muster (Rot)", "Wir stimmen zu."),
                ("Dr. Anna Berg [Blau]", "Das ist Unsinn!"),
                ("Max Muster (Rot)", "Weiter so."),
                ("Dr. Anna Berg (Blau)", "Nein."),
            ],
        );
        check(
            "Max Muster: Wir stimmen zu.\n(Beifall bei Rot – Gegenruf des Abg. Ole Hein [Blau]: Nie!)\nWeiter\nso.\nAnna Berg: Ja.\n",
            &[
                ("Max Muster", "Wir stimmen zu."),
                ("Ole Hein [Blau]", "Nie!"),
                ("Max Muster", "Weiter\nso."),
                ("Anna Berg", "Ja."),
            ],
        );
    }

    #[test]
    fn a_voice_of_the_session_may_be_named_without_a_party() {
        check(
            "Ann Lee: We agree. (Bo Ek: Never!)\nBo Ek: No.\n",
            &[("Ann Lee", "We agree."), ("Bo Ek", "Never!"), ("Bo Ek", "No.")],
        );
    }

    #[test]
    fn other_brackets_stay_in_the_speech() {
        check(
            "Ole Hein (Blau): Wir stimmen zu. (Zuruf von Anna Berg [Rot]: Nie!) Weiter.\nAnna Berg (Rot): Ja.",
            &[
                ("Ole Hein (Blau)", "Wir stimmen zu."),
                ("Anna Berg [Rot]", "Nie!"),
                ("Ole Hein (Blau)", "Weiter."),
                ("Anna Berg (Rot)", "Ja."),
            ],
        );
        for said in [
            "We agree (see Article 5: scope) today.",
            "We agree (New York: yes).",
            "Gut. (Zuruf von Blau: Unsinn!) Weiter.",
            "a(Bo Ek: b)c (d",
            "((Bo Ek: x)",
        ] {
            check(&format!("Ann Lee: {said}\nBo Ek: No."), &[("Ann Lee", said), ("Bo Ek", "No.")]);
        }
    }

    #[test]
    fn lines_and_headings_lead_to_the_same_places_as_before() {
        let session = read_as(
            "markdown",
            "# M\n\nMax Muster: Eins.\nZwei. (Ole Hein [Blau]: Nie!)\nDrei.\n\n## Haushalt\n\nAnna Berg: Ja.\n",
        );
        assert_eq!((0..4).map(|turn| session.line_of(turn, 0)).collect::<Vec<_>>(), [3, 4, 5, 9]);
        assert_eq!(session.line_of(0, 6), 4);
        assert_eq!(session.headings[0].turn, 3);
    }
}
