//! The content of a PDF page -> runs of text with their places, in the order in which they are drawn.
//!
//! Places count points from the top left corner of the page as it is seen. Text that does not run from left to right (watermarks,
//! notes along a margin) is left out.

use super::font::Font;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How deep forms may hold forms.
const MAX_DEPTH: usize = 8;
/// What a form and a font cost, in operations.
const FORM_COST: usize = 200;
const FONT_COST: usize = 2_000;

/// The fonts of a file that were read, by their objects.
pub(super) type Fonts = FxHashMap<ObjectIdentifier, Rc<Font>>;

/// Words drawn side by side on one base line.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    /// Left end.
    pub(super) left: f64,
    /// Right end.
    pub(super) right: f64,
    /// Base line.
    pub(super) base: f64,
    /// Height of the letters' em.
    pub(super) size: f64,
}

/// What is drawn on a page.
pub(super) struct Drawn {
    pub(super) runs: Vec<Run>,
    pub(super) height: f64,
    /// How many codes have no known letter.
    pub(super) unreadable: usize,
}

/// Six numbers: x' = a x + c y + e, y' = b x + d y + f.
type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `inner`, then `outer`.
fn chain(outer: Matrix, inner: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = outer;
    let [p, q, r, s, t, u] = inner;
    [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Draws the text of a page; each operation costs one of `budget`, a form or a new font more.
pub(super) fn draw_page(page: &Page<'_>, fonts: &mut Fonts, budget: &mut usize) -> Drawn {
    let state = State {
        ctm: page.initial_transform(true).as_coeffs(),
        font: None,
        size: 0.0,
        letter_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let drawn = Drawn { runs: Vec::new(), height: f64::from(page.render_dimensions().1), unreadable: 0 };
    let mut pen = Pen { drawn, fonts, budget, state, saved: Vec::new(), text: IDENTITY, line: IDENTITY };
    if let Some(content) = page.page_stream() {
        pen.draw(TypedIter::new(content), page.resources(), 0);
    }
    pen.drawn
}

struct Pen<'b> {
    drawn: Drawn,
    fonts: &'b mut Fonts,
    budget: &'b mut usize,
    state: State,
    saved: Vec<State>,
    /// The text matrix, and that of the line's beginning.
    text: Matrix,
    line: Matrix,
}

impl Pen<'_> {
    fn draw(&mut self, mut content: TypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        let bottom = self.saved.len();
        while let Some(op) = content.next() {
            let Some(left) = self.budget.checked_sub(1) else { return };
            *self.budget = left;
            match op {
                Op::SaveState(_) if self.saved.len() < 256 => self.saved.push(self.state.clone()),
                Op::RestoreState(_) if self.saved.len() > bottom => {
                    self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
                }
                Op::Transform(m) => {
                    let inner = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                    self.state.ctm = chain(self.state.ctm, inner);
                }
                Op::XObject(form) if depth < MAX_DEPTH => self.draw_form(form.0, resources, depth),
                Op::TextFont(font) => {
                    self.state.font = self.find_font(font.0, resources);
                    self.state.size = font.1.as_f64();
                }
                Op::CharacterSpacing(n) => self.state.letter_space = n.0.as_f64(),
                Op::WordSpacing(n) => self.state.word_space = n.0.as_f64(),
                Op::HorizontalScaling(n) => self.state.stretch = n.0.as_f64() / 100.0,
                Op::TextLeading(n) => self.state.leading = n.0.as_f64(),
                Op::TextRise(n) => self.state.rise = n.0.as_f64(),
                Op::BeginText(_) => (self.text, self.line) = (IDENTITY, IDENTITY),
                Op::NextLine(to) => self.next_line(to.0.as_f64(), to.1.as_f64()),
                Op::NextLineAndSetLeading(to) => {
                    self.state.leading = -to.1.as_f64();
                    self.next_line(to.0.as_f64(), to.1.as_f64());
                }
                Op::SetTextMatrix(m) => {
                    self.line = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                    self.text = self.line;
                }
                Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
                Op::ShowText(shown) => self.show(shown.0.as_bytes()),
                Op::NextLineAndShowText(shown) => {
                    self.next_line(0.0, -self.state.leading);
                    self.show(shown.0.as_bytes());
                }
                Op::ShowTextWithParameters(shown) => {
                    self.state.word_space = shown.0.as_f64();
                    self.state.letter_space = shown.1.as_f64();
                    self.next_line(0.0, -self.state.leading);
                    self.show(shown.2.as_bytes());
                }
                Op::ShowTexts(list) => self.show_list(list.0),
                _ => {}
            }
        }
        self.saved.truncate(bottom);
    }

    fn draw_form(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(form) = resources.get_x_object(name).filter(|form| is_form(form)) else { return };
        let Ok(content) = form.decoded() else { return };
        // Unpacking costs too: a few bytes may stand for megabytes, drawn a million times.
        *self.budget = self.budget.saturating_sub(FORM_COST + content.len() / 8);
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let matrix: Vec<f64> =
            form.dict().get::<Array<'_>>("Matrix").map(|list| list.iter::<f64>().collect()).unwrap_or_default();
        let before = (self.state.clone(), self.text, self.line);
        if let Ok(matrix) = Matrix::try_from(matrix) {
            self.state.ctm = chain(self.state.ctm, matrix);
        }
        self.draw(TypedIter::new(&content), own.as_ref().unwrap_or(resources), depth + 1);
        (self.state, self.text, self.line) = before;
    }

    fn find_font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        let id = dict.obj_id();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(known.clone());
        }
        *self.budget = self.budget.saturating_sub(FONT_COST);
        let font = Rc::new(Font::new(&dict));
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        Some(font)
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = chain(self.line, [1.0, 0.0, 0.0, 1.0, x, y]);
        self.text = self.line;
    }

    fn show_list(&mut self, list: &Array<'_>) {
        for item in list.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(text.as_bytes()),
                other => {
                    let back = other.into_f32().map_or(0.0, f64::from) / 1000.0;
                    self.advance(-back * self.state.size * self.state.stretch);
                }
            }
        }
    }

    fn advance(&mut self, by: f64) {
        self.text = chain(self.text, [1.0, 0.0, 0.0, 1.0, by, 0.0]);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        for shown in font.read(bytes) {
            let State { size, letter_space, word_space, stretch, rise, .. } = self.state;
            let place = chain(self.state.ctm, chain(self.text, [1.0, 0.0, 0.0, 1.0, 0.0, rise]));
            let space = if shown.is_space { word_space } else { 0.0 };
            let width = shown.width * size * stretch;
            self.put(&shown.text, place, width);
            self.advance(width + (letter_space + space) * stretch);
        }
    }

    /// Puts a letter behind the last run where it touches it, else begins a new one.
    fn put(&mut self, text: &str, place: Matrix, width: f64) {
        let [a, b, c, d, left, base] = place;
        // Only what runs from left to right and stands upright.
        if a <= 0.0 || b.abs() > a * 0.1 || d >= 0.0 || ![left, base, width].iter().all(|n| n.is_finite()) {
            return;
        }
        self.drawn.unreadable += usize::from(text.is_empty());
        let size = c.hypot(d) * self.state.size.abs();
        let right = left + width * a;
        let last = self.drawn.runs.last_mut().filter(|run| {
            (run.base - base).abs() < 0.1 * size && (run.size - size).abs() < 0.1 * size && left > run.left - 0.1 * size
        });
        match last {
            // Words far apart by spaces alone are words far apart.
            Some(run) if text == " " && run.text.ends_with(' ') => {}
            Some(run) if left - run.right < 0.9 * size && left - run.right > -0.5 * size => {
                if left - run.right > 0.17 * size && !run.text.ends_with(' ') && text != " " {
                    run.text.push(' ');
                }
                run.text.push_str(text);
                run.right = run.right.max(right);
            }
            _ if text.trim().is_empty() => {}
            _ => self.drawn.runs.push(Run { text: text.to_owned(), left, right, base, size }),
        }
    }
}

fn is_form(form: &Stream<'_>) -> bool {
    form.dict().get::<Name<'_>>("Subtype").is_some_and(|kind| &*kind == b"Form")
}
