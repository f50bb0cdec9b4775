//! Text of a mapping -> its template, its pattern and the columns that it needs.
//!
//! Law: a mapping that names a column that is not there is an error, never an empty answer.

use crate::diagnostic::Diagnostic;
use crate::ontology::classes::nearest;
use crate::vocab::PREFIXES;
use oxigraph::model::{BlankNode, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{Query, SparqlParser};
use std::collections::{BTreeMap, BTreeSet};

/// The variable that holds the number of the row, counted as its fragment counts: the header of a table is row 1.
pub(super) const ROW: &str = "ROWNUM";

/// A CONSTRUCT query over the columns of one record.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The file, as diagnostics name it.
    pub name: String,
    pub(super) text: String,
    pub(super) template: Vec<TriplePattern>,
    pub(super) pattern: GraphPattern,
    /// Variables that no BIND gives: the columns.
    pub(super) columns: BTreeSet<String>,
    /// By variable that a BIND gives: the variables that it is made of.
    pub(super) binds: BTreeMap<String, BTreeSet<String>>,
}

impl Mapping {
    /// Reads a mapping; the prefixes of the program need no declaration.
    ///
    /// # Errors
    /// A syntax error with its place; another form than CONSTRUCT; a pattern over a graph, which a record has not.
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostic> {
        let wrong = |message: String| Diagnostic::error(name, message);
        let mut parser = SparqlParser::new();
        for (prefix, namespace) in PREFIXES {
            parser = parser.with_prefix(*prefix, *namespace).map_err(|cause| wrong(cause.to_string()))?;
        }
        let query = parser.parse_query(text).map_err(|cause| explain_syntax(name, &cause.to_string()))?;
        let Query::Construct { template, pattern, .. } = query else {
            let hint = "write CONSTRUCT { what a row states } WHERE { BIND ... }";
            return Err(wrong("a mapping is a CONSTRUCT query".to_owned()).hint(hint));
        };
        // CONSTRUCT selects the variables of its WHERE; a mapping also takes columns that only the template names.
        let pattern = match pattern {
            GraphPattern::Project { inner, .. } => *inner,
            other => other,
        };
        let template = name_blanks(template);
        let mut scan = Scan::default();
        scan.pattern(&pattern);
        if scan.matches_graph {
            let message = "the WHERE of a mapping matches triples, but a record has only its columns";
            return Err(wrong(message.to_owned()).hint("use ?column in BIND, FILTER, VALUES and the template"));
        }
        template.iter().for_each(|triple| scan.triple(triple));
        let columns = scan.used.difference(&scan.bound).filter(|v| v.as_str() != ROW).cloned().collect();
        let binds = scan.binds;
        Ok(Self { name: name.to_owned(), text: text.to_owned(), template, pattern, columns, binds })
    }

    /// Whether every column that the mapping names is there.
    ///
    /// # Errors
    /// The first that is not, with its place, the one that may be meant, and the columns that there are.
    pub fn check_columns(&self, columns: &[String], source: &str) -> Result<(), Diagnostic> {
        let Some(missing) = self.columns.iter().find(|c| !columns.contains(c)) else { return Ok(()) };
        let (line, column) = self.place_of(missing);
        let mean = nearest(missing, columns.iter().map(String::as_str));
        let mean = mean.map(|near| format!("did you mean ?{near}? ")).unwrap_or_default();
        let list: Vec<String> = columns.iter().map(|c| format!("?{c}")).collect();
        let message = format!("{source} has no column ?{missing}; nothing of it is read");
        let hint = format!("{mean}its columns are {}", list.join(", "));
        Err(Diagnostic::error(&self.name, message).at(line, column).hint(hint))
    }

    /// Line and column where a variable is named first.
    fn place_of(&self, variable: &str) -> (usize, usize) {
        let ends = |rest: &str| !rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let found = ["?", "$"]
            .iter()
            .flat_map(|mark| self.text.match_indices(&format!("{mark}{variable}")).map(|m| m.0).collect::<Vec<_>>());
        let first = found.filter(|at| self.text.get(at + 1 + variable.len()..).is_some_and(ends)).min().unwrap_or(0);
        let head = self.text.get(..first).unwrap_or_default();
        let line = head.matches('\n').count() + 1;
        (line, head.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1)
    }

    /// The variables whose values fill the template.
    pub(super) fn wanted(&self) -> Vec<Variable> {
        let mut scan = Scan::default();
        self.template.iter().for_each(|triple| scan.triple(triple));
        scan.used.into_iter().map(Variable::new_unchecked).collect()
    }
}

