#!/usr/bin/env bash
# Reads what `dossier export` writes with the programs that it is for: rdflib, networkx, followthemoney (PyPI, in a venv of their own).
# Usage: tests/readers.sh [FOLDER OF SOURCES]   (default: data). DOSSIER=path/to/dossier takes a built one; VENV=DIR keeps the venv.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
sources="${1:-$here/data}"
dossier="${DOSSIER:-}"
if [ -z "$dossier" ]; then
  (cd "$here" && cargo build --locked -q)
  dossier="$here/target/debug/dossier"
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
venv="${VENV:-$work/venv}"
if ! [ -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
fi
"$venv/bin/python" -c 'import rdflib, networkx, followthemoney' 2>/dev/null ||
  "$venv/bin/pip" install -q "rdflib>=7,<8" "networkx>=3,<4" "followthemoney>=4,<5"

graph="$work/graph"
"$dossier" build "$sources" --graph "$graph" >/dev/null 2>&1 || true
export_to() { "$dossier" export --graph "$graph" "$@" 2>/dev/null; }
export_to -o "$work/all.nq"
for format in nq trig ttl jsonld; do export_to --rdf11 -o "$work/old.$format"; done
for format in graphml gexf; do export_to -o "$work/all.$format"; done
export_to -o "$work/tables"
export_to --format ftm -o "$work/all.ftm.json"
echo "SELECT ?fact WHERE { ?fact a dos:Agreement ; dos:party ?one , ?other FILTER(?one != ?other) }" >"$work/part.rq"
export_to --query "$work/part.rq" -o "$work/part.graphml"
export_to --derived --rdf11 -o "$work/derived.nq"
"$venv/bin/python" "$here/tests/readers.py" "$work"
