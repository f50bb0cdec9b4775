//! Figures over time: one small chart a kind of figure, side by side under the drawing.

use super::path::number;
use super::{Canvas, MARGIN, escape};
use crate::date::{Date, Period};
use crate::draw::layout::Point;
use crate::draw::measure::Ruler;
use crate::draw::picture::{Chart, Figure, Picture};
use crate::draw::sketch::{TextLine, ruler};
use crate::draw::style::{Color, Weight};
use crate::draw::when::show_date;
use crate::error::Result;
use crate::ontology::Status;
use std::fmt::Write as _;

/// Most charts of one picture; those with most figures come first.
const MOST: usize = 6;
const SIZE: f64 = 10.5;
const HEIGHT: f64 = 132.0;
const NARROWEST: f64 = 330.0;
const GUTTER: f64 = 34.0;

/// Where a chart's figures go.
struct Scale {
    at: Point,
    width: f64,
    first: f64,
    last: f64,
    most: f64,
}

impl Canvas<'_> {
    pub(super) fn charts(&mut self, picture: &Picture) -> Result<()> {
        if picture.charts.is_empty() {
            return Ok(());
        }
        self.rule();
        let inner = self.width - 2.0 * MARGIN;
        let columns = ((inner + GUTTER) / (NARROWEST + GUTTER)).floor().clamp(1.0, 3.0) as usize;
        let columns = columns.min(picture.charts.len());
        let width = (inner + GUTTER) / columns as f64 - GUTTER;
        for row in picture.charts.iter().take(MOST).collect::<Vec<_>>().chunks(columns) {
            for (i, chart) in row.iter().enumerate() {
                self.chart(chart, Point::new(MARGIN + i as f64 * (width + GUTTER), self.y), width)?;
            }
            self.y += HEIGHT + 76.0;
        }
        Ok(())
    }

    fn chart(&mut self, chart: &Chart, at: Point, width: f64) -> Result<()> {
        let (bold, plain) = (ruler(Weight::Bold, SIZE + 1.0)?, ruler(Weight::Regular, SIZE)?);
        let (text, muted) = (self.style.page.text.clone(), self.style.page.muted.clone());
        let name = escape(&chart.title);
        let _ = writeln!(
            self.out,
            "<g class=\"chart\" role=\"graphics-object group\" aria-label=\"{name}\"><title>{name}</title>"
        );
        for (i, words) in bold.wrap_plain(&chart.title, width, 2).into_iter().enumerate() {
            let line = TextLine { width: bold.width(&words), text: words, size: SIZE + 1.0, weight: Weight::Bold };
            self.text(&line, Point::new(at.x, at.y + 4.0 + i as f64 * 14.0), "start", &text);
        }
        let scale = Scale::of(chart, Point::new(at.x, at.y + 44.0), width);
        let (x, right, base) = (number(at.x), number(at.x + width), number(scale.base()));
        let rule = self.style.page.muted.as_str();
        let _ = writeln!(self.out, "<path d=\"M{x} {base}H{right}\" stroke=\"{rule}\" stroke-width=\"1\"/>");
        self.curve(chart, &scale);
        let mut taken = Vec::new();
        for point in &chart.points {
            self.figure(point, &scale, &plain, &text, &mut taken);
        }
        self.years(chart, &scale, &plain, &muted);
        self.out.push_str("</g>\n");
        Ok(())
    }

    /// A line through what was measured, where each time has one figure only.
    fn curve(&mut self, chart: &Chart, scale: &Scale) {
        let measured: Vec<&Figure> = chart.points.iter().filter(|point| point.status == Status::Asserted).collect();
        if measured.windows(2).any(|pair| matches!(pair, [a, b] if a.period == b.period)) || measured.len() < 2 {
            return;
        }
        let points = measured.iter().map(|point| scale.spot(point)).map(|p| format!("{},{}", number(p.x), number(p.y)));
        let color = self.style.page.edge.as_str();
        let points = points.collect::<Vec<_>>().join(" ");
        let _ =
            writeln!(self.out, "<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\"/>");
    }

    fn figure(&mut self, point: &Figure, scale: &Scale, ruler: &Ruler, text: &Color, taken: &mut Vec<(f64, f64, f64)>) {
        let Point { x, y } = scale.spot(point);
        let (edge, back) = (self.style.edge_color(point.status).as_str(), self.style.page.background.as_str());
        let fill = if point.status == Status::Asserted { edge } else { back };
        let tale =
            format!("{}, {}, {}", point.written, show_date(&point.period), self.style.status(point.status).legend);
        let (cx, cy, base) = (number(x), number(y), number(scale.base()));
        let _ = writeln!(
            self.out,
            "<g class=\"figure\"><title>{}</title><path d=\"M{cx} {cy}V{base}\" stroke=\"{edge}\" stroke-width=\"1\" stroke-dasharray=\"1 3\"/>\
             <circle cx=\"{cx}\" cy=\"{cy}\" r=\"4\" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"1.6\"/></g>",
            escape(&tale)
        );
        let width = ruler.width(&point.written);
        let x = x.clamp(scale.at.x + width / 2.0, scale.at.x + scale.width - width / 2.0);
        // A figure whose words would lie on others' goes without; its point still says it on hover.
        let free = |y: f64| {
            !taken.iter().any(|(tx, ty, tw)| (tx - x).abs() < (tw + width) / 2.0 + 4.0 && (ty - y).abs() < SIZE * 1.1)
        };
        if let Some(y) = [y - 8.0, y + 15.0, y - 20.0].into_iter().find(|y| free(*y)) {
            taken.push((x, y, width));
            let line = TextLine { text: point.written.clone(), width, size: SIZE, weight: Weight::Regular };
            self.text(&line, Point::new(x, y), "middle", text);
        }
    }

    /// The times below the axis, as many as fit.
    fn years(&mut self, chart: &Chart, scale: &Scale, ruler: &Ruler, color: &Color) {
        let mut free = f64::MIN;
        for point in &chart.points {
            let words = show_date(&point.period);
            let width = ruler.width(&words);
            let x = scale.spot(point).x.clamp(scale.at.x + width / 2.0, scale.at.x + scale.width - width / 2.0);
            if x - width / 2.0 < free {
                continue;
            }
            free = x + width / 2.0 + 8.0;
            let line = TextLine { text: words, width, size: SIZE, weight: Weight::Regular };
            self.text(&line, Point::new(x, scale.base() + 16.0), "middle", color);
        }
    }
}

