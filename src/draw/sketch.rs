//! Picture -> Sketch: how large each box and label must be for its text.

use super::footnotes::{Footnotes, number};
use super::layout::{Size, Sketch, Tie};
use super::measure::{LINE_HEIGHT, Ruler};
use super::picture::{Edge, Flow, Node, Picture};
use super::style::{Shape, Style, Weight};
use super::when::show_date;
use crate::error::{Error, Result};

/// Size of the letters of names, of second lines and of edges.
pub(super) const NODE_TEXT: f64 = 13.0;
pub(super) const SMALL_TEXT: f64 = 11.0;
pub(super) const EDGE_TEXT: f64 = 11.0;
/// Widths that texts are wrapped at.
const NODE_WIDTH: f64 = 156.0;
const WIDEST_WORD: f64 = 210.0;
/// What each of several statements on one line begins with.
pub(super) const BULLET: &str = "• ";
const EVENT_WIDTH: f64 = 430.0;
const EDGE_WIDTH: f64 = 124.0;
const MOST_LINES: usize = 4;

/// A line of text: the letters and how wide they are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextLine {
    pub(super) text: String,
    pub(super) width: f64,
    pub(super) size: f64,
    pub(super) weight: Weight,
}

/// Texts of a picture as they will be drawn, and the sketch that makes room for them.
pub(super) struct Draft {
    /// Lines of each node, in order.
    pub(super) nodes: Vec<Vec<TextLine>>,
    /// Lines of each edge, in order.
    pub(super) edges: Vec<Vec<TextLine>>,
    /// Headings of the groups.
    pub(super) groups: Vec<TextLine>,
    /// Quotes by number; none where they were not asked for.
    pub(super) notes: Footnotes,
    pub(super) sketch: Sketch,
    /// For each tie, whether it runs against its edge, because the picture is read from the edge's end.
    pub(super) turned: Vec<bool>,
}

/// The rulers of the embedded font.
pub(super) struct Rulers {
    name: Ruler,
    bold: Ruler,
    small: Ruler,
    edge: Ruler,
    /// Width that names are wrapped at.
    width: f64,
}

/// A ruler, or what is wrong with the font.
pub(super) fn ruler(weight: Weight, size: f64) -> Result<Ruler> {
    Ruler::new(weight, size).ok_or_else(|| Error::new("the embedded font cannot be read"))
}

/// Wraps all texts of a picture and sizes the boxes; with the numbers of `footnotes` where they are asked for.
///
/// # Errors
/// Where the embedded font is broken.
pub(super) fn draft(picture: &Picture, style: &Style, footnotes: bool) -> Result<Draft> {
    let rulers = Rulers {
        name: ruler(Weight::Regular, NODE_TEXT)?,
        bold: ruler(Weight::Bold, NODE_TEXT)?,
        small: ruler(Weight::Regular, SMALL_TEXT)?,
        edge: ruler(Weight::Regular, EDGE_TEXT)?,
        width: if picture.flow == Flow::Time { EVENT_WIDTH } else { NODE_WIDTH },
    };
    let notes = if footnotes { number(picture) } else { Footnotes::default() };
    let number_of = |list: &[Option<usize>], at: usize| list.get(at).copied().flatten();
    let nodes = picture.nodes().enumerate();
    let nodes: Vec<_> =
        nodes.map(|(i, node)| rulers.node_lines(node, picture.flow, style, number_of(&notes.nodes, i))).collect();
    let edges = picture.edges().enumerate();
    let edges: Vec<_> = edges.map(|(i, edge)| rulers.edge_lines(edge, number_of(&notes.edges, i))).collect();
    let sizes = picture
        .nodes()
        .zip(&nodes)
        .map(|(node, lines)| box_of(shape_in(picture.flow, style.kind(&node.kind).shape), lines))
        .collect();
    let steps = picture.steps();
    let ties = picture.edges().zip(&edges).filter_map(|(edge, lines)| {
        let (from, to) = (picture.position(&edge.from)?, picture.position(&edge.to)?);
        let turned = steps.get(from) > steps.get(to);
        let (from, to) = if turned { (to, from) } else { (from, to) };
        Some((Tie { from, to, label: label_box(lines) }, turned))
    });
    let (ties, turned) = ties.unzip();
    let focus = picture.nodes().position(|node| node.focus);
    let names = picture.groups();
    let groups: Vec<TextLine> = names.iter().filter_map(|name| rulers.heading(name)).collect();
    let sketch = Sketch {
        nodes: sizes,
        ties,
        focus,
        flow: picture.flow,
        groups: groups.iter().map(|line| text_size(std::slice::from_ref(line))).collect(),
        group_of: picture.nodes().map(|node| names.get_index_of(node.group.as_str())).collect(),
    };
    Ok(Draft { nodes, edges, groups, notes, sketch, turned })
}

