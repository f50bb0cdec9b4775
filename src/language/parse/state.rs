//! Where the parser stands: the arc-hybrid transition system (Kuhlmann et al. 2011) with the root behind the last word.
//!
//! Law: whatever transitions are taken, as long as each is allowed, every word ends with one governor, one word with the
//! root, and no cycle arises.

/// One step of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack depends on the next word.
    Left,
    /// The top of the stack depends on the one below.
    Right,
}

impl Action {
    /// All, in the order of the model's classes.
    pub(crate) const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// What is known of a word's dependents on one side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Children {
    /// The outermost, then the one attached before it; `none` where there is none.
    pub(crate) outer: [usize; 2],
    /// How many.
    pub(crate) count: u32,
    /// Mix of their labels.
    pub(crate) labels: u32,
}

/// A partial tree over `length` words; the number `length` stands for the root, `length + 1` for no word.
#[derive(Debug, Clone)]
pub(crate) struct State {
    length: usize,
    next: usize,
    stack: Vec<usize>,
    heads: Vec<usize>,
    labels: Vec<usize>,
    left: Vec<Children>,
    right: Vec<Children>,
}

/// Label of a word that has no governor yet.
pub(crate) const UNLABELLED: usize = 127;

impl State {
    /// Before the first word.
    pub(crate) fn new(length: usize) -> Self {
        let none = length + 1;
        let childless = Children { outer: [none; 2], count: 0, labels: 0 };
        Self {
            length,
            next: 0,
            stack: Vec::with_capacity(length),
            heads: vec![none; length + 2],
            labels: vec![UNLABELLED; length + 2],
            left: vec![childless; length + 2],
            right: vec![childless; length + 2],
        }
    }

    /// Number of words.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// The number that stands for no word.
    pub(crate) fn none(&self) -> usize {
        self.length + 1
    }

    /// The stack's word at `depth` from the top.
    pub(crate) fn stacked(&self, depth: usize) -> usize {
        let at = self.stack.len().checked_sub(depth + 1);
        at.and_then(|i| self.stack.get(i)).copied().unwrap_or(self.none())
    }

    /// The stack, bottom first.
    pub(crate) fn stack(&self) -> &[usize] {
        &self.stack
    }

    /// The word at `ahead` from the next; the root behind the last word.
    pub(crate) fn ahead(&self, ahead: usize) -> usize {
        (self.next + ahead).min(self.none())
    }

    /// Whether the tree is complete.
    pub(crate) fn is_done(&self) -> bool {
        self.stack.is_empty() && self.next == self.length
    }

    /// Whether `action` keeps the law.
    pub(crate) fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.length,
            Action::Left => !self.stack.is_empty() && (self.next < self.length || self.stack.len() == 1),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// Governor and dependent of the arc that `action` draws.
    pub(crate) fn arc(&self, action: Action) -> Option<(usize, usize)> {
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, self.stacked(0))),
            Action::Right => Some((self.stacked(1), self.stacked(0))),
        }
    }

    /// Takes an allowed step; `label` is the relation of the arc that it draws.
    pub(crate) fn take(&mut self, action: Action, label: usize) {
        let Some((head, dependent)) = self.arc(action) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        if let (Some(h), Some(l)) = (self.heads.get_mut(dependent), self.labels.get_mut(dependent)) {
            (*h, *l) = (head, label);
        }
        let side = if action == Action::Left { &mut self.left } else { &mut self.right };
        if let Some(children) = side.get_mut(head) {
            children.outer = [dependent, children.outer[0]];
            children.count += 1;
            children.labels |= 1 << (label % 32);
        }
    }

    /// Label of a word's arc so far.
    pub(crate) fn label(&self, word: usize) -> usize {
        self.labels.get(word).copied().unwrap_or(UNLABELLED)
    }

    /// Governor of a word so far; [`State::none`] for none.
    pub(crate) fn head(&self, word: usize) -> usize {
        self.heads.get(word).copied().unwrap_or(self.none())
    }

    /// Dependents before a word.
    pub(crate) fn left(&self, word: usize) -> Children {
        self.left.get(word).copied().unwrap_or(Children { outer: [self.none(); 2], count: 0, labels: 0 })
    }

    /// Dependents after a word.
    pub(crate) fn right(&self, word: usize) -> Children {
        self.right.get(word).copied().unwrap_or(Children { outer: [self.none(); 2], count: 0, labels: 0 })
    }
}
