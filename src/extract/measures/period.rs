//! Which time a figure is for.
//!
//! Law: a date that a figure is compared with is not its own; a time that the sentence leaves open comes from the figure told
//! just before, for what is measured again, or stays open.

use super::super::fact::Value;
use super::super::scope::Scope;
use super::spot::Spot;
use super::{Reading, Told};
use crate::language::{Upos, Xpos};
use crate::recognise::DateMention;

impl Scope<'_> {
    pub(super) fn period_of(&self, reading: &Reading, spot: Spot, told: &[Told]) -> Option<Value<usize>> {
        if let Some(date) = self.respective_date(spot) {
            return Some(date_value(date));
        }
        let next = self.amounts.iter().map(|a| a.lead).find(|f| *f > spot.last).unwrap_or(self.grammar.tokens.len());
        let after =
            self.dates.iter().filter(|d| d.first > spot.last && d.first < next).find(|d| self.may_date(d, reading));
        let close = after.filter(|d| d.first <= spot.last + 4);
        let start = told.last().filter(|t| t.draft.at == self.at && t.reading.earlier).map(|t| t.last);
        let of_start = |d: &&DateMention| start.is_some_and(|at| d.first > at && d.first <= at + 3);
        let before = self.dates.iter().filter(|d| d.last < spot.first && self.may_date(d, reading) && !of_start(d));
        let before = if reading.earlier { None } else { before.min_by_key(|d| (d.first > 2, spot.first - d.last)) };
        let rest = self
            .dates
            .iter()
            .filter(|d| d.first >= next && !reading.earlier)
            .find(|d| self.may_date(d, reading) && self.runs_to(spot, d));
        // "whose visit began on May 3, spoke of a rise last year": a day of something else gives way to a time of measuring.
        let dated = |d: &&DateMention| d.period.is_none_or(|p| p.single().is_some_and(|d| d.day.is_some()));
        let later = || after.filter(|a| !dated(a)).filter(|_| before.as_ref().is_some_and(dated));
        let date = close.or_else(later).or(before).or(after).or(rest);
        if let Some(date) = date {
            return Some(date_value(date));
        }
        if reading.earlier {
            return None;
        }
        let here = told.last().filter(|t| t.draft.at == self.at && !t.reading.earlier);
        // "during the period"
        let same = |t: &&Told| self.follows(t) && self.names_same_period();
        let here = here.or_else(|| told.last().filter(same));
        let again = |t: &&Told| {
            !t.reading.earlier && t.reading.is_measured() && reading.is_measured() && self.follows(t) && !reading.target
        };
        if here.is_none() && self.names_same_period() {
            return self.period_before();
        }
        let from =
            here.or_else(|| told.last().filter(again).filter(|t| reading.inherits_period || t.reading.is_kin(reading)));
        from.and_then(|t| t.draft.roles.get("period").cloned())
    }

    /// "in 2015, 2016 and 2017 were A, B and C respectively": the date in the figure's own place.
    fn respective_date(&self, spot: Spot) -> Option<&DateMention> {
        let amount = self.amounts.iter().find(|a| a.last == spot.last)?;
        let alike: Vec<usize> = self.amounts.iter().filter(|a| a.unit == amount.unit).map(|a| a.last).collect();
        let (first, count) = (*alike.first()?, alike.len());
        let dates: Vec<&DateMention> = self.dates.iter().filter(|d| d.last < first).collect();
        let respective = (0..self.grammar.tokens.len()).any(|i| self.low(i) == "respectively");
        let place = alike.iter().position(|last| *last == spot.last)?;
        let listed = dates.windows(2).all(|w| matches!(w, [a, b] if b.first - a.last <= 3));
        (respective && count > 1 && dates.len() == count && listed).then(|| dates.get(place).copied())?
    }

    /// "during the period", "in the same period".
    fn names_same_period(&self) -> bool {
        (1..self.grammar.tokens.len())
            .any(|i| self.low(i) == "period" && matches!(self.low(i - 1).as_str(), "the" | "this" | "that" | "same"))
    }

    /// The span of time that the sentence before names last.
    fn period_before(&self) -> Option<Value<usize>> {
        let before = self.at.checked_sub(1).filter(|at| self.shares_article(*at))?;
        let dates = self.material.dates.get(before)?;
        dates.iter().rev().find(|d| d.period.is_some_and(|p| p.single().is_none())).map(date_value)
    }

    /// A date may be that of the figure unless it is what the figure is compared with, or tells when it was said.
    fn may_date(&self, date: &DateMention, reading: &Reading) -> bool {
        let before = (0..3).map(|n| date.first.checked_sub(n + 1).map(|i| self.low(i)).unwrap_or_default());
        let words: Vec<String> = before.collect();
        let near = |i: usize, list: &[&str]| words.get(i).is_some_and(|w| list.contains(&w.as_str()));
        let base: &[&str] = &["than", "over", "against", "versus", "vs"];
        let compares = near(0, base)
            || near(0, &["in", "the"]) && near(1, base)
            || near(0, &["in"]) && near(1, &["from"])
            || near(0, &["from"]) && self.is_base_cue(date)
            || near(0, &["the"]) && near(1, &["from"]) && self.is_base_cue(date)
            || near(0, &["to", "with"]) && near(1, &["compared", "comparison", "relative"]);
        // "Expo 2020", not "FY2020".
        let name = self.owner(date.first).filter(|m| Some(*m) == self.owner(date.last)).and_then(|m| self.mention(m));
        if name.is_some_and(|m| m.first < date.first || m.last > date.last) {
            return false;
        }
        if compares && !reading.earlier {
            return false;
        }
        // "was designed 40 years ago and is to add 300 megawatts": another verb's time.
        let later = reading.verb.is_some_and(|v| v > date.last && self.grammar.upos(v) == Upos::Verb);
        if !reading.earlier && later && self.low(date.last) == "ago" {
            return false;
        }
        if !reading.earlier && self.opens_with_another_deed(date) {
            return false;
        }
        // "announced on Thursday" dates what is said.
        let day = date.period.is_none_or(|p| p.single().is_some_and(|d| d.day.is_some()));
        !self.dates_saying(date) && !(day && (self.dates_speech(date) || self.is_dateline(date)))
    }

    /// "First proposed in 2017, the line": a participle before the subject has a time of its own, unless it says when it starts.
    fn opens_with_another_deed(&self, date: &DateMention) -> bool {
        let g = &self.grammar;
        let participle =
            (0..2).find(|i| g.upos(*i) != Upos::Adv).filter(|i| matches!(g.xpos(*i), Xpos::Vbn | Xpos::Vbg));
        let Some(participle) = participle.filter(|i| self.is_measure_verb(*i).is_none()) else { return false };
        let lasts = matches!(g.lemma(participle), "start" | "begin" | "compare" | "base");
        let comma = (participle..g.tokens.len()).find(|i| g.form(*i) == ",");
        !lasts && comma.is_some_and(|comma| participle < date.first && date.last < comma)
    }

    /// "LIMA, June 11, 2020 (Agency) – Exports rose": the day of the report.
    fn is_dateline(&self, date: &DateMention) -> bool {
        let g = &self.grammar;
        let dash = (date.last + 1..date.last + 6).find(|i| matches!(g.form(*i), "–" | "—" | "--" | "-"));
        let place = (0..date.first).all(|i| !matches!(g.upos(i), Upos::Verb | Upos::Aux | Upos::Adp | Upos::Noun));
        date.first < 6 && place && dash.is_some_and(|d| (date.last + 1..d).all(|i| g.upos(i) != Upos::Verb))
    }

    /// "up from 2022", "than in 2022", "from a year earlier".
    fn is_base_cue(&self, date: &DateMention) -> bool {
        (date.first.saturating_sub(4)..date.first).any(|i| {
            matches!(
                self.low(i).as_str(),
                "up" | "down" | "than" | "compared" | "against" | "increase" | "rise" | "growth" | "decrease" | "same"
            ) || self.is_amount(i)
        })
    }

    /// "said earlier in November that": when it was said.
    fn dates_saying(&self, date: &DateMention) -> bool {
        let speaks = |i: usize| {
            crate::ontology::modality::Modality::embedded().speech(self.grammar.lemma(i)).is_some()
                && self.grammar.upos(i) == Upos::Verb
        };
        self.low(date.last + 1) == "that" && (date.first.saturating_sub(4)..date.first).any(speaks)
    }

    fn dates_speech(&self, date: &DateMention) -> bool {
        let head = crate::recognise::head_of(self.sentence, date.first, date.last);
        let g = &self.grammar;
        let verb = g.head(head).map_or("", |v| g.lemma(v));
        let near = date.first.saturating_sub(2);
        crate::ontology::modality::Modality::embedded().speech(verb).is_some()
            || (near..date.first).any(|i| matches!(self.low(i).as_str(), "said" | "announced" | "told" | "reported"))
    }

    /// "rose 12 percent to $310 million in 2024": nothing but the second figure lies between.
    fn runs_to(&self, spot: Spot, date: &DateMention) -> bool {
        let g = &self.grammar;
        // "inflation, which peaked at 8%, fell to 5% in June": the date is that of the main clause.
        let relative =
            (spot.first.saturating_sub(4)..spot.first).any(|i| matches!(self.low(i).as_str(), "which" | "who"));
        !relative
            && (spot.last + 1..date.first).all(|i| {
                self.is_amount(i)
                    || !matches!(g.form(i), ";" | "(" | "—")
                        && !matches!(self.low(i).as_str(), "from" | "than" | "compared" | "against" | "which")
            })
    }

    /// Whether the sentence comes right after that of `told` in the same text.
    pub(super) fn follows(&self, told: &Told) -> bool {
        let near = told.draft.at <= self.at && self.at - told.draft.at <= 1;
        near && self.shares_article(told.draft.at)
    }
}

