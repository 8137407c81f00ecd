//! Who spoke when, and on what: a lane a speaker, a bar a stretch of speech, its colour the issue.

use super::label::{FONT_SIZE, cleaned, shortened};
use super::markup::{Markup, across, px};
use super::{Chart, ChartTable, Phrases, Size, Voice, drawable, fill, framed, left_out, percent};
use crate::write::clock;

/// Lanes in a picture at most: the first of those given.
const MAX_LANES: usize = 40;
/// Issues with a colour of their own; the others share one.
const MAX_COLOURS: usize = 8;
const LANE: f64 = 38.0;
const BAR: f64 = 14.0;
const AXIS: f64 = 30.0;
const ENTRY: f64 = 20.0;
/// What is closer than this share of the whole is drawn as one.
const FINEST: f64 = 0.001;

/// What the places on the line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Seconds from the beginning of the recording.
    Seconds,
    /// Words from the beginning of the session, where the source has no times.
    Words,
}

/// A stretch of speech of one speaker on one issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Index of the lane.
    pub lane: usize,
    /// Where it begins: seconds or words.
    pub start: f64,
    /// Where it ends, not before `start`.
    pub end: f64,
    /// Index of the issue; none where it is about none.
    pub issue: Option<usize>,
    /// Index of the turn.
    pub turn: u64,
}

/// Who spoke when and on what; `stretches` in reading order.
pub fn timeline(
    phrases: &Phrases,
    id: &str,
    voices: &[Voice],
    issues: &[String],
    stretches: &[Stretch],
    axis: Axis,
) -> Chart {
    let lanes: Vec<String> = voices.iter().map(|voice| voice.name.clone()).collect();
    let stretches: Vec<Stretch> =
        stretches.iter().copied().filter(|s| s.lane < lanes.len()).map(sound).collect();
    let first = stretches.iter().map(|s| s.start).fold(f64::INFINITY, f64::min);
    let first = if first.is_finite() && axis == Axis::Seconds { first } else { 0.0 };
    let last = stretches.iter().map(|s| s.end).fold(first, f64::max);
    let scale = Scale { phrases, first, length: last - first, axis };
    let n_lanes = lanes.len().min(MAX_LANES);
    let mut drawing = Markup::default();
    draw_axis(&mut drawing, &scale, n_lanes as f64 * LANE);
    for (lane, voice) in voices.iter().enumerate().take(n_lanes) {
        let merged = merged(&stretches, lane, scale.length * FINEST);
        draw_lane(&mut drawing, voice, lane as f64 * LANE, &merged, issues, &scale);
    }
    let legend = n_lanes as f64 * LANE + AXIS;
    let n_entries = draw_legend(phrases, &mut drawing, issues, &stretches, legend);
    let title = phrases.timeline;
    let description = described(&lanes, &stretches, &scale);
    Chart {
        id: id.to_owned(),
        svg: framed(
            phrases,
            id,
            "timeline",
            &Size::Fluid(legend + n_entries as f64 * ENTRY),
            title,
            &description,
            &drawing,
        ),
        title: title.to_owned(),
        description,
        table: table(&lanes, issues, &stretches, &scale),
    }
}

/// The stretch with places that can be drawn.
fn sound(stretch: Stretch) -> Stretch {
    let start = drawable(stretch.start);
    Stretch { start, end: drawable(stretch.end).max(start), ..stretch }
}

/// From where to where the line goes.
struct Scale<'w> {
    phrases: &'w Phrases,
    first: f64,
    length: f64,
    axis: Axis,
}

impl Scale<'_> {
    fn share(&self, at: f64) -> f64 {
        if self.length > 0.0 { (at - self.first) / self.length } else { 0.0 }
    }

    /// A place for a reader.
    fn figure(&self, at: f64) -> String {
        match self.axis {
            Axis::Seconds => clock(at),
            Axis::Words => fill(self.phrases.at_word, &[("n", &self.phrases.number(at as u64))]),
        }
    }

    /// A length for a reader.
    fn length_of(&self, length: f64) -> String {
        match self.axis {
            Axis::Seconds => clock(length.round()),
            Axis::Words => self.phrases.counted(self.phrases.n_words, length.round() as u64),
        }
    }
}

/// Stretches of a lane that follow each other: first turn, last turn, and the whole.
struct LaneStretch {
    whole: Stretch,
    last_turn: u64,
}

