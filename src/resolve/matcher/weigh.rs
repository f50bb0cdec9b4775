//! Two names -> named features: the specification of when two names are one.
//!
//! Law: a feature says one thing in one sentence, is symmetric, and has its weight in `ontology/identity/weights.tsv`.

use super::align::{Alignment, Likeness, Pair, align, distance};
use super::prepare::{NameFamily, PreparedName, Role, Word};

macro_rules! features {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal),* $(,)?) => {
        /// What can be said about two names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(usize)]
        pub enum Feature { $($(#[doc = $doc])* $variant),* }

        impl Feature {
            /// All of them, in the order of their values.
            pub const ALL: &'static [Feature] = &[$(Feature::$variant),*];

            /// Its name in the table of weights.
            pub const fn name(self) -> &'static str {
                match self { $(Feature::$variant => $name),* }
            }

            /// What it says.
            pub const fn says(self) -> &'static str {
                match self { $(Feature::$variant => concat!($($doc),*)),* }
            }
        }
    };
}

features! {
    /// Every pair starts here.
    Bias "bias",
    /// Share of the telling words that are the same in both.
    SameShare "same_share",
    /// All telling words are the same.
    AllSame "all_same",
    /// A nickname or another form of a given name.
    Variant "variant",
    /// Words that sound the same.
    Sound "sound",
    /// Words joined on one side and apart on the other.
    Joined "joined",
    /// An initial stands for a word.
    Initial "initial",
    /// Nothing but initials meets.
    OnlyInitials "only_initials",
    /// Initials that stand against each other.
    InitialConflict "initial_conflict",
    /// One letter differs in a word.
    Slip "slip",
    /// A word met across scripts by its consonants.
    Skeleton "skeleton",
    /// A word is cut off.
    Cut "cut",
    /// Two letters differ in a word, or one in a short word.
    Loose "loose",
    /// More than one letter differs in all.
    EditsBeyondOne "edits_beyond_one",
    /// Words that stand against each other: another name in the same place.
    Conflict "conflict",
    /// Common words of bodies that stand against each other: Systems, Industries.
    GenericConflict "generic_conflict",
    /// Places that stand against each other.
    PlaceConflict "place_conflict",
    /// Words that only one of them has.
    Extra "extra",
    /// Common words of bodies that only one has.
    GenericExtra "generic_extra",
    /// Places that only one has.
    PlaceExtra "place_extra",
    /// One of them is a single word and the other is not.
    Single "single",
    /// The words stand in another order.
    Order "order",
    /// Two names swapped places, without a comma: Hans Friedrich, Friedrich Hans.
    Swapped "swapped",
    /// Numbers that differ by one stroke: VII, VIII.
    NumberSlip "number_slip",
    /// Numbers that differ, or that only one has.
    Number "number",
    /// Legal forms that contradict each other.
    LegalConflict "legal_conflict",
    /// A legal form that only one has.
    LegalExtra "legal_extra",
    /// One is the acronym of the other.
    Acronym "acronym",
    /// The names come from different scripts.
    Script "script",
    /// Different characters of the same script that means words.
    Characters "characters",
    /// Both words of a loose pair are known names by themselves.
    KnownNames "known_names",
}

/// Number of features.
pub const FEATURES: usize = Feature::ALL.len();

/// Values of all features for one pair of names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features(pub [f32; FEATURES]);

impl Features {
    fn empty() -> Self {
        let mut values = Self([0.0; FEATURES]);
        values.set(Feature::Bias, 1.0);
        values
    }

    /// The value of one.
    pub fn get(&self, feature: Feature) -> f32 {
        self.0.get(feature as usize).copied().unwrap_or(0.0)
    }

    fn set(&mut self, feature: Feature, value: f32) {
        if let Some(slot) = self.0.get_mut(feature as usize) {
            *slot = value;
        }
    }

    fn add(&mut self, feature: Feature, value: f32) {
        self.set(feature, self.get(feature) + value);
    }
}

/// The features of two names, the same for both orders. `None` where they are so unlike that nothing need be weighed.
pub(super) fn weigh(a: &PreparedName, b: &PreparedName) -> Option<Features> {
    // One order for both, so that ties fall the same way.
    let (a, b) = if (a.words.len(), &a.joined, &a.legal.len()) <= (b.words.len(), &b.joined, &b.legal.len()) {
        (a, b)
    } else {
        (b, a)
    };
    if a.words.is_empty() || b.words.is_empty() {
        return None;
    }
    let mut found = Features::empty();
    if !a.han.is_empty() && !b.han.is_empty() {
        weigh_han(a, b, &mut found);
        return Some(found);
    }
    if is_acronym(a, b) || is_acronym(b, a) {
        // What the letters stand for need not be weighed again.
        found.set(Feature::Acronym, 1.0);
        return Some(found);
    }
    let alignment = align(a, b);
    if !alignment.pairs.iter().any(|p| p.likeness < Likeness::Far && is_telling(a.words.get(p.a))) {
        return None;
    }
    weigh_pairs(a, b, &alignment, &mut found);
    weigh_rest(a, b, &alignment, &mut found);
    weigh_order(a, b, &alignment, &mut found);
    weigh_legal(a, b, &mut found);
    weigh_whole(a, b, &mut found);
    Some(found)
}

