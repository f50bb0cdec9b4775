//! Boxes of a drawing: nodes, frames of groups, axes of time.

use super::path::{number, path_data};
use super::{Canvas, dash};
use crate::draw::footnotes::first_url;
use crate::draw::layout::{Placement, Point, Rect};
use crate::draw::outline::{ornament, outline, text_center};
use crate::draw::picture::{Node, Picture};
use crate::draw::sketch::{Draft, SMALL_TEXT, TextLine, ruler, shape_in};
use crate::draw::style::{Color, KindStyle, Shape, Weight};
use crate::draw::tell::tell_node;
use crate::draw::when::show_date;
use crate::error::Result;
use crate::ontology::Status;
use std::fmt::Write as _;

impl Canvas<'_> {
    pub(super) fn node(&mut self, at: usize, node: &Node, b: &Rect, lines: &[TextLine], picture: &Picture) {
        let known = self.style.kind(&node.kind);
        let look = &KindStyle { shape: shape_in(picture.flow, known.shape), ..known.clone() };
        let tale = tell_node(picture, node, self.style);
        let url = first_url(picture, node.support());
        self.open_symbol("node", &format!("n{at}"), &tale, node.status, url);
        let _ = write!(self.out, " data-kind=\"{}\"", super::escape(&look.legend));
        if !node.date.is_empty() {
            let _ = write!(self.out, " data-dates=\"{}\"", super::escape(&node.date));
        }
        self.close_opening(&tale);
        let dash = dash(self.style.status(node.status).line);
        let (line, width) = if node.focus { (&self.style.page.focus, 2.8) } else { (&look.line, 1.3) };
        self.shape(look, b, line, width, dash);
        self.text_block(lines, text_center(look.shape, b), &look.text);
        if node.status == Status::Denied {
            self.strike(b);
        }
        self.close_symbol(url);
    }

    /// A line through what did not happen.
    fn strike(&mut self, b: &Rect) {
        let color = self.style.edge_color(Status::Denied).as_str();
        let (x, right, y, bottom) =
            (number(b.x + 4.0), number(b.right() - 4.0), number(b.y + 4.0), number(b.bottom() - 4.0));
        let _ = writeln!(self.out, "<path d=\"M{x} {bottom}L{right} {y}\" stroke=\"{color}\" stroke-width=\"1.8\"/>");
    }

    /// Borders and headings of groups.
    pub(super) fn frames(&mut self, placement: &Placement, draft: &Draft) {
        let (rule, text) = (self.style.page.rule.clone(), self.style.page.text.clone());
        for (b, group) in &placement.frames {
            let (x, y, w, h) = (number(b.x), number(b.y), number(b.width), number(b.height));
            let _ = writeln!(
                self.out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"6\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.2\"/>",
                rule.as_str()
            );
            if let Some(line) = draft.groups.get(*group) {
                self.text(line, Point::new(b.x + 14.0, b.y + 12.0 + line.size * 0.9), "start", &text);
            }
        }
    }

    /// Axes of time with their dates.
    pub(super) fn axes(&mut self, placement: &Placement, picture: &Picture) -> Result<()> {
        let (edge, text) = (self.style.page.edge.clone(), self.style.page.edge_text.clone());
        for (top, bottom) in &placement.axes {
            let (x, y, end) = (number(top.x), number(top.y), number(bottom.y));
            let _ =
                writeln!(self.out, "<path d=\"M{x} {y}V{end}\" stroke=\"{}\" stroke-width=\"1.5\"/>", edge.as_str());
        }
        let ruler = ruler(Weight::Regular, SMALL_TEXT)?;
        let nodes: Vec<&Node> = picture.nodes().collect();
        for mark in &placement.marks {
            let Some(node) = nodes.get(mark.node) else { continue };
            let (x, y) = (number(mark.at.x), number(mark.at.y));
            let fill = self.style.kind(&node.kind).line.clone();
            let back = self.style.page.background.as_str();
            let _ = writeln!(
                self.out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"4.5\" fill=\"{}\" stroke=\"{back}\" stroke-width=\"1.5\"/>",
                fill.as_str()
            );
            for words in ruler.wrap(&show_date(&node.date), 110.0, 1) {
                let line =
                    TextLine { width: ruler.width(&words), text: words, size: SMALL_TEXT, weight: Weight::Regular };
                self.text(&line, Point::new(mark.at.x - 11.0, mark.at.y + 3.8), "end", &text);
            }
        }
        Ok(())
    }

    pub(super) fn shape(&mut self, look: &KindStyle, b: &Rect, line: &Color, width: f64, dash: &str) {
        let (fill, line) = (look.fill.as_str(), line.as_str());
        let closed = path_data(&outline(look.shape, b)) + "Z";
        if look.shape == Shape::Bracket {
            let (x, y, h) = (number(b.x), number(b.y), number(b.height));
            let _ = writeln!(self.out, "<path d=\"{closed}\" fill=\"{fill}\"/>");
            let _ = writeln!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"3\" height=\"{h}\" fill=\"{line}\"/>");
            return;
        }
        let stroke = format!("stroke=\"{line}\" stroke-width=\"{}\"{dash}", number(width));
        let _ = writeln!(self.out, "<path d=\"{closed}\" fill=\"{fill}\" {stroke} stroke-linejoin=\"round\"/>");
        if let Some(extra) = ornament(look.shape, b) {
            let _ = writeln!(self.out, "<path d=\"{}\" fill=\"none\" {stroke}/>", path_data(&extra));
        }
    }
}
