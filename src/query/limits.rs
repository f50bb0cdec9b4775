//! What a query may cost: time and memory.
//!
//! Law: whoever asks too much is told so, with what to do; the machine is never brought down by a cross product.

use crate::error::Error;
use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that a term of an answer takes, roughly.
const TERM: usize = 128;
/// How often time and memory are looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// How long after that the engine may take to see that it is stopped.
const GRACE: Duration = Duration::from_millis(500);

/// Bounds of one query.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long it may run; for ever without.
    pub timeout: Option<Duration>,
    /// How many bytes it may take beyond the graph itself.
    pub memory: usize,
    /// Called, in another thread, where the engine goes on all the same: it sees that it is stopped only between rows that it reads, not
    /// while it multiplies what it has read. A command ends the process there.
    pub overrun: Option<fn(&Error)>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: None, memory: 2 << 30, overrun: None }
    }
}

/// Why a query was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Time(Duration),
    Memory(usize),
}

/// A thread that cancels a token where a bound is reached; it ends when this is dropped.
pub(super) struct Watch {
    token: CancellationToken,
    bound: Arc<OnceLock<Bound>>,
    limits: Limits,
    _end: Option<Sender<()>>,
}

impl Watch {
    /// Counts terms only.
    pub(super) fn idle(limits: Limits) -> Self {
        Self { token: CancellationToken::new(), bound: Arc::new(OnceLock::new()), limits, _end: None }
    }

    /// Begins to watch.
    pub(super) fn start(limits: Limits) -> Self {
        let (end, ended) = channel::<()>();
        let watch = Self { _end: Some(end), ..Self::idle(limits) };
        let (stop, told, begin) = (watch.token.clone(), Arc::clone(&watch.bound), Instant::now());
        thread::spawn(move || {
            let before = resident();
            while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let grown = resident().saturating_sub(before);
                let reached = match limits.timeout {
                    Some(timeout) if begin.elapsed() >= timeout => Bound::Time(timeout),
                    _ if grown > limits.memory => Bound::Memory(limits.memory),
                    _ => continue,
                };
                let _ = told.set(reached);
                stop.cancel();
                if let (Some(overrun), Err(RecvTimeoutError::Timeout)) = (limits.overrun, ended.recv_timeout(GRACE)) {
                    overrun(&reached.error());
                }
                return;
            }
        });
        watch
    }

    /// What the evaluation is to be stopped by.
    pub(super) fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Refuses an answer of too many terms: where the system does not tell how much memory is taken, this bounds it.
    pub(super) fn count(&self, terms: usize) -> Result<(), QueryEvaluationError> {
        if self.token.is_cancelled() {
            return Err(QueryEvaluationError::Cancelled);
        }
        if terms <= self.limits.memory / TERM {
            return Ok(());
        }
        let _ = self.bound.set(Bound::Memory(self.limits.memory));
        Err(QueryEvaluationError::Cancelled)
    }

    /// What to say where a bound was reached.
    pub(super) fn error(&self) -> Option<Error> {
        self.bound.get().map(|bound| bound.error())
    }
}

impl Bound {
    fn error(self) -> Error {
        let (why, what) = match self {
            Bound::Time(timeout) if timeout.as_secs_f64() == 1.0 => ("after 1 second".to_owned(), "--timeout SECONDS"),
            Bound::Time(timeout) => (format!("after {} seconds", timeout.as_secs_f64()), "--timeout SECONDS"),
            Bound::Memory(bytes) => (format!("where it took more than {} MB", bytes >> 20), "--memory MB"),
        };
        let hint = "narrow it, join its patterns by a variable they share, or add a LIMIT";
        Error::with_hint(format!("the query was stopped {why}"), format!("{hint}; {what} allows more"))
    }
}

/// Bytes of this process in memory; 0 where the system does not say (it does on Linux).
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() << 10
}
