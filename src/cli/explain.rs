//! `dossier explain`: a place in a document -> why its sentences give the facts that they give, and which they nearly gave.

use super::Outcome;
use super::args::{ExplainArgs, TalkFormat};
use super::place::{Chosen, choose_passages};
use super::terminal::{BOLD, DIM, Output, cannot_write, prose_width, report_diagnostics};
use super::tree::draw_tree;
use dossier::error::Result;
use dossier::extract::{Fact, Material, Status, Trial, Value, trace_sentence};
use dossier::ontology::frame_set::{FrameSet, embedded_frames};
use dossier::pipeline::{Reading, Study, read_study, study_document};
use dossier::recognise::{Person, Sense};
use dossier::segment::BlockKind;
use dossier::span::{Span, TextIndex};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Explains the sentences at a place.
pub(super) fn run(args: &ExplainArgs) -> Result<Outcome> {
    let chosen = choose_passages(&args.place)?;
    report_diagnostics(&chosen.diagnostics);
    let frames = embedded_frames()?;
    let study = study_document(&chosen.document)?;
    let reading = read_study(&chosen.document, &study, frames);
    let material = study.material();
    let page = Page { chosen: &chosen, study: &study, reading: &reading, material: &material };
    let told: Vec<Told> = chosen.passages(&study.parsed).into_iter().map(|at| page.tell(at, frames)).collect();
    let mut out = Output::styled();
    let written = match args.format {
        TalkFormat::Table if told.is_empty() => writeln!(out, "{}", page.tell_nothing()),
        TalkFormat::Table => told.iter().try_for_each(|told| page.write(told, &mut out)),
        TalkFormat::Json => page.write_json(&told, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(cannot_write)?;
    Ok(Outcome::flawed_if(told.is_empty()))
}

/// The document that is explained.
struct Page<'a> {
    chosen: &'a Chosen,
    study: &'a Study,
    reading: &'a Reading,
    material: &'a Material<'a>,
}

/// One sentence, explained.
struct Told {
    at: usize,
    words: String,
    start: u32,
    end: u32,
    kind: BlockKind,
    trials: Vec<Trial>,
}

impl Page<'_> {
    fn tell(&self, at: usize, frames: &FrameSet) -> Told {
        let parsed = &self.study.parsed;
        let text = &self.chosen.document.text;
        let passage = parsed.passages.get(at).copied();
        let span = passage.map(|passage| passage.span).unwrap_or_default();
        let kind =
            passage.and_then(|passage| parsed.blocks.get(passage.block)).map_or(BlockKind::Paragraph, |b| b.kind);
        let quote = TextIndex::new(text).slice(text, span).split_whitespace().collect::<Vec<_>>().join(" ");
        let aside = self.material.asides.get(at).copied().unwrap_or(false);
        let trials = if aside { Vec::new() } else { trace_sentence(self.material, frames, at) };
        Told { at, words: quote, start: span.start, end: span.end, kind, trials }
    }

    fn word(&self, at: usize, token: usize) -> &str {
        let sentence = self.material.sentences.get(at);
        sentence.and_then(|s| s.tokens.get(token)).map_or("", |token| token.form.as_str())
    }

    fn label(&self, who: usize) -> &str {
        self.reading.members.get(who).map_or("?", |member| member.label.as_str())
    }

    fn labels(&self, who: &[usize]) -> String {
        who.iter().map(|who| self.label(*who)).collect::<Vec<_>>().join(", ")
    }

    fn value(&self, value: &Value<usize>) -> String {
        match value {
            Value::One(who) => self.label(*who).to_owned(),
            Value::Many(all) => self.labels(all),
            Value::When(period) => period.to_string(),
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
        }
    }

    /// The facts that rest on the sentence.
    fn facts(&self, told: &Told) -> impl Iterator<Item = &Fact<usize>> {
        let (start, end) = (told.start, told.end);
        let rests = move |fact: &&Fact<usize>| fact.evidence.iter().any(|e| e.span.start < end && start < e.span.end);
        self.reading.facts.iter().filter(rests)
    }

    /// Mentions, with what they are and whom they mean.
    fn mentions(&self, at: usize) -> Vec<[String; 3]> {
        let mentions = self.material.findings.get(at).map(|f| f.mentions.as_slice()).unwrap_or_default();
        let cast = self.material.cast.mentions.get(at);
        let who = |m: usize| cast.and_then(|list| list.get(m)).map(|who| self.labels(who)).unwrap_or_default();
        let told = |(m, mention): (usize, &dossier::recognise::Mention)| {
            [mention.text.clone(), name_sense(&mention.sense), who(m)]
        };
        mentions.iter().enumerate().map(told).collect()
    }

    fn titles(&self, at: usize) -> Vec<[String; 2]> {
        let titles = self.material.findings.get(at).map(|f| f.titles.as_slice()).unwrap_or_default();
        let holder = |t: usize| self.material.cast.office(at, t).and_then(|o| o.holder);
        let told = |(t, title): (usize, &dossier::recognise::Title)| {
            [title.role.clone(), holder(t).map(|who| self.label(who).to_owned()).unwrap_or_default()]
        };
        titles.iter().enumerate().map(told).collect()
    }

    fn dates(&self, at: usize) -> Vec<[String; 2]> {
        let dates = self.material.dates.get(at).map(Vec::as_slice).unwrap_or_default();
        dates.iter().map(|d| [d.written.clone(), d.period.map(|p| p.to_string()).unwrap_or_default()]).collect()
    }

    fn amounts(&self, at: usize) -> Vec<[String; 2]> {
        let amounts = self.material.amounts.get(at).map(Vec::as_slice).unwrap_or_default();
        amounts.iter().map(|a| [a.written.clone(), format!("{} {}", a.value, a.unit)]).collect()
    }

    fn evoking(&self, told: &Told, trial: &Trial) -> String {
        let words: Vec<&str> = trial.evoked_by.iter().map(|token| self.word(told.at, *token)).collect();
        words.join(" … ")
    }

    fn write(&self, told: &Told, out: &mut impl Write) -> io::Result<()> {
        let page = self.chosen.document.page_of(Span::new(told.start as usize, told.end as usize));
        let page = page.map(|page| format!(" p. {page}")).unwrap_or_default();
        let place = format!("{}{page} {}–{}", self.chosen.document.name, told.start, told.end);
        write_wrapped(&format!("“{}”", told.words), "", " ", out)?;
        writeln!(out, "{DIM}{place}{}{DIM:#}\n", name_block(told.kind))?;
        if let Some(sentence) = self.material.sentences.get(told.at) {
            writeln!(out, "{BOLD}Tree{BOLD:#}")?;
            draw_tree(sentence).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        }
        let mentions =
            self.mentions(told.at).into_iter().map(|[words, sense, who]| [format!("{words}  ({sense})"), who]);
        write_pairs("Mentions", mentions, "nobody: it stays open", out)?;
        write_pairs("Posts", self.titles(told.at), "no holder here", out)?;
        write_pairs("Dates", self.dates(told.at), "open", out)?;
        write_pairs("Amounts", self.amounts(told.at), "", out)?;
        self.write_trials(told, out)?;
        self.write_facts(told, out)?;
        writeln!(out)
    }

    fn write_trials(&self, told: &Told, out: &mut impl Write) -> io::Result<()> {
        if matches!(told.kind, BlockKind::Title | BlockKind::Heading | BlockKind::Footnote) {
            return writeln!(
                out,
                "{BOLD}Frames{BOLD:#}\n  none are tried in a headline, heading or footnote: only posts are read there"
            );
        }
        let (fired, failed): (Vec<&Trial>, Vec<&Trial>) = told.trials.iter().partition(|trial| trial.lacks.is_none());
        let nearly = keep_nearest(&fired, failed);
        writeln!(out, "{BOLD}Frames that fired{BOLD:#}")?;
        for trial in &fired {
            let Trial { kind, class, .. } = trial;
            let name = if kind == class { kind.clone() } else { format!("{kind} {class}") };
            writeln!(out, "  {name}  by “{}”{}", self.evoking(told, trial), self.tell_colour(told, trial))?;
            for filled in &trial.roles {
                let by = filled.path.as_ref().map(|path| format!("  {DIM}by {path}{DIM:#}")).unwrap_or_default();
                writeln!(out, "    {}: {}{by}", filled.role, self.value(&filled.value))?;
            }
        }
        if fired.is_empty() {
            writeln!(out, "  none")?;
        }
        if !nearly.is_empty() {
            writeln!(out, "{BOLD}Nearly{BOLD:#}")?;
        }
        for trial in nearly {
            let lacks = trial.lacks.as_deref().unwrap_or_default();
            let filled: Vec<String> =
                trial.roles.iter().map(|f| format!("{} {}", f.role, self.value(&f.value))).collect();
            let so_far = if filled.is_empty() { String::new() } else { format!(" (it had {})", filled.join("; ")) };
            let line = format!("{} {}  by “{}”: {lacks}{so_far}", trial.kind, trial.class, self.evoking(told, trial));
            write_wrapped(&line, "  ", "    ", out)?;
        }
        Ok(())
    }

    /// `, planned by “will”, says Ana Ilves (“told”)`.
    fn tell_colour(&self, told: &Told, trial: &Trial) -> String {
        let (status, by) = trial.status;
        let mut text = match by {
            Some(word) => format!(", {} by “{}”", status.as_str(), self.word(told.at, word)),
            None => format!(", {}", status.as_str()),
        };
        if let Some((who, verb)) = trial.speaker {
            text.push_str(&format!(", says {} (“{}”)", self.label(who), self.word(told.at, verb)));
        }
        text
    }

    fn write_facts(&self, told: &Told, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{BOLD}Facts that rest on it{BOLD:#}")?;
        let mut none = true;
        for fact in self.facts(told) {
            none = false;
            let roles: Vec<String> =
                fact.roles.iter().map(|(role, value)| format!("{role} {}", self.value(value))).collect();
            let mut line = format!("{}: {}", fact.kind, roles.join("; "));
            if fact.status != Status::Asserted {
                line.push_str(&format!(" [{}]", fact.status.as_str()));
            }
            if let Some(speaker) = fact.attributed_to {
                line.push_str(&format!(" (says {})", self.label(speaker)));
            }
            write_wrapped(&line, "  ", "    ", out)?;
        }
        if none { writeln!(out, "  none") } else { Ok(()) }
    }

    /// Why no sentence is at the place.
    fn tell_nothing(&self) -> String {
        match self.chosen.blocks(&self.study.parsed).first() {
            Some(kind) => format!("nothing is read here{}", name_block(*kind)),
            None => "no sentence stands here".to_owned(),
        }
    }

    fn write_json(&self, told: &[Told], out: &mut impl Write) -> io::Result<()> {
        let all: Vec<Json> = told.iter().map(|told| self.json(told)).collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        writeln!(out)
    }

    fn json(&self, told: &Told) -> Json {
        let pairs = |pairs: Vec<[String; 2]>| -> Vec<Json> {
            pairs.into_iter().map(|[words, meaning]| json!({"text": words, "value": meaning})).collect()
        };
        let tokens: Vec<Json> = self.material.sentences.get(told.at).map(|s| s.tokens.as_slice()).unwrap_or_default()
            .iter()
            .map(|t| json!({"form": t.form, "lemma": t.lemma, "upos": t.upos.as_str(), "head": t.head, "deprel": t.deprel.as_str()}))
            .collect();
        let mentions: Vec<Json> = self
            .mentions(told.at)
            .into_iter()
            .map(|[text, sense, who]| json!({"text": text, "sense": sense, "means": who}))
            .collect();
        let trials: Vec<Json> = told.trials.iter().map(|trial| self.json_of_trial(told, trial)).collect();
        let facts: Vec<Json> = self
            .facts(told)
            .map(|fact| {
                let roles: serde_json::Map<String, Json> =
                    fact.roles.iter().map(|(role, value)| (role.clone(), self.json_of_value(value))).collect();
                let speaker = fact.attributed_to.map(|who| self.label(who));
                json!({"kind": fact.kind, "roles": roles, "status": fact.status.as_str(), "attributed_to": speaker})
            })
            .collect();
        json!({
            "source": self.chosen.document.name, "start": told.start, "end": told.end, "quote": told.words,
            "tokens": tokens, "mentions": mentions, "posts": pairs(self.titles(told.at)), "dates": pairs(self.dates(told.at)),
            "amounts": pairs(self.amounts(told.at)), "trials": trials, "facts": facts,
        })
    }

    fn json_of_value(&self, value: &Value<usize>) -> Json {
        match value {
            Value::Many(all) => all.iter().map(|who| self.label(*who)).collect(),
            Value::Number(number) => json!(number),
            Value::Flag(flag) => json!(flag),
            other => Json::from(self.value(other)),
        }
    }

    fn json_of_trial(&self, told: &Told, trial: &Trial) -> Json {
        let roles: Vec<Json> = trial
            .roles
            .iter()
            .map(|f| json!({"role": f.role, "value": self.json_of_value(&f.value), "path": f.path}))
            .collect();
        json!({
            "kind": trial.kind, "class": trial.class, "fired": trial.lacks.is_none(), "lacks": trial.lacks,
            "evoked_by": self.evoking(told, trial), "roles": roles, "status": trial.status.0.as_str(),
            "status_by": trial.status.1.map(|word| self.word(told.at, word)),
            "attributed_to": trial.speaker.map(|(who, _)| self.label(who)),
            "attributed_by": trial.speaker.map(|(_, verb)| self.word(told.at, verb)),
        })
    }
}

/// Of several wordings of a frame that failed on one word, the one that got furthest; none where another one fired there.
fn keep_nearest<'a>(fired: &[&Trial], failed: Vec<&'a Trial>) -> Vec<&'a Trial> {
    let place = |trial: &Trial| (trial.class.clone(), trial.evoked_by.last().copied());
    let mut nearest: Vec<&Trial> = Vec::new();
    for trial in failed.into_iter().filter(|trial| !fired.iter().any(|other| place(other) == place(trial))) {
        match nearest.iter_mut().find(|other| place(other) == place(trial)) {
            Some(other) if other.roles.len() < trial.roles.len() => *other = trial,
            Some(_) => {}
            None => nearest.push(trial),
        }
    }
    nearest
}

