//! Heads of state and government that texts take as known: name and post -> country.
//!
//! Law: it completes a post that a text states, it never makes one.

use super::gazetteer::Gazetteer;
use super::reference::table;
use super::table::Table;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

#[derive(Debug)]
struct Leader {
    words: Vec<String>,
    country: u16,
    post: &'static str,
}

/// The table, by last word and by first word of the name.
#[derive(Debug)]
pub struct Leaders {
    list: Vec<Leader>,
    by_word: FxHashMap<String, Vec<usize>>,
}

fn fold(name: &str) -> Vec<String> {
    let plain = crate::ascii::to_ascii(name).to_lowercase().replace(['\'', '"'], "");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1).map(str::to_owned).collect()
}

impl Leaders {
    /// The table that the binary carries.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Leaders> = OnceLock::new();
        ONCE.get_or_init(Self::load)
    }

    fn load() -> Self {
        let gazetteer = Gazetteer::embedded();
        let (mut list, mut by_word) = (Vec::new(), FxHashMap::<String, Vec<usize>>::default());
        for row in Table::parse(table("leaders.tsv")).rows() {
            let Some(country) = gazetteer.country_by_code(row.get("country")) else { continue };
            let words = fold(row.get("name"));
            for word in &words {
                by_word.entry(word.clone()).or_default().push(list.len());
            }
            list.push(Leader { words, country, post: row.get("post") });
        }
        Self { list, by_word }
    }

    /// The country whose `post` (lower case) somebody of this name holds or held; `None` where nobody or more than one fits.
    pub fn country_of(&self, name: &str, post: &str) -> Option<u16> {
        let words = fold(name);
        let fits = |leader: &Leader| {
            let (short, long) =
                if words.len() <= leader.words.len() { (&words, &leader.words) } else { (&leader.words, &words) };
            post.contains(leader.post)
                && short.iter().all(|w| long.contains(w))
                && (short.len() > 1 || words.len() == 1 && leader.words.last() == words.first())
        };
        let mut found: Vec<u16> = words
            .iter()
            .filter_map(|w| self.by_word.get(w))
            .flatten()
            .filter_map(|i| self.list.get(*i))
            .filter(|l| fits(l))
            .map(|l| l.country)
            .collect();
        found.sort_unstable();
        found.dedup();
        if let [country] = found.as_slice() { Some(*country) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, post: &str, code: Option<&str>) {
        let country = Leaders::embedded().country_of(name, post).and_then(|c| {
            let gazetteer = Gazetteer::embedded();
            gazetteer.countries.get(c as usize).map(|c| c.code)
        });
        assert_eq!(country, code, "{name}, {post}");
    }

    #[test]
    fn a_name_and_its_post_tell_the_country() {
        check("Mette Frederiksen", "prime minister", Some("DK"));
        check("Julius M. Bio", "president", Some("SL"));
        check("Zuzana Caputova", "former president", Some("SK"));
        check("Mette Frederiksen", "president", None);
        check("Mette Olsen", "prime minister", None);
        check("Bush", "president", Some("US"));
        check("Singh", "president", None);
    }
}
