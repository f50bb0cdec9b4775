//! Placement -> SVG. One writer for all layout engines.
//!
//! Law: every line of text says how wide it is (`textLength`), so that a viewer with another font still keeps it in its box.

mod chart;
mod edges;
mod legend;
mod links;
mod nodes;
mod notes;
mod path;

use super::layout::{Placement, Point, Rect};
use super::measure::{FAMILY, LINE_HEIGHT, clean};
use super::picture::Picture;
use super::sketch::{Draft, TextLine, ruler, text_size};
use super::style::{Color, Line, Style, Weight};
use crate::error::Result;
use crate::ontology::Status;
use std::fmt::Write as _;

pub(super) use edges::stroke_width;
pub(super) use path::number;

const MARGIN: f64 = 28.0;
/// Narrowest page; titles and legends need room.
const NARROWEST: f64 = 420.0;
/// Size of the title, and how far it may widen a page.
const TITLE: f64 = 19.0;
const WIDEST_TITLE: f64 = 640.0;

/// A drawing, and where on it something leads to its source: for formats that do not keep the links of SVG.
pub(super) struct Sheet {
    pub(super) svg: String,
    /// Lines first, so that boxes lie on top of them.
    pub(super) links: Vec<Link>,
}

/// A part of a drawing that leads somewhere.
pub(super) struct Link {
    pub(super) area: Rect,
    pub(super) url: String,
    /// What leads there, in words.
    pub(super) tale: String,
}

/// Writes a picture as SVG: title, drawing, legend, footer.
///
/// # Errors
/// Where the embedded font is broken.
pub(super) fn write_svg(picture: &Picture, style: &Style, draft: &Draft, placement: &Placement) -> Result<Sheet> {
    let title = ruler(Weight::Bold, TITLE)?.width(&clean(&picture.title)).min(WIDEST_TITLE);
    let width = placement.size.width.max(title + 1.0).max(NARROWEST) + 2.0 * MARGIN;
    let mut page = Canvas { out: String::new(), style, width, y: MARGIN - 8.0, links: Vec::new() };
    page.heading(picture)?;
    let at = Point::new((width - placement.size.width) / 2.0, page.y);
    page.drawing(picture, draft, placement, at)?;
    page.links = links::find_links(picture, style, placement, at);
    page.y += placement.size.height + 20.0;
    page.charts(picture)?;
    page.legend(picture)?;
    page.notes(&draft.notes)?;
    page.footer(picture)?;
    Ok(page.finish(picture))
}

struct Canvas<'a> {
    out: String,
    style: &'a Style,
    width: f64,
    /// Where the next thing goes.
    y: f64,
    links: Vec<Link>,
}

