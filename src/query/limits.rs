//! What a query may cost: time and memory.
//!
//! Law: whoever asks too much is told so, with what to do; the machine is never brought down by a cross product.

use crate::error::Error;
use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that a term of an answer takes, roughly.
const TERM: usize = 128;
/// How often time and memory are looked at.
const PAUSE: Duration = Duration::from_millis(20);
/// After how many looks at nothing the thread that watches goes to sleep.
const IDLE: usize = 50;

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

/// What cancels a token where a bound is reached, until it is dropped.
pub(super) struct Watch {
    token: CancellationToken,
    bound: Arc<OnceLock<Bound>>,
    limits: Limits,
    /// Gone once the query has ended.
    alive: Arc<()>,
}

/// What the one thread that watches knows of a query.
struct Watched {
    token: CancellationToken,
    bound: Arc<OnceLock<Bound>>,
    limits: Limits,
    alive: Weak<()>,
    begin: Instant,
    /// Bytes in memory when it was first looked at.
    before: Option<usize>,
    /// When it was stopped.
    stopped: Option<Instant>,
}

/// The queries that run, and what the thread that watches them does.
struct Watcher {
    watched: Vec<Watched>,
    is_started: bool,
    is_asleep: bool,
}

/// One thread watches all queries of the process, and looks at the clock rather than be woken by each: starting or waking one would
/// cost more than most queries do.
static WATCHER: Mutex<Watcher> = Mutex::new(Watcher { watched: Vec::new(), is_started: false, is_asleep: false });
static NEWS: Condvar = Condvar::new();

fn watcher() -> MutexGuard<'static, Watcher> {
    WATCHER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the thread cannot start, the count of terms bounds the answer.
fn watch(new: Watched) {
    let mut watcher = watcher();
    watcher.watched.push(new);
    if !watcher.is_started {
        watcher.is_started = thread::Builder::new().spawn(watch_all).is_ok();
    } else if watcher.is_asleep {
        NEWS.notify_one();
    }
}

fn watch_all() {
    let mut idle = 0;
    loop {
        thread::sleep(PAUSE);
        let mut watcher = watcher();
        watcher.watched.retain_mut(Watched::goes_on);
        idle = if watcher.watched.is_empty() { idle + 1 } else { 0 };
        if idle > IDLE {
            watcher.is_asleep = true;
            watcher = NEWS.wait_while(watcher, |w| w.watched.is_empty()).unwrap_or_else(PoisonError::into_inner);
            (watcher.is_asleep, idle) = (false, 0);
        }
    }
}

impl Watched {
    /// Looks at time and memory; false once the query has ended or nothing more can be done.
    fn goes_on(&mut self) -> bool {
        if self.alive.strong_count() == 0 {
            return false;
        }
        if let Some(stopped) = self.stopped {
            if stopped.elapsed() < GRACE {
                return true;
            }
            if let (Some(overrun), Some(bound)) = (self.limits.overrun, self.bound.get()) {
                overrun(&bound.error());
            }
            return false;
        }
        let now = resident();
        let before = *self.before.get_or_insert(now);
        let reached = match self.limits.timeout {
            Some(timeout) if self.begin.elapsed() >= timeout => Bound::Time(timeout),
            _ if now.saturating_sub(before) > self.limits.memory => Bound::Memory(self.limits.memory),
            _ => return true,
        };
        let _ = self.bound.set(reached);
        self.token.cancel();
        self.stopped = Some(Instant::now());
        true
    }
}

impl Watch {
    /// Counts terms only.
    pub(super) fn idle(limits: Limits) -> Self {
        Self { token: CancellationToken::new(), bound: Arc::new(OnceLock::new()), limits, alive: Arc::new(()) }
    }

    /// Begins to watch.
    pub(super) fn start(limits: Limits) -> Self {
        let watch = Self::idle(limits);
        let alive = Arc::downgrade(&watch.alive);
        let (token, bound, begin) = (watch.token.clone(), Arc::clone(&watch.bound), Instant::now());
        self::watch(Watched { token, bound, limits, alive, begin, before: None, stopped: None });
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
