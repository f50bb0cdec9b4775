//! CoNLL-U (universaldependencies.org/format.html): what `dossier parse` prints and what training and measuring read.

use super::tree::{Deprel, Sentence, Token, Upos, Xpos};
use crate::span::Span;
use std::fmt::Write;

/// A sentence of a treebank, with what its comments say of its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotated {
    /// `# sent_id`.
    pub id: String,
    /// The sentence as written: `# text` made anew from forms and `SpaceAfter=No`. Spans of its tokens count in it.
    pub text: String,
    /// Whether a paragraph or a document begins with it.
    pub starts_paragraph: bool,
    /// With how many sentences the element ends that begins here inside its paragraph (a caption, GUM's `newpar_block`); 0 for none.
    pub nested: usize,
    /// Words with lemmas, tags and governors.
    pub sentence: Sentence,
    /// The MISC column, one for each word.
    pub misc: Vec<String>,
}

/// Reads a CoNLL-U file. Comments, empty nodes, features and enhanced dependencies are passed over; a tag or relation that
/// this project does not know becomes `X`, `XX` or `dep`; the words of a multiword token share out its letters.
pub fn read_conllu(text: &str) -> Vec<Annotated> {
    let mut out = Vec::new();
    let mut block = Block::default();
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            out.extend(block.finish());
            block = Block::default();
        } else if let Some(comment) = line.strip_prefix('#') {
            block.comment(comment.trim());
        } else {
            block.word(&line.split('\t').collect::<Vec<_>>());
        }
    }
    out.extend(block.finish());
    out
}

/// The lines of one sentence while they are read.
#[derive(Default)]
struct Block {
    out: Annotated,
    scalars: usize,
    multiword: Option<(usize, Span)>,
}

impl Block {
    fn comment(&mut self, comment: &str) {
        if let Some(id) = comment.strip_prefix("sent_id = ") {
            id.clone_into(&mut self.out.id);
        }
        if let Some(block) = comment.strip_prefix("newpar_block = ") {
            let counts = block.split(" | ").filter_map(|e| e.strip_suffix(" s)")?.rsplit('(').next()?.parse().ok());
            let counts: Vec<usize> = counts.collect();
            let (whole, inner) = (counts.iter().max().copied(), counts.iter().min().copied());
            self.out.nested = inner.filter(|n| Some(*n) < whole).unwrap_or(0);
        }
        let starts = comment.starts_with("newpar") || comment.starts_with("newdoc");
        self.out.starts_paragraph |= starts && !comment.starts_with("newpar_block");
    }

    fn word(&mut self, columns: &[&str]) {
        let &[id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns else { return };
        if id.contains('.') {
            return;
        }
        if let Some((first, last)) = id.split_once('-') {
            let count = last.parse::<usize>().unwrap_or(0).saturating_sub(first.parse().unwrap_or(0)) + 1;
            let span = self.write(form, misc);
            self.multiword = Some((count, span));
            return;
        }
        let span = self.part_of_multiword(form).unwrap_or_else(|| self.write(form, misc));
        self.out.misc.push(misc.to_owned());
        self.out.sentence.tokens.push(Token {
            span,
            form: super::tokenise::fold(form),
            lemma: lemma.to_owned(),
            upos: upos.parse().unwrap_or(Upos::X),
            xpos: xpos.parse().unwrap_or(Xpos::Xx),
            head: head.parse::<usize>().ok().and_then(|h| h.checked_sub(1)),
            deprel: deprel.parse().unwrap_or(Deprel::Dep),
        });
    }

    /// Appends a surface form and the space after it.
    fn write(&mut self, form: &str, misc: &str) -> Span {
        let span = Span::new(self.scalars, self.scalars + form.chars().count());
        self.out.text.push_str(form);
        self.scalars = span.end as usize;
        if !misc.split('|').any(|m| m == "SpaceAfter=No") {
            self.out.text.push(' ');
            self.scalars += 1;
        }
        span
    }

    /// The next letters of the multiword token that the word belongs to; the last word takes the rest.
    fn part_of_multiword(&mut self, form: &str) -> Option<Span> {
        let (left, whole) = self.multiword.take()?;
        let length = if left == 1 { whole.len() } else { form.chars().count().min(whole.len()) };
        let middle = whole.start as usize + length;
        if left > 1 {
            self.multiword = Some((left - 1, Span::new(middle, whole.end as usize)));
        }
        Some(Span::new(whole.start as usize, middle))
    }

    fn finish(mut self) -> Option<Annotated> {
        self.out.text.truncate(self.out.text.trim_end().len());
        let last = self.out.sentence.tokens.last()?;
        self.out.sentence.span = Span { start: 0, end: last.span.end };
        Some(self.out)
    }
}

/// Appends `sentence` to `out` in CoNLL-U: `# sent_id`, `# text`, ten columns, an empty line. `passage` is the text that
/// the sentence spans; `misc` gives more for the MISC column of a word (such as `Entity=Person`), empty for none.
pub fn write_conllu(
    out: &mut String,
    id: &str,
    passage: &str,
    sentence: &Sentence,
    misc: impl Fn(usize, &Token) -> String,
) {
    let flat: String = passage.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "# sent_id = {id}\n# text = {flat}");
    let scalars: Vec<char> = passage.chars().collect();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let from = token.span.start.saturating_sub(sentence.span.start) as usize;
        let form: String = scalars.iter().skip(from).take(token.span.len()).collect();
        let next = sentence.tokens.get(i + 1);
        let mut notes = misc(i, token);
        if next.is_some_and(|n| n.span.start == token.span.end) {
            notes.push_str(if notes.is_empty() { "SpaceAfter=No" } else { "|SpaceAfter=No" });
        }
        let (head, lemma) = (token.head.map_or(0, |h| h + 1), if token.lemma.is_empty() { "_" } else { &token.lemma });
        let (upos, xpos, deprel) = (token.upos, token.xpos, token.deprel);
        let notes = if notes.is_empty() { "_" } else { &notes };
        let _ = writeln!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{notes}", i + 1);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONT: &str = "# newdoc id = d\n# sent_id = s\n1-2\tDon’t\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n2\tn’t\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
        3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n";

    #[test]
    fn reads_multiword_tokens() {
        let read = read_conllu(DONT);
        let [one] = read.as_slice() else { panic!("one sentence") };
        assert_eq!(one.text, "Don’t go.");
        assert!(one.starts_paragraph);
        let spans: Vec<_> = one.sentence.tokens.iter().map(|t| (t.span.start, t.span.end)).collect();
        assert_eq!(spans, [(0, 2), (2, 5), (6, 8), (8, 9)]);
        assert_eq!(one.sentence.tokens[1].form, "n't");
    }

    #[test]
    fn writes_what_it_reads() {
        let one = read_conllu(DONT).remove(0);
        let mut out = String::new();
        write_conllu(
            &mut out,
            "s",
            &one.text,
            &one.sentence,
            |i, _| if i == 2 { "Entity=X".into() } else { String::new() },
        );
        assert!(out.contains("3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tEntity=X|SpaceAfter=No\n"), "{out}");
        assert!(out.contains("# text = Don’t go.\n"));
        assert_eq!(read_conllu(&out)[0].sentence, one.sentence);
    }
}
