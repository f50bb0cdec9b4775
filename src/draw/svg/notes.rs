//! The quotes that the numbers lead to, in columns under the drawing.

use super::{Canvas, MARGIN};
use crate::draw::footnotes::Footnotes;
use crate::draw::layout::Point;
use crate::draw::measure::LINE_HEIGHT;
use crate::draw::sketch::{TextLine, ruler};
use crate::draw::style::Weight;
use crate::error::Result;

const SIZE: f64 = 10.5;
/// Narrowest column, room for the number, gap between columns and between notes.
const COLUMN: f64 = 430.0;
const NUMBER: f64 = 28.0;
const GUTTER: f64 = 28.0;
const GAP: f64 = 4.0;

impl Canvas<'_> {
    pub(super) fn notes(&mut self, notes: &Footnotes) -> Result<()> {
        if notes.list.is_empty() {
            return Ok(());
        }
        self.rule();
        let ruler = ruler(Weight::Regular, SIZE)?;
        let columns = ((self.width - 2.0 * MARGIN + GUTTER) / (COLUMN + GUTTER)).floor().clamp(1.0, 4.0);
        let width = (self.width - 2.0 * MARGIN + GUTTER) / columns - GUTTER;
        let texts = notes.list.iter().map(|text| ruler.wrap_plain(text, width - NUMBER, 40));
        let texts: Vec<Vec<String>> = texts.collect();
        let height = |lines: &Vec<String>| lines.len() as f64 * SIZE * LINE_HEIGHT + GAP;
        let limit = texts.iter().map(height).sum::<f64>() / columns;
        let (top, mut x, mut y, mut lowest) = (self.y - 8.0, MARGIN, self.y - 8.0, self.y);
        let color = self.style.page.edge_text.clone();
        for (i, lines) in texts.iter().enumerate() {
            // A column ends where the next note would begin below its share.
            if y > top && y - top + height(lines) / 2.0 > limit && x + width + GUTTER < self.width - MARGIN {
                (x, y) = (x + width + GUTTER, top);
            }
            let number = format!("[{}]", i + 1);
            self.line(&ruler, &number, Point::new(x, y + SIZE), &color);
            for text in lines {
                self.line(&ruler, text, Point::new(x + NUMBER, y + SIZE), &color);
                y += SIZE * LINE_HEIGHT;
            }
            y += GAP;
            lowest = lowest.max(y);
        }
        self.y = lowest + 10.0;
        Ok(())
    }

    pub(super) fn line(
        &mut self,
        ruler: &crate::draw::measure::Ruler,
        text: &str,
        at: Point,
        color: &crate::draw::style::Color,
    ) {
        let line =
            TextLine { width: ruler.width(text), text: text.to_owned(), size: ruler.size(), weight: Weight::Regular };
        self.text(&line, at, "start", color);
    }
}
