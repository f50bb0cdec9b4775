//! Where names lie and whose they are, from the words right beside them: "Lima, Peru", "the port of X in Y", "Peruvian
//! company X", "the Peruvian state company X", "the X Committee of the Y Chamber".
//!
//! Law: only words that touch the name count; what stands between must describe it.

use super::evoke::Draft;
use super::fact::{Status, Value};
use super::scope::Scope;
use crate::language::{Deprel, Upos};
use crate::ontology::EntityType;
use crate::ontology::gazetteer::Known;
use crate::ontology::lexicon::Lexicon;
use crate::recognise::{Mention, Sense};
use indexmap::IndexMap;

/// Bodies that stand in a place rather than act there.
const SEATED: &[&str] = &[
    "embassy",
    "consulate",
    "mission",
    "university",
    "institute",
    "campus",
    "headquarters",
    "hospital",
    "school",
    "museum",
];
/// How many words may describe a company between its country and its name.
const REACH: usize = 5;

impl Scope<'_> {
    /// Relations that names have by what touches them.
    pub(super) fn find_places(&self) -> Vec<Draft> {
        let mut found = Vec::new();
        for mention in self.findings.mentions.iter().filter(|m| self.is_placeable(m)) {
            let Some(who) = name_member(self, mention) else { continue };
            let Some(kind) = self.kind(who) else { continue };
            if let Some((relation, land)) = self.land_before(mention, kind) {
                let (subject, object) = if relation == "owns" { (land, who) } else { (who, land) };
                found.extend(self.link(subject, relation, object, mention.head));
            }
            let place = self
                .land_after_comma(mention, kind)
                .or_else(|| self.place_inside(mention, kind))
                .or_else(|| self.land_of_city(mention, kind))
                .or_else(|| self.land_of_company(mention, kind));
            found.extend(place.and_then(|place| self.link(who, "locatedIn", place, mention.head)));
            found.extend(self.whole_of(mention, kind).and_then(|whole| self.link(who, "partOf", whole, mention.head)));
        }
        found
    }

    fn is_placeable(&self, mention: &Mention) -> bool {
        match mention.sense {
            Sense::Name(_) | Sense::Known(_) => true,
            // "the Peruvian embassy in X".
            Sense::Group => SEATED.contains(&self.grammar.lemma(mention.last).to_lowercase().as_str()),
            _ => false,
        }
    }

    fn link(&self, subject: usize, relation: &str, object: usize, trigger: usize) -> Option<Draft> {
        let roles = IndexMap::from([
            ("subject".to_owned(), Value::One(subject)),
            ("relation".to_owned(), Value::Text(relation.to_owned())),
            ("object".to_owned(), Value::One(object)),
        ]);
        (subject != object).then(|| Draft {
            kind: "Relation".to_owned(),
            roles,
            status: Status::Asserted,
            speaker: None,
            at: self.at,
            trigger,
        })
    }

    fn member_at(&self, token: usize, kinds: &[EntityType]) -> Option<usize> {
        let who = self.owner(token).and_then(|m| self.who(m).first().copied())?;
        self.kind(who).filter(|k| kinds.contains(k)).map(|_| who)
    }

    /// "Peruvian mining company X", "Peru's X": the country of a company, or the owner of a state company.
    fn land_before(&self, name: &Mention, kind: EntityType) -> Option<(&'static str, usize)> {
        let g = &self.grammar;
        if !matches!(kind, EntityType::Company | EntityType::GovernmentBody) || !matches!(name.sense, Sense::Name(_)) {
            return None;
        }
        // "Peru's X exports": X only describes what is Peru's.
        let describes = g.deprel(name.head) == Deprel::Compound && g.head(name.head).is_some_and(|h| h > name.last);
        if describes {
            return None;
        }
        let (mut described, mut of_state) = (false, matches!(g.form(name.first), "State" | "National"));
        for i in (name.first.saturating_sub(REACH)..name.first).rev() {
            if let Some(land) = self.member_at(i, &[EntityType::Country]) {
                let possessive = i + 1 < name.first && g.form(i + 1).starts_with(['\'', '’']);
                let fits = if kind == EntityType::Company { described || possessive } else { possessive };
                let relation = match (kind, of_state) {
                    (EntityType::GovernmentBody, _) => "partOf",
                    (_, true) => "owns",
                    _ => "locatedIn",
                };
                return fits.then_some((relation, land));
            }
            let lemma = g.lemma(i).to_lowercase();
            let is_business = matches!(Lexicon::embedded().group_of(&lemma), Some("company"))
                || matches!(
                    lemma.as_str(),
                    "giant" | "carrier" | "airline" | "maker" | "major" | "conglomerate" | "utility" | "insurer"
                );
            described |= is_business
                && !matches!(lemma.as_str(), "partner" | "subsidiary" | "supplier" | "importer" | "investor");
            of_state |=
                matches!(lemma.as_str(), "state" | "state-owned" | "state-run" | "national" | "government-owned");
            let possessive = g.form(i).starts_with(['\'', '’']) && g.form(i).chars().count() <= 2;
            let describes = is_business
                || possessive
                || matches!(g.upos(i), Upos::Adj)
                || (matches!(g.upos(i), Upos::Noun)
                    && described
                    && !matches!(lemma.as_str(), "partner" | "ally" | "rival" | "unit"))
                || g.form(i) == "-";
            if !describes || self.title_at(i).is_some() {
                return None;
            }
        }
        None
    }

    /// "Lima, Peru".
    fn land_after_comma(&self, name: &Mention, kind: EntityType) -> Option<usize> {
        let g = &self.grammar;
        let next = name.last + 1;
        if kind != EntityType::Place || g.form(next) != "," {
            return None;
        }
        let land = self.member_at(next + 1, &[EntityType::Country])?;
        // "in the Gulf, Peruvian television reported": an adjective begins something else.
        let adjective = self.owner(next + 1).and_then(|m| self.mention(m));
        if adjective.is_some_and(|m| matches!(m.sense, Sense::Known(Known::Demonym(_)))) {
            return None;
        }
        let end = self.owner(next + 1).and_then(|m| self.mention(m)).map_or(next + 1, |m| m.last);
        // A list of places goes on with a comma or "and"; a place and its country are set off by commas or end the phrase.
        let listed = matches!(g.form(end + 1), "and" | "or" | "&" | "'s" | "’s")
            || (g.form(end + 1) == "," && (self.owner(end + 2).is_some() || g.form(end + 2) == "and"));
        let own = self.cast().country_of(name_member(self, name)?).is_none_or(|c| c == land);
        (own && !listed).then_some(land)
    }

    /// "the X terminal in Y", "the embassy of X in Y": a phrase that the tree hangs on the name.
    fn place_inside(&self, name: &Mention, kind: EntityType) -> Option<usize> {
        let g = &self.grammar;
        let last = g.lemma(name.last).to_lowercase();
        let seated = matches!(kind, EntityType::Place | EntityType::Project) || SEATED.contains(&last.as_str());
        let lies = |t: usize| matches!(g.form(t), "in" | "near" | "at") && g.upos(t) == Upos::Adp;
        let next = name.last + 1;
        if !seated
            || !lies(next)
            || !matches!(name.sense, Sense::Name(_) | Sense::Group | Sense::Known(Known::Place(_)))
        {
            return None;
        }
        let start = if g.upos(next + 1) == Upos::Det { next + 2 } else { next + 1 };
        let place = self.member_at(start, &[EntityType::Place, EntityType::Country])?;
        let head = self.owner(start).and_then(|m| self.mention(m)).map(|m| m.head)?;
        let hangs = g.deprel(head) == Deprel::Nmod && g.head(head).is_some_and(|h| name.first <= h && h <= name.last);
        (hangs || kind == EntityType::Project).then_some(place)
    }

    /// "the northern Peruvian city of X".
    fn land_of_city(&self, name: &Mention, kind: EntityType) -> Option<usize> {
        let g = &self.grammar;
        let of = name.first.checked_sub(1).filter(|i| kind == EntityType::Place && g.form(*i) == "of")?;
        let noun =
            of.checked_sub(1).filter(|i| Lexicon::embedded().thing_of(g.lemma(*i)) == Some(EntityType::Place))?;
        let describing = (noun.saturating_sub(3)..noun)
            .rev()
            .take_while(|i| matches!(g.upos(*i), Upos::Adj | Upos::Noun | Upos::Propn));
        describing.into_iter().find_map(|i| self.member_at(i, &[EntityType::Country]))
    }

    /// "X Ltd of Peru".
    fn land_of_company(&self, name: &Mention, kind: EntityType) -> Option<usize> {
        let next = name.last + 1;
        let of = kind == EntityType::Company && matches!(name.sense, Sense::Name(_)) && self.grammar.form(next) == "of";
        self.member_at(next + 1, &[EntityType::Country]).filter(|_| of)
    }

    /// "the X Committee of the Y Chamber".
    fn whole_of(&self, name: &Mention, kind: EntityType) -> Option<usize> {
        let g = &self.grammar;
        let bodies = [
            EntityType::Organization,
            EntityType::GovernmentBody,
            EntityType::IntergovernmentalOrganization,
            EntityType::Company,
        ];
        let next = name.last + 1;
        let is_unit = matches!(kind, EntityType::Organization | EntityType::GovernmentBody)
            && matches!(name.sense, Sense::Name(_));
        let named_so = Lexicon::embedded().body_of(g.form(name.last)).is_some();
        if !is_unit || !named_so || g.form(next) != "of" {
            return None;
        }
        let start = if g.upos(next + 1) == Upos::Det { next + 2 } else { next + 1 };
        self.member_at(start, &bodies)
    }
}

fn name_member(scope: &Scope<'_>, name: &Mention) -> Option<usize> {
    let m = scope.findings.mentions.iter().position(|m| m == name)?;
    scope.who(m).first().copied()
}
