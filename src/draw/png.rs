//! SVG -> PNG, with the embedded font and those that were added.

use super::fonts::Fonts;
use super::measure::FAMILY;
use crate::error::{Error, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::Arc;

/// Most pixels of one image: about 400 MB of memory.
const MOST_PIXELS: f64 = 100_000_000.0;

/// Paints a drawing, `scale` pixels a unit.
///
/// # Errors
/// Where the image would be empty or larger than memory should hold.
pub(super) fn paint(svg: &str, scale: f64, fonts: &Fonts) -> Result<Vec<u8>> {
    let fail = |cause: &dyn std::fmt::Display| Error::new(format!("the image cannot be painted: {cause}"));
    let tree = parse_svg(svg, fonts)?;
    let (width, height) = (f64::from(tree.size().width()) * scale, f64::from(tree.size().height()) * scale);
    if !(width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS) {
        let message = format!("an image of {width:.0} by {height:.0} pixels cannot be painted");
        return Err(Error::with_hint(message, "choose another scale, fewer nodes, or SVG, which has no limit"));
    }
    let mut pixmap = Pixmap::new(width.ceil() as u32, height.ceil() as u32).ok_or_else(|| fail(&"no memory"))?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|cause| fail(&cause))
}

/// Reads a drawing with the fonts that it may use.
pub(super) fn parse_svg(svg: &str, fonts: &Fonts) -> Result<Tree> {
    let options = Options { font_family: FAMILY.into(), fontdb: Arc::new(fonts.database()), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|cause| Error::new(format!("the drawing cannot be read: {cause}")))
}
