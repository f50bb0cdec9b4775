//! One sentence with everything known about it: tree, mentions, who they are, dates, amounts.

use super::grammar::Grammar;
use crate::language::{Deprel, Sentence, Upos, Xpos};
use crate::ontology::EntityType;
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Amount, DateMention, Findings, Mention, Sense, Title};
use crate::resolve::Cast;

/// Everything that was read of a document, by sentence.
pub struct Material<'a> {
    /// Sentences in order.
    pub sentences: &'a [Sentence],
    /// Mentions and titles.
    pub findings: &'a [Findings],
    /// Dates.
    pub dates: &'a [Vec<DateMention>],
    /// Amounts.
    pub amounts: &'a [Vec<Amount>],
    /// Article of each sentence.
    pub articles: &'a [usize],
    /// Block of each sentence.
    pub blocks: &'a [usize],
    /// Whether each sentence stands outside the running text: headlines, headings, footnotes. Only posts are read there.
    pub asides: &'a [bool],
    /// Who is who.
    pub cast: &'a Cast,
}

/// One sentence of [`Material`].
pub(super) struct Scope<'a> {
    pub(super) at: usize,
    pub(super) material: &'a Material<'a>,
    pub(super) sentence: &'a Sentence,
    pub(super) grammar: Grammar<'a>,
    pub(super) findings: &'a Findings,
    pub(super) dates: &'a [DateMention],
    pub(super) amounts: &'a [Amount],
    /// By token: the innermost mention that it is part of.
    owners: Vec<Option<usize>>,
    /// By token: the title that it is part of.
    titles: Vec<Option<usize>>,
    /// By token: who speaks there, where the words stand in quotation marks.
    pub(super) voice: Vec<Option<usize>>,
    /// Whoever "I" means outside quotation marks.
    pub(super) author: Option<usize>,
}

/// The scope of sentence `at`; `scopes` are in order of the text.
pub(super) fn scope_at<'s, 'm>(scopes: &'s [Scope<'m>], at: usize) -> Option<&'s Scope<'m>> {
    scopes.binary_search_by_key(&at, |s| s.at).ok().and_then(|i| scopes.get(i))
}

impl<'a> Scope<'a> {
    pub(super) fn new(material: &'a Material<'a>, at: usize) -> Option<Self> {
        let (sentence, findings) = (material.sentences.get(at)?, material.findings.get(at)?);
        let count = sentence.tokens.len();
        let mut owners: Vec<Option<usize>> = vec![None; count];
        // Longer mentions first, so that inner ones win.
        let mut order: Vec<usize> = (0..findings.mentions.len()).collect();
        order.sort_by_key(|m| std::cmp::Reverse(findings.mentions.get(*m).map_or(0, |m| m.last - m.first)));
        for m in order {
            if let Some(mention) = findings.mentions.get(m) {
                owners.get_mut(mention.first..=mention.last).into_iter().flatten().for_each(|o| *o = Some(m));
            }
        }
        let mut titles = vec![None; count];
        for (t, title) in findings.titles.iter().enumerate() {
            titles
                .get_mut(title.first..=title.last.min(count.saturating_sub(1)))
                .into_iter()
                .flatten()
                .for_each(|o| *o = Some(t));
        }
        Some(Self {
            at,
            material,
            sentence,
            grammar: Grammar::new(sentence),
            findings,
            dates: material.dates.get(at).map_or(&[], Vec::as_slice),
            amounts: material.amounts.get(at).map_or(&[], Vec::as_slice),
            owners,
            titles,
            voice: Vec::new(),
            author: None,
        })
    }

