//! peek
fn main() {
    let text = std::io::read_to_string(std::io::stdin()).unwrap();
    let (d, notes) = dossier::read::read_text("x.txt", text.as_bytes()).unwrap();
    for n in notes {
        eprintln!("{n}");
    }
    let p = dossier::pipeline::parse_document(&d);
    for s in &p.sentences {
        let mut o = String::new();
        let ps: String = d.text.chars().skip(s.span.start as usize).take(s.span.len()).collect();
        dossier::language::conllu::write_conllu(&mut o, "s", &ps, s, |i, _| {
            s.names.iter().find(|n| n.first <= i && i <= n.last).map(|n| n.kind.to_string()).unwrap_or_default()
        });
        print!("{o}");
    }
    let r = dossier::pipeline::read_document(&d).unwrap_or_else(|e| panic!("{e}"));
    for (i, m) in r.members.iter().enumerate() {
        println!("{i} {:?} {} {:?} {:?}", m.kind, m.label, m.aliases, m.affiliation);
    }
    for f in &r.facts {
        println!("{} {:?} {} by {:?} | {}", f.kind, f.roles, f.status.as_str(), f.attributed_to, f.evidence[0].quote);
    }
}
