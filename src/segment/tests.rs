//! Tests of blocks and passages.

use super::*;
use crate::read::read_text;
use proptest::prelude::*;

const PROSE: &str = "The two ministers signed an agreement on the port and on fish on Monday afternoon.";

/// Reads a page, in which `P.` stands for a sentence, and compares its blocks, written `Kind text`, with those expected.
#[track_caller]
fn check(page: &str, expected: &[&str]) {
    let (document, _) = read_text("page.txt", page.replace("P.", PROSE).as_bytes()).unwrap();
    let index = TextIndex::new(&document.text);
    let written = |block: &Block| {
        let words = index.slice(&document.text, block.span).replace('\n', "/").replace(PROSE, "P.");
        format!("{:?} {words}", block.kind)
    };
    assert_eq!(find_blocks(&document).iter().map(written).collect::<Vec<_>>(), expected);
}

#[test]
fn tells_a_page_apart() {
    check(
        "World\nPeru and Estonia sign a port deal\nUpdated 21 November 2025\nShort Url\nFacebook\nP.\nADVERTISEMENT\nP.\nRELATED\nFish prices rise in Lima\nWho owns the port?\nP.\nKEYWORDS\nPeru\nFish",
        &[
            "Furniture World",
            "Title Peru and Estonia sign a port deal",
            "Furniture Updated 21 November 2025",
            "Furniture Short Url",
            "Furniture Facebook",
            "Paragraph P.",
            "Furniture ADVERTISEMENT",
            "Paragraph P.",
            "Furniture RELATED",
            "Furniture Fish prices rise in Lima",
            "Furniture Who owns the port?",
            "Paragraph P.",
            "Furniture KEYWORDS",
            "Furniture Peru",
            "Furniture Fish",
        ],
    );
    check(
        "Peru and Estonia sign a port deal\n\nBy\nAna Ilves\nInstitute of Fish\n\nSource: The Wire\n\nP.\n\nHistory\n\nP.¹\n\n¹ ibid\n\n- first visit (2004)\n2. second visit\n",
        &[
            "Title Peru and Estonia sign a port deal",
            "Byline By",
            "Byline Ana Ilves",
            "Byline Institute of Fish",
            "Caption Source: The Wire",
            "Paragraph P.",
            "Heading History",
            "Paragraph P.¹",
            "Footnote ¹ ibid",
            "ListItem first visit (2004)",
            "ListItem second visit",
        ],
    );
    check(
        "P.\n\nReferences\n\n[1] A book\n\n[2]\n\n[3] Ministry, accessed 2 May 2024",
        &[
            "Paragraph P.",
            "Footnote References",
            "Footnote [1] A book",
            "Footnote [2]",
            "Footnote [3] Ministry, accessed 2 May 2024",
        ],
    );
}

#[test]
fn joins_what_was_broken() {
    check(
        "P\nresident\nAna Ilves\nsigned it in Lima.\nP.",
        &["Paragraph P/resident/Ana Ilves/signed it in Lima.", "Paragraph P."],
    );
    check(
        "P.\nThe port will be built by\nAcme Fish\n, which is based in Lima.\nP.",
        &["Paragraph P.", "Paragraph The port will be built by/Acme Fish/, which is based in Lima.", "Paragraph P."],
    );
    check(
        "The ministers of Peru and Estonia met\nin Lima on Monday to sign an accord\nOn fish, on the port and on aid for\nTallinn, which both welcomed.\n\nThey said that it would be in force\nby the end of the coming year.",
        &[
            "Paragraph The ministers of Peru and Estonia met/in Lima on Monday to sign an accord/On fish, on the port and on aid for/Tallinn, which both welcomed.",
            "Paragraph They said that it would be in force/by the end of the coming year.",
        ],
    );
}

#[test]
fn front_matter_is_no_prose() {
    check(
        "---\ntitle: A port deal in Peru\ndate: 2024\n---\n\nP.\n",
        &["Furniture ---/title: A port deal in Peru/date: 2024/---", "Paragraph P."],
    );
}

#[test]
fn only_english_is_understood() {
    let russian =
        "Министры иностранных дел двух стран встретились в столице и подписали соглашение о поставках рыбы на север.";
    let (document, findings) = read_text("a.txt", russian.as_bytes()).unwrap();
    assert!(find_passages(&document, &find_blocks(&document)).is_empty());
    assert!(findings.iter().any(|finding| finding.message.contains("`ru`")), "{findings:?}");
}

#[test]
fn a_line_of_five_megabytes_is_cut() {
    let long = "agreement on fish ".repeat(300_000);
    let (document, _) = read_text("a.txt", long.as_bytes()).unwrap();
    let passages = find_passages(&document, &find_blocks(&document));
    assert!(passages.len() > 1_000 && passages.iter().all(|passage| passage.span.len() <= MAX_PASSAGE));
}

/// The laws: blocks and passages are disjoint, in order, inside the text and of their block, without white space at
/// their ends; no word is outside a block but the markers of list items.
fn keeps_the_laws(name: &str, bytes: &[u8]) {
    let Ok((document, _)) = read_text(name, bytes) else { return };
    let index = TextIndex::new(&document.text);
    let blocks = find_blocks(&document);
    let passages = find_passages(&document, &blocks);
    let in_order = |spans: Vec<Span>| spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    assert!(in_order(blocks.iter().map(|b| b.span).collect()) && in_order(passages.iter().map(|p| p.span).collect()));
    for passage in &passages {
        let words = index.slice(&document.text, passage.span);
        assert_eq!((words.chars().count(), words.trim()), (passage.span.len(), words));
        assert!(!words.is_empty() && blocks[passage.block].span.contains(passage.span));
    }
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let inside: usize = blocks.iter().map(|block| letters(index.slice(&document.text, block.span))).sum();
    let markers =
        4 * blocks.iter().filter(|block| block.kind != BlockKind::Paragraph || document.text.len() < 9_999).count();
    assert!(inside + markers >= letters(&document.text), "words are lost");
    let articles: Vec<Span> = document.articles.iter().map(|article| article.span).collect();
    assert_eq!(articles.iter().map(|span| span.len()).sum::<usize>(), index.len());
    assert!(in_order(articles));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0..3usize) {
        keeps_the_laws(["a.txt", "a.md", "a.html"][kind], &bytes);
    }

    #[test]
    fn any_page_keeps_the_laws(parts in proptest::collection::vec(0..20usize, 1..40), crlf in any::<bool>()) {
        const PARTS: [&str; 20] = ["\n", "\n\n", "Port deal signed in Lima\n", PROSE, "RELATED\n", "P\n", "resident ", "• ", "1. ", "[1] ", "¹ ibid\n", "By Ana Ilves\n", "---\n", "a: b\n", "References\n", "\u{a0}’s ", "Łódź.\n", "\u{c}", "Follow\n", "2024-07-12\n"];
        let page: String = parts.iter().map(|part| PARTS[*part]).collect();
        let text = if crlf { page.replace('\n', "\r\n") } else { page.clone() };
        if let Ok((document, _)) = read_text("a.txt", text.as_bytes()) {
            prop_assert_eq!(&document.text, &page);
        }
        keeps_the_laws("a.txt", text.as_bytes());
        keeps_the_laws("a.md", text.as_bytes());
        keeps_the_laws("a.html", text.as_bytes());
    }
}
