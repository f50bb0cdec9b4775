//! Trains the parser with a dynamic oracle (Goldberg and Nivre 2013), which tells the best steps from any state, also
//! from those that only a wrong step leads to.

use super::perceptron::{Averaged, Chance};
use super::tagger::best;
use crate::language::parse::features::{Input, action_features, label_features};
use crate::language::parse::state::{Action, State};
use crate::language::parse::{Parser, choose};
use crate::language::tag::Tag;
use crate::language::tree::{Deprel, Sentence};
use crate::language::words::Word;

/// Bytes that the models of steps and of relations may take.
const BUDGETS: [usize; 2] = [2_900_000, 1_250_000];
const EPOCHS: usize = 15;
/// After these epochs the features that matter are chosen, and learning begins anew with them.
const CHOOSING: usize = 4;
/// Features that are seen less often are not learned.
const FREQUENT: u32 = 3;
/// Epochs in which only right steps are taken.
const GUIDED: usize = 1;
/// How often a wrong step is followed, in a hundred.
const STRAY: u64 = 90;

/// One sentence to learn from.
pub(crate) struct Example {
    input: Input,
    heads: Vec<usize>,
    labels: Vec<usize>,
}

impl Example {
    /// From a gold tree and the tags that a tagger gave its words.
    pub(crate) fn new(sentence: &Sentence, tags: &[Tag]) -> Self {
        let words: Vec<Word> = sentence.tokens.iter().map(|t| Word::new(&t.form)).collect();
        let length = words.len();
        Self {
            input: Input::new(&words, tags),
            heads: sentence.tokens.iter().map(|t| t.head.unwrap_or(length)).collect(),
            labels: sentence.tokens.iter().map(|t| t.deprel as usize).collect(),
        }
    }

    fn head(&self, word: usize) -> usize {
        self.heads.get(word).copied().unwrap_or(usize::MAX)
    }

    /// How many gold arcs a step puts out of reach.
    fn cost(&self, state: &State, action: Action) -> usize {
        let (top, next, length) = (state.stacked(0), state.ahead(0), state.length());
        let depends_on =
            |head: usize, words: &mut dyn Iterator<Item = usize>| words.filter(|w| self.head(*w) == head).count();
        match action {
            Action::Shift => {
                let deeper = state.stack().split_last().map_or(&[][..], |(_, rest)| rest);
                let lost = usize::from(deeper.contains(&self.head(next)));
                lost + depends_on(next, &mut state.stack().iter().copied())
            }
            Action::Left => {
                let head = self.head(top);
                let lost = head == state.stacked(1) || (head > next && head <= length);
                usize::from(lost) + depends_on(top, &mut (next..length))
            }
            Action::Right => {
                let head = self.head(top);
                let lost = head >= next && head <= length;
                usize::from(lost) + depends_on(top, &mut (next..length))
            }
        }
    }
}

/// Learns the two models; the bytes are those of the model files for steps and relations.
pub(crate) fn train_parser(examples: &[Example], seed: u64) -> Option<(Parser, [Vec<u8>; 2])> {
    let mut learner = Learner {
        actions: Averaged::new(Action::ALL.len()),
        labels: Averaged::new(Deprel::ALL.len()),
        chance: Chance(seed),
        features: Vec::new(),
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for example in examples {
        learner.observe(example);
    }
    learner.actions.keep_frequent(FREQUENT);
    learner.labels.keep_frequent(FREQUENT - 1);
    for epoch in 0..EPOCHS {
        if epoch == CHOOSING {
            learner.actions.keep_best(BUDGETS[0]);
            learner.labels.keep_best(BUDGETS[1]);
        }
        learner.chance.shuffle(&mut order);
        for example in order.iter().filter_map(|i| examples.get(*i)) {
            learner.learn(example, epoch >= GUIDED);
        }
    }
    let steps = Action::ALL.iter().map(|a| format!("{a:?}")).collect();
    let actions = learner.actions.finish(steps);
    let labels = learner.labels.finish(Deprel::ALL.iter().map(ToString::to_string).collect());
    let bytes = [actions.to_bytes(), labels.to_bytes()];
    Some((Parser::new(actions, labels)?, bytes))
}

struct Learner {
    actions: Averaged,
    labels: Averaged,
    chance: Chance,
    features: Vec<u32>,
}

impl Learner {
    /// Counts the features along the right steps.
    fn observe(&mut self, example: &Example) {
        let mut state = State::new(example.input.len());
        while !state.is_done() {
            action_features(&example.input, &state, &mut self.features);
            self.actions.observe(&self.features);
            let costs = Action::ALL.map(|a| if state.allows(a) { example.cost(&state, a) } else { usize::MAX });
            let Some(least) = costs.iter().min().copied().filter(|c| *c < usize::MAX) else { return };
            let Some(action) = Action::ALL.into_iter().zip(costs).find(|(_, c)| *c == least).map(|(a, _)| a) else {
                return;
            };
            let label = match state.arc(action) {
                Some((head, _)) if head == state.length() => Deprel::Root as usize,
                Some((head, dependent)) => {
                    label_features(&example.input, &state, head, dependent, &mut self.features);
                    self.labels.observe(&self.features);
                    example.labels.get(dependent).copied().unwrap_or_default()
                }
                None => 0,
            };
            state.take(action, label);
        }
    }

    fn learn(&mut self, example: &Example, explore: bool) {
        let mut state = State::new(example.input.len());
        while !state.is_done() {
            let Some(action) = self.step(example, &state, explore) else { return };
            let label = match state.arc(action) {
                Some((head, dependent)) => self.label(example, &state, head, dependent),
                None => 0,
            };
            state.take(action, label);
        }
    }

    /// Learns from one choice of step and says which to take.
    fn step(&mut self, example: &Example, state: &State, explore: bool) -> Option<Action> {
        action_features(&example.input, state, &mut self.features);
        let scores = self.actions.score(&self.features);
        let guess = choose(state, &scores)?;
        let costs = Action::ALL.map(|a| if state.allows(a) { example.cost(state, a) } else { usize::MAX });
        let least = costs.iter().min().copied()?;
        let right = costs.map(|c| c == least);
        self.actions.tick();
        if right.get(guess as usize).copied()? {
            return Some(guess);
        }
        let only_right: Vec<f32> =
            scores.iter().zip(right).map(|(s, r)| if r { *s } else { f32::NEG_INFINITY }).collect();
        let truth = best(&only_right);
        self.actions.update(&self.features, truth, guess as usize);
        let stray = explore && self.chance.happens(STRAY);
        Some(if stray { guess } else { Action::ALL.get(truth).copied()? })
    }

    /// Learns from one arc, if it is a gold arc, and gives the relation to go on with.
    fn label(&mut self, example: &Example, state: &State, head: usize, dependent: usize) -> usize {
        if head == state.length() {
            return Deprel::Root as usize;
        }
        label_features(&example.input, state, head, dependent, &mut self.features);
        let mut scores = self.labels.score(&self.features);
        let classes = Deprel::ALL.len();
        if let Some(score) = scores.get_mut(Deprel::Root as usize) {
            *score = f32::NEG_INFINITY;
        }
        let guess = best(scores.get(..classes).unwrap_or_default());
        if example.head(dependent) == head {
            let truth = example.labels.get(dependent).copied().unwrap_or(guess);
            self.labels.update(&self.features, truth, guess);
            self.labels.tick();
        }
        guess
    }
}
