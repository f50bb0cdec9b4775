//! SERVICE clauses -> answers of other SPARQL services, of those alone that the user allows.
//!
//! Law: a query reaches nobody by itself; a service that is not allowed is refused, also under SILENT.

use crate::fetch::Fetcher;
use oxigraph::model::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use oxigraph::sparql::{QueryEvaluationError, QuerySolutionIter, ServiceHandler};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use std::sync::Arc;

/// Asks one service.
pub(super) struct Remote {
    pub(super) url: String,
    pub(super) fetcher: Fetcher,
}

/// Why a service gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct RemoteError(String);

impl ServiceHandler for Remote {
    type Error = RemoteError;

    fn handle(
        &self,
        pattern: &GraphPattern,
        base_iri: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, RemoteError> {
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base_iri.cloned() }.to_string();
        let answer = self.fetcher.post(&self.url, &[("query", &query)], "application/sparql-results+json");
        let text = answer.map_err(|error| RemoteError(error.to_string()))?;
        let wrong = |cause: String| RemoteError(format!("{} answers no SPARQL results: {cause}", self.url));
        let parsed = QueryResultsParser::from_format(QueryResultsFormat::Json).for_slice(text.as_bytes());
        let SliceQueryResultsParserOutput::Solutions(solutions) = parsed.map_err(|cause| wrong(cause.to_string()))?
        else {
            return Err(wrong("it is a boolean".to_owned()));
        };
        let variables: Arc<[Variable]> = solutions.variables().to_vec().into();
        let rows = solutions.collect::<Result<Vec<_>, _>>().map_err(|cause| wrong(cause.to_string()))?;
        let rows = rows.into_iter().map(Ok::<_, QueryEvaluationError>);
        Ok(QuerySolutionIter::new(variables, rows))
    }
}
