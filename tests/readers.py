"""What tests/readers.sh wrote, read by rdflib, networkx and followthemoney: nothing is lost and all readers agree."""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import networkx
import rdflib
from followthemoney import model
from followthemoney.types import registry
from rdflib.compare import to_isomorphic

work = Path(sys.argv[1])
failed = []


def check(name, found, expected):
    good = found == expected
    print(f"{'ok  ' if good else 'FAIL'} {name}: {found if good else f'expected {expected}, found {found}'}")
    if not good:
        failed.append(name)


def dataset(name, form):
    found = rdflib.Dataset()
    found.parse(work / name, format=form)
    return found


def quads(found):
    return {(s, p, o, str(getattr(g, "identifier", g))) for s, p, o, g in found.quads((None, None, None, None))}


lines = [line for line in (work / "old.nq").read_text(encoding="utf-8").splitlines() if line]
nq = quads(dataset("old.nq", "nquads"))
check("rdflib reads as many quads as N-Quads has lines", len(nq), len(set(lines)))
check("rdflib: TriG holds the same quads", len(quads(dataset("old.trig", "trig")) ^ nq), 0)
check("rdflib: JSON-LD holds the same quads", len(quads(dataset("old.jsonld", "json-ld")) ^ nq), 0)
turtle = rdflib.Graph().parse(work / "old.ttl", format="turtle")
check("rdflib: Turtle is the union of the graphs", len(set(turtle) ^ {quad[:3] for quad in nq}), 0)
again = rdflib.Graph().parse(data=turtle.serialize(format="turtle"), format="turtle")
check("rdflib: what it writes of the Turtle is the same graph", to_isomorphic(again) == to_isomorphic(turtle), True)
claims = sum("<<(" in line for line in (work / "all.nq").read_text(encoding="utf-8").splitlines())
statements = {(s, g) for s, p, o, g in nq if p == rdflib.RDF.type and o == rdflib.RDF.Statement}
check("each triple term of RDF 1.2 is a statement of RDF 1.1", len(statements), claims)
derived = quads(dataset("derived.nq", "nquads"))
graph = "https://w3id.org/dossier/id/derived"
check("the derived triples stand in a graph of their own", {quad[3] for quad in derived - nq}, {graph})
sources = {o for s, p, o, g in derived - nq if str(p).endswith("wasDerivedFrom")}
check("each is derived from facts of the graph", sources <= {quad[0] for quad in nq}, True)

nodes = list(csv.DictReader((work / "tables/nodes.csv").open(encoding="utf-8", newline="")))
edges = list(csv.DictReader((work / "tables/edges.csv").open(encoding="utf-8", newline="")))
graphml = networkx.read_graphml(work / "all.graphml", force_multigraph=True)
gexf = networkx.read_gexf(work / "all.gexf")
wanted = Counter((edge["Source"], edge["Target"], edge["Label"], edge["Status"]) for edge in edges)
for name, found in [("GraphML", graphml), ("GEXF", gexf)]:
    odd = set(found.nodes) ^ {node["Id"] for node in nodes}
    check(f"networkx: {name} has the nodes of the table", (len(found), odd), (len(nodes), set()))
    ties = Counter((a, b, data["label"], data["status"]) for a, b, data in found.edges(data=True))
    check(f"networkx: {name} has the edges of the table", (len(edges), ties == wanted), (len(edges), True))
labels = {node["Id"]: node["Label"] for node in nodes}
check("networkx: names are whole", all(graphml.nodes[i]["label"] == labels[i] for i in labels), True)
part = networkx.read_graphml(work / "part.graphml", force_multigraph=True)
kinds = {data["kind"] for _, _, data in part.edges(data=True)}
check("networkx: the part that a query of agreements names holds them only", kinds & {"Position", "Meeting", "Visit", "Measure"}, set())
check("networkx: the part is smaller than the whole", 0 < part.number_of_edges() < graphml.number_of_edges(), True)

proxies = {}
for line in (work / "all.ftm.json").read_text(encoding="utf-8").splitlines():
    data = json.loads(line)
    proxy = model.get_proxy(data, cleaned=False)
    proxies[proxy.id] = proxy
    lost = {
        (name, value)
        for name, values in data["properties"].items()
        for value in values
        if name not in proxy.schema.properties or value not in proxy.get(name)
    }
    if lost or registry.entity.clean(proxy.id) != proxy.id:
        check(f"followthemoney keeps all of {proxy.id}", lost, set())
check("followthemoney reads every line", len(proxies), len((work / "all.ftm.json").read_text(encoding="utf-8").splitlines()))
dangling, unfit, missing = [], [], []
for proxy in proxies.values():
    missing += [(proxy.id, name) for name in proxy.schema.required if not proxy.get(name)]
    for prop, value in proxy.itervalues():
        if prop.type == registry.entity:
            other = proxies.get(value)
            if other is None:
                dangling.append((proxy.id, prop.name, value))
            elif not other.schema.is_a(prop.range):
                unfit.append((proxy.id, prop.name, other.schema.name))
check("followthemoney: every reference leads to an entity", dangling, [])
check("followthemoney: every reference has the schema that its property wants", unfit, [])
check("followthemoney: nothing required is missing", missing, [])
print("schemata:", dict(sorted(Counter(proxy.schema.name for proxy in proxies.values()).items())))
sys.exit(1 if failed else 0)