fn is_telling(word: Option<&Word>) -> bool {
    word.is_some_and(|w| w.role != Role::Particle)
}

fn is_acronym(short: &PreparedName, full: &PreparedName) -> bool {
    short.acronym && full.words.len() > 1 && (short.joined == full.initials || short.joined == full.short_initials)
}

fn is_initial(word: Option<&Word>) -> bool {
    word.is_some_and(|w| w.role == Role::Initial)
}

/// Each Han character is a word, and a different one is another name.
fn weigh_han(a: &PreparedName, b: &PreparedName, found: &mut Features) {
    let same = a.han.iter().filter(|c| b.han.contains(c)).count();
    let longest = a.han.len().max(b.han.len());
    found.set(Feature::SameShare, same as f32 / longest as f32);
    found.set(Feature::Characters, (longest - same) as f32);
    if a.han == b.han {
        found.set(Feature::AllSame, 1.0);
    }
}

fn weigh_pairs(a: &PreparedName, b: &PreparedName, alignment: &Alignment, found: &mut Features) {
    let (mut same, mut edits) = (0.0, 0);
    for pair in &alignment.pairs {
        let weight = run_weight(a, pair.a, pair.span.0).max(run_weight(b, pair.b, pair.span.1));
        let strength = weight.min(1.0);
        if !is_telling(a.words.get(pair.a)) {
            continue;
        }
        edits += pair.edits * u32::from(matches!(pair.likeness, Likeness::Slip | Likeness::Loose | Likeness::Far));
        match pair.likeness {
            Likeness::Same => same += weight,
            Likeness::Variant => found.add(Feature::Variant, strength),
            Likeness::Sound => found.add(Feature::Sound, strength),
            Likeness::Joined => found.add(Feature::Joined, strength),
            Likeness::Initial => found.add(Feature::Initial, 1.0),
            Likeness::Slip => found.add(Feature::Slip, strength),
            Likeness::Skeleton => found.add(Feature::Skeleton, strength),
            Likeness::Cut => found.add(Feature::Cut, strength),
            Likeness::Loose => found.add(Feature::Loose, strength),
            Likeness::Far => found.add(conflict_of(a, b, pair), strength),
        }
        let both_known = a.words.get(pair.a).zip(b.words.get(pair.b)).is_some_and(|(x, y)| x.known && y.known);
        if both_known && matches!(pair.likeness, Likeness::Slip | Likeness::Loose | Likeness::Sound) {
            found.add(Feature::KnownNames, 1.0);
        }
    }
    let initial =
        |p: &Pair| p.likeness == Likeness::Initial || !is_telling(a.words.get(p.a)) || is_initial(a.words.get(p.a));
    if a.family == NameFamily::Person && alignment.pairs.iter().all(initial) {
        found.set(Feature::OnlyInitials, 1.0);
    }
    found.set(Feature::SameShare, (2.0 * same / (a.weight + b.weight).max(0.1)).min(1.0));
    found.set(Feature::EditsBeyondOne, edits.saturating_sub(1).min(4) as f32);
}

fn run_weight(name: &PreparedName, first: usize, count: usize) -> f32 {
    name.words.iter().skip(first).take(count).map(|w| w.weight).sum()
}

fn conflict_of(a: &PreparedName, b: &PreparedName, pair: &Pair) -> Feature {
    match (a.words.get(pair.a).map(|w| w.role), b.words.get(pair.b).map(|w| w.role)) {
        (Some(Role::Place), Some(Role::Place)) => Feature::PlaceConflict,
        (Some(Role::Generic), Some(Role::Generic)) => Feature::GenericConflict,
        _ => Feature::Conflict,
    }
}

