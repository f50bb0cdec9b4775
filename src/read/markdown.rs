//! Markdown -> plain text: blocks apart by blank lines, the text of links, a bullet before list items.
//!
//! Law: no word of the prose is lost, and no mark-up or code is left in it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The plain text of a Markdown document (CommonMark with tables and footnotes), without its front matter.
///
/// A fenced block that names a language is code or data and leaves nothing. A paragraph or heading is one line, a list item one line after `• ` (or its number), a row of a table one line with
/// ` | ` between its cells. Pictures leave their description, raw HTML leaves nothing.
pub(crate) fn render_markdown(source: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(source, options) {
        writer.take(event);
    }
    let mut text = writer.text.trim_matches('\n').to_owned();
    text.push('\n');
    text
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The lists that are open: the next number of each, `None` where it has bullets.
    lists: Vec<Option<u64>>,
    /// Whether a block of code is open.
    in_code: bool,
    /// Whether a marker has just been written, so that the item's paragraph stays on its line.
    after_marker: bool,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.in_code => {}
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.push(&words)
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak | Event::Rule => self.new_line(1),
            Event::FootnoteReference(label) => self.push(&format!("[{label}]")),
            Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.new_line(if self.lists.is_empty() { 2 } else { 1 });
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) if !language.trim().is_empty() => self.in_code = true,
            Tag::Paragraph | Tag::CodeBlock(_) => self.new_line(2),
            Tag::Heading { .. } | Tag::Table(_) => self.new_line(2),
            Tag::FootnoteDefinition(label) => {
                self.new_line(2);
                self.push(&format!("[{label}] "));
                self.after_marker = true;
            }
            Tag::TableRow | Tag::TableHead => self.new_line(1),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.new_line(1);
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", number.saturating_sub(1))
            }
            _ => "• ".to_owned(),
        };
        self.push(&marker);
        self.after_marker = true;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                self.new_line(if self.lists.is_empty() { 2 } else { 1 });
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableCell => self.push(" | "),
            TagEnd::TableRow | TagEnd::TableHead => {
                self.text.truncate(self.text.trim_end_matches([' ', '|']).len());
                self.new_line(1);
            }
            TagEnd::Heading(_) | TagEnd::Table => self.new_line(2),
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        self.after_marker = false;
        self.text.push_str(words);
    }

    /// Ends the line, with `breaks - 1` blank lines behind it; nothing where it is already so.
    fn new_line(&mut self, breaks: usize) {
        if std::mem::take(&mut self.after_marker) || self.text.is_empty() {
            return;
        }
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        self.text.extend(std::iter::repeat_n('\n', breaks.saturating_sub(there)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(render_markdown(source), expected);
    }

    #[test]
    fn renders_prose_without_markup() {
        check(
            "# Port *deal*\n\nPeru and [Estonia](http://e.ee)\nsigned **it**.[^1]\n\n[^1]: A note.\n",
            "Port deal\n\nPeru and Estonia signed it.[1]\n\n[1] A note.\n",
        );
        check(
            "Signed:\n\n- one\n- two\n\n  more\n\n1. first\n2. second\n\nEnd.",
            "Signed:\n\n• one\n• two\n\nmore\n\n1. first\n2. second\n\nEnd.\n",
        );
        check("| Year | Trade |\n|---|---|\n| 2024 | $2 million |\n", "Year | Trade\n2024 | $2 million\n");
        check("a\n\n```rust\nfn main() {}\n```\n\nb\n\n```\nc\n```\n", "a\n\nb\n\nc\n");
        check("a\n\n---\n\n<div>x</div>\n\n![A port](p.jpg) b", "a\n\nA port b\n");
    }
}