/// The stretches of a lane, those on the same issue drawn as one where the gap is too small to be seen.
fn merged(stretches: &[Stretch], lane: usize, finest: f64) -> Vec<LaneStretch> {
    let mut drawn: Vec<LaneStretch> = Vec::new();
    for stretch in stretches.iter().filter(|s| s.lane == lane) {
        match drawn.last_mut() {
            Some(LaneStretch { whole, last_turn })
                if whole.issue == stretch.issue && (stretch.start - whole.end).abs() <= finest =>
            {
                whole.end = whole.end.max(stretch.end);
                *last_turn = stretch.turn;
            }
            _ => drawn.push(LaneStretch { whole: *stretch, last_turn: stretch.turn }),
        }
    }
    drawn
}

fn draw_axis(drawing: &mut Markup, scale: &Scale, bottom: f64) {
    for (quarter, anchor) in
        [(0.0, "start"), (0.25, "middle"), (0.5, "middle"), (0.75, "middle"), (1.0, "end")]
    {
        let x = across(quarter);
        drawing.empty(
            "line",
            &[("class", &"rule"), ("x1", &x), ("x2", &x), ("y1", &0), ("y2", &px(bottom + 6.0))],
        );
        let at = scale.first + quarter * scale.length;
        let text = match scale.axis {
            // The sentences of a session have fewer words than the whole, of which the page gives the number.
            Axis::Words if quarter == 1.0 => continue,
            Axis::Words if quarter == 0.0 => fill(scale.phrases.axis_words, &[("n", "0")]),
            Axis::Words => scale.phrases.number(at.round() as u64),
            Axis::Seconds => clock(at),
        };
        drawing.text(
            "text",
            &[
                ("class", &"figure"),
                ("x", &x),
                ("y", &px(bottom + AXIS - 8.0)),
                ("text-anchor", &anchor),
                ("font-size", &11),
            ],
            &text,
        );
    }
}

fn draw_lane(
    drawing: &mut Markup,
    voice: &Voice,
    top: f64,
    lane: &[LaneStretch],
    issues: &[String],
    scale: &Scale<'_>,
) {
    let (phrases, name) = (scale.phrases, voice.name.as_str());
    drawing.open("g", &[("data-stakeholder", &voice.stakeholder)]);
    drawing.open("g", &[]);
    drawing.text("title", &[], &cleaned(phrases, name));
    let baseline = px(top + f64::from(FONT_SIZE) + 2.0);
    drawing.text(
        "text",
        &[("x", &0), ("y", &baseline), ("class", &"lane")],
        &shortened(phrases, name, 300.0),
    );
    drawing.close("g");
    let y = px(top + 19.0);
    drawing.empty(
        "rect",
        &[("class", &"track"), ("x", &0), ("y", &y), ("width", &"100%"), ("height", &px(BAR)), ("rx", &2)],
    );
    for LaneStretch { whole, last_turn } in lane {
        let (from, to) = (scale.share(whole.start), scale.share(whole.end));
        let of_issue = whole.issue.and_then(|issue| issues.get(issue)).map_or("", String::as_str);
        let issue = whole
            .issue
            .and_then(|issue| issues.get(issue))
            .map_or(phrases.no_issue.to_owned(), |i| cleaned(phrases, i));
        let turns = if whole.turn == *last_turn {
            fill(phrases.place_turn, &[("n", &last_turn.to_string())])
        } else {
            let (from, to) = (whole.turn.to_string(), last_turn.to_string());
            fill(phrases.turns_from_to, &[("from", &from), ("to", &to)])
        };
        let (start, end) = (scale.figure(whole.start), scale.figure(whole.end));
        let name = cleaned(phrases, name);
        let values = [("name", &*name), ("from", &start), ("to", &end), ("turns", &turns), ("issue", &issue)];
        let hover = fill(phrases.from_to_turns, &values);
        drawing.named(
            "rect",
            &[
                ("class", &colour(whole.issue)),
                ("data-turn", &whole.turn),
                ("data-issue", &of_issue),
                ("x", &across(from)),
                ("y", &y),
                ("width", &across((to - from).max(FINEST))),
                ("height", &px(BAR)),
            ],
            &hover,
        );
    }
    drawing.close("g");
}

