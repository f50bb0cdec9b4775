//! SVG -> PDF: one page of the drawing's size, with letters that can be searched and copied.

use super::png::parse_svg;
use crate::error::{Error, Result};
use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

/// Longest side in points that readers of PDF must take (ISO 32000-1, annex C).
const LONGEST: f32 = 14_400.0;

/// Writes a drawing as PDF; a unit of the drawing is 0.75 points, as in CSS.
///
/// # Errors
/// Where the page would be larger than PDF allows, or a letter of the drawing cannot be embedded.
pub(super) fn write_pdf(svg: &str, title: &str, fonts: &super::fonts::Fonts) -> Result<Vec<u8>> {
    let fail = |cause: String| Error::new(format!("the PDF cannot be written: {cause}"));
    let tree = parse_svg(svg, fonts)?;
    let (width, height) = (tree.size().width() * 0.75, tree.size().height() * 0.75);
    if width.max(height) > LONGEST {
        let message = format!("a page of {width:.0} by {height:.0} points is larger than PDF allows");
        return Err(Error::with_hint(message, "draw fewer nodes, or SVG, which has no limit"));
    }
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| fail("the page is empty".into()))?;
    let size = Size::from_wh(width, height).ok_or_else(|| fail("the page is empty".into()))?;
    let mut document = Document::new();
    // No date: the same drawing gives the same bytes.
    document.set_metadata(Metadata::new().title(title.to_owned()).creator("Dossier".to_owned()));
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| fail("a part of the drawing cannot be embedded".into()))?;
    document.finish().map_err(|cause| fail(format!("{cause:?}")))
}
