#!/usr/bin/env bash
# Draws every view of data/ as HTML and drives the pages in headless Chromium (tests/chromium.py). Fails where a check does; without
# Chromium it says so and ends well.
# Usage: tests/pages.sh [DOSSIER] [FOLDER FOR SCREENSHOTS]
set -euo pipefail
cd "$(dirname "$0")/.."
dossier="$(realpath "${1:-target/debug/dossier}")"
shots="${2:-}"
if ! { command -v chromium || command -v chromium-browser || [ -n "${CHROMIUM:-}" ]; } >/dev/null || ! command -v python3 >/dev/null; then
  echo "chromium or python3 is missing: the pages are not driven"
  exit 0
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$dossier" build data --graph "$work/graph" >/dev/null 2>&1
draw() { "$dossier" draw --graph "$work/graph" --engine embedded "$@" >/dev/null 2>&1; }
# Those that ontology/views.yaml declares.
for view in $(sed -n 's/^  \([a-z]*\): {.*/\1/p' ontology/views.yaml); do
  case "$view" in
    neighbourhood) draw SOCAR -o "$work/$view.html" ;;
    path) draw "Ilham Aliyev" "Pakistan State Oil" --view path -o "$work/$view.html" ;;
    *) draw --view "$view" -o "$work/$view.html" ;;
  esac
done
draw --view agreements --theme dark -o "$work/agreements-dark.html"
timeout 110 python3 tests/chromium.py ${shots:+--shots "$shots"} "$work"/*.html
