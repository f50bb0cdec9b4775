//! Placement -> SVG. One writer for all layout engines.
//!
//! Law: every line of text says how wide it is (`textLength`), so that a viewer with another font still keeps it in its box.

use super::layout::{Path, Piece, Placement, Point, Rect, Route};
use super::legend::{Legend, read_legend};
use super::measure::{FAMILY, LINE_HEIGHT, clean};
use super::outline::{meet, ornament, outline, text_center};
use super::picture::{Edge, Node, Picture};
use super::sketch::{Draft, TextLine, ruler, text_size};
use super::style::{Color, KindStyle, Line, Shape, Style, Weight};
use crate::error::Result;
use crate::ontology::Status;
use std::fmt::Write as _;

const MARGIN: f64 = 28.0;
/// Narrowest page; titles and legends need room.
const NARROWEST: f64 = 420.0;
/// Size of the title, and how far it may widen a page.
const TITLE: f64 = 19.0;
const WIDEST_TITLE: f64 = 640.0;
const ARROW: f64 = 9.0;

/// Width in pixels of the line that stands for `count` statements.
pub(super) fn stroke_width(count: usize) -> f64 {
    1.3 + 0.35 * count.saturating_sub(1).min(5) as f64
}

/// Writes a picture as SVG: title, drawing, legend, footer.
///
/// # Errors
/// Where the embedded font is broken.
pub(super) fn write_svg(picture: &Picture, style: &Style, draft: &Draft, placement: &Placement) -> Result<String> {
    let title = ruler(Weight::Bold, TITLE)?.width(&clean(&picture.title)).min(WIDEST_TITLE);
    let width = placement.size.width.max(title + 1.0).max(NARROWEST) + 2.0 * MARGIN;
    let mut page = Canvas { out: String::new(), style, width, y: MARGIN - 8.0 };
    page.heading(picture)?;
    let at = Point::new((width - placement.size.width) / 2.0, page.y);
    page.drawing(picture, draft, placement, at);
    page.y += placement.size.height + 20.0;
    page.legend(picture)?;
    page.footer(picture)?;
    Ok(page.finish(picture))
}

struct Canvas<'a> {
    out: String,
    style: &'a Style,
    width: f64,
    /// Where the next thing goes.
    y: f64,
}