impl Scale {
    fn of(chart: &Chart, at: Point, width: f64) -> Self {
        let times = || chart.points.iter().map(|point| time_of(&point.period));
        let most = chart.points.iter().map(|point| point.value).fold(0.0, f64::max);
        let (first, last) = (times().fold(f64::MAX, f64::min), times().fold(f64::MIN, f64::max));
        Self { at, width, first, last, most: if most > 0.0 { most } else { 1.0 } }
    }

    fn base(&self) -> f64 {
        self.at.y + HEIGHT
    }

    /// Where a figure goes; the axis of values begins at zero.
    fn spot(&self, point: &Figure) -> Point {
        let span = self.last - self.first;
        let part = if span > 0.0 { (time_of(&point.period) - self.first) / span } else { 0.5 };
        let inset = 26.0;
        let x = self.at.x + inset + part * (self.width - 2.0 * inset);
        Point::new(x, self.base() - (point.value.max(0.0) / self.most) * (HEIGHT - 16.0))
    }
}

/// A date as a number of years; the end of an interval.
fn time_of(period: &str) -> f64 {
    let period: Option<Period> = period.parse().ok();
    let date: Option<Date> = period.and_then(|period| period.to.or(period.from));
    date.map_or(0.0, |date| f64::from(date.year) + f64::from(date.month.unwrap_or(1) - 1) / 12.0)
}
