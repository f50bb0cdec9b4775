//! Dependency parser: greedy, in two linear models, one for the steps and one for the relations of the arcs.

pub(crate) mod features;
pub(crate) mod state;

use super::linear::Linear;
use super::tree::Deprel;
use features::{Input, action_features, label_features};
use state::{Action, State};

/// The parser's two models.
#[derive(Debug, Clone)]
pub(crate) struct Parser {
    actions: Linear,
    labels: Linear,
    relations: Vec<Deprel>,
    root: usize,
}

/// The tree of one sentence: governor (`None` for the root's word) and relation of every word.
pub(crate) type Arcs = Vec<(Option<usize>, Deprel)>;

impl Parser {
    /// A parser from its models; `None` where the classes are not steps and relations.
    pub(crate) fn new(actions: Linear, labels: Linear) -> Option<Self> {
        let relations = labels.classes().iter().map(|c| c.parse().ok()).collect::<Option<Vec<Deprel>>>()?;
        let root = relations.iter().position(|r| *r == Deprel::Root)?;
        (actions.classes().len() == Action::ALL.len()).then_some(Self { actions, labels, relations, root })
    }

    /// Parses one sentence.
    pub(crate) fn parse(&self, input: &Input) -> Arcs {
        let mut state = State::new(input.len());
        let mut features = Vec::with_capacity(160);
        while !state.is_done() {
            action_features(input, &state, &mut features);
            let scores = self.actions.score_few(&features);
            let Some(action) = choose(&state, &scores) else { break };
            let label = state
                .arc(action)
                .map_or(0, |(head, dependent)| self.label(input, &state, head, dependent, &mut features));
            state.take(action, label);
        }
        self.arcs(&state)
    }

    /// The relation of an arc about to be drawn.
    fn label(&self, input: &Input, state: &State, head: usize, dependent: usize, features: &mut Vec<u32>) -> usize {
        if head == state.length() {
            return self.root;
        }
        label_features(input, state, head, dependent, features);
        let scores = self.labels.score(features);
        self.labels.best(&scores, |class| class != self.root).unwrap_or(self.root)
    }

    fn arcs(&self, state: &State) -> Arcs {
        let arc = |word: usize| {
            let head = state.head(word);
            let relation = self.relations.get(state.label(word)).copied().unwrap_or(Deprel::Dep);
            ((head < state.length()).then_some(head), relation)
        };
        (0..state.length()).map(arc).collect()
    }
}

/// The allowed step that scores highest; the first of equals.
pub(crate) fn choose<T: PartialOrd + Copy>(state: &State, scores: &[T]) -> Option<Action> {
    let mut best: Option<(Action, T)> = None;
    for (action, &score) in Action::ALL.into_iter().zip(scores) {
        if state.allows(action) && best.is_none_or(|(_, top)| score > top) {
            best = Some((action, score));
        }
    }
    best.map(|(action, _)| action)
}