fn write_pairs(
    head: &str,
    pairs: impl IntoIterator<Item = [String; 2]>,
    open: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut pairs = pairs.into_iter().peekable();
    if pairs.peek().is_some() {
        writeln!(out, "{BOLD}{head}{BOLD:#}")?;
    }
    pairs.try_for_each(|[words, meaning]| {
        let meaning = if meaning.is_empty() { open } else { &meaning };
        write_wrapped(&format!("{words} → {meaning}"), "  ", "    ", out)
    })
}

fn write_wrapped(text: &str, first: &str, rest: &str, out: &mut impl Write) -> io::Result<()> {
    let options = textwrap::Options::new(prose_width()).initial_indent(first).subsequent_indent(rest);
    let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn name_sense(sense: &Sense) -> String {
    match sense {
        Sense::Known(_) => "known name".to_owned(),
        Sense::Name(class) => class.as_str().to_owned(),
        Sense::Group => "group".to_owned(),
        Sense::Both => "both".to_owned(),
        Sense::Partners => "both companies".to_owned(),
        Sense::Definite(class) => format!("the {}", class.as_str().to_lowercase()),
        Sense::Pronoun(person) => match person {
            Person::Speaker | Person::SpeakerGroup => "first person",
            Person::He | Person::She | Person::It | Person::They | Person::Former | Person::Latter => "pronoun",
        }
        .to_owned(),
    }
}

/// What the block is, where it is no running text.
fn name_block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Paragraph => "",
        BlockKind::Title => "  (headline)",
        BlockKind::Heading => "  (heading)",
        BlockKind::ListItem => "  (list item)",
        BlockKind::Caption => "  (caption)",
        BlockKind::Byline => "  (byline)",
        BlockKind::Footnote => "  (footnote)",
        BlockKind::Furniture => "  (furniture of the page)",
    }
}