    /// The lemmas of its words in order.
    pub(super) fn lemmas(&self) -> impl Iterator<Item = &'a str> {
        self.sentence.tokens.iter().map(|token| token.lemma.as_str())
    }

    pub(super) fn cast(&self) -> &'a Cast {
        self.material.cast
    }

    pub(super) fn mention(&self, m: usize) -> Option<&'a Mention> {
        self.findings.mentions.get(m)
    }

    /// Who mention `m` stands for.
    pub(super) fn who(&self, m: usize) -> &'a [usize] {
        self.cast().mentions.get(self.at).and_then(|list| list.get(m)).map_or(&[], Vec::as_slice)
    }

    /// Whether sentence `at` stands in the same article.
    pub(super) fn shares_article(&self, at: usize) -> bool {
        self.material.articles.get(self.at) == self.material.articles.get(at)
    }

    pub(super) fn kind(&self, who: usize) -> Option<EntityType> {
        self.cast().members.get(who).map(|m| m.kind)
    }

    pub(super) fn owner(&self, token: usize) -> Option<usize> {
        self.owners.get(token).copied().flatten()
    }

    /// The outermost mention whose head is `token`.
    pub(super) fn headed_by(&self, token: usize) -> Option<usize> {
        let covers = |m: &Mention| m.first <= token && token <= m.last && m.sense == Sense::Group;
        let mentions = &self.findings.mentions;
        // "Peru's oldest partners": the possessor inside a group is himself.
        let exactly = mentions.iter().position(|m| m.head == token);
        exactly.or_else(|| mentions.iter().position(covers)).or_else(|| self.owner(token))
    }

    pub(super) fn title_at(&self, token: usize) -> Option<(usize, &'a Title)> {
        let t = self.titles.get(token).copied().flatten()?;
        Some((t, self.findings.titles.get(t)?))
    }

    /// Who holds title `t`.
    pub(super) fn holder(&self, t: usize) -> Option<usize> {
        self.cast().office(self.at, t)?.holder
    }

    /// A word in lower case.
    pub(super) fn low(&self, i: usize) -> String {
        self.grammar.form(i).to_lowercase()
    }

    /// The words `first..=last` of the sentence with at most one space between them.
    pub(super) fn words(&self, first: usize, last: usize) -> String {
        let mut text = String::new();
        let mut end = None;
        for token in self.sentence.tokens.get(first..=last).into_iter().flatten() {
            if end.is_some_and(|e| e < token.span.start) {
                text.push(' ');
            }
            end = Some(token.span.end);
            text.push_str(&token.form);
        }
        text
    }

    /// The entities that the noun phrase with head `token` stands for: a name, the holder of a post, a group, the country
    /// behind "the government of X". Empty where it stands for nobody known.
    pub(super) fn entities_at(&self, token: usize) -> Vec<usize> {
        if let Some((t, title)) = self.title_at(token) {
            let own =
                self.owner(token).is_some_and(|m| self.mention(m).is_some_and(|m| m.head == token && m.first == token));
            let apposed_name = title.holder.is_some();
            let all = self.holders_at(title);
            if all.len() > 1 {
                return all;
            }
            if let Some(who) = self.holder(t).filter(|_| !own || apposed_name) {
                return vec![who];
            }
        }
        if let Some(named) = self.apposed_to_group(token) {
            return named;
        }
        if let Some(who) = self.official_behind(token) {
            return vec![who];
        }
        if let Some(m) = self.headed_by(token) {
            if let Some(named) = self.name_after(m) {
                return self.who(named).to_vec();
            }
            let found = self.titled(m).map_or_else(|| self.who(m).to_vec(), |who| vec![who]);
            return if found.is_empty() { self.first_person(token) } else { found };
        }
        self.stand_in(token)
    }

    /// "the foreign ministers of A and B, X and Y": all who hold a post that is told once in the plural.
    fn holders_at(&self, title: &Title) -> Vec<usize> {
        let mut found = Vec::new();
        for (t, other) in self.findings.titles.iter().enumerate() {
            let holder = self.holder(t).filter(|w| other.core == title.core && !found.contains(w));
            found.extend(holder);
        }
        found
    }

    /// All who hold the post that is told in the plural for the name at `token` as well; nobody where it is told again.
    fn sharers_of(&self, token: usize) -> Vec<usize> {
        let Some(who) = self.headed_by(token).and_then(|m| self.who(m).first().copied()) else { return Vec::new() };
        let held = |(t, title): &(usize, &Title)| title.core < token && self.holder(*t) == Some(who);
        let Some((_, title)) = self.findings.titles.iter().enumerate().find(held) else { return Vec::new() };
        let again = (title.core..token).any(|i| self.headed_by(i).is_some_and(|m| self.who(m).first() == Some(&who)));
        let all = self.holders_at(title);
        if all.len() > 1 && !again { all } else { Vec::new() }
    }

    /// "During his visit to Lima, Peru, Defence Minister X met": the official whom the tree hangs on the land before the comma does it.
    fn official_behind(&self, token: usize) -> Option<usize> {
        let g = &self.grammar;
        let land =
            self.headed_by(token).and_then(|m| self.mention(m)).filter(|m| matches!(m.sense, Sense::Known(_)))?;
        let after_comma = |t: &Title| t.first == land.last + 2 && g.form(land.last + 1) == "," && t.holder.is_some();
        let official =
            self.findings.titles.iter().position(after_comma).filter(|_| g.deprel(token) == Deprel::Nsubj)?;
        let who = self.holder(official)?;
        let hung = |c: usize| self.headed_by(c).is_some_and(|m| self.who(m).first() == Some(&who));
        g.dependents(token, Deprel::Appos).any(hung).then_some(who)
    }

    /// "I", "we": whoever speaks there, and the body or country that he speaks for.
    fn first_person(&self, token: usize) -> Vec<usize> {
        let who = self.voice.get(token).copied().flatten().or(self.author);
        let who = match self.grammar.form(token).to_lowercase().as_str() {
            "i" | "me" | "my" => who,
            "we" | "us" => who.and_then(|w| self.cast().affiliation(w)),
            _ => None,
        };
        who.into_iter().collect()
    }

    /// "the Peruvian firm Andina S.A.": a description right before a name describes it.
    fn name_after(&self, m: usize) -> Option<usize> {
        let group = self.mention(m).filter(|g| g.sense == Sense::Group)?;
        let named = |n: &Mention| n.first == group.last + 1 && matches!(n.sense, Sense::Name(_) | Sense::Known(_));
        let plural = matches!(self.grammar.xpos(group.last), Xpos::Nns | Xpos::Nnps);
        self.findings.mentions.iter().position(named).filter(|_| !plural)
    }

    /// "the Peruvian bank Andino", "three Peruvian firms, A, B and C": the names, not the description.
    fn apposed_to_group(&self, token: usize) -> Option<Vec<usize>> {
        let g = &self.grammar;
        let group = self
            .headed_by(token)
            .and_then(|m| self.mention(m))
            .filter(|m| m.sense == Sense::Group && m.head == token)?;
        let named = |c: &usize| {
            let owner = self.owner(*c).and_then(|m| self.mention(m));
            *c > group.last && owner.is_some_and(|m| matches!(m.sense, Sense::Name(_) | Sense::Known(_)))
        };
        let apposed = g
            .children(token)
            .iter()
            .copied()
            .find(|c| matches!(g.deprel(*c), Deprel::Appos | Deprel::Flat | Deprel::NmodDesc) && named(c))?;
        let found: Vec<usize> = g
            .conjuncts(apposed)
            .into_iter()
            .filter(named)
            .filter_map(|c| self.headed_by(c).and_then(|m| self.who(m).first().copied()))
            .collect();
        Some(found).filter(|f| !f.is_empty())
    }

    /// "Peruvian President Ana Ruiz": where the tree takes the adjective for the head, it still means her.
    fn titled(&self, m: usize) -> Option<usize> {
        let mention = self.mention(m)?;
        let head = self.grammar.deprel(mention.head);
        let modifies = matches!(head, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked);
        let possessive = self.grammar.form(mention.last + 1).starts_with('\'');
        let t = self.findings.titles.iter().position(|t| t.first == mention.last + 1 && t.holder.is_some())?;
        self.holder(t).filter(|_| !modifies && !possessive)
    }

    /// "the Thai government", "the leaders of A and B", "officials from A": who stands behind a common noun.
    fn stand_in(&self, token: usize) -> Vec<usize> {
        let g = &self.grammar;
        if !matches!(g.upos(token), Upos::Noun | Upos::Propn) {
            return Vec::new();
        }
        // "the presidents of A, B and C": the lands that they are of.
        let several =
            || self.findings.titles.iter().any(|t| t.core == token && t.holder.is_none() && g.xpos(token) == Xpos::Nns);
        let group = Lexicon::embedded().group_of(g.lemma(token)).or_else(|| several().then_some("people"));
        let apposed: Vec<usize> = g
            .children(token)
            .iter()
            .copied()
            .filter(|c| matches!(g.deprel(*c), Deprel::Appos | Deprel::Flat | Deprel::NmodDesc))
            .flat_map(|c| self.headed_by(c).map(|m| self.who(m).to_vec()).unwrap_or_default())
            .collect();
        if !apposed.is_empty() {
            return apposed;
        }
        if group.is_none() {
            return Vec::new();
        }
        // "its subsidiary" is not who owns it.
        let owned = |c: usize| group == Some("company") && g.upos(c) == Upos::Pron;
        let mut found = Vec::new();
        for child in g.children(token).iter().copied() {
            let link = matches!(
                g.deprel(child),
                Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked
            ) || (g.deprel(child) == Deprel::Nmod
                && matches!(g.preposition(child).as_deref(), Some("of" | "from")));
            if link && !owned(child) {
                for c in g.conjuncts(child) {
                    found.extend(self.headed_by(c).map(|m| self.who(m).to_vec()).unwrap_or_default());
                }
            }
        }
        if found.is_empty() && self.is_own_government(token) {
            found.extend(self.cast().homes.get(self.at).copied().flatten());
        }
        found
    }

    /// Whether a country or another place stands at `token`.
    pub(super) fn is_place(&self, token: usize) -> bool {
        let place = |who: usize| matches!(self.kind(who), Some(EntityType::Country | EntityType::Place));
        self.entities_at(token).into_iter().any(place)
    }

    /// "The government", "the federal government", of which the text says no more: that of its own country.
    fn is_own_government(&self, token: usize) -> bool {
        let g = &self.grammar;
        let plain = |c: usize| match g.deprel(c) {
            Deprel::Det => g.lemma(c).eq_ignore_ascii_case("the"),
            Deprel::Amod => matches!(g.lemma(c), "federal" | "national" | "central"),
            Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound | Deprel::NmodDesc => false,
            _ => true,
        };
        g.lemma(token) == "government"
            && g.children(token).iter().all(|c| plain(*c))
            && g.dependents(token, Deprel::Det).next().is_some()
    }

    /// The entities at `token` and at the words coordinated with it that fit one of `kinds`, each made to fit where it
    /// can be: a capital stands for its country, an official for the body or country that the document gives him.
    pub(super) fn fitting(&self, token: usize, kinds: &[EntityType]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut parts = self.grammar.conjuncts(token);
        let last = parts.last().copied().unwrap_or(token);
        parts.extend(self.next_person(last).filter(|p| !parts.contains(p)));
        // "Presidents X of A, Y of B and Z of C": whoever of them the tree takes for the phrase.
        let sharing = parts.iter().flat_map(|part| self.sharers_of(*part)).filter_map(|who| self.fit(who, kinds));
        let sharing: Vec<usize> = sharing.collect();
        for who in sharing.into_iter().chain(parts.into_iter().flat_map(|part| self.fitting_alone(part, kinds))) {
            if !found.contains(&who) {
                found.push(who);
            }
        }
        found
    }

    /// [`Scope::fitting`] of `token` by itself.
    pub(super) fn fitting_alone(&self, token: usize, kinds: &[EntityType]) -> Vec<usize> {
        self.entities_at(token).into_iter().filter_map(|who| self.fit(who, kinds)).collect()
    }

    pub(super) fn fit(&self, who: usize, kinds: &[EntityType]) -> Option<usize> {
        let kind = self.kind(who)?;
        if kinds.contains(&EntityType::Country)
            && let Some(country) = self.cast().capital_of(who)
            && !kinds.contains(&EntityType::Place)
        {
            return Some(country);
        }
        if kinds.contains(&kind) || (self.is_of_unsure_kind(who) && is_for_parties(kinds)) {
            return Some(who);
        }
        // An official stands for his country where it signs, never where somebody travels to.
        let stands_for = !kinds.contains(&EntityType::Place) && !kinds.contains(&EntityType::Person);
        if kind == EntityType::Person && stands_for && kinds.iter().any(|k| k.is_body() || *k == EntityType::Country) {
            return self.cast().affiliation(who).filter(|b| self.kind(*b).is_some_and(|k| kinds.contains(&k)));
        }
        None
    }

    /// Whether only the look of a name made it a place or a person: no list knows it, and nobody holds a post under it.
    /// Where a party to a deal is named, such a name is a company's.
    fn is_of_unsure_kind(&self, who: usize) -> bool {
        let Some(member) = self.cast().members.get(who).filter(|m| m.known.is_none()) else { return false };
        match member.kind {
            EntityType::Place => true,
            EntityType::Person => !member.label.contains(' ') && self.cast().affiliation(who).is_none(),
            _ => false,
        }
    }
}

/// Whether a role takes whoever can be party to a deal, and no place or person as such.
fn is_for_parties(kinds: &[EntityType]) -> bool {
    let has = |kind| kinds.contains(&kind);
    has(EntityType::Country) && has(EntityType::Company) && !has(EntityType::Place) && !has(EntityType::Person)
}
