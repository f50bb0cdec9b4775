//! What must hold of every drawing: nothing on top of anything else, everything well-formed, the same bytes each time.
//!
//! `DOSSIER_PICTURES=folder cargo test --lib draw::tests` writes the samples to a folder, to be looked at.

mod samples;

use super::layout::{Path, Placement, Point, Rect};
use super::*;
use samples::samples;
use std::path::PathBuf;

fn draw(picture: &Picture, format: Format, engine: Engine) -> Vec<u8> {
    let options = RenderOptions { engine, scale: Some(1.0), ..RenderOptions::default() };
    render(picture, &Style::embedded().unwrap(), format, &options).unwrap().bytes
}

/// Both engines, where both are there.
fn engines() -> Vec<Engine> {
    let graphviz = layout::graphviz::is_installed("dot").then_some(Engine::Graphviz);
    [Engine::Embedded].into_iter().chain(graphviz).collect()
}

#[test]
fn samples_can_be_looked_at() {
    let Some(folder) = std::env::var_os("DOSSIER_PICTURES").map(PathBuf::from) else { return };
    for (name, picture) in samples() {
        for engine in engines() {
            for (ending, format) in [("svg", Format::Svg), ("png", Format::Png), ("dot", Format::Dot)] {
                std::fs::write(folder.join(format!("{name}-{engine:?}.{ending}")), draw(&picture, format, engine))
                    .unwrap();
            }
        }
    }
}

/// Boxes of nodes and labels.
fn boxes(placement: &Placement) -> Vec<Rect> {
    placement.nodes.iter().copied().chain(placement.routes.iter().filter_map(|route| route.label)).collect()
}

fn passes(path: &Path, b: &Rect) -> bool {
    let points = path.points();
    let steps = points.windows(2).flat_map(|w| (0..=20).map(move |i| w[0].toward(w[1], f64::from(i) / 20.0)));
    let inside = |p: Point| p.x > b.x + 1.0 && p.x < b.right() - 1.0 && p.y > b.y + 1.0 && p.y < b.bottom() - 1.0;
    steps.into_iter().any(inside)
}

#[track_caller]
fn check_layout(name: &str, picture: &Picture, engine: Engine) {
    let draft = sketch::draft(picture, &Style::embedded().unwrap(), false).unwrap();
    let options = RenderOptions { engine, ..RenderOptions::default() };
    let placement = place(&draft, &options).unwrap().0;
    let boxes = boxes(&placement);
    for (i, a) in boxes.iter().enumerate() {
        assert!(a.x >= -0.5 && a.y >= -0.5 && a.right() <= placement.size.width + 0.5, "{name}: {a:?} is off the page");
        assert!(boxes.iter().skip(i + 1).all(|b| !a.overlaps(b)), "{name}: {a:?} overlaps");
    }
    for (route, tie) in placement.routes.iter().zip(&draft.sketch.ties) {
        for (i, b) in placement.nodes.iter().enumerate().filter(|(i, _)| *i != tie.from && *i != tie.to) {
            assert!(!passes(&route.path, b), "{name}: the line from {} to {} runs through node {i}", tie.from, tie.to);
        }
    }
    let shape = placement.size.width.max(1.0) / placement.size.height.max(1.0);
    assert!(boxes.len() < 2 || (0.3..4.0).contains(&shape), "{name}: {shape:.2} wide for 1 high");
}

