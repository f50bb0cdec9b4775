//! The legend under a drawing.

use super::path::number;
use super::{Canvas, MARGIN, dash};
use crate::draw::layout::{Path, Piece, Point, Rect};
use crate::draw::legend::{Legend, read_legend};
use crate::draw::picture::Picture;
use crate::draw::sketch::{TextLine, ruler};
use crate::draw::style::{KindStyle, Line, Weight};
use crate::error::Result;
use crate::ontology::Status;
use std::fmt::Write as _;

impl Canvas<'_> {
    pub(super) fn legend(&mut self, picture: &Picture) -> Result<()> {
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

    pub(super) fn rule(&mut self) {
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