/// Says which colour is which issue; returns how many there are.
fn draw_legend(
    phrases: &Phrases,
    drawing: &mut Markup,
    issues: &[String],
    stretches: &[Stretch],
    top: f64,
) -> usize {
    let named =
        issues.iter().enumerate().take(MAX_COLOURS).map(|(at, name)| (Some(at), cleaned(phrases, name)));
    let more = (issues.len() > MAX_COLOURS).then(|| (Some(MAX_COLOURS), phrases.other_issues.to_owned()));
    let none = stretches.iter().any(|s| s.issue.is_none()).then(|| (None, phrases.no_issue.to_owned()));
    let entries: Vec<(Option<usize>, String)> = named.chain(more).chain(none).collect();
    for (at, (issue, name)) in entries.iter().enumerate() {
        let y = top + at as f64 * ENTRY;
        drawing.named(
            "rect",
            &[
                ("class", &colour(*issue)),
                ("x", &0),
                ("y", &px(y + 4.0)),
                ("width", &12),
                ("height", &12),
                ("rx", &2),
            ],
            name,
        );
        drawing.text("text", &[("x", &18), ("y", &px(y + 14.5))], &shortened(phrases, name, 310.0));
    }
    entries.len()
}

/// The class that colours an issue.
fn colour(issue: Option<usize>) -> String {
    match issue {
        None => "stretch issue-none".to_owned(),
        Some(issue) if issue < MAX_COLOURS => format!("stretch issue-{issue}"),
        Some(_) => "stretch issue-more".to_owned(),
    }
}

fn described(lanes: &[String], stretches: &[Stretch], scale: &Scale<'_>) -> String {
    let phrases = scale.phrases;
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return phrases.nobody_speaks.to_owned();
    };
    let name =
        |stretch: &Stretch| lanes.get(stretch.lane).map(|name| cleaned(phrases, name)).unwrap_or_default();
    let ends = if first.lane == last.lane {
        fill(phrases.first_and_last, &[("name", &name(first))])
    } else {
        fill(phrases.first_then_last, &[("first", &name(first)), ("last", &name(last))])
    };
    let length = |stretch: &Stretch| stretch.end - stretch.start;
    let on_issue = stretches.iter().rev().filter(|stretch| stretch.issue.is_some());
    let longest = on_issue.max_by(|a, b| length(a).total_cmp(&length(b)));
    let longest = longest.map_or_else(String::new, |stretch| {
        let values = [("name", name(stretch)), ("length", scale.length_of(length(stretch)))];
        format!(" {}", fill(phrases.longest, &values.each_ref().map(|(key, value)| (*key, value.as_str()))))
    });
    let rows = fill(phrases.row_each_speaker, &[("n", &lanes.len().to_string())]);
    let measured = match scale.axis {
        Axis::Seconds => phrases.measured_in_time,
        Axis::Words => phrases.measured_in_words,
    };
    let measured = fill(measured, &[("length", &scale.length_of(scale.length))]);
    let left = left_out(phrases, lanes.len(), MAX_LANES, phrases.n_names);
    format!("{rows} {measured} {ends}{longest}{left}")
}

fn table(lanes: &[String], issues: &[String], stretches: &[Stretch], scale: &Scale<'_>) -> ChartTable {
    let phrases = scale.phrases;
    let n_columns = issues.len() + 1;
    let mut sums = vec![vec![0.0; n_columns]; lanes.len()];
    for stretch in stretches {
        let column = stretch.issue.filter(|&issue| issue < issues.len()).unwrap_or(issues.len());
        if let Some(sum) = sums.get_mut(stretch.lane).and_then(|row| row.get_mut(column)) {
            *sum += stretch.end - stretch.start;
        }
    }
    let shown = |length: f64| if length > 0.0 { scale.length_of(length) } else { String::new() };
    let row = |(lane, name): (usize, &String)| {
        let mut of_lane = stretches.iter().filter(move |s| s.lane == lane);
        let first = of_lane.clone().next().map(|s| scale.figure(s.start)).unwrap_or_default();
        let last = of_lane.next_back().map(|s| scale.figure(s.end)).unwrap_or_default();
        let sums = sums.get(lane).map(Vec::as_slice).unwrap_or_default();
        let total: f64 = sums.iter().sum();
        let share = if scale.length > 0.0 { percent(phrases, total / scale.length) } else { String::new() };
        let cells = sums.iter().map(|&length| shown(length));
        [cleaned(phrases, name), first, last, shown(total), share].into_iter().chain(cells).collect()
    };
    let fixed = [phrases.name, phrases.from, phrases.to, phrases.in_all, phrases.share].map(str::to_owned);
    let columns =
        issues.iter().map(|issue| cleaned(phrases, issue)).chain([phrases.no_issue_column.to_owned()]);
    ChartTable {
        caption: phrases.how_long_each.to_owned(),
        header: fixed.into_iter().chain(columns).collect(),
        rows: lanes.iter().enumerate().map(row).collect(),
    }
}
