#!/usr/bin/env bash
# Links and services past the real programs of others (PyPI, in a venv of their own): `csv-reconcile` as a service that `link --endpoint` asks,
# `sssom` validates the files of links, `rdflib-endpoint` answers a SERVICE clause, `followthemoney` writes records that are read and reads them
# again, and the JSON schemas of the reconciliation API 0.2 judge what `reconcile-serve` answers.
# Usage: tests/peers.sh [FOLDER OF SOURCES]   (default: data). DOSSIER=path/to/dossier takes a built one; VENV=DIR keeps the venv;
# SPECS=DIR holds the schemas (0.2/schemas of github.com/reconciliation-api/specs), which are fetched otherwise, or passed over.
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
"$venv/bin/python" -c 'import csv_reconcile, sssom, rdflib_endpoint, jsonschema, followthemoney' 2>/dev/null ||
  "$venv/bin/pip" install -q csv-reconcile "sssom>=0.4" "rdflib-endpoint[cli]" uvicorn jsonschema "followthemoney>=4,<5"
PATH="$venv/bin:$PATH" "$venv/bin/python" "$here/tests/peers.py" "$dossier" "$sources" "$work"
