//! Picture -> DOT, the language of Graphviz, through the builders of `graphviz-rust`.
//!
//! Law: whatever stands in a label is quoted; no label becomes markup.

use super::legend::{Legend, read_legend};
use super::measure::{Ruler, clean};
use super::picture::{Edge, Node, Picture};
use super::style::{KindStyle, Line, Shape, Style, Weight};
use crate::error::Result;
use crate::ontology::Status;
use graphviz_rust::dot_structures::{
    Attribute, Edge as DotEdge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

/// Width in pixels that labels are wrapped at.
const NODE_WIDTH: f64 = 150.0;
const EDGE_WIDTH: f64 = 120.0;

/// Writes a picture as DOT: shapes and colours by class, wrapped labels, title, legend of what occurs, footer.
///
/// # Errors
/// Where the embedded font is broken.
pub fn to_dot(picture: &Picture, style: &Style) -> Result<String> {
    let ruler = super::sketch::ruler(Weight::Regular, 13.0)?;
    let small = super::sketch::ruler(Weight::Regular, 11.0)?;
    let mut inner = vec![
        Stmt::Attribute(html_attribute("label", &title_table(picture))),
        Stmt::Attribute(attribute("labelloc", "t")),
        Stmt::Attribute(attribute("labeljust", "l")),
        Stmt::Attribute(attribute("peripheries", "0")),
    ];
    inner.extend(picture.nodes().enumerate().map(|(i, node)| describe_node(i, node, style, &ruler)));
    inner.extend(picture.edges().filter_map(|edge| describe_edge(edge, picture, style, &small)));
    let mut stmts = page_attributes(style);
    stmts.push(Stmt::Attribute(html_attribute("label", &legend_table(picture, style))));
    stmts.push(Stmt::Subgraph(Subgraph { id: Id::Plain("cluster_picture".into()), stmts: inner }));
    let graph = Graph::DiGraph { id: Id::Plain("dossier".into()), strict: false, stmts };
    Ok(graph.print(&mut PrinterContext::default()) + "\n")
}

/// `key=value` where the value is a word or number that DOT takes as it is.
pub(super) fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.into()), Id::Plain(value.into()))
}

/// `key="value"` for any text; a line feed becomes a line break.
pub(super) fn quoted_attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.into()), Id::Escaped(quote(value)))
}

/// `key=<value>` for markup that is well-formed.
pub(super) fn html_attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.into()), Id::Html(format!("<{value}>")))
}

pub(super) fn node_statement(position: usize, attributes: Vec<Attribute>) -> Stmt {
    Stmt::Node(DotNode::new(node_id(position), attributes))
}

pub(super) fn edge_statement(from: usize, to: usize, attributes: Vec<Attribute>) -> Stmt {
    let ends = EdgeTy::Pair(Vertex::N(node_id(from)), Vertex::N(node_id(to)));
    Stmt::Edge(DotEdge { ty: ends, attributes })
}

fn node_id(position: usize) -> NodeId {
    NodeId(Id::Plain(format!("n{position}")), None)
}

