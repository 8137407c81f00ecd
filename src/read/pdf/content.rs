//! What the pages of a PDF document show: runs of characters with their places (ISO 32000-1, 9.4).

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::{Transform, TypedInstruction};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream, String as Codes};
use hayro_syntax::page::{Page, Resources};
use rustc_hash::FxHashMap;

use super::fonts::Font;
use super::unpack;

/// Most bytes of the content of one page, unpacked.
const MAX_CONTENT: usize = 1 << 26;
/// Most levels of content that is drawn within other content. Documents nest a few; a damaged one may nest forever.
const MAX_NESTING: usize = 12;
/// Most saved graphics states; the specification asks readers for 28.
const MAX_STATES: usize = 512;
/// Most operations of a document: each level of nesting can multiply them.
const MAX_OPERATIONS: usize = 20_000_000;

/// Characters that are shown together, in the coordinates of an upright page whose origin is at the top left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// Where it begins.
    pub x: f64,
    /// Where it ends.
    pub end: f64,
    /// Its base line, growing down the page.
    pub y: f64,
    /// The size of its characters.
    pub size: f64,
    /// What it says.
    pub text: String,
    /// Whether the document marks it as no part of its text: a page head or number.
    pub is_artifact: bool,
    /// Whether its line runs across the page, and not up or down its side.
    pub is_upright: bool,
}

/// What reading the pages has found and used up so far.
#[derive(Default)]
pub(super) struct Contents {
    fonts: FxHashMap<ObjectIdentifier, Rc<Font>>,
    operations: usize,
    /// Characters that were shown.
    pub shown: usize,
    /// Characters of which no font says what they are.
    pub unknown: usize,
    /// Whether a page showed more than the limits allow.
    pub is_cut: bool,
}