#[test]
fn nothing_lies_on_anything_else() {
    for (name, picture) in samples() {
        check_layout(name, &picture, Engine::Embedded);
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let pictures = || samples().into_iter().map(|(_, picture)| draw(&picture, Format::Svg, Engine::Embedded));
    assert!(pictures().eq(pictures()));
    let png = || draw(&samples()[0].1, Format::Png, Engine::Embedded);
    assert_eq!(png(), png());
}

/// The drawing as an XML tree; fails where it is none.
#[track_caller]
fn check_xml(picture: &Picture) -> String {
    let svg = String::from_utf8(draw(picture, Format::Svg, Engine::Embedded)).unwrap();
    if let Err(cause) = resvg::usvg::roxmltree::Document::parse(&svg) {
        panic!("{cause} in\n{svg}");
    }
    assert!(draw(picture, Format::Png, Engine::Embedded).starts_with(b"\x89PNG"));
    svg
}

#[test]
fn any_label_gives_well_formed_xml() {
    for (_, picture) in samples() {
        check_xml(&picture);
    }
    let mut picture = Picture::new("<script>&\u{0}\u{ffff}");
    picture.subtitle = "]]> \u{202e}\"'".into();
    picture.add_node(Node::new("<b>", "<img src=x onerror=alert(1)> & \"co\"\u{1b}", "</svg>"));
    picture.add_node(Node::new("long", "x".repeat(10_000), "Company").sublabel("ministry of ".repeat(900)));
    picture.add_node(Node::new("", "شركة النفط 石油公司 👍", "Company"));
    picture.add_edge(Edge::new("<b>", "long", "<!-- -->\n".repeat(2_000)));
    picture.add_edge(Edge::new("long", "long", "itself"));
    let svg = check_xml(&picture);
    assert!(!svg.contains("<script") && !svg.contains("<img"));
    assert!(svg.len() < 20_000, "{} bytes", svg.len());
}

#[test]
fn text_stays_in_its_box() {
    let style = Style::embedded().unwrap();
    for (name, picture) in samples() {
        let draft = sketch::draft(&picture, &style, false).unwrap();
        for (lines, size) in draft.nodes.iter().zip(&draft.sketch.nodes) {
            let text = sketch::text_size(lines);
            assert!(text.width + 12.0 <= size.width && text.height + 4.0 <= size.height, "{name}: {lines:?}");
        }
    }
}

#[test]
fn without_graphviz_the_embedded_engine_draws() {
    let picture = &samples()[0].1;
    let style = Style::embedded().unwrap();
    let expected = draw(picture, Format::Svg, Engine::Embedded);
    for (program, notes) in [("/no/such/dot", 0), ("/bin/false", 1), ("/bin/cat", 1)] {
        let options = RenderOptions { program: program.into(), ..RenderOptions::default() };
        let drawing = render(picture, &style, Format::Svg, &options).unwrap();
        assert!(drawing.bytes == expected && drawing.notes.len() == notes, "{program}: {:?}", drawing.notes);
    }
    let options =
        RenderOptions { engine: Engine::Graphviz, program: "/no/such/dot".into(), ..RenderOptions::default() };
    assert!(render(picture, &style, Format::Svg, &options).is_err());
}

/// As in SVG: the box and the line lead to the source, what rests on none leads nowhere.
#[test]
fn pdf_leads_to_the_sources() {
    let mut picture = Picture::new("Links");
    let quote = Quote { source: "s".into(), url: Some("https://example.org/a".into()), ..Quote::default() };
    picture.quotes.insert("p".into(), quote);
    let evidence = std::collections::BTreeSet::from(["p".to_owned()]);
    for (to, label) in [("b", "met"), ("c", "")] {
        picture.add_edge(Edge { evidence: evidence.clone(), ..Edge::new("a", to, label) });
    }
    picture.add_edge(Edge::new("a", "d", "nothing"));
    let count = |picture: &Picture| {
        let pdf = draw(picture, Format::Pdf, Engine::Embedded);
        String::from_utf8_lossy(&pdf).matches("https://example.org/a").count()
    };
    let lines = count(&picture);
    assert!(lines >= 2, "{lines} links: one on the words, others along the line without words");
    picture.gather_around();
    assert_eq!(count(&picture), lines + 3, "those of the boxes a, b and c");
}

#[test]
fn images_too_large_are_errors() {
    for scale in [0.0, -1.0, f64::NAN, 1e6] {
        let options = RenderOptions { engine: Engine::Embedded, scale: Some(scale), ..RenderOptions::default() };
        assert!(render(&samples()[0].1, &Style::embedded().unwrap(), Format::Png, &options).is_err(), "{scale}");
    }
}
