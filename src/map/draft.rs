//! Columns and values -> a draft of a mapping, for a person to mend.
//!
//! What headers mean stands in `ontology/exchange/columns.tsv`; what values are is told by reading them.
//!
//! Law: the draft is a mapping that runs as it is; what it does not use it names.

use super::functions::{plain_number, read_date};
use crate::ontology::gazetteer::{Gazetteer, Known};
use crate::ontology::table::Table;
use crate::read::records::Rows;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const COLUMNS: &str = include_str!("../../ontology/exchange/columns.tsv");

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    Dates,
    Numbers,
    Countries,
    Addresses,
    Words,
}

impl Holds {
    const fn tell(self) -> &'static str {
        match self {
            Self::Nothing => "no values",
            Self::Dates => "dates",
            Self::Numbers => "numbers",
            Self::Countries => "names of countries",
            Self::Addresses => "addresses of the web",
            Self::Words => "words",
        }
    }
}

/// A column, what its header seems to mean, and what it holds.
struct Column<'a> {
    name: &'a str,
    means: Option<&'static str>,
    holds: Holds,
    example: Option<&'a str>,
}

/// Drafts a mapping for the records of `source`.
pub fn draft_mapping(source: &str, rows: &Rows) -> String {
    let columns: Vec<Column<'_>> = rows.columns.iter().enumerate().map(|(i, name)| look_at(i, name, rows)).collect();
    let sheet = Sheet { columns: &columns };
    let (template, binds, used) = sheet.draft();
    let mut text = format!(
        "# Drafted by `dossier map {source}` from {} records: read it, mend it, keep it beside the file.\n",
        rows.records.len()
    );
    let widest = columns.iter().map(|c| c.name.chars().count()).max().unwrap_or_default();
    for column in &columns {
        let example = column.example.map(|e| format!(", such as {e:?}")).unwrap_or_default();
        let unused = if used.iter().any(|u| u == column.name) { "" } else { "; not used" };
        let _ = writeln!(text, "#   ?{:widest$}  {}{example}{unused}", column.name, column.holds.tell());
    }
    let _ = writeln!(text, "CONSTRUCT {{\n{template}}} WHERE {{\n{binds}}}");
    text
}

/// Values that are looked at.
const LOOK: usize = 200;

fn look_at<'a>(at: usize, name: &'a str, rows: &'a Rows) -> Column<'a> {
    let values: Vec<&str> = rows.records.iter().filter_map(|r| r.cells.get(at)?.as_deref()).take(LOOK).collect();
    let most = |test: &dyn Fn(&str) -> bool| values.iter().filter(|v| test(v)).count() * 5 >= values.len() * 4;
    let is_country = |v: &str| {
        let gazetteer = Gazetteer::embedded();
        matches!(gazetteer.find(v), Some(Known::Country(_))) || gazetteer.country_by_code(v).is_some()
    };
    let is_year = |v: &str| v.len() == 4 && v.parse::<u16>().is_ok_and(|y| (1500..2200).contains(&y));
    let means = meaning_of(name);
    let dated = matches!(means, Some("date" | "start" | "end" | "period"));
    let holds = match () {
        () if values.is_empty() => Holds::Nothing,
        () if dated && values.iter().any(|v| read_date(v).is_some()) => Holds::Dates,
        () if most(&|v| read_date(v).is_some() && (dated || !is_year(v) || means.is_none())) => Holds::Dates,
        () if most(&|v| plain_number(v).is_some()) => Holds::Numbers,
        () if most(&is_country) => Holds::Countries,
        () if most(&|v| v.starts_with("http://") || v.starts_with("https://")) => Holds::Addresses,
        () => Holds::Words,
    };
    Column { name, means, holds, example: values.first().copied().filter(|v| v.chars().count() < 40) }
}

/// What a header means: the longest line whose words it is, begins or ends with.
fn meaning_of(name: &str) -> Option<&'static str> {
    let words = name.to_lowercase().replace('_', " ");
    let fits = |header: &str| {
        words == header || words.starts_with(&format!("{header} ")) || words.ends_with(&format!(" {header}"))
    };
    let table = Table::parse(COLUMNS);
    let found = table.rows().filter(|row| fits(row.get("header")));
    found.max_by_key(|row| row.get("header").len()).map(|row| row.get("means"))
}

/// A table as far as its columns are understood.
struct Sheet<'a> {
    columns: &'a [Column<'a>],
}

/// The parts of a draft while it is written.
#[derive(Default)]
struct Draft {
    template: String,
    binds: String,
    used: Vec<String>,
    names: BTreeMap<String, usize>,
}

impl Draft {
    /// An entity of a column, once; gives its node.
    fn entity(&mut self, column: &Column<'_>, class: &str) -> String {
        let node = format!("_:{}", column.name);
        if !self.names.contains_key(&node) {
            self.names.insert(node.clone(), self.template.len());
            let _ = writeln!(self.template, "  {node} a dos:{class} ; skos:prefLabel ?{} .", column.name);
        }
        self.used.push(column.name.to_owned());
        node
    }

    /// The value of a column as a date or number, or as it is.
    fn value(&mut self, column: &Column<'_>) -> String {
        self.used.push(column.name.to_owned());
        let function = match column.holds {
            Holds::Dates => "date",
            Holds::Numbers => "number",
            _ => return format!("?{}", column.name),
        };
        let variable = format!("?{}_{function}", column.name);
        let bind = format!("  BIND(dos:{function}(?{}) AS {variable})\n", column.name);
        if !self.binds.contains(&bind) {
            self.binds.push_str(&bind);
        }
        variable
    }
}