impl Canvas<'_> {
    fn finish(self, picture: &Picture) -> String {
        let (width, height) = (number(self.width), number(self.y + MARGIN - 10.0));
        let title = if picture.title.is_empty() { "Diagram" } else { &picture.title };
        let (title, description) = (escape(title), escape(&describe(picture)));
        let background = self.style.page.background.as_str();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"title description\" font-family=\"'{FAMILY}', 'DejaVu Sans', 'Noto Sans', Arial, sans-serif\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{background}\"/>\n{}</svg>\n",
            self.out
        )
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

    fn drawing(&mut self, picture: &Picture, draft: &Draft, placement: &Placement, at: Point) {
        let _ = writeln!(self.out, "<g transform=\"translate({} {})\">", number(at.x), number(at.y));
        let edges: Vec<_> = picture.edges().zip(&placement.routes).zip(&draft.edges).collect();
        for ((edge, route), _) in &edges {
            self.edge(edge, route, picture, placement);
        }
        for ((node, b), lines) in picture.nodes().zip(&placement.nodes).zip(&draft.nodes) {
            self.node(node, b, lines);
        }
        for ((edge, route), lines) in &edges {
            self.edge_label(edge, route, lines);
        }
        self.out.push_str("</g>\n");
    }

    fn node(&mut self, node: &Node, b: &Rect, lines: &[TextLine]) {
        let look = self.style.kind(&node.kind);
        let name = [&node.label, &node.sublabel].map(|text| clean(text)).join(", ");
        let title = format!("{} ({})", name.trim_end_matches(", "), look.legend);
        let _ = writeln!(self.out, "<g class=\"node\"><title>{}</title>", escape(&title));
        let dash = dash(self.style.status(node.status).line);
        let (line, width) = if node.focus { (&self.style.page.focus, 2.8) } else { (&look.line, 1.3) };
        self.shape(look, b, line, width, dash);
        self.text_block(lines, text_center(look.shape, b), &look.text);
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, look: &KindStyle, b: &Rect, line: &Color, width: f64, dash: &str) {
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

    fn edge(&mut self, edge: &Edge, route: &Route, picture: &Picture, placement: &Placement) {
        let path = self.fit(edge, route, picture, placement);
        let color = self.style.edge_color(edge.status).as_str();
        let status = self.style.status(edge.status);
        let name = |id: &str| picture.node(id).map_or_else(|| id.to_owned(), |node| node.label.clone());
        let words = format!("{} – {} – {}", name(&edge.from), edge.lines().join("; "), name(&edge.to));
        let title = format!("{words} ({})", status.legend);
        let _ = writeln!(
            self.out,
            "<g class=\"edge\" fill=\"none\" stroke=\"{color}\"><title>{}</title>",
            escape(&clean(&title))
        );
        let width = stroke_width(edge.count);
        let line = if edge.directed { shorten(&path, ARROW * 0.8) } else { path.clone() };
        let dash = dash(status.line);
        let _ = writeln!(self.out, "<path d=\"{}\" stroke-width=\"{}\"{dash}/>", path_data(&line), number(width));
        if edge.directed {
            self.arrow(&path, color, width);
        }
        if status.line == Line::Struck {
            self.cross(&path, route.label.as_ref());
        }
        self.out.push_str("</g>\n");
    }

    /// The route, from outline to outline.
    fn fit(&self, edge: &Edge, route: &Route, picture: &Picture, placement: &Placement) -> Path {
        let outline_of = |id: &str| {
            let (node, at) = (picture.node(id)?, picture.position(id)?);
            Some(outline(self.style.kind(&node.kind).shape, placement.nodes.get(at)?).points())
        };
        let (Some(from), Some(to)) = (outline_of(&edge.from), outline_of(&edge.to)) else { return route.path.clone() };
        extend(&extend(&route.path, &to).reversed(), &from).reversed()
    }

    fn arrow(&mut self, path: &Path, color: &str, width: f64) {
        let (tip, back) = (path.end(), direction(path));
        let size = ARROW + (width - 1.3);
        let (base, half) = (Point::new(tip.x - back.x * size, tip.y - back.y * size), size * 0.42);
        let side = |sign: f64| Point::new(base.x - sign * back.y * half, base.y + sign * back.x * half);
        let points = [tip, side(1.0), side(-1.0)].map(|p| format!("{},{}", number(p.x), number(p.y))).join(" ");
        let _ = writeln!(self.out, "<polygon points=\"{points}\" fill=\"{color}\" stroke=\"none\"/>");
    }

    /// A cross on the visible part of a line.
    fn cross(&mut self, path: &Path, label: Option<&Rect>) {
        let points = path.points();
        let hidden = |p: &Point| label.is_some_and(|b| p.x > b.x && p.x < b.right() && p.y > b.y && p.y < b.bottom());
        let at = [0.75, 0.25, 0.85, 0.5].map(|part| along(&points, part)).into_iter().find(|p| !hidden(p));
        let Point { x, y } = at.unwrap_or_else(|| along(&points, 0.75));
        let (x0, x1, y0, y1) = (number(x - 5.0), number(x + 5.0), number(y - 5.0), number(y + 5.0));
        let _ = writeln!(self.out, "<path d=\"M{x0} {y0}L{x1} {y1}M{x0} {y1}L{x1} {y0}\" stroke-width=\"2.2\"/>");
    }

    fn edge_label(&mut self, edge: &Edge, route: &Route, lines: &[TextLine]) {
        let Some(b) = &route.label else { return };
        let background = self.style.page.background.as_str();
        let (x, y, w, h) = (number(b.x + 2.0), number(b.y), number(b.width - 4.0), number(b.height));
        let _ = writeln!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"3\" fill=\"{background}\"/>"
        );
        let color = match edge.status {
            Status::Denied => self.style.edge_color(edge.status).clone(),
            _ => self.style.page.edge_text.clone(),
        };
        self.text_block(lines, b.center(), &color);
    }

    fn legend(&mut self, picture: &Picture) -> Result<()> {
        let Legend { kinds, statuses } = read_legend(picture, self.style);
        if kinds.is_empty() {
            return Ok(());
        }
        self.rule();
        let ruler = ruler(Weight::Regular, 10.5)?;
        let words = kinds.iter().map(|look| &look.legend);
        let words: Vec<&String> =
            words.chain(statuses.iter().map(|status| &self.style.status(*status).legend)).collect();
        let mut x = MARGIN;
        for (i, word) in words.into_iter().enumerate() {
            let line = TextLine { text: word.clone(), width: ruler.width(word), size: 10.5, weight: Weight::Regular };
            let needed = 32.0 + line.width + 18.0;
            if x > MARGIN && x + needed - 18.0 > self.width - MARGIN {
                (x, self.y) = (MARGIN, self.y + 21.0);
            }
            match kinds.get(i) {
                Some(look) => self.swatch(look, x),
                None => self.sample(statuses.get(i - kinds.len()).copied().unwrap_or_default(), x),
            }
            let muted = self.style.page.muted.clone();
            self.text(&line, Point::new(x + 32.0, self.y + 3.7), "start", &muted);
            x += needed;
        }
        self.y += 20.0;
        Ok(())
    }

    fn rule(&mut self) {
        let (x, right, y) = (number(MARGIN), number(self.width - MARGIN), number(self.y));
        let color = self.style.page.rule.as_str();
        let _ = writeln!(self.out, "<path d=\"M{x} {y}H{right}\" stroke=\"{color}\" stroke-width=\"1\"/>");
        self.y += 20.0;
    }

    fn swatch(&mut self, look: &KindStyle, x: f64) {
        let b = Rect { x, y: self.y - 8.0, width: 26.0, height: 16.0 };
        self.shape(look, &b, &look.line, 1.2, "");
    }

    fn sample(&mut self, status: Status, x: f64) {
        let look = self.style.status(status);
        let (color, y) = (self.style.edge_color(status).as_str(), self.y);
        let _ = write!(self.out, "<g fill=\"none\" stroke=\"{color}\">");
        let (left, right, y) = (number(x), number(x + 26.0), number(y));
        let _ = write!(self.out, "<path d=\"M{left} {y}H{right}\" stroke-width=\"1.5\"{}/>", dash(look.line));
        if look.line == Line::Struck {
            let path = Path { start: Point::new(x, self.y), pieces: vec![Piece::Line(Point::new(x + 17.0, self.y))] };
            self.cross(&path, None);
        }
        self.out.push_str("</g>\n");
    }
}

