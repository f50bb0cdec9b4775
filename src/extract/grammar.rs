//! Grammatical functions over a dependency tree, with voice, control, relative clauses and coordination undone.
//!
//! Law: a function returns words of the sentence, never words that are merely understood.
//!
//! A frame says `nsubj` and means who does it: here "signed by X", "X, which signed", "X plans to sign", "signing, X …"
//! all lead to X.

use crate::language::{Deprel, Sentence, Token, Upos, Xpos};

/// A sentence with its children listed.
pub(super) struct Grammar<'s> {
    pub(super) tokens: &'s [Token],
    children: Vec<Vec<usize>>,
}

const MAX_CONTROL: usize = 5;

impl<'s> Grammar<'s> {
    pub(super) fn new(sentence: &'s Sentence) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(list) = token.head.and_then(|h| children.get_mut(h)) {
                list.push(i);
            }
        }
        Self { tokens: &sentence.tokens, children }
    }

    pub(super) fn lemma(&self, i: usize) -> &'s str {
        self.tokens.get(i).map_or("", |t| t.lemma.as_str())
    }

    pub(super) fn form(&self, i: usize) -> &'s str {
        self.tokens.get(i).map_or("", |t| t.form.as_str())
    }

    pub(super) fn deprel(&self, i: usize) -> Deprel {
        self.tokens.get(i).map_or(Deprel::Dep, |t| t.deprel)
    }

    pub(super) fn upos(&self, i: usize) -> Upos {
        self.tokens.get(i).map_or(Upos::X, |t| t.upos)
    }

    pub(super) fn xpos(&self, i: usize) -> Xpos {
        self.tokens.get(i).map_or(Xpos::Xx, |t| t.xpos)
    }

    pub(super) fn head(&self, i: usize) -> Option<usize> {
        self.tokens.get(i).and_then(|t| t.head)
    }

    pub(super) fn children(&self, i: usize) -> &[usize] {
        self.children.get(i).map_or(&[], Vec::as_slice)
    }

    /// Children of `i` with relation `deprel`.
    pub(super) fn dependents(&self, i: usize, deprel: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children(i).iter().copied().filter(move |c| self.deprel(*c) == deprel)
    }

    /// Whether `i` is a verb, or a noun or adjective used as a predicate.
    pub(super) fn is_predicate(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb
            || self
                .children(i)
                .iter()
                .any(|c| matches!(self.deprel(*c), Deprel::Cop | Deprel::Nsubj | Deprel::NsubjPass))
    }

    /// The preposition of `i`: lemma of its case marker, fixed parts joined ("according to").
    pub(super) fn preposition(&self, i: usize) -> Option<String> {
        let case = self.dependents(i, Deprel::Case).next().or_else(|| {
            // "after signing": a marker before a verb plays the same part.
            (self.upos(i) == Upos::Verb).then(|| self.dependents(i, Deprel::Mark).next()).flatten()
        })?;
        let mut words = self.lemma(case).to_lowercase();
        for fixed in self.dependents(case, Deprel::Fixed) {
            words.push(' ');
            words.push_str(&self.lemma(fixed).to_lowercase());
        }
        Some(words)
    }

    /// `i` and everything coordinated with it, in order.
    pub(super) fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut found = vec![i];
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            found.extend(self.dependents(next, Deprel::Conj).filter(|c| *c != i));
            at += 1;
            if at > self.tokens.len() {
                break;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn is_passive(&self, v: usize) -> bool {
        let marked = self
            .children(v)
            .iter()
            .any(|c| matches!(self.deprel(*c), Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent));
        marked
            || (self.xpos(v) == Xpos::Vbn && matches!(self.deprel(v), Deprel::Acl | Deprel::Advcl))
            || (self.xpos(v) == Xpos::Vbn
                && self.is_bare_conjunct(v)
                && self.head(v).is_some_and(|h| self.is_passive(h)))
    }

    fn is_bare_conjunct(&self, v: usize) -> bool {
        self.deprel(v) == Deprel::Conj
            && !self.children(v).iter().any(|c| {
                matches!(
                    self.deprel(*c),
                    Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux | Deprel::AuxPass | Deprel::Obj
                )
            })
    }

    /// The grammatical subject as it stands: nsubj or nsubj:pass of `v` itself.
    pub(super) fn own_subject(&self, v: usize) -> Option<usize> {
        let is_subject = |c: &usize| matches!(self.deprel(*c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
        // Where the tree names two, a possessor is none, and of the others the nearer one is right.
        let subjects = || self.children(v).iter().copied().filter(is_subject);
        let owned = |c: &usize| self.dependents(*c, Deprel::Case).any(|k| self.lemma(k).starts_with('\''));
        let nearest = subjects().rfind(|c| *c < v && !owned(c)).or_else(|| subjects().find(|c| !owned(c)));
        nearest.map(|s| self.antecedent(v, s))
    }

    /// A relative pronoun gives way to the noun that its clause modifies.
    fn antecedent(&self, v: usize, word: usize) -> usize {
        let relative = matches!(self.lemma(word).to_lowercase().as_str(), "who" | "which" | "that" | "whom");
        if !relative || self.upos(word) != Upos::Pron {
            return word;
        }
        let mut at = v;
        for _ in 0..MAX_CONTROL {
            match (self.deprel(at), self.head(at)) {
                (Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Acl, Some(head)) => return head,
                (Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp | Deprel::Aux, Some(head)) => at = head,
                _ => break,
            }
        }
        word
    }

    /// The subject of `v`, own or controlled.
    pub(super) fn subject(&self, v: usize) -> Option<usize> {
        self.subject_within(v, MAX_CONTROL)
    }

    fn subject_within(&self, v: usize, depth: usize) -> Option<usize> {
        if let Some(own) = self.own_subject(v) {
            return Some(own);
        }
        let head = self.head(v).filter(|_| depth > 0)?;
        match self.deprel(v) {
            Deprel::Conj | Deprel::Parataxis if self.is_predicate(head) && self.xpos(v) != Xpos::Vb => {
                self.subject_within(head, depth - 1)
            }
            Deprel::Conj if self.is_predicate(head) => self.subject_within(head, depth - 1),
            Deprel::Advcl | Deprel::Xcomp if self.called_on(head).is_some_and(|t| t < v) => self.called_on(head),
            Deprel::Xcomp => {
                let object = self.dependents(head, Deprel::Obj).chain(self.dependents(head, Deprel::Iobj)).next();
                object
                    .filter(|_| self.xpos(v) == Xpos::Vb && !self.is_passive(head))
                    .or_else(|| self.subject_within(head, depth - 1))
            }
            Deprel::Advcl | Deprel::Acl if self.xpos(v) == Xpos::Vb && self.invited(v, head).is_some() => {
                self.invited(v, head)
            }
            Deprel::Advcl if self.xpos(v) == Xpos::Vb && self.asked(head).is_some() => self.asked(head),
            // "X signed a treaty, the minister said": who said it did not sign.
            Deprel::Ccomp if self.own_subject(head).is_some_and(|s| s > v) => None,
            Deprel::Advcl | Deprel::Ccomp if self.upos(head) == Upos::Verb => self.subject_within(head, depth - 1),
            Deprel::Csubj | Deprel::CsubjPass | Deprel::Advcl if self.own_subject(head).is_some() => {
                self.subject_within(head, depth - 1)
            }
            Deprel::Advcl => {
                // Hung too low: the clause around the governor is meant.
                let clause = self.path_up(head).skip(1).find(|i| self.is_predicate(*i))?;
                self.subject_within(clause, depth - 1)
            }
            Deprel::Ccomp => self.subject_within(head, depth - 1),
            Deprel::Acl if matches!(self.xpos(v), Xpos::Vbg | Xpos::Vbd | Xpos::Vbn) => Some(head),
            Deprel::Acl if self.xpos(v) == Xpos::Vb => self.holder(head, depth - 1),
            _ => None,
        }
    }

    /// "invited X to do it": X.
    fn asked(&self, verb: usize) -> Option<usize> {
        let asks = matches!(
            self.lemma(verb),
            "invite"
                | "urge"
                | "ask"
                | "encourage"
                | "allow"
                | "enable"
                | "help"
                | "tell"
                | "order"
                | "request"
                | "persuade"
                | "push"
                | "press"
                | "lead"
                | "instruct"
                | "permit"
                | "authorise"
                | "authorize"
        );
        self.dependents(verb, Deprel::Obj).find(|_| asks && !self.is_passive(verb))
    }

    /// "called on X to do it": X.
    fn called_on(&self, verb: usize) -> Option<usize> {
        let calls = matches!(self.lemma(verb), "call" | "prevail" | "rely" | "count");
        self.under_preposition(verb, "on").into_iter().find(|_| calls)
    }

    /// "an invitation to X to do it": who is to do `v`, which hangs on the invitation or on the verb that it is the object of.
    fn invited(&self, v: usize, head: usize) -> Option<usize> {
        let asks =
            |n: &usize| matches!(self.lemma(*n), "invitation" | "invite" | "request" | "appeal" | "offer" | "call");
        let noun = std::iter::once(head).chain(self.dependents(head, Deprel::Obj)).find(asks)?;
        self.under_preposition(noun, "to").into_iter().chain(self.under_preposition(noun, "for")).find(|t| *t < v)
    }

    /// Who has the plan, goal, decision `n`: its possessor, or the subject of the verb that it is the object of.
    pub(super) fn holder(&self, n: usize, depth: usize) -> Option<usize> {
        if let Some(owner) = self.dependents(n, Deprel::NmodPoss).next() {
            return Some(owner);
        }
        // "A and B plan to sign": the tagger takes the verb for a noun.
        let bare = self.dependents(n, Deprel::Det).next().is_none() && self.dependents(n, Deprel::Acl).next().is_some();
        if self.deprel(n) == Deprel::Root && bare {
            return self.dependents(n, Deprel::Compound).find(|c| self.upos(*c) == Upos::Propn);
        }
        let verb = self.head(n).filter(|_| depth > 0)?;
        match self.deprel(n) {
            Deprel::Obj | Deprel::Obl | Deprel::Xcomp => self.subject_within(verb, depth - 1),
            Deprel::Nmod | Deprel::Conj => self.holder(verb, depth - 1),
            _ => None,
        }
    }

    /// Who does `v`.
    pub(super) fn agents(&self, v: usize) -> Vec<usize> {
        if self.is_passive(v) {
            return self
                .children(v)
                .iter()
                .copied()
                .filter(|c| {
                    self.deprel(*c) == Deprel::OblAgent
                        || (self.deprel(*c) == Deprel::Obl && self.preposition(*c).as_deref() == Some("by"))
                })
                .collect();
        }
        self.subject(v).into_iter().collect()
    }

    /// What `v` is done to.
    pub(super) fn patients(&self, v: usize) -> Vec<usize> {
        if self.is_passive(v) {
            let own = self.own_subject(v);
            let governor = || match self.deprel(v) {
                Deprel::Acl => self.head(v),
                Deprel::Conj | Deprel::Xcomp | Deprel::Advcl => self.subject(v),
                _ => None,
            };
            return own.or_else(governor).into_iter().collect();
        }
        let mut found: Vec<usize> = self.dependents(v, Deprel::Obj).map(|o| self.antecedent(v, o)).collect();
        if found.is_empty() && self.deprel(v) == Deprel::AclRelcl {
            let subject_is_gap = self.own_subject(v).is_some_and(|s| Some(s) == self.head(v));
            // "A, where they met B": the place is no object.
            let placed = self.dependents(v, Deprel::Advmod).any(|a| matches!(self.lemma(a), "where" | "when"));
            found.extend(self.head(v).filter(|_| !subject_is_gap && !placed && self.own_subject(v).is_some()));
        }
        found
    }

    /// Dependents of `i` under preposition `word`, through `obl` or `nmod`.
    pub(super) fn under_preposition(&self, i: usize, word: &str) -> Vec<usize> {
        // "the second deal is between A and B"
        let predicate = self.head(i).filter(|h| {
            self.deprel(i) == Deprel::Nsubj
                && self.dependents(*h, Deprel::Cop).next().is_some()
                && self.preposition(*h).as_deref() == Some(word)
        });
        self.children(i)
            .iter()
            .copied()
            .filter(|c| matches!(self.deprel(*c), Deprel::Obl | Deprel::Nmod | Deprel::OblAgent | Deprel::NmodPoss))
            .filter(|c| self.preposition(*c).as_deref() == Some(word))
            .chain(predicate)
            .collect()
    }

    /// Words under preposition `word` anywhere below `i` in its own clause: where phrases attach too low.
    pub(super) fn beneath(&self, i: usize, word: &str) -> Vec<usize> {
        (i + 1..self.tokens.len())
            .filter(|t| {
                matches!(self.deprel(*t), Deprel::Obl | Deprel::Nmod) && self.preposition(*t).as_deref() == Some(word)
            })
            .filter(|t| {
                let between: Vec<usize> = self.path_up(*t).skip(1).take_while(|a| *a != i).collect();
                let reaches = self.is_within(*t, i);
                reaches && between.iter().all(|a| self.upos(*a) != Upos::Verb)
            })
            .collect()
    }

    /// First and last word of the subtree of `i`, leaving out the children of `i` that `cut` names.
    pub(super) fn extent_without(&self, i: usize, cut: impl Fn(usize) -> bool) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        let mut stack: Vec<usize> = self.children(i).iter().copied().filter(|c| !cut(*c)).collect();
        let mut steps = 0;
        while let Some(at) = stack.pop() {
            first = first.min(at);
            last = last.max(at);
            stack.extend(self.children(at));
            steps += 1;
            if steps > self.tokens.len() {
                break;
            }
        }
        (first, last)
    }

    /// Whether `i` lies in the subtree of `top` (or is it).
    pub(super) fn is_within(&self, i: usize, top: usize) -> bool {
        let mut at = Some(i);
        for _ in 0..=self.tokens.len() {
            match at {
                Some(here) if here == top => return true,
                Some(here) => at = self.head(here),
                None => return false,
            }
        }
        false
    }

    /// The words from `i` up to the root, `i` first.
    pub(super) fn path_up(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(i), move |at| self.head(*at)).take(self.tokens.len())
    }
}
