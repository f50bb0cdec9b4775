#!/bin/sh
# Rows of a table to triples: Dossier beside morph-kgc (PyPI) in one run, and Dossier's memory at ten times the rows.
# usage: sh tests/records_rate.sh [DOSSIER] [PYTHON with morph-kgc] [ROWS]
set -eu
dossier=${1:-target/release/dossier}
python=${2:-python3}
rows=${3:-200000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make_table() {
    awk -v n="$1" 'BEGIN { print "id,name,country,sector,founded"
        for (i = 1; i <= n; i++) printf "%d,Company number %d,Country %d,sector %d,%d\n", i, i, i % 200, i % 30, 1900 + i % 120 }'
}
make_table "$rows" > "$work/small.csv"
make_table $((rows * 10)) > "$work/large.csv"
cat > "$work/small.rq" <<'RQ'
PREFIX ex: <http://example.org/>
CONSTRUCT { ?company a schema:Corporation ; schema:name ?name ; ex:country ?country ; ex:sector ?sector ; ex:founded ?founded }
WHERE { BIND(IRI(CONCAT("http://example.org/company/", ?id)) AS ?company) }
RQ
cat > "$work/map.rml.ttl" <<'RML'
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix ex: <http://example.org/> .
@prefix schema: <https://schema.org/> .
<#m> a rr:TriplesMap ; rml:logicalSource [ rml:source "small.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "http://example.org/company/{id}" ; rr:class schema:Corporation ] ;
  rr:predicateObjectMap [ rr:predicate schema:name ; rr:objectMap [ rml:reference "name" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:country ; rr:objectMap [ rml:reference "country" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:sector ; rr:objectMap [ rml:reference "sector" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:founded ; rr:objectMap [ rml:reference "founded" ] ] .
RML
printf '[CONFIGURATION]\noutput_file = morph.nt\n[D]\nmappings = map.rml.ttl\n' > "$work/morph.ini"
dossier=$(realpath "$dossier")
cd "$work"
timed() { "$python" - "$@" <<'PY'
import resource, subprocess, sys, time
out, *command = sys.argv[1:]
start = time.time()
subprocess.run(command, stdout=open(out, "wb"), stderr=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{time.time() - start:.2f} {used:.0f}")
PY
}
ours=$(timed ours.nt "$dossier" map small.csv --with small.rq)
theirs=$(timed /dev/null "$python" -m morph_kgc morph.ini)
many=$(timed many.nt "$dossier" map large.csv --with small.rq)
for file in ours morph; do LC_ALL=C sort -u $file.nt > $file.sorted; done
# morph-kgc writes no final space before the full stop; the triples are compared without white space at the end.
sed -i 's/ *\.$/ ./' ours.sorted morph.sorted
cmp -s ours.sorted morph.sorted && same=yes || same=no
"$python" - "$ours" "$theirs" "$many" "$(wc -l < ours.nt)" "$(wc -l < many.nt)" "$same" <<'PY'
import sys
(ours, mem), (theirs, mem2), (many, mem3) = [tuple(map(float, x.split())) for x in sys.argv[1:4]]
n, m = map(int, sys.argv[4:6])
print(f"dossier    {n} triples in {ours:.2f} s: {n/ours/1000:.0f}k triples/s, {mem:.0f} MiB")
print(f"morph-kgc  {n} triples in {theirs:.2f} s: {n/theirs/1000:.0f}k triples/s, {mem2:.0f} MiB")
print(f"dossier    {m} triples in {many:.2f} s: {m/many/1000:.0f}k triples/s, {mem3:.0f} MiB")
print(f"ratio {theirs/ours:.1f}; memory of ten times the rows {mem3/mem:.2f}; same triples: {sys.argv[6]}")
PY
