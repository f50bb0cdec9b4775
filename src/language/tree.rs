//! The noun of this room: a sentence with its dependency tree (universaldependencies.org, v2).

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! named_enum {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each variant is the term of the standard that its text spells")]
        #[repr(u8)]
        pub enum $name { $($variant),* }

        impl $name {
            /// All of them, in order of their discriminants.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// As the standard writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }

        impl FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($text => Ok(Self::$variant),)* _ => Err(()) }
            }
        }
    };
}

named_enum! {
    /// Universal part of speech (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

named_enum! {
    /// Penn Treebank tag as the English treebanks of Universal Dependencies give it (XPOS).
    Xpos {
        Nn = "NN", In = "IN", Dt = "DT", Nnp = "NNP", Jj = "JJ", Prp = "PRP", Stop = ".", Rb = "RB", Nns = "NNS",
        Comma = ",", Vb = "VB", Cc = "CC", Vbd = "VBD", Vbp = "VBP", Vbz = "VBZ", Vbn = "VBN", Cd = "CD", Vbg = "VBG",
        To = "TO", PrpS = "PRP$", Md = "MD", Rrb = "-RRB-", Lrb = "-LRB-", Wdt = "WDT", Colon = ":", Wrb = "WRB",
        Open = "``", Hyph = "HYPH", Close = "''", Pos = "POS", Wp = "WP", Nnps = "NNPS", Rp = "RP", Uh = "UH",
        Jjr = "JJR", Jjs = "JJS", Ex = "EX", Rbr = "RBR", Nfp = "NFP", Add = "ADD", Sym = "SYM", Fw = "FW",
        Dollar = "$", Gw = "GW", Pdt = "PDT", Rbs = "RBS", Ls = "LS", Afx = "AFX", WpS = "WP$", Xx = "XX",
    }
}

named_enum! {
    /// Dependency relation, with the subtypes of the English treebanks (universaldependencies.org/u/dep).
    Deprel {
        Root = "root", Punct = "punct", Case = "case", Det = "det", Nsubj = "nsubj", Amod = "amod", Advmod = "advmod",
        Obj = "obj", Obl = "obl", Nmod = "nmod", Conj = "conj", Compound = "compound", Cc = "cc", Mark = "mark",
        Aux = "aux", Cop = "cop", NmodPoss = "nmod:poss", Advcl = "advcl", Xcomp = "xcomp", Flat = "flat",
        AclRelcl = "acl:relcl", Ccomp = "ccomp", Acl = "acl", AuxPass = "aux:pass", Appos = "appos",
        Nummod = "nummod", NsubjPass = "nsubj:pass", Parataxis = "parataxis", NmodUnmarked = "nmod:unmarked",
        OblUnmarked = "obl:unmarked", Discourse = "discourse", CompoundPrt = "compound:prt", Expl = "expl",
        Fixed = "fixed", List = "list", Iobj = "iobj", OblAgent = "obl:agent", NmodDesc = "nmod:desc", Dep = "dep",
        Csubj = "csubj", NsubjOuter = "nsubj:outer", DetPredet = "det:predet", AdvclRelcl = "advcl:relcl",
        Vocative = "vocative", Reparandum = "reparandum", CcPreconj = "cc:preconj", Goeswith = "goeswith",
        Orphan = "orphan", Dislocated = "dislocated", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
    }
}

named_enum! {
    /// What the name recogniser takes a name for.
    NameKind { Person = "Person", Organization = "Organization", Place = "Place", Misc = "Misc" }
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the document's text; the parts of a multiword token ("do" + "n't") share no scalar.
    pub span: Span,
    /// As written, with typographic quotes and dashes folded to ASCII; use the span for the exact text.
    pub form: String,
    /// Dictionary form, lower case except for proper nouns.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Index of the governor in [`Sentence::tokens`]; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the governor.
    pub deprel: Deprel,
}

/// A name found by the model: tokens `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameSpan {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// Kind.
    pub kind: NameKind,
}

/// A passage that was read: its tokens form one tree with exactly one root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Where the passage stands in the document's text.
    pub span: Span,
    /// Words in order.
    pub tokens: Vec<Token>,
    /// Names the model found, disjoint and in order.
    pub names: Vec<NameSpan>,
}

impl Sentence {
    /// Indices of the words that `head` governs, in order of the text.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == Some(head)).map(|(i, _)| i)
    }
}
