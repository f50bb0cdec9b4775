#!/usr/bin/env python3
"""Links 10,000 entities of a table with a made-up register of 1,000,000 entries, and says how long it took and what was right.

usage: tests/link_rate.py [DOSSIER] [ENTRIES] [ENTITIES]     (default: target/release/dossier 1000000 10000)

The register is FollowTheMoney JSON Lines: companies, people and places with aliases and countries, the same for every run; so is the table. Of the
entities seven in ten are in it (as written there, under the alias, in other case, with a slip, with another legal form, with the given
name shortened) and three in ten are not: half of those have the name of an entry of another country. Prints seconds, peak memory, and
of the links made how many are right; ends with 1 where the bounds of the issue are broken (60 s, 2 GB, 99 in 100 links right).
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

here = Path(__file__).resolve().parent.parent
dossier = Path(sys.argv[1] if len(sys.argv) > 1 else here / "target/release/dossier").resolve()
entries = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
entities = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
dice = random.Random(20240229)


def table(path):
    lines = [line.rstrip("\n") for line in open(here / path, encoding="utf-8") if not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:]]


given = [row["name"] for row in table("ontology/lexicon/given_names.tsv")]
family = [row["name"] for row in table("ontology/lexicon/surnames.tsv")]
countries = {row["alpha2"]: row["name"] for row in table("data/reference/countries.tsv") if row["alpha2"] not in "AQ BV HM UM TF"}
codes = list(countries)
trades = "Energy Mining Shipping Textiles Foods Steel Cement Pharma Logistics Capital Holdings Insurance Telecom Gas Oil Motors Airlines Rail Ports Agro Timber Paper Chemicals Electric Solar Water Media Trading Construction Systems".split()
forms = [["Ltd", "Limited"], ["LLC", "L.L.C."], ["AS", "A.S."], ["GmbH", "GmbH"], ["SA", "S.A."], ["PLC", "plc"], ["Inc", "Inc."], ["OJSC", "OJSC"], ["AB", "AB"], ["Co", "Company"]]
starts = "ba be bo bra dar da do el fa fjo ga gre ha hol in ja ka ke kor la li lo ma me mi na nor o pa pe ra ri sa se sol ta te tro u va ve vi wa ya za zo".split()
middles = "ba bin da den di do fe ga gi ka ki la len li lo ma mar mi na ni no ra ren ri ro sa se si so ta ten ti to va ven vi za zi".split()
ends = "a ar as en er ia id in is o on or os um us ax ex".split()


def word():
    return (dice.choice(starts) + "".join(dice.choice(middles) for _ in range(dice.choice((0, 1, 1, 2)))) + dice.choice(ends)).title()


def company(country):
    name, trade, form = word() if dice.random() < 0.7 else word() + " " + word(), dice.choice(trades), dice.choice(forms)
    if dice.random() < 0.3:
        trade += " " + dice.choice(trades)
    alias = [f"{name} {trade} {form[1]}"]
    return "Company", f"{name} {trade} {form[0]}", alias, country


def person(country):
    first, second, last = dice.choice(given), dice.choice(given), dice.choice(family)
    return ("Person", f"{first} {second} {last}", [f"{last}, {first} {second}"], country)


def place(country):
    name = word().title() + dice.choice(("", "", " " + word(), "burg", "stan", " City"))
    return "Address", name, [], country


def slip(name):
    at = dice.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def other_writing(kind, name, alias):
    """The name as somebody else writes it."""
    way = dice.random()
    if way < 0.35:
        return name
    if way < 0.55 and alias:
        return alias[0]
    if way < 0.7:
        return name.upper()
    if way < 0.85 and len(name) > 5:
        return slip(name)
    words = name.split()
    if kind == "Address":
        return name.lower()
    if kind == "Company":
        return " ".join(words[:-1])
    return f"{words[0]} {words[1][0]}. {words[-1]}"


work = Path(tempfile.mkdtemp(prefix="link_rate"))
chosen = set(dice.sample(range(entries), int(entities * 0.7)))
truth, rows, taken, there = {}, [], set(), set()
with open(work / "register.ftm.json", "w", encoding="utf-8") as out:
    for number in range(entries):
        make = company if number % 20 < 11 else person if number % 20 < 18 else place
        kind, name, alias, country = make(dice.choice(codes))
        there.add(hash((name, country)))
        properties = {"name": [name], "alias": alias, "country": [country.lower()]}
        out.write(json.dumps({"id": f"e{number}", "schema": kind, "properties": properties}) + "\n")
        if number in chosen:
            written = other_writing(kind, name, alias)
            if (written, country) not in taken:
                taken.add((written, country))
                rows.append((kind, written, country))
                truth[written.lower(), kind] = f"e{number}"
        elif dice.random() < entities * 0.15 / entries:
            # The same name in another country: not the same.
            other = dice.choice([code for code in codes if code != country])
            rows.append((kind, name, other))
            truth.setdefault((name.lower(), kind), None)
while len(rows) < entities:
    kind, name, _, country = dice.choice((company, person, place))(dice.choice(codes))
    if hash((name, country)) in there:
        continue
    rows.append((kind, name, country))
    truth.setdefault((name.lower(), kind), None)
dice.shuffle(rows)
folder = work / "tables"
folder.mkdir()
mapping = "CONSTRUCT { _:it a dos:%s ; skos:prefLabel ?name ; %s . _:land a dos:Country ; skos:prefLabel ?country . } WHERE { }\n"
for kind, link in (("Company", "dos:locatedIn _:land"), ("Person", "dos:citizenOf _:land"), ("Address", "dos:locatedIn _:land")):
    with open(folder / f"{kind}.csv", "w", encoding="utf-8") as out:
        out.write("name,country\n")
        for one, name, country in rows:
            if one == kind:
                out.write(f'"{name}","{countries[country]}"\n')
    (folder / f"{kind}.rq").write_text(mapping % ("Place" if kind == "Address" else kind, link), encoding="utf-8")


def timed(*command):
    start = time.time()
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return done, time.time() - start, used


done, seconds, _ = timed(dossier, "build", "tables")
print(done.stderr.strip().splitlines()[-1] if done.stderr else "", f"({seconds:.1f} s)")
(work / "register.yaml").write_text("{dataset: register, title: Register, format: ftm, iri: 'urn:register:{}'}\n", encoding="utf-8")
done, seconds, used = timed(dossier, "link", "register.yaml", "--at", "register.ftm.json", "--format", "sssom")
if done.returncode:
    sys.exit(done.stderr)
print(done.stderr.strip().splitlines()[-1])
right = wrong = asked = 0
bad, seen = [], set()
lines = [line.split("\t") for line in done.stdout.splitlines() if not line.startswith("#")]
head = {name: at for at, name in enumerate(lines[0])}
for line in lines[1:]:
    object_id, label = line[head["object_id"]].split(":")[-1], line[head["subject_label"]]
    if line[head["predicate_id"]] != "skos:exactMatch":
        asked += 1
        continue
    wanted = [truth.get((label.lower(), kind)) for kind in ("Company", "Person", "Address")]
    if object_id in wanted:
        right += 1
        seen.add(object_id)
    else:
        wrong += 1
        bad.append(f"  {label} -> {object_id} {line[head['object_label']]}, not {[w for w in wanted if w]}: {line[head['comment']]}")
known = len({entry for entry in truth.values() if entry})
print(f"{entries} entries past {len(rows)} entities: {seconds:.1f} s, {used:.0f} MiB")
print(f"linked {right + wrong}: {right} right, {wrong} wrong; of {known} that are there {right / known:.0%} found, {asked} candidates to review")
print("\n".join(bad[:20]))
with open(work / "register.ftm.json", encoding="utf-8") as full, open(work / "plain.ftm.json", "w", encoding="utf-8") as plain:
    plain.writelines(re.sub(r', "country": \["[a-z]+"\]', "", line) for line in full)
done, bare, more = timed(dossier, "link", "register.yaml", "--at", "plain.ftm.json", "--dry-run", "--format", "sssom")
if done.returncode:
    sys.exit(done.stderr)
print(f"without countries: {bare:.1f} s, {more:.0f} MiB")
good = max(seconds, bare) < 60 and max(used, more) < 2048 and right >= 99 * (right + wrong) / 100
sys.exit(0 if good else 1)
