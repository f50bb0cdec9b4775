//! Links -> sets: who is one, as far as nobody says that they are two.
//!
//! Law: "not the same" holds for whole sets: once one member of a set is not one of another, no member is. The smallest index
//! stands for its set, so that the order of joins does not matter for its name.

use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Disjoint sets with enemies.
#[derive(Debug, Clone)]
pub(super) struct Sets {
    up: Vec<u32>,
    /// By root: roots (as they were) that it may never join.
    enemies: FxHashMap<u32, BTreeSet<u32>>,
}

impl Sets {
    /// Each of `count` alone.
    pub(super) fn new(count: usize) -> Self {
        Self { up: (0..count as u32).collect(), enemies: FxHashMap::default() }
    }

    /// The index that stands for the set of `i`.
    pub(super) fn find(&mut self, i: usize) -> usize {
        let mut root = i as u32;
        while let Some(up) = self.up.get(root as usize).copied().filter(|up| *up != root) {
            root = up;
        }
        let mut at = i as u32;
        while let Some(slot) = self.up.get_mut(at as usize).filter(|up| **up != root) {
            at = std::mem::replace(slot, root);
        }
        root as usize
    }

    /// Says that the sets of `a` and `b` are two; false where they are one already.
    pub(super) fn part(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a) as u32, self.find(b) as u32);
        if a == b {
            return false;
        }
        self.enemies.entry(a).or_default().insert(b);
        self.enemies.entry(b).or_default().insert(a);
        true
    }

    /// Whether the sets of `a` and `b` are known to be two.
    pub(super) fn are_apart(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        let Some(list) = self.enemies.get(&(a as u32)).cloned() else { return false };
        list.into_iter().any(|enemy| self.find(enemy as usize) == b)
    }

    /// Makes one set of two, unless they are apart; says whether they are one now.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return true;
        }
        if self.are_apart(a, b) {
            return false;
        }
        let (root, gone) = (a.min(b) as u32, a.max(b) as u32);
        if let Some(slot) = self.up.get_mut(gone as usize) {
            *slot = root;
        }
        if let Some(theirs) = self.enemies.remove(&gone) {
            for enemy in &theirs {
                self.enemies.entry(*enemy).or_default().insert(root);
            }
            self.enemies.entry(root).or_default().extend(theirs);
        }
        true
    }

    /// Whether the set of `i` is known to be apart from another.
    pub(super) fn has_enemies(&mut self, i: usize) -> bool {
        let root = self.find(i) as u32;
        self.enemies.get(&root).is_some_and(|list| !list.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_the_same_holds_for_whole_sets() {
        let mut sets = Sets::new(6);
        assert!(sets.part(0, 1));
        assert!(sets.join(1, 2) && sets.join(2, 3), "friends of an enemy");
        assert!(!sets.join(3, 0) && sets.are_apart(0, 3) && sets.are_apart(2, 0));
        assert!(sets.join(4, 0), "others join freely");
        assert!(!sets.join(4, 2), "and take the enmity over");
        assert!(sets.join(5, 3) && sets.are_apart(5, 4));
        assert!(!sets.part(4, 0), "one already");
        assert_eq!((sets.find(3), sets.find(4)), (1, 0));
        assert!(sets.has_enemies(5) && !Sets::new(1).has_enemies(0));
    }
}