/// The picture in words, for those who cannot see it.
fn describe(picture: &Picture) -> String {
    let (nodes, edges) = (picture.nodes().len(), picture.edges().len());
    format!("{} Diagram of {nodes} nodes and {edges} connections.", picture.subtitle).trim().to_owned()
}

fn dash(line: Line) -> &'static str {
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

/// A number with at most one decimal.
fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

fn path_data(path: &Path) -> String {
    let pair = |p: Point| format!("{} {}", number(p.x), number(p.y));
    let mut data = format!("M{}", pair(path.start));
    for piece in &path.pieces {
        let _ = match *piece {
            Piece::Line(end) => write!(data, "L{}", pair(end)),
            Piece::Curve(a, b, end) => write!(data, "C{} {} {}", pair(a), pair(b), pair(end)),
        };
    }
    data
}

/// Unit vector of a path's last stretch.
fn direction(path: &Path) -> Point {
    let points = path.points();
    let end = path.end();
    let before = points.iter().rev().find(|p| p.distance(end) > 1.0).copied().unwrap_or(Point::new(end.x, end.y - 1.0));
    let length = before.distance(end).max(0.001);
    Point::new((end.x - before.x) / length, (end.y - before.y) / length)
}

fn move_end(path: &Path, end: Point) -> Path {
    let mut path = path.clone();
    match path.pieces.last_mut() {
        Some(Piece::Line(last)) => *last = end,
        Some(Piece::Curve(_, b, last)) => {
            *b = Point::new(b.x + end.x - last.x, b.y + end.y - last.y);
            *last = end;
        }
        None => {}
    }
    path
}

fn shorten(path: &Path, by: f64) -> Path {
    let (end, along) = (path.end(), direction(path));
    move_end(path, Point::new(end.x - along.x * by, end.y - along.y * by))
}

/// Leads the end of a path on until it meets an outline.
fn extend(path: &Path, outline: &[Point]) -> Path {
    let (end, along) = (path.end(), direction(path));
    let before = Point::new(end.x - along.x * 4.0, end.y - along.y * 4.0);
    move_end(path, meet(outline, before, end))
}

/// The point at a part (0 to 1) of the length of a line.
fn along(points: &[Point], part: f64) -> Point {
    let lengths: Vec<f64> = points.windows(2).map(|w| if let [a, b] = w { a.distance(*b) } else { 0.0 }).collect();
    let mut left = lengths.iter().sum::<f64>() * part;
    for (window, length) in points.windows(2).zip(&lengths) {
        if let ([a, b], true) = (window, left <= *length && *length > 0.0) {
            return a.toward(*b, left / length);
        }
        left -= length;
    }
    points.last().copied().unwrap_or_default()
}