impl<'a> Sheet<'a> {
    fn find(&self, means: &str) -> Option<&'a Column<'a>> {
        self.columns.iter().find(|c| c.means == Some(means))
    }

    fn all(&self, means: &str) -> Vec<&'a Column<'a>> {
        self.columns.iter().filter(|c| c.means == Some(means)).collect()
    }

    fn draft(&self) -> (String, String, Vec<String>) {
        let mut draft = Draft::default();
        let has = |means: &str| self.find(means).is_some();
        match () {
            () if has("value") && (has("indicator") || has("period")) => self.draft_figures(&mut draft),
            () if has("role") && (has("person") || has("name")) => self.draft_posts(&mut draft),
            () if self.all("party").len() > 1 || (has("agreement") && has("date")) => self.draft_agreements(&mut draft),
            () => self.draft_entities(&mut draft),
        }
        (draft.template, draft.binds, draft.used)
    }

    /// Whose post, figure or agreement it is.
    fn body(&self, draft: &mut Draft) -> Option<String> {
        let classes = [("organization", "Organization"), ("company", "Company"), ("country", "Country")];
        classes.into_iter().find_map(|(means, class)| Some(draft.entity(self.find(means)?, class)))
    }

    fn write_fact(&self, draft: &mut Draft, class: &str, roles: &[(&str, String)]) {
        let _ = write!(draft.template, "  [] a dos:{class}");
        for (property, value) in roles {
            let _ = write!(draft.template, " ;\n    dos:{property} {value}");
        }
        draft.template.push_str(" .\n");
    }

    fn add_values(&self, draft: &mut Draft, means: &[&'static str], roles: &mut Vec<(&'static str, String)>) {
        for property in means {
            if let Some(column) = self.find(property) {
                roles.push((property, draft.value(column)));
            }
        }
    }

    fn draft_posts(&self, draft: &mut Draft) {
        let Some(person) = self.find("person").or(self.find("name")) else { return };
        let mut roles = vec![("person", draft.entity(person, "Person"))];
        self.add_values(draft, &["role"], &mut roles);
        roles.extend(self.body(draft).map(|body| ("organization", body)));
        self.add_values(draft, &["start", "end"], &mut roles);
        self.write_fact(draft, "Position", &roles);
    }

    fn draft_figures(&self, draft: &mut Draft) {
        let mut roles = Vec::new();
        match self.find("indicator") {
            Some(column) => roles.push(("indicator", draft.value(column))),
            None => roles.push(("indicator", "\"what is measured\"".to_owned())),
        }
        roles.extend(self.body(draft).map(|body| ("subject", body)));
        roles.extend(self.find("partner").map(|column| ("partner", draft.entity(column, "Country"))));
        self.add_values(draft, &["value", "unit", "period"], &mut roles);
        self.write_fact(draft, "Measure", &roles);
    }

    fn draft_agreements(&self, draft: &mut Draft) {
        let mut roles = Vec::new();
        for column in self.all("party") {
            let class = if column.holds == Holds::Countries { "Country" } else { "Organization" };
            roles.push(("party", draft.entity(column, class)));
        }
        if let Some(column) = self.find("type").or(self.find("agreement")) {
            roles.push(("agreementType", draft.value(column)));
        }
        self.add_values(draft, &["date", "topic"], &mut roles);
        self.write_fact(draft, "Agreement", &roles);
    }

    /// A list of entities, with what is said of each.
    fn draft_entities(&self, draft: &mut Draft) {
        let named =
            [("company", "Company"), ("person", "Person"), ("organization", "Organization"), ("country", "Country")];
        let first = named.iter().find_map(|(means, class)| Some((self.find(means)?, *class)));
        let plain = self.find("name").or(self.columns.iter().find(|c| c.holds == Holds::Words));
        let choice = match (plain, first) {
            (Some(column), Some((other, "Country"))) if column.name != other.name => Some((column, "Organization")),
            (Some(column), None) => Some((column, "Organization")),
            (_, Some(first)) => Some(first),
            (None, None) => self.columns.first().map(|column| (column, "Organization")),
        };
        let Some((column, class)) = choice else { return };
        let class = if column.holds == Holds::Countries { "Country" } else { class };
        let node = draft.entity(column, class);
        for alias in self.all("alias") {
            draft.used.push(alias.name.to_owned());
            let _ = writeln!(draft.template, "  {node} skos:altLabel ?{} .", alias.name);
        }
        let links = [
            ("owner", "subsidiaryOf", "Organization"),
            ("seat", "headquarteredIn", "Place"),
            ("country", "locatedIn", "Country"),
        ];
        for (means, property, class) in links {
            let Some(other) = self.find(means).filter(|c| c.name != column.name) else { continue };
            let other = draft.entity(other, class);
            let _ = writeln!(draft.template, "  {node} dos:{property} {other} .");
        }
        for (means, property) in [("url", "schema:url"), ("sector", "dos:sector")] {
            let Some(other) = self.find(means) else { continue };
            draft.used.push(other.name.to_owned());
            let _ = writeln!(draft.template, "  {node} {property} ?{} .", other.name);
        }
    }
}
