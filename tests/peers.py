"""What tests/peers.sh runs: each peer on a free port of this machine, `dossier` against it. Prints what agrees; ends with 1 where something does not."""

import csv
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import referencing
from followthemoney import model

dossier, sources, work = str(Path(sys.argv[1]).resolve()), sys.argv[2], Path(sys.argv[3])
reference = Path(__file__).resolve().parent.parent / "data/reference"
graph = work / "graph"
failed = []


def check(name, good, told=""):
    print(f"{'ok  ' if good else 'FAIL'} {name}{'' if good else f': {told}'}")
    if not good:
        failed.append(name)


def run(*arguments, where=work):
    return subprocess.run([dossier, *map(str, arguments)], cwd=where, capture_output=True, text=True)


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def get(url, fields=None, accept="application/json"):
    body = urllib.parse.urlencode(fields).encode() if fields else None
    with urllib.request.urlopen(urllib.request.Request(url, body, {"Accept": accept}), timeout=20) as answer:
        return answer.read().decode()


@contextmanager
def serving(url, *command, env=None):
    """A server that runs while the block does; it is waited for until its address answers."""
    with open(work / "server.log", "w") as log:
        server = subprocess.Popen(command, cwd=work, stdout=log, stderr=log, env={**os.environ, **(env or {})})
    try:
        for _ in range(150):
            try:
                get(url)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


