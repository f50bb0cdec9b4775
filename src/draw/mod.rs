//! Solutions -> Picture -> Drawing: diagrams that are read in ten seconds.
//!
//! # Steps
//!
//! 1. [`view`] makes a [`Picture`] from the graph: who and what, and what is stated between them.
//! 2. `sketch` sizes each box and label for its text, with the font that is embedded.
//! 3. `layout` gives everything a place: Graphviz where it is installed, an embedded engine where it is not.
//! 4. `svg` and `png` write it; [`to_dot`] writes the picture for those who lay it out themselves.
//!
//! Law: the same picture, style and engine give the same bytes; nothing is drawn over anything else.

mod dot;
mod fold;
mod fonts;
mod footnotes;
mod html;
mod judge;
mod layout;
mod legend;
mod measure;
mod outline;
mod pdf;
mod picture;
mod png;
mod quote;
mod reach;
mod sketch;
mod style;
mod svg;
mod tell;
mod theme;
pub mod view;
mod when;

pub use dot::to_dot;
pub use fold::grouped;
pub use fonts::Fonts;
pub use judge::{Verdict, judge};
pub use picture::{Chart, Edge, Figure, Flow, Node, Picture, Wording};
pub use quote::Quote;
pub use style::{Color, KindStyle, Line, Page, Shape, StatusStyle, Style, Weight};

use crate::diagnostic::Diagnostic;
use crate::error::Result;
use layout::Placement;
use layout::graphviz::Call;
use sketch::Draft;
use std::time::{Duration, Instant};

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The language of Graphviz.
    Dot,
    /// Scalable vector graphics.
    Svg,
    /// Pixels.
    Png,
    /// A page to print.
    Pdf,
    /// A page to explore, in one file.
    Html,
}

/// What places nodes and edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Engine {
    /// Graphviz where it works, else the embedded engine.
    #[default]
    Auto,
    /// Graphviz's `dot`, or an error.
    Graphviz,
    /// Graphviz's `neato`: forces, for webs.
    Neato,
    /// Graphviz's `sfdp`: forces, for large webs.
    Sfdp,
    /// The embedded engine.
    Embedded,
}

/// How to draw.
#[derive(Debug, Clone)]
pub struct RenderOptions {
    /// What places nodes and edges.
    pub engine: Engine,
    /// Pixels of a PNG for one of the drawing's units; where it is open, 2, which is sharp on paper at column width, or as many as
    /// keep a giant drawing at 40 million pixels.
    pub scale: Option<f64>,
    /// Graphviz's program: a name on the PATH, or a file.
    pub program: String,
    /// How long the program may take.
    pub limit: Duration,
    /// Whether edges have numbers and their quotes stand below.
    pub footnotes: bool,
    /// Fonts beside the embedded one.
    pub fonts: Fonts,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            engine: Engine::Auto,
            scale: None,
            program: "dot".into(),
            limit: Duration::from_secs(20),
            footnotes: false,
            fonts: Fonts::default(),
        }
    }
}

impl RenderOptions {
    /// Whether Graphviz's `dot` is on the PATH.
    pub fn dot_is_installed() -> bool {
        layout::graphviz::is_installed("dot")
    }
}

/// A drawing, and what there is to know about how it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The file's content.
    pub bytes: Vec<u8>,
    /// E.g. that Graphviz failed and the embedded engine was used.
    pub notes: Vec<Diagnostic>,
}

/// Draws a picture with a style.
///
/// # Errors
/// [`crate::error::Error`] where the picture is too large to lay out or to paint, or where Graphviz was asked for and failed.
pub fn render(picture: &Picture, style: &Style, format: Format, options: &RenderOptions) -> Result<Drawing> {
    if format == Format::Dot {
        return Ok(Drawing { bytes: to_dot(picture, style)?.into_bytes(), notes: Vec::new() });
    }
    let draft = sketch::draft(picture, style, options.footnotes)?;
    let (placement, mut notes) = place(&draft, options)?;
    let svg::Sheet { svg, links } = svg::write_svg(picture, style, &draft, &placement)?;
    let bytes = match format {
        Format::Png => {
            let (bytes, scale) = png::paint(&svg, options.scale, &options.fonts)?;
            if options.scale.is_none() && scale < 1.0 {
                let message =
                    format!("the drawing is so large that it is painted at scale {scale:.2}: letters are small");
                notes.push(
                    Diagnostic::warning("draw", message)
                        .hint("--scale 1 paints it larger; SVG, PDF and HTML have no such limit"),
                );
            }
            bytes
        }
        Format::Pdf => pdf::write_pdf(&svg, &links, &picture.title, &options.fonts)?,
        Format::Html => html::write_html(picture, style, &svg).into_bytes(),
        Format::Svg | Format::Dot => svg.clone().into_bytes(),
    };
    if matches!(format, Format::Png | Format::Pdf) {
        notes.extend(options.fonts.missing(&svg));
    }
    Ok(Drawing { bytes, notes })
}

fn place(draft: &Draft, options: &RenderOptions) -> Result<(Placement, Vec<Diagnostic>)> {
    let (mut placement, notes) = place_ties(draft, options)?;
    for (route, _) in placement.routes.iter_mut().zip(&draft.turned).filter(|(_, turned)| **turned) {
        route.path = route.path.reversed();
    }
    Ok((placement, notes))
}

fn place_ties(draft: &Draft, options: &RenderOptions) -> Result<(Placement, Vec<Diagnostic>)> {
    let until = Instant::now() + options.limit;
    let graphviz = |layout| {
        let call = Call { program: &options.program, layout, until, limit: options.limit };
        layout::graphviz::place(&draft.sketch, &call)
    };
    match options.engine {
        Engine::Embedded => Ok((layout::place_embedded(&draft.sketch)?, Vec::new())),
        Engine::Graphviz => Ok((graphviz("dot")?, Vec::new())),
        Engine::Neato => Ok((graphviz("neato")?, Vec::new())),
        Engine::Sfdp => Ok((graphviz("sfdp")?, Vec::new())),
        Engine::Auto if !layout::graphviz::is_installed(&options.program) => {
            Ok((layout::place_embedded(&draft.sketch)?, Vec::new()))
        }
        Engine::Auto => match graphviz("dot") {
            Ok(placement) => Ok((placement, Vec::new())),
            Err(cause) => {
                let note = Diagnostic::warning(&options.program, format!("{cause}; the embedded layout was used"));
                Ok((layout::place_embedded(&draft.sketch)?, vec![note]))
            }
        },
    }
}

#[cfg(test)]
mod tests;
