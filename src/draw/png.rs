//! SVG -> PNG, with the embedded font and those that were added.

use super::fonts::Fonts;
use super::measure::FAMILY;
use crate::error::{Error, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::Arc;

/// Most pixels of one image: about 400 MB of memory.
const MOST_PIXELS: f64 = 100_000_000.0;

/// What an image has at most where no scale is asked for: it is painted in about a second.
const ENOUGH_PIXELS: f64 = 40_000_000.0;
/// Pixels a unit where the drawing is not too large for it.
const SHARP: f64 = 2.0;

/// Paints a drawing, `scale` pixels a unit, or as many as suit its size; gives the scale, too.
///
/// # Errors
/// Where the image would be empty or larger than memory should hold.
pub(super) fn paint(svg: &str, scale: Option<f64>, fonts: &Fonts) -> Result<(Vec<u8>, f64)> {
    let fail = |cause: &dyn std::fmt::Display| Error::new(format!("the image cannot be painted: {cause}"));
    let tree = parse_svg(svg, fonts)?;
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = scale.unwrap_or_else(|| (ENOUGH_PIXELS / (width * height)).sqrt().min(SHARP));
    let (width, height) = (width * scale, height * scale);
    if !(width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS) {
        let message = format!("an image of {width:.0} by {height:.0} pixels cannot be painted");
        return Err(Error::with_hint(message, "choose another scale, fewer nodes, or SVG, which has no limit"));
    }
    let mut pixmap = Pixmap::new(width.ceil() as u32, height.ceil() as u32).ok_or_else(|| fail(&"no memory"))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    Ok((pixmap.encode_png().map_err(|cause| fail(&cause))?, scale))
}

/// Reads a drawing with the fonts that it may use.
pub(super) fn parse_svg(svg: &str, fonts: &Fonts) -> Result<Tree> {
    let options = Options { font_family: FAMILY.into(), fontdb: Arc::new(fonts.database()), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|cause| Error::new(format!("the drawing cannot be read: {cause}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: usize, height: usize, scale: Option<f64>, expected: f64) {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>");
        let (bytes, scale) = paint(&svg, scale, &Fonts::default()).unwrap();
        assert!(bytes.starts_with(b"\x89PNG") && (scale - expected).abs() < 0.001, "{scale}");
    }

    #[test]
    fn giant_drawings_are_painted_smaller_unless_a_scale_is_asked_for() {
        check(400, 300, None, 2.0);
        check(16_000, 10_000, None, 0.5);
        check(4_000, 1_000, Some(1.0), 1.0);
    }
}