impl Canvas<'_> {
    fn finish(self, picture: &Picture) -> Sheet {
        let (width, height) = (number(self.width), number(self.y + MARGIN - 10.0));
        let title = if picture.title.is_empty() { "Diagram" } else { &picture.title };
        let (title, description) = (escape(title), escape(&describe(picture)));
        let background = self.style.page.background.as_str();
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"graphics-document document\" aria-roledescription=\"diagram\" aria-labelledby=\"title description\" font-family=\"'{FAMILY}', 'DejaVu Sans', 'Noto Sans', Arial, sans-serif\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{background}\"/>\n{}</svg>\n",
            self.out
        );
        Sheet { svg, links: self.links }
    }

    fn heading(&mut self, picture: &Picture) -> Result<()> {
        let (text, muted) = (self.style.page.text.clone(), self.style.page.muted.clone());
        self.paragraph(&picture.title, TITLE, Weight::Bold, &text)?;
        self.paragraph(&picture.subtitle, 12.0, Weight::Regular, &muted)?;
        self.y += 16.0;
        Ok(())
    }

    fn footer(&mut self, picture: &Picture) -> Result<()> {
        let muted = self.style.page.muted.clone();
        self.paragraph(&picture.footer, 10.0, Weight::Regular, &muted)
    }

    /// Wrapped text from margin to margin.
    fn paragraph(&mut self, text: &str, size: f64, weight: Weight, color: &Color) -> Result<()> {
        let ruler = ruler(weight, size)?;
        for text in ruler.wrap_plain(text, self.width - 2.0 * MARGIN, 3) {
            let line = TextLine { width: ruler.width(&text), text, size, weight };
            self.y += size * LINE_HEIGHT;
            self.text(&line, Point::new(MARGIN, self.y - size * 0.28), "start", color);
        }
        Ok(())
    }

    fn text(&mut self, line: &TextLine, at: Point, anchor: &str, color: &Color) {
        let weight = if line.weight == Weight::Bold { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{}\" text-anchor=\"{anchor}\" textLength=\"{}\" \
             lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            number(at.x),
            number(at.y),
            number(line.size),
            color.as_str(),
            number(line.width),
            escape(&line.text)
        );
    }

    /// Lines around a middle point.
    fn text_block(&mut self, lines: &[TextLine], middle: Point, color: &Color) {
        let mut y = middle.y - text_size(lines).height / 2.0;
        for line in lines {
            y += line.size * LINE_HEIGHT;
            self.text(line, Point::new(middle.x, y - line.size * 0.3), "middle", color);
        }
    }

    /// Lines that begin at the left, in a box.
    fn text_list(&mut self, lines: &[TextLine], b: &Rect, color: &Color) {
        let (width, mut y) = (text_size(lines).width, b.center().y - text_size(lines).height / 2.0);
        for line in lines {
            y += line.size * LINE_HEIGHT;
            self.text(line, Point::new(b.center().x - width / 2.0, y - line.size * 0.3), "start", color);
        }
    }

    fn drawing(&mut self, picture: &Picture, draft: &Draft, placement: &Placement, at: Point) -> Result<()> {
        let _ = writeln!(self.out, "<g class=\"drawing\" transform=\"translate({} {})\">", number(at.x), number(at.y));
        self.frames(placement, draft);
        self.axes(placement, picture)?;
        let edges: Vec<_> = picture.edges().zip(&placement.routes).zip(&draft.edges).enumerate().collect();
        for (i, ((edge, route), _)) in &edges {
            self.edge(*i, edge, route, picture, placement);
        }
        for (i, ((node, b), lines)) in picture.nodes().zip(&placement.nodes).zip(&draft.nodes).enumerate() {
            self.node(i, node, b, lines, picture);
        }
        for (i, ((edge, route), lines)) in &edges {
            self.edge_label(*i, edge, route, lines);
        }
        self.out.push_str("</g>\n");
        Ok(())
    }

    /// Opens a group that stands for one thing, in a link to the first of its sources that has an address; the caller adds
    /// attributes and closes the tag.
    fn open_symbol(&mut self, class: &str, id: &str, tale: &str, status: Status, url: Option<&str>) {
        let name = tale.lines().next().unwrap_or_default();
        if let Some(url) = url {
            let _ = write!(self.out, "<a href=\"{}\" target=\"_blank\" rel=\"noopener\">", escape(url));
        }
        let _ = write!(
            self.out,
            "<g class=\"{class}\" id=\"{id}\" role=\"graphics-symbol img\" aria-label=\"{}\" data-status=\"{}\"",
            escape(name),
            status.as_str()
        );
    }

    fn close_opening(&mut self, tale: &str) {
        let lines: Vec<String> = tale.lines().map(escape).collect();
        let _ = writeln!(self.out, "><title>{}</title>", lines.join("&#10;"));
    }

    fn close_symbol(&mut self, url: Option<&str>) {
        self.out.push_str(if url.is_some() { "</g></a>\n" } else { "</g>\n" });
    }
}

/// The picture in words, for those who cannot see it.
fn describe(picture: &Picture) -> String {
    let (nodes, edges) = (picture.nodes().len(), picture.edges().len());
    format!("{} Diagram of {nodes} nodes and {edges} connections.", picture.subtitle).trim().to_owned()
}

pub(super) fn dash(line: Line) -> &'static str {
    match line {
        Line::Solid | Line::Struck => "",
        Line::Dashed => " stroke-dasharray=\"6 4\"",
        Line::Dotted => " stroke-dasharray=\"0.1 4\" stroke-linecap=\"round\"",
    }
}

/// Text as XML holds it.
pub(super) fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
