//! Words that refer back: pronouns, "the company", "both sides".
//!
//! Law: the nearest that fits, of the same article; nobody where none fits.

use super::cast::Caster;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::{Gender, Lexicon};
use crate::ontology::modality::Modality;
use crate::recognise::{Mention, Person, Sense, Title};

/// How many sentences back a pronoun reaches.
const MEMORY: usize = 3;

/// How many sentences back "the two companies" were named.
const PARTNERS: usize = 8;

/// "Peruvian", which may describe anybody.
fn is_adjective(mention: &Mention) -> bool {
    matches!(mention.sense, Sense::Known(Known::Demonym(_)))
}

impl Caster<'_> {
    /// "Mr X", "Queen Y", a given name of one gender.
    fn find_genders(&mut self) {
        let mut found: Vec<(usize, Gender, bool)> = Vec::new();
        for (s, findings) in self.scene.findings.iter().enumerate() {
            for (m, mention) in findings.mentions.iter().enumerate() {
                let Some(who) = self.of(s, m).first().copied() else { continue };
                if mention.sense != Sense::Name(EntityType::Person) {
                    continue;
                }
                let before = mention.first.checked_sub(1).map(|i| self.form(s, i)).unwrap_or_default();
                if let Some(gender) = address_gender(&before) {
                    found.push((who, gender, true));
                } else if let Some(gender) =
                    Lexicon::embedded().gender_of(mention.text.split(' ').next().unwrap_or_default())
                {
                    found.push((who, gender, false));
                }
            }
        }
        // A form of address is certain, a given name is not.
        found.sort_by_key(|(_, _, certain)| !certain);
        for (who, gender, _) in found {
            self.cast.genders.entry(who).or_insert(gender);
        }
    }

    fn form(&self, s: usize, i: usize) -> String {
        self.scene.sentences.get(s).and_then(|x| x.tokens.get(i)).map_or(String::new(), |t| t.form.to_lowercase())
    }

    /// Pronouns, "the company", "both sides", in order of the text.
    pub(super) fn cast_references(&mut self) {
        self.find_genders();
        for s in 0..self.scene.findings.len() {
            let mentions = self.scene.findings.get(s).map_or(&[][..], |f| f.mentions.as_slice());
            for (m, mention) in mentions.iter().enumerate() {
                let who = match &mention.sense {
                    Sense::Both => self.cast.pairs.get(s).copied().flatten().map(|p| p.to_vec()),
                    Sense::Definite(EntityType::Country) => self.recall_country(s, mention).map(|w| vec![w]),
                    Sense::Partners => self.recall_partners(s, mention.first).map(|p| p.to_vec()),
                    Sense::Definite(kind) => self.recall_definite(s, mention, *kind).map(|w| vec![w]),
                    Sense::Pronoun(person) => self.recall_pronoun(s, mention, *person),
                    _ => continue,
                };
                self.set(s, m, who.unwrap_or_default());
            }
        }
    }

    /// Mentions before `first` in sentence `s` and in the sentences before, the nearest sentence first; subjects first
    /// within a sentence.
    fn earlier(&self, s: usize, first: usize, reach: usize) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for at in (s.saturating_sub(reach)..=s).rev() {
            if self.scene.articles.get(at) != self.scene.articles.get(s) {
                break;
            }
            let Some(findings) = self.scene.findings.get(at) else { continue };
            let mut here: Vec<(bool, usize)> = findings
                .mentions
                .iter()
                .enumerate()
                .filter(|(_, m)| at < s || m.last < first)
                .map(|(i, m)| (!self.is_subject(at, m), i))
                .collect();
            here.sort_by_key(|(other, i)| (*other, *i));
            found.extend(here.into_iter().map(|(_, i)| (at, i)));
        }
        found
    }

    fn is_subject(&self, s: usize, mention: &Mention) -> bool {
        let Some(sentence) = self.scene.sentences.get(s) else { return false };
        let mut at = Some(mention.head);
        for _ in 0..3 {
            let Some(token) = at.and_then(|i| sentence.tokens.get(i)) else { return false };
            match token.deprel {
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root => return true,
                Deprel::Flat | Deprel::Appos | Deprel::NmodDesc | Deprel::Compound => at = token.head,
                _ => return false,
            }
        }
        false
    }

    fn recall(
        &self,
        s: usize,
        first: usize,
        reach: usize,
        fits: impl Fn(usize, &Mention) -> bool,
    ) -> Option<Vec<usize>> {
        self.recall_where(s, first, reach, |_, who, mention| fits(who, mention))
    }

    /// The nearest earlier mention of one alone that `fits` by its sentence, who it is and its words.
    fn recall_where(
        &self,
        s: usize,
        first: usize,
        reach: usize,
        fits: impl Fn(usize, usize, &Mention) -> bool,
    ) -> Option<Vec<usize>> {
        self.earlier(s, first, reach).into_iter().find_map(|(at, m)| {
            let mention = self.scene.findings.get(at)?.mentions.get(m)?;
            match self.of(at, m) {
                [who] if fits(at, *who, mention) => Some(vec![*who]),
                _ => None,
            }
        })
    }

    /// "the US firm": a country's name that only says of what country the noun behind it is.
    fn describes(&self, s: usize, mention: &Mention) -> bool {
        let tokens = self.scene.sentences.get(s).map_or(&[][..], |x| x.tokens.as_slice());
        let Some(token) = tokens.get(mention.head) else { return false };
        let noun = token.head.filter(|h| *h > mention.last).and_then(|h| tokens.get(h));
        matches!(mention.sense, Sense::Known(Known::Country(_)))
            && matches!(token.deprel, Deprel::Compound | Deprel::Amod)
            && noun.is_some_and(|n| n.upos == Upos::Noun)
    }

    fn recall_definite(&self, s: usize, mention: &Mention, kind: EntityType) -> Option<usize> {
        let noun = self.lemma(s, mention.last);
        let defined = mention.text.split(' ').next_back().is_some_and(|w| w.starts_with(char::is_uppercase));
        if defined && kind == EntityType::Company {
            return self.issuer(s);
        }
        // "the group", "the bank": one whose name says so.
        let says_so = |who: usize| {
            self.cast
                .members
                .get(who)
                .is_some_and(|m| m.kind.is_body() && m.label.to_lowercase().split(' ').any(|w| w == noun))
        };
        if kind == EntityType::Company
            && let Some(list) = self.recall(s, mention.first, 40, |who, _| says_so(who))
        {
            return list.first().copied();
        }
        // Another company is no consortium.
        if noun == "consortium" {
            let called = |who: usize, m: &Mention| {
                self.kind(who) == Some(EntityType::Group) && m.text.to_lowercase().contains(&noun)
            };
            return self.recall(s, mention.first, 40, called)?.first().copied();
        }
        let found = self.recall(s, mention.first, 40, |who, earlier| match kind {
            EntityType::Company => {
                self.kind(who) == Some(EntityType::Company)
                    || (self.kind(who) == Some(EntityType::Organization) && self.is_subject(s, mention))
            }
            EntityType::Group => {
                self.kind(who) == Some(EntityType::Group) && earlier.text.to_lowercase().ends_with(&noun)
            }
            _ => {
                let label = self.cast.members.get(who).map(|m| m.label.to_lowercase()).unwrap_or_default();
                self.kind(who).is_some_and(EntityType::is_body) && label.split(' ').any(|w| w == noun)
            }
        });
        found.and_then(|list| list.first().copied())
    }

    /// "the country": the only one that the nearest sentence with any names, or the one of them that is its subject.
    fn recall_country(&self, s: usize, mention: &Mention) -> Option<usize> {
        let is_country = |who: &usize| self.kind(*who) == Some(EntityType::Country);
        let earlier = self.earlier(s, mention.first, MEMORY);
        let named = |(at, m): (usize, usize)| match self.of(at, m) {
            [who] if is_country(who) => Some((at, m, *who)),
            _ => None,
        };
        let (nearest, first, who) = earlier.iter().find_map(|place| named(*place))?;
        let others = || earlier.iter().filter_map(|place| named(*place)).filter(|(at, ..)| *at == nearest);
        let alone = others().all(|(.., other)| other == who);
        let subject = self.scene.findings.get(nearest).and_then(|f| f.mentions.get(first));
        (alone || subject.is_some_and(|m| self.is_subject(nearest, m) && !is_adjective(m))).then_some(who)
    }

    /// "the Company" of a release: the company that its article names first.
    fn issuer(&self, s: usize) -> Option<usize> {
        let article = self.scene.articles.get(s);
        (0..=s).filter(|at| self.scene.articles.get(*at) == article).find_map(|at| {
            let mentions = self.cast.mentions.get(at)?;
            mentions
                .iter()
                .filter_map(|who| who.first().copied())
                .find(|who| self.kind(*who) == Some(EntityType::Company))
        })
    }

    fn recall_pronoun(&self, s: usize, mention: &Mention, person: Person) -> Option<Vec<usize>> {
        let named = |m: &Mention| {
            matches!(m.sense, Sense::Known(_) | Sense::Name(_) | Sense::Pronoun(_) | Sense::Definite(_) | Sense::Group)
        };
        match person {
            Person::He | Person::She if self.is_of_unnamed_official(s, mention.first) => None,
            Person::He | Person::She => {
                let gender = if person == Person::He { Gender::Male } else { Gender::Female };
                let agrees = |who: usize| self.cast.genders.get(&who).is_none_or(|g| *g == gender);
                let holder = self.title_subject(s, mention.first).filter(|w| agrees(*w));
                let fits =
                    |who: usize, m: &Mention| named(m) && self.kind(who) == Some(EntityType::Person) && agrees(who);
                if self.ends_quotation(s, mention.first) {
                    // '…" she said': nobody of whom she speaks.
                    let before = s.checked_sub(1)?;
                    let outside = self.recall(before, usize::MAX, MEMORY, fits);
                    return outside.or(holder.map(|w| vec![w]));
                }
                let other = |at: usize, m: &Mention| at == s && self.is_beside(s, m, mention);
                let found = self.recall_where(s, mention.first, MEMORY, |at, who, m| fits(who, m) && !other(at, m));
                found.or(holder.map(|w| vec![w]))
            }
            Person::It if self.is_expletive(s, mention.first) => None,
            Person::It => self.recall_where(s, mention.first, 1, |at, who, m| {
                named(m)
                    && self.kind(who).is_some_and(|k| k.is_body() || k == EntityType::Country)
                    && !is_adjective(m)
                    && !self.describes(at, m)
            }),
            Person::They => self.recall_talkers(s, mention).or_else(|| self.recall_plural(s, mention)),
            Person::Former => self.recall_two(s, mention.first).map(|[first, _]| vec![first]),
            Person::Latter => self.recall_two(s, mention.first).map(|[_, second]| vec![second]),
            Person::Speaker | Person::SpeakerGroup => None,
        }
    }

    /// "With X, he discussed": whether a name is an object or complement of the verb whose subject the pronoun is.
    fn is_beside(&self, s: usize, name: &Mention, pronoun: &Mention) -> bool {
        let tokens = self.scene.sentences.get(s).map_or(&[][..], |x| x.tokens.as_slice());
        let subject = tokens.get(pronoun.head).filter(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass));
        let Some(verb) = subject.and_then(|t| t.head) else { return false };
        let mut at = name.head;
        for _ in 0..tokens.len() {
            match tokens.get(at) {
                _ if at == verb => return true,
                Some(t) if t.upos != Upos::Verb && !matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass) => {
                    let Some(head) = t.head else { return false };
                    at = head;
                }
                _ => return false,
            }
        }
        false
    }

    /// "The Prime Minister spoke of his visit": whether an official whom nobody has named is the subject before the pronoun.
    fn is_of_unnamed_official(&self, s: usize, pronoun: usize) -> bool {
        let tokens = self.scene.sentences.get(s).map_or(&[][..], |x| x.tokens.as_slice());
        let subject = |i: usize| tokens.get(i).is_some_and(|t| t.deprel == Deprel::Nsubj);
        let open = |(t, title): (usize, &Title)| {
            let named = self.cast.office(s, t).is_some_and(|office| office.holder.is_some());
            title.last < pronoun
                && title.definite
                && subject(title.core)
                && matches!(title.kind, "state" | "government")
                && !named
        };
        self.titles(s).iter().enumerate().any(open)
    }

    /// Whether a quotation that began in an earlier sentence ends right before the pronoun, which says it.
    fn ends_quotation(&self, s: usize, pronoun: usize) -> bool {
        let marks = |i: &usize| matches!(self.form(s, *i).as_str(), "\"" | "”" | "''");
        let speaks = self
            .scene
            .sentences
            .get(s)
            .and_then(|x| x.tokens.get(pronoun + 1))
            .is_some_and(|t| Modality::embedded().speech(&t.lemma).is_some());
        let close = pronoun.checked_sub(1).filter(marks);
        speaks && close.is_some_and(|close| (0..close).filter(marks).count() == 0)
    }

    /// The two people, or else the two countries or bodies, that the sentence names before word `first`, in their order; the
    /// sentence before may name them instead.
    fn recall_two(&self, s: usize, first: usize) -> Option<[usize; 2]> {
        let named = |at: usize, fits: &dyn Fn(EntityType) -> bool| {
            let mentions = self.scene.findings.get(at).map_or(&[][..], |f| f.mentions.as_slice());
            let mut found: Vec<usize> = Vec::new();
            for (m, mention) in mentions.iter().enumerate().filter(|(_, m)| at < s || m.last < first) {
                let name = matches!(mention.sense, Sense::Name(_) | Sense::Known(Known::Country(_) | Known::Body(_)));
                let who = self.of(at, m).first().copied().filter(|w| name && self.kind(*w).is_some_and(fits));
                found.extend(who.filter(|w| !found.contains(w)));
            }
            <[usize; 2]>::try_from(found).ok()
        };
        let before = s.checked_sub(1).filter(|at| self.scene.articles.get(*at) == self.scene.articles.get(s));
        std::iter::once(s).chain(before).find_map(|at| {
            let people = named(at, &|kind| kind == EntityType::Person);
            people.or_else(|| named(at, &|kind| kind == EntityType::Country || kind.is_body()))
        })
    }

    /// "X greets Y during their talks": the two people of the sentence, who have what only two can have.
    fn recall_talkers(&self, s: usize, mention: &Mention) -> Option<Vec<usize>> {
        let tokens = &self.scene.sentences.get(s)?.tokens;
        let noun = tokens.get(mention.head).filter(|t| t.deprel == Deprel::NmodPoss)?.head;
        let talks = noun.and_then(|n| tokens.get(n)).is_some_and(|t| Lexicon::embedded().is_mutual_occasion(&t.lemma));
        let two = self.recall_two(s, mention.first).filter(|_| talks)?;
        let here =
            |who: &usize| self.cast.mentions.get(s).is_some_and(|all| all.iter().any(|m| m.first() == Some(who)));
        let people = two.iter().all(|w| here(w) && self.kind(*w) == Some(EntityType::Person));
        people.then(|| two.to_vec())
    }

    /// "the two companies": the last two that one sentence named without a third.
    fn recall_partners(&self, s: usize, first: usize) -> Option<[usize; 2]> {
        let near = (0..=s).rev().take_while(|at| self.scene.articles.get(*at) == self.scene.articles.get(s));
        near.take(PARTNERS + 1).find_map(|at| {
            let mentions = self.scene.findings.get(at).map_or(&[][..], |f| f.mentions.as_slice());
            let mut found: Vec<usize> = Vec::new();
            for (m, mention) in mentions.iter().enumerate().filter(|(_, m)| at < s || m.last < first) {
                // "X (Nasdaq: XYZ)": an exchange and its letters.
                let noted =
                    mention.first.checked_sub(1).is_some_and(|i| matches!(self.form(at, i).as_str(), "(" | ":"));
                let name =
                    !noted && matches!(mention.sense, Sense::Name(EntityType::Company | EntityType::Organization));
                let who = self.of(at, m).first().copied().filter(|_| name);
                found.extend(who.filter(|w| !found.contains(w)));
            }
            <[usize; 2]>::try_from(found).ok()
        })
    }

    /// "It is expected that", "it was agreed to": stands for the clause that follows.
    fn is_expletive(&self, s: usize, it: usize) -> bool {
        let tokens = self.scene.sentences.get(s).map_or(&[][..], |x| x.tokens.as_slice());
        let Some(token) = tokens.get(it) else { return false };
        let under = |deprels: &[Deprel]| {
            token.head.is_some_and(|h| tokens.iter().any(|t| t.head == Some(h) && deprels.contains(&t.deprel)))
        };
        token.deprel == Deprel::Expl
            || (under(&[Deprel::Cop, Deprel::AuxPass]) && under(&[Deprel::Ccomp, Deprel::Csubj, Deprel::CsubjPass]))
    }

    fn title_subject(&self, s: usize, first: usize) -> Option<usize> {
        (s.saturating_sub(1)..=s).rev().find_map(|at| {
            self.titles(at)
                .iter()
                .enumerate()
                .filter(|(_, title)| at < s || title.last < first)
                .find_map(|(t, _)| self.cast.office(at, t)?.holder)
        })
    }

    /// "they" and "their": the two of a coordination or pair right before, or a group.
    fn recall_plural(&self, s: usize, mention: &Mention) -> Option<Vec<usize>> {
        for at in (s.saturating_sub(1)..=s).rev() {
            let findings = self.scene.findings.get(at)?;
            let before: Vec<usize> = (0..findings.mentions.len())
                .filter(|i| {
                    findings
                        .mentions
                        .get(*i)
                        .is_some_and(|m| (at < s || m.last < mention.first) && self.is_subject(at, m))
                })
                .collect();
            for m in before {
                let found = findings.mentions.get(m)?;
                let several = matches!(found.sense, Sense::Both | Sense::Group | Sense::Definite(EntityType::Group));
                if several && !self.of(at, m).is_empty() {
                    return Some(self.of(at, m).to_vec());
                }
                let partners = self.coordinated(at, found);
                if partners.len() > 1 {
                    return Some(partners);
                }
            }
        }
        None
    }

    fn coordinated(&self, s: usize, first: &Mention) -> Vec<usize> {
        let (Some(sentence), Some(findings)) = (self.scene.sentences.get(s), self.scene.findings.get(s)) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (m, mention) in findings.mentions.iter().enumerate() {
            let joined = mention == first
                || sentence
                    .tokens
                    .get(mention.head)
                    .is_some_and(|t| t.deprel == Deprel::Conj && t.head == Some(first.head));
            if joined {
                found.extend(self.of(s, m).first().copied());
            }
        }
        found
    }
}

fn address_gender(word: &str) -> Option<Gender> {
    match word.trim_end_matches('.') {
        "mr" | "sir" | "king" | "prince" | "emir" | "sultan" | "lord" | "baron" | "herr" | "monsieur" | "señor"
        | "shri" | "chairman" | "businessman" | "spokesman" | "congressman" | "taoiseach" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "queen" | "princess" | "lady" | "madam" | "madame" | "dame" | "baroness"
        | "sheikha" | "frau" | "smt" | "chairwoman" | "spokeswoman" | "businesswoman" | "congresswoman" => {
            Some(Gender::Female)
        }
        _ => None,
    }
}