/// What stands alone: where both sides have some, they stand against each other; what is left over is extra.
fn weigh_rest(a: &PreparedName, b: &PreparedName, alignment: &Alignment, found: &mut Features) {
    let alone = |name: &PreparedName, taken: u32| {
        let mut sums = [0.0_f32; 5];
        for (_, word) in name.words.iter().enumerate().filter(|(i, _)| taken & 1 << i == 0) {
            let slot = match word.role {
                Role::Particle => continue,
                Role::Number(_) => 3,
                Role::Generic => 1,
                Role::Place => 2,
                Role::Initial => 4,
                _ => 0,
            };
            if let Some(sum) = sums.get_mut(slot) {
                *sum += if slot == 0 { word.weight } else { 1.0 };
            }
        }
        sums
    };
    let [ta, ga, pa, na, ia] = alone(a, alignment.taken.0);
    let [tb, gb, pb, nb, ib] = alone(b, alignment.taken.1);
    let places = pa.min(pb);
    found.set(Feature::InitialConflict, ia.min(ib).min(1.0));
    // An initial that stands for none of the words left on the other side is against them, by half.
    let (ta, tb) = (ta + (ia - ia.min(ib)) * 0.4, tb + (ib - ia.min(ib)) * 0.4);
    found.add(Feature::PlaceConflict, places);
    // A place against another word is a conflict of what is left over.
    let (ta, tb) = (ta + (pa - places) * 0.6, tb + (pb - places) * 0.6);
    let conflict = ta.min(tb);
    found.add(Feature::Conflict, conflict);
    let generic = ga.min(gb).max(if conflict == 0.0 { (ga + ta).min(gb + tb).min(1.0) } else { 0.0 });
    found.add(Feature::GenericConflict, generic.min(2.0));
    let extra = ((ta - conflict) + (tb - conflict) - (pa - pb).abs() * 0.6).max(0.0);
    found.add(Feature::Extra, extra.min(4.0));
    found.add(Feature::PlaceExtra, (pa - pb).abs().min(2.0));
    found.add(Feature::GenericExtra, (ga - gb).abs().min(3.0));
    if na + nb > 0.0 {
        found.add(
            if na > 0.0 && nb > 0.0 && is_number_slip(a, b, alignment) { Feature::NumberSlip } else { Feature::Number },
            1.0,
        );
    }
    let real = |name: &PreparedName| name.words.iter().filter(|w| !matches!(w.role, Role::Particle)).count();
    let (ra, rb) = (real(a), real(b));
    if ra.min(rb) == 1 && ra.max(rb) > 1 && found.get(Feature::Joined) == 0.0 {
        found.set(Feature::Single, 1.0);
    }
    let clean = extra + conflict + generic == 0.0 && na + nb + places + (pa - pb).abs() + (ga - gb).abs() == 0.0;
    let exact = alignment.pairs.iter().all(|p| p.likeness == Likeness::Same);
    if clean && exact {
        found.set(Feature::AllSame, 1.0);
    }
}

fn is_number_slip(a: &PreparedName, b: &PreparedName, alignment: &Alignment) -> bool {
    let written = |name: &PreparedName, taken: u32| -> Vec<u8> {
        let free =
            name.words.iter().enumerate().filter(|(i, w)| taken & 1 << i == 0 && matches!(w.role, Role::Number(_)));
        free.flat_map(|(_, w)| w.letters.iter().copied()).collect()
    };
    distance(&written(a, alignment.taken.0), &written(b, alignment.taken.1), 1) <= 1
}

/// Whether the telling words come in another order, and whether two of them swapped their parts.
fn weigh_order(a: &PreparedName, b: &PreparedName, alignment: &Alignment, found: &mut Features) {
    let mut real: Vec<(usize, usize)> =
        alignment.pairs.iter().filter(|p| is_telling(a.words.get(p.a))).map(|p| (p.a, p.b)).collect();
    real.sort_unstable();
    if real.windows(2).all(|w| matches!(w, [x, y] if x.1 < y.1)) {
        return;
    }
    let inverted = a.inverted != b.inverted;
    if !inverted {
        found.set(Feature::Order, 1.0);
    }
    if a.family == NameFamily::Person && !inverted && is_swap(a, b, &real) {
        found.set(Feature::Swapped, 1.0);
    }
}

/// "X bin Y" and "Y bin X", or two given names that are each other's family name.
fn is_swap(a: &PreparedName, b: &PreparedName, real: &[(usize, usize)]) -> bool {
    let two = a.words.len() == 2 && b.words.len() == 2 && a.words.iter().all(|w| w.given);
    let linked = |name: &PreparedName, at: usize| {
        name.words
            .get(at + 1)
            .is_some_and(|w| w.role == Role::Particle && matches!(&*w.letters, b"bin" | b"ben" | b"ibn" | b"bint"))
            && name.words.get(at + 2).is_some_and(|w| w.role != Role::Particle)
    };
    let crossed = real.windows(2).any(|w| match w {
        [x, y] => x.1 > y.1 && linked(a, x.0) && linked(b, y.1),
        _ => false,
    });
    two || crossed
}

fn weigh_legal(a: &PreparedName, b: &PreparedName, found: &mut Features) {
    match (a.legal.is_empty(), b.legal.is_empty()) {
        (true, true) => {}
        (false, false) => {
            let opposed = |kind: &str| matches!(kind, "private" | "public" | "partnership");
            let shares = a.legal.iter().any(|x| b.legal.iter().any(|y| x.kind == y.kind));
            let conflict =
                a.legal.iter().any(|x| b.legal.iter().any(|y| x.kind != y.kind && opposed(x.kind) && opposed(y.kind)));
            if conflict && !shares {
                found.set(Feature::LegalConflict, 1.0);
            }
        }
        _ => found.set(Feature::LegalExtra, 1.0),
    }
}

fn weigh_whole(a: &PreparedName, b: &PreparedName, found: &mut Features) {
    if a.coarse != b.coarse {
        found.set(Feature::Script, 1.0);
    }
}