def table(name):
    lines = [line for line in open(reference / name, encoding="utf-8") if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def links(dataset, predicate):
    text = (graph / "links" / f"{dataset}.sssom.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader([line for line in text if not line.startswith("#")], delimiter="\t")
    return {row["subject_label"]: row["object_id"].split(":")[-1] for row in rows if row["predicate_id"] == predicate}


built = run("build", Path(sources).resolve(), "--graph", graph)
check("the sources are built", graph.is_dir(), built.stderr)

# csv-reconcile: countries under other numbers, found by their names.
with open(work / "lands.tsv", "w", encoding="utf-8") as out:
    out.write("id\tname\n")
    wanted = {row["name"]: f"land-{at}" for at, row in enumerate(table("countries.tsv"))}
    out.writelines(f"{number}\t{name}\n" for name, number in wanted.items())
port = free_port()
url = f"http://127.0.0.1:{port}/reconcile"
config = "CSVKWARGS = {'delimiter': '\\t'}\nCSVENCODING = 'utf-8'\nTHRESHOLD = 30.0\nLIMIT = 5\nMANIFEST = {'identifierSpace': 'urn:land:'}\n"
(work / "config.py").write_text(config, encoding="utf-8")
command = f"from csv_reconcile import create_app; create_app(config={str(work / 'config.py')!r}).run(port={port})"
subprocess.run(["csv-reconcile", "init", "--config", work / "config.py", work / "lands.tsv", "id", "name"], cwd=work, check=True, capture_output=True)
with serving(url, sys.executable, "-c", command):
    manifest = json.loads(get(url))
    print(f"     csv-reconcile calls itself {manifest['name']!r}, versions {manifest.get('versions')}")
    done = run("link", "lands", "--endpoint", url, "--graph", graph)
    check("csv-reconcile is asked", done.returncode == 0, done.stderr + (work / "server.log").read_text())
found = links("lands", "skos:exactMatch")
print(f"     {done.stderr.strip().splitlines()[-1] if done.stderr else ''}")
check("what csv-reconcile proposes is linked rightly", found and all(wanted.get(name) == number for name, number in found.items()), found)
again = run("link", "lands", "--endpoint", url, "--graph", graph, "--offline")
check("and replayed without it", again.returncode == 0 and links("lands", "skos:exactMatch") == found, again.stderr)

# sssom: the files of links.
run("link", "--graph", graph)
run("link", "countries", "--graph", graph, "--different", next(iter(links("countries", "skos:exactMatch"))), "Q1")
for path in sorted((graph / "links").glob("*.sssom.tsv")):
    for sort in ("JsonSchema", "PrefixMapCompleteness", "StrictCurieFormat"):
        done = subprocess.run(["sssom", "validate", "-V", sort, path], capture_output=True, text=True)
        good = done.returncode == 0 and not re.search(r"ERROR|Traceback", done.stderr)
        check(f"sssom validates {path.name} ({sort})", good, done.stdout[-800:] + done.stderr[-800:])
    done = subprocess.run(["sssom", "convert", path, "--output-format", "rdf", "-o", work / "links.ttl"], capture_output=True, text=True)
    check(f"sssom converts {path.name} to RDF", done.returncode == 0, done.stderr[-800:])

# rdflib-endpoint: a SERVICE clause over what dossier exported.
run("export", "--graph", graph, "--rdf11", "-o", work / "all.ttl")
port = free_port()
url = f"http://127.0.0.1:{port}/"
with serving(url, "rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(port), str(work / "all.ttl")):
    ask = f"SELECT ?label {{ SERVICE <{url}> {{ ?c a <https://w3id.org/dossier/ns#Country> ; skos:prefLabel ?label }} ?own skos:prefLabel ?label }}"
    done = run("query", "--inline", ask, "--allow-service", url, "--graph", graph, "--format", "csv")
    own = run("query", "--inline", "SELECT ?label { ?c a dos:Country ; skos:prefLabel ?label }", "--graph", graph, "--format", "csv")
    rows = lambda text: sorted(set(text.split("\n")[1:]))
    check("rdflib-endpoint answers SERVICE", done.returncode == 0 and len(rows(own.stdout)) > 3 and rows(done.stdout) == rows(own.stdout), done.stderr + done.stdout[:300])
    done = run("query", "--inline", ask, "--graph", graph)
    check("and is not asked where it is not allowed", done.returncode == 2, done.stdout[:300])

# followthemoney: its entities are read, and what is exported of them it reads again.
entities = []
for schema, name, country in (("Company", "Andina Gas", "pe"), ("Person", "Ana Ilves", "ee"), ("Company", "Boreal Timber", "no")):
    entity = model.make_entity(schema)
    entity.make_id(name)
    entity.add("name", name)
    entity.add("country", country)
    entities.append(entity)
owner = model.make_entity("Ownership")
owner.make_id("owns")
owner.add("owner", entities[1].id)
owner.add("asset", entities[0].id)
with open(work / "peer.ftm.json", "w", encoding="utf-8") as out:
    out.writelines(json.dumps(entity.to_dict()) + "\n" for entity in [*entities, owner])
done = run("build", work / "peer.ftm.json", "--graph", work / "ftm")
run("export", "--graph", work / "ftm", "--format", "ftm", "-o", work / "back.ftm.json")
back = [model.get_proxy(json.loads(line)) for line in open(work / "back.ftm.json", encoding="utf-8")] if (work / "back.ftm.json").exists() else []
names = {name for entity in back for name in entity.names}
check("followthemoney reads back what it wrote", {"Andina Gas", "Ana Ilves", "Boreal Timber"} <= names and any(e.schema.name == "Ownership" for e in back), done.stderr + str(names))


# The JSON schemas of the reconciliation API.
def schemas():
    place = os.environ.get("SPECS")
    names = ["manifest", "reconciliation-result-batch", "suggest-entities-response", "suggest-properties-response", "suggest-types-response", "data-extension-response", "type"]
    base = "https://reconciliation-api.github.io/specs/0.2/schemas/"
    try:
        return {name: json.loads((Path(place) / f"{name}.json").read_text() if place else get(f"{base}{name}.json")) for name in names}
    except OSError:
        return None


specification = schemas()
if specification is None:
    print("     the schemas of the reconciliation API cannot be reached (SPECS=DIR names a copy): not checked")
else:
    anything = referencing.Resource.from_contents({}, default_specification=referencing.jsonschema.DRAFT7)
    for schema in specification.values():
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    held = [(f"https://reconciliation-api.github.io/specs/0.2/schemas/{name}.json", referencing.Resource.from_contents(schema)) for name, schema in specification.items()]
    registry = referencing.Registry().with_resources([*held, ("http://swagger.io/v2/schema.json", anything)])
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with serving(url + "/reconcile", dossier, "reconcile-serve", "--graph", str(graph), "--port", str(port)):
        queries = {"a": {"query": "Pakistan"}, "b": {"query": "Azerbaijan", "type": "Country", "limit": 3}, "c": {"query": "nobody at all"}, "d": {"properties": [{"pid": "country", "v": "Pakistan"}]}}
        entity = json.loads(get(url + "/suggest/entity?prefix=a"))
        ids = [item["id"] for item in entity["result"]]
        properties = json.loads(get(url + "/extend/propose?type=Country"))["properties"] + json.loads(get(url + "/extend/propose"))["properties"]
        extend = {"ids": ids, "properties": [{"id": item["id"]} for item in properties]}
        answers = {
            "manifest": json.loads(get(url + "/reconcile")),
            "reconciliation-result-batch": json.loads(get(url + "/reconcile", {"queries": json.dumps(queries)})),
            "suggest-entities-response": entity,
            "suggest-properties-response": json.loads(get(url + "/suggest/property?prefix=")),
            "suggest-types-response": json.loads(get(url + "/suggest/type?prefix=")),
            "data-extension-response": json.loads(get(url + "/reconcile", {"extend": json.dumps(extend)})),
        }
        preview = get(answers["manifest"]["preview"]["url"].replace("{{id}}", ids[0]), accept="text/html")
    for name, answer in answers.items():
        schema = {**specification[name], "$id": f"https://reconciliation-api.github.io/specs/0.2/schemas/{name}.json"}
        wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in jsonschema.Draft7Validator(schema, registry=registry).iter_errors(answer)]
        check(f"reconcile-serve: {name}", not wrong, wrong[:5])
    check("reconcile-serve: all queries are answered", set(answers["reconciliation-result-batch"]) == set(queries), "")
    check("reconcile-serve: preview", "<html" in preview, preview[:200])
sys.exit(1 if failed else 0)