impl Rulers {
    fn node_lines(&self, node: &Node, flow: Flow, style: &Style, number: Option<usize>) -> Vec<TextLine> {
        let weight = if node.focus { Weight::Bold } else { style.kind(&node.kind).weight };
        let ruler = if weight == Weight::Bold { &self.bold } else { &self.name };
        // A box is a little wider rather than a word cut.
        let widest = node.label.split(' ').map(|word| ruler.width(word)).fold(self.width, f64::max).min(WIDEST_WORD);
        let width = self.width.max(widest);
        let mut lines = measured(ruler, &numbered(&node.label, number), width, weight, NODE_TEXT);
        // An axis shows the dates.
        let note = if flow == Flow::Time && node.sublabel == show_date(&node.date) { "" } else { &node.sublabel };
        lines.extend(measured(&self.small, note, self.width, Weight::Regular, SMALL_TEXT));
        lines
    }

    fn edge_lines(&self, edge: &Edge, number: Option<usize>) -> Vec<TextLine> {
        let mut lines = edge.lines();
        if lines.len() > 1 {
            // Where one statement ends and the next begins.
            lines.iter_mut().for_each(|line| line.insert_str(0, BULLET));
        }
        match lines.last_mut() {
            Some(last) => *last = numbered(last, number),
            None => lines.extend(number.map(|number| format!("[{number}]"))),
        }
        lines.iter().flat_map(|text| measured(&self.edge, text, EDGE_WIDTH, Weight::Regular, EDGE_TEXT)).collect()
    }

    fn heading(&self, name: &str) -> Option<TextLine> {
        measured(&self.bold, name, EVENT_WIDTH, Weight::Bold, NODE_TEXT).into_iter().next()
    }
}

fn numbered(text: &str, number: Option<usize>) -> String {
    number.map_or_else(|| text.to_owned(), |number| format!("{text} [{number}]"))
}

fn measured(ruler: &Ruler, text: &str, width: f64, weight: Weight, size: f64) -> Vec<TextLine> {
    let lines = ruler.wrap(text, width, MOST_LINES).into_iter();
    lines.map(|text| TextLine { width: ruler.width(&text), text, size, weight }).collect()
}

/// Width of the widest line and height of all.
pub(super) fn text_size(lines: &[TextLine]) -> Size {
    let width = lines.iter().map(|line| line.width).fold(0.0, f64::max);
    Size { width, height: lines.iter().map(|line| line.size * LINE_HEIGHT).sum() }
}

fn label_box(lines: &[TextLine]) -> Option<Size> {
    let Size { width, height } = text_size(lines);
    (!lines.is_empty()).then_some(Size { width: width + 8.0, height: height + 4.0 })
}

/// The shape that a kind has in a picture: along an axis of time, long sentences make ellipses too wide.
pub(super) fn shape_in(flow: Flow, shape: Shape) -> Shape {
    match (flow, shape) {
        (Flow::Time, Shape::Ellipse) => Shape::Stadium,
        _ => shape,
    }
}

/// The box whose shape holds the text with some air.
fn box_of(shape: Shape, lines: &[TextLine]) -> Size {
    let Size { width, height } = text_size(lines);
    let (width, height) = (width.max(24.0), height.max(NODE_TEXT * LINE_HEIGHT));
    let (wider, higher) = match shape {
        Shape::Rectangle | Shape::Rounded => (24.0, 16.0),
        Shape::Stadium => (28.0 + height * 0.1, 16.0),
        Shape::Hexagon => (30.0 + height * 0.2, 16.0),
        Shape::Octagon => (26.0, 18.0),
        Shape::Parallelogram => (42.0, 16.0),
        Shape::Folder => (24.0, 22.0),
        Shape::Note => (30.0, 16.0),
        Shape::Ellipse => (width * 0.28 + 18.0, height * 0.28 + 14.0),
        Shape::House => (24.0, 28.0),
        Shape::Bracket => (20.0, 8.0),
    };
    Size { width: (width + wider).round(), height: (height + higher).round() }
}