fn date_value(date: &DateMention) -> Value<usize> {
    match (fiscal_year(&date.written), date.period) {
        (Some(year), _) => Value::Text(year),
        (None, Some(period)) => Value::When(period),
        (None, None) => Value::Text(date.written.clone()),
    }
}

/// "2017–18" and "2017/2018" are one year of account, no interval of two: `FY 2017-18`.
fn fiscal_year(written: &str) -> Option<String> {
    let compact: String = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (head, last) = compact.rsplit_once(['-', '–', '‑', '/'])?;
    let start = head.get(head.len().checked_sub(4)?..)?;
    let first: i32 = start.parse().ok()?;
    let short = match last.len() {
        2 => last,
        4 if last.parse() == Ok(first + 1) => last.get(2..)?,
        _ => return None,
    };
    let whole = !head.strip_suffix(start)?.ends_with(|c: char| c.is_ascii_digit());
    (whole && short.chars().all(|c| c.is_ascii_digit())).then(|| format!("FY {start}-{short}"))
}

#[cfg(test)]
mod tests {
    use super::fiscal_year;

    #[test]
    fn two_years_in_a_row_are_one_year_of_account() {
        assert_eq!(fiscal_year("2017 – 18").as_deref(), Some("FY 2017-18"));
        assert_eq!(fiscal_year("FY 2017-2018").as_deref(), Some("FY 2017-18"));
        assert_eq!(fiscal_year("2011-'12").as_deref(), Some("FY 2011-12"));
        assert_eq!(fiscal_year("2017-2020"), None);
        assert_eq!(fiscal_year("12017-18"), None);
        assert_eq!(fiscal_year("May 2017"), None);
    }
}
