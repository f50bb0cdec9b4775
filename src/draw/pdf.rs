//! SVG -> PDF: one page of the drawing's size, with letters that can be searched and copied, and links to the sources.

use super::png::parse_svg;
use super::svg::Link;
use crate::error::{Error, Result};
use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::geom::{Rect, Size};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

/// Longest side in points that readers of PDF must take (ISO 32000-1, annex C).
const LONGEST: f32 = 14_400.0;

/// Points of a unit of the drawing, as in CSS.
const UNIT: f32 = 0.75;

/// Writes a drawing as PDF, with its links.
///
/// # Errors
/// Where the page would be larger than PDF allows, or a letter of the drawing cannot be embedded.
pub(super) fn write_pdf(svg: &str, links: &[Link], title: &str, fonts: &super::fonts::Fonts) -> Result<Vec<u8>> {
    let fail = |cause: String| Error::new(format!("the PDF cannot be written: {cause}"));
    let tree = parse_svg(svg, fonts)?;
    let (width, height) = (tree.size().width() * UNIT, tree.size().height() * UNIT);
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
    // krilla-svg draws what links hold and drops the links.
    links.iter().filter_map(annotation).for_each(|annotation| page.add_annotation(annotation));
    page.finish();
    drawn.ok_or_else(|| fail("a part of the drawing cannot be embedded".into()))?;
    document.finish().map_err(|cause| fail(format!("{cause:?}")))
}

fn annotation(link: &Link) -> Option<Annotation> {
    let [x, y, width, height] = [link.area.x, link.area.y, link.area.width, link.area.height].map(|n| n as f32 * UNIT);
    let target = Target::Action(Action::Link(LinkAction::new(link.url.clone())));
    Some(Annotation::new_link(
        LinkAnnotation::new(Rect::from_xywh(x, y, width, height)?, target),
        Some(link.tale.clone()),
    ))
}