/// The template with its blank nodes numbered as they come: the parser names `[]` by chance.
fn name_blanks(mut template: Vec<TriplePattern>) -> Vec<TriplePattern> {
    let mut names: Vec<BlankNode> = Vec::new();
    let mut rename = |term: &mut TermPattern| {
        if let TermPattern::BlankNode(node) = term {
            let at = names.iter().position(|n| n == node).unwrap_or_else(|| {
                names.push(node.clone());
                names.len() - 1
            });
            *node = BlankNode::new_unchecked(format!("b{}", at + 1));
        }
    };
    for triple in &mut template {
        rename(&mut triple.subject);
        rename(&mut triple.object);
    }
    template
}

fn explain_syntax(name: &str, told: &str) -> Diagnostic {
    let rest = told.strip_prefix("error at ").unwrap_or(told);
    let place = rest.split_once(": ").and_then(|(place, message)| {
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, message))
    });
    let (line, column, message) = place.unwrap_or((1, 1, told));
    let message = format!("syntax error: {}", message.replace("[_]", "more"));
    let known = PREFIXES.iter().map(|(prefix, _)| *prefix).collect::<Vec<_>>().join(", ");
    Diagnostic::error(name, message).at(line, column).hint(format!("known without declaration: {known}"))
}

/// Which variables a query uses and which it gives values itself.
#[derive(Default)]
struct Scan {
    used: BTreeSet<String>,
    bound: BTreeSet<String>,
    binds: BTreeMap<String, BTreeSet<String>>,
    matches_graph: bool,
}

impl Scan {
    fn triple(&mut self, triple: &TriplePattern) {
        self.term(&triple.subject);
        self.term(&triple.object);
        if let NamedNodePattern::Variable(v) = &triple.predicate {
            self.used.insert(v.as_str().to_owned());
        }
    }

    fn term(&mut self, term: &TermPattern) {
        match term {
            TermPattern::Variable(v) => {
                self.used.insert(v.as_str().to_owned());
            }
            TermPattern::Triple(triple) => self.triple(triple),
            _ => {}
        }
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => self.matches_graph |= !patterns.is_empty(),
            GraphPattern::Path { .. } | GraphPattern::Graph { .. } | GraphPattern::Service { .. } => {
                self.matches_graph = true;
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter().for_each(|e| self.expression(e));
            }
            GraphPattern::Filter { expr, inner } => {
                self.pattern(inner);
                self.expression(expr);
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.pattern(inner);
                let mut inside = Self::default();
                inside.expression(expression);
                self.used.extend(inside.used.iter().cloned());
                self.matches_graph |= inside.matches_graph;
                self.binds.insert(variable.as_str().to_owned(), inside.used);
                self.bound.insert(variable.as_str().to_owned());
            }
            GraphPattern::Values { variables, .. } => {
                self.bound.extend(variables.iter().map(|v| v.as_str().to_owned()));
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.pattern(inner);
                self.used.extend(variables.iter().map(|v| v.as_str().to_owned()));
                self.bound.extend(aggregates.iter().map(|(v, _)| v.as_str().to_owned()));
            }
            GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
            _ => self.matches_graph = true,
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Variable(v) | Expression::Bound(v) => {
                self.used.insert(v.as_str().to_owned());
            }
            Expression::NamedNode(_) | Expression::Literal(_) => {}
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::In(a, list) => {
                self.expression(a);
                list.iter().for_each(|e| self.expression(e));
            }
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|e| self.expression(e)),
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                list.iter().for_each(|e| self.expression(e));
            }
        }
    }
}

/// The functions of the program that a pattern calls and that do not exist; each is an error rather than an empty answer.
pub(super) fn unknown_functions(pattern: &GraphPattern, known: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    visit_functions(pattern, &mut |function| {
        if let Function::Custom(name) = function
            && name.as_str().starts_with(crate::vocab::DOS)
            && !known.iter().any(|k| name.as_str().ends_with(&format!("#{k}")))
        {
            found.push(crate::vocab::shorten(name.as_str()));
        }
    });
    found
}

fn visit_functions(pattern: &GraphPattern, visit: &mut impl FnMut(&Function)) {
    match pattern {
        GraphPattern::Extend { inner, expression, .. } | GraphPattern::Filter { inner, expr: expression } => {
            visit_calls(expression, visit);
            visit_functions(inner, visit);
        }
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right }
        | GraphPattern::LeftJoin { left, right, .. } => {
            visit_functions(left, visit);
            visit_functions(right, visit);
        }
        _ => {}
    }
}

fn visit_calls(expression: &Expression, visit: &mut impl FnMut(&Function)) {
    match expression {
        Expression::FunctionCall(function, list) => {
            visit(function);
            list.iter().for_each(|e| visit_calls(e, visit));
        }
        Expression::Coalesce(list) => list.iter().for_each(|e| visit_calls(e, visit)),
        Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|e| visit_calls(e, visit)),
        _ => {}
    }
}