/// A transformation of coordinates: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// What first `self` and then `after` does.
    fn then(self, after: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, after.0);
        Matrix([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    fn of_numbers(numbers: [Number; 6]) -> Matrix {
        Matrix(numbers.map(|number| number.as_f64()))
    }

    fn moved(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// The state of text.
#[derive(Clone)]
struct State {
    to_page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    /// Horizontal scaling, 1 for none.
    scaling: f64,
    leading: f64,
    rise: f64,
}

impl Contents {
    /// The runs of a page, in the order in which they are drawn.
    pub(super) fn of_page(&mut self, page: &Page) -> Vec<Run> {
        let mut interpreter = Interpreter {
            contents: self,
            runs: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
            states: Vec::new(),
            state: State {
                to_page: Matrix(page.initial_transform(true).as_coeffs()),
                font: None,
                size: 0.0,
                character_spacing: 0.0,
                word_spacing: 0.0,
                scaling: 1.0,
                leading: 0.0,
                rise: 0.0,
            },
        };
        let Some(content) = page_content(page) else { return Vec::new() };
        interpreter.run(&content, page.resources(), 0);
        interpreter.runs
    }
}

/// The content of a page, unpacked, its parts apart by white space.
fn page_content(page: &Page) -> Option<Vec<u8>> {
    let raw = page.raw();
    if let Some(stream) = raw.get::<Stream>("Contents") {
        return unpack(&stream, MAX_CONTENT);
    }
    let mut all = Vec::new();
    for part in raw.get::<Array>("Contents")?.iter::<Stream>() {
        all.extend(unpack(&part, MAX_CONTENT.saturating_sub(all.len())).unwrap_or_default());
        all.push(b' ');
    }
    Some(all)
}

struct Interpreter<'c> {
    contents: &'c mut Contents,
    runs: Vec<Run>,
    state: State,
    states: Vec<State>,
    /// The text matrix, and that of the line it began with.
    text: Matrix,
    line: Matrix,
    /// For each marked part of the content that is open, whether it is no text of the document.
    marks: Vec<bool>,
}

impl Interpreter<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources, nesting: usize) {
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.contents.operations += 1;
            if self.contents.operations > MAX_OPERATIONS {
                self.contents.is_cut = true;
                return;
            }
            self.apply(&instruction, resources, nesting);
        }
    }

    fn apply(&mut self, instruction: &TypedInstruction, resources: &Resources, nesting: usize) {
        match instruction {
            TypedInstruction::SaveState(_) if self.states.len() < MAX_STATES => {
                self.states.push(self.state.clone());
            }
            TypedInstruction::RestoreState(_) => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            TypedInstruction::Transform(Transform(a, b, c, d, e, f)) => {
                self.state.to_page = Matrix::of_numbers([*a, *b, *c, *d, *e, *f]).then(self.state.to_page);
            }
            TypedInstruction::XObject(name) => self.draw(name.0, resources, nesting),
            TypedInstruction::BeginMarkedContent(mark) => self.open_mark(mark.0),
            TypedInstruction::BeginMarkedContentWithProperties(mark) => self.open_mark(mark.0),
            TypedInstruction::EndMarkedContent(_) => {
                self.marks.pop();
            }
            _ => self.apply_to_text(instruction, resources),
        }
    }

    fn apply_to_text(&mut self, instruction: &TypedInstruction, resources: &Resources) {
        match instruction {
            TypedInstruction::TextFont(font) => {
                self.state.font = self.font(font.0, resources);
                self.state.size = font.1.as_f64();
            }
            TypedInstruction::CharacterSpacing(by) => self.state.character_spacing = by.0.as_f64(),
            TypedInstruction::WordSpacing(by) => self.state.word_spacing = by.0.as_f64(),
            TypedInstruction::HorizontalScaling(by) => self.state.scaling = by.0.as_f64() / 100.0,
            TypedInstruction::TextLeading(by) => self.state.leading = by.0.as_f64(),
            TypedInstruction::TextRise(by) => self.state.rise = by.0.as_f64(),
            TypedInstruction::BeginText(_) => self.set_line(Matrix::IDENTITY),
            TypedInstruction::SetTextMatrix(m) => {
                self.set_line(Matrix::of_numbers([m.0, m.1, m.2, m.3, m.4, m.5]));
            }
            TypedInstruction::NextLine(by) => self.move_line(by.0.as_f64(), by.1.as_f64()),
            TypedInstruction::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.move_line(by.0.as_f64(), by.1.as_f64());
            }
            TypedInstruction::NextLineUsingLeading(_) => self.move_line(0.0, -self.state.leading),
            TypedInstruction::ShowText(codes) => self.show(codes.0),
            TypedInstruction::NextLineAndShowText(codes) => {
                self.move_line(0.0, -self.state.leading);
                self.show(codes.0);
            }
            TypedInstruction::ShowTextWithParameters(set) => {
                self.state.word_spacing = set.0.as_f64();
                self.state.character_spacing = set.1.as_f64();
                self.move_line(0.0, -self.state.leading);
                self.show(set.2);
            }
            TypedInstruction::ShowTexts(parts) => {
                for part in parts.0.iter::<Object>() {
                    match part {
                        Object::String(codes) => self.show(&codes),
                        Object::Number(by) => self.advance(-by.as_f64() / 1000.0 * self.state.size),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Shows content of its own resources within this content.
    fn draw(&mut self, name: &Name, resources: &Resources, nesting: usize) {
        let Some(form) = resources.get_x_object(name) else { return };
        let dict = form.dict();
        if dict.get::<Name>("Subtype").as_deref() != Some(b"Form") {
            return;
        }
        if nesting >= MAX_NESTING {
            self.contents.is_cut = true;
            return;
        }
        let Some(content) = unpack(&form, MAX_CONTENT) else { return };
        let own = dict.get::<Dict>("Resources").map(Resources::new);
        let (state, states) = (self.state.clone(), std::mem::take(&mut self.states));
        let numbers: Vec<Number> =
            dict.get::<Array>("Matrix").iter().flat_map(|m| m.iter::<Number>()).collect();
        if let Ok(numbers) = <[Number; 6]>::try_from(numbers) {
            self.state.to_page = Matrix::of_numbers(numbers).then(self.state.to_page);
        }
        self.run(&content, own.as_ref().unwrap_or(resources), nesting + 1);
        (self.state, self.states) = (state, states);
    }

    fn open_mark(&mut self, name: &Name) {
        let is_within = self.marks.last().copied().unwrap_or(false);
        // Deeper marks than any document has are a damaged one's: what they hold stays text.
        if self.marks.len() < MAX_STATES {
            self.marks.push(is_within || &**name == b"Artifact");
        }
    }

    /// The font of a name, read once for the whole document.
    fn font(&mut self, name: &Name, resources: &Resources) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        let Some(id) = dict.obj_id() else { return Some(Rc::new(Font::new(&dict))) };
        Some(Rc::clone(self.contents.fonts.entry(id).or_insert_with(|| Rc::new(Font::new(&dict)))))
    }

    fn set_line(&mut self, matrix: Matrix) {
        (self.text, self.line) = (matrix, matrix);
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::moved(x, y).then(self.line));
    }

    /// Moves along the line, by a distance in text space.
    fn advance(&mut self, by: f64) {
        self.text = Matrix::moved(by * self.state.scaling, 0.0).then(self.text);
    }

    fn show(&mut self, codes: &Codes) {
        let Some(font) = self.state.font.clone() else { return };
        let (mut text, mut width) = (String::with_capacity(codes.as_bytes().len()), 0.0);
        let State { character_spacing, word_spacing, size, .. } = self.state;
        let contents = &mut *self.contents;
        font.decode(codes.as_bytes(), |shown| {
            contents.shown += 1;
            if shown.text.is_empty() {
                contents.unknown += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            } else if shown.is_reversed {
                // Letters of one sign stand in reading order, signs as the page shows them.
                text.extend(shown.text.chars().rev());
            } else if let [letter] = shown.text.as_bytes() {
                text.push(char::from(*letter));
            } else {
                text.push_str(&shown.text);
            }
            let spacing = character_spacing + if shown.is_space { word_spacing } else { 0.0 };
            width += shown.width * size + spacing;
        });
        let place = self.text.then(self.state.to_page);
        let [a, b, c, d, ..] = place.0;
        let [.., x, y] = Matrix::moved(0.0, self.state.rise).then(place).0;
        self.advance(width);
        let [.., end, end_y] = self.text.then(self.state.to_page).0;
        let size = size.abs() * c.hypot(d);
        let is_upright = b.abs() <= a.abs() * 0.1 && a > 0.0 && (end_y - y).abs() <= size;
        let numbers = [x, y, end, size];
        if text.is_empty() || numbers.iter().any(|number| !number.is_finite() || number.abs() > 1e6) {
            return;
        }
        let is_artifact = self.marks.last().copied().unwrap_or(false);
        self.runs.push(Run { x, end: end.max(x), y, size, text, is_artifact, is_upright });
    }
}