/// Quotes a text for DOT. Backslashes are doubled, for Graphviz reads `\N`, `\l` and others as orders.
fn quote(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

fn escape_html(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page_attributes(style: &Style) -> Vec<Stmt> {
    let page = &style.page;
    let font = || quoted_attribute("fontname", "DejaVu Sans Condensed, Arial, sans-serif");
    let graph = vec![
        attribute("rankdir", "LR"),
        quoted_attribute("bgcolor", page.background.as_str()),
        font(),
        attribute("fontsize", "10"),
        attribute("labelloc", "b"),
        attribute("labeljust", "l"),
        attribute("nodesep", "0.22"),
        attribute("ranksep", "0.45"),
        attribute("pad", "0.3"),
    ];
    let node = vec![
        font(),
        attribute("fontsize", "12"),
        quoted_attribute("margin", "0.14,0.08"),
        attribute("penwidth", "1.3"),
    ];
    let edge = vec![
        font(),
        attribute("fontsize", "10"),
        quoted_attribute("color", page.edge.as_str()),
        quoted_attribute("fontcolor", page.edge_text.as_str()),
        attribute("arrowsize", "0.7"),
    ];
    [GraphAttributes::Graph(graph), GraphAttributes::Node(node), GraphAttributes::Edge(edge)]
        .map(Stmt::GAttribute)
        .into()
}

fn describe_node(position: usize, node: &Node, style: &Style, ruler: &Ruler) -> Stmt {
    let look = style.kind(&node.kind);
    let mut lines = ruler.wrap(&node.label, NODE_WIDTH, 4);
    lines.extend(ruler.wrap(&node.sublabel, NODE_WIDTH, 2));
    let (shape, rounded) = shape_words(look.shape);
    let styles = [Some("filled"), rounded.then_some("rounded"), line_word(style.status(node.status).line)];
    let styles: Vec<&str> = styles.into_iter().flatten().collect();
    let mut attributes = vec![
        quoted_attribute("label", &lines.join("\n")),
        quoted_attribute("tooltip", &clean(&node.label)),
        attribute("shape", shape),
        quoted_attribute("style", &styles.join(",")),
        quoted_attribute("fillcolor", look.fill.as_str()),
        quoted_attribute("color", if node.focus { style.page.focus.as_str() } else { look.line.as_str() }),
        quoted_attribute("fontcolor", look.text.as_str()),
    ];
    attributes.extend(node.focus.then(|| attribute("penwidth", "2.6")));
    node_statement(position, attributes)
}

/// Graphviz's name of a shape, and whether its corners are round.
fn shape_words(shape: Shape) -> (&'static str, bool) {
    match shape {
        Shape::Rectangle => ("box", false),
        Shape::Rounded | Shape::Stadium => ("box", true),
        Shape::Hexagon => ("hexagon", false),
        Shape::Octagon => ("octagon", false),
        Shape::Parallelogram => ("parallelogram", false),
        Shape::Folder => ("folder", false),
        Shape::Note => ("note", false),
        Shape::Ellipse => ("ellipse", false),
        Shape::House => ("house", false),
        Shape::Bracket => ("underline", false),
    }
}

fn line_word(line: Line) -> Option<&'static str> {
    match line {
        Line::Solid | Line::Struck => None,
        Line::Dashed => Some("dashed"),
        Line::Dotted => Some("dotted"),
    }
}

fn describe_edge(edge: &Edge, picture: &Picture, style: &Style, ruler: &Ruler) -> Option<Stmt> {
    let (from, to) = (picture.position(&edge.from)?, picture.position(&edge.to)?);
    let line = style.status(edge.status).line;
    let mut lines: Vec<String> = edge.lines().iter().flat_map(|text| ruler.wrap(text, EDGE_WIDTH, 4)).collect();
    if line == Line::Struck {
        lines.insert(0, "✕".into());
    }
    let mut attributes = Vec::new();
    attributes.extend((!lines.is_empty()).then(|| quoted_attribute("label", &lines.join("\n"))));
    attributes.extend(line_word(line).map(|word| attribute("style", word)));
    attributes.extend((!edge.directed).then(|| attribute("dir", "none")));
    if edge.status != Status::Asserted {
        attributes.push(quoted_attribute("color", style.edge_color(edge.status).as_str()));
    }
    if picture.count_sources(&edge.evidence) > 1 {
        attributes.push(attribute(
            "penwidth",
            &format!("{:.1}", super::svg::stroke_width(picture.count_sources(&edge.evidence))),
        ));
    }
    Some(edge_statement(from, to, attributes))
}

fn title_table(picture: &Picture) -> String {
    let title = format!("<B><FONT POINT-SIZE=\"18\">{}</FONT></B>", escape_html(&picture.title));
    let subtitle = format!("<FONT POINT-SIZE=\"11\">{}</FONT>", escape_html(&picture.subtitle));
    let rows = [(&picture.title, title), (&picture.subtitle, subtitle)];
    table(rows.into_iter().filter(|(text, _)| !text.is_empty()).map(|(_, row)| cell("", &row)))
}

fn legend_table(picture: &Picture, style: &Style) -> String {
    let Legend { kinds, statuses } = read_legend(picture, style);
    let kinds = kinds.iter().map(|look| {
        let text = format!("<FONT COLOR=\"{}\">{}</FONT>", look.text.as_str(), escape_html(&look.legend));
        cell(&cell_look(look), &text)
    });
    let statuses = statuses.iter().map(|status| {
        let sign = match style.status(*status).line {
            Line::Solid => "──",
            Line::Dashed => "– –",
            Line::Dotted => "· · ·",
            Line::Struck => "─✕─",
        };
        let color = style.edge_color(*status).as_str();
        cell("", &format!("<FONT COLOR=\"{color}\">{sign}</FONT> {}", escape_html(&style.status(*status).legend)))
    });
    let cells: Vec<String> = kinds.chain(statuses).collect();
    let rows = cells
        .chunks(7)
        .map(|row| cell("", &format!("<TABLE BORDER=\"0\" CELLSPACING=\"4\"><TR>{}</TR></TABLE>", row.join(""))));
    let footer = (!picture.footer.is_empty()).then(|| cell("", &escape_html(&picture.footer)));
    table(rows.chain(footer))
}

fn cell_look(look: &KindStyle) -> String {
    let round = matches!(look.shape, Shape::Stadium | Shape::Rounded | Shape::Ellipse);
    let round = if round { " STYLE=\"ROUNDED\"" } else { "" };
    format!(" BORDER=\"1\" COLOR=\"{}\" BGCOLOR=\"{}\"{round}", look.line.as_str(), look.fill.as_str())
}

fn cell(attributes: &str, content: &str) -> String {
    format!("<TD ALIGN=\"LEFT\"{attributes}>{content}</TD>")
}

/// One cell a row; a table needs at least one.
fn table(cells: impl Iterator<Item = String>) -> String {
    let rows: String = cells.map(|cell| format!("<TR>{cell}</TR>")).collect();
    let rows = if rows.is_empty() { "<TR><TD></TD></TR>".to_owned() } else { rows };
    format!("<TABLE BORDER=\"0\" CELLSPACING=\"2\"><TR><TD></TD></TR>{rows}</TABLE>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(picture: &Picture, expected: &[&str]) {
        let dot = to_dot(picture, &Style::embedded().unwrap()).unwrap();
        for part in expected {
            assert!(dot.contains(part), "{part} is not in\n{dot}");
        }
        assert!(graphviz_rust::parse(&dot).is_ok(), "not DOT:\n{dot}");
    }

    #[test]
    fn labels_are_quoted() {
        let mut picture = Picture::new("A & B <i>");
        picture.add_node(Node::new("a", "x\" shape=\\N <b>", "Company"));
        check(&picture, &["label=\"x\\\" shape=\\\\N <b>\"", "A &amp; B &lt;i&gt;", "Company"]);
        check(&Picture::default(), &["digraph dossier"]);
    }

    #[test]
    fn status_is_a_kind_of_line() {
        let mut picture = Picture::default();
        picture.add_edge(Edge::new("a", "b", "owns").status(Status::Planned));
        picture.add_edge(Edge::new("a", "b", "owns").status(Status::Possible));
        picture.add_edge(Edge::new("a", "b", "owns").status(Status::Denied));
        check(&picture, &["style=dashed", "style=dotted", "✕\\nowns", "planned", "possible", "denied"]);
    }
}
