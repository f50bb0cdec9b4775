//! Placeholder: the sentence splitter comes from the language room's author.

/// The sentences of a block: scalar ranges relative to it, in order, without the white space between them.
pub fn split_sentences(block_text: &str) -> Vec<std::ops::Range<usize>> {
    let chars: Vec<char> = block_text.chars().collect();
    let (mut found, mut start) = (Vec::new(), 0);
    for at in 0..chars.len() {
        let ends = matches!(chars.get(at), Some('.' | '!' | '?'));
        let space = chars.get(at + 1).is_some_and(|c| c.is_whitespace());
        let upper = chars.get(at + 2).is_some_and(|c| c.is_uppercase());
        if ends && space && upper {
            found.push(start..at + 1);
            start = at + 2;
        }
    }
    found.push(start..chars.len());
    found
}
