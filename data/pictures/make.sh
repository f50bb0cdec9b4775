#!/bin/sh
# Makes the pictures of this folder from data/: sh data/pictures/make.sh [DOSSIER]
# The embedded layout, so that every machine makes the same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dossier=${1:-dossier}
graph=$(mktemp -d)
trap 'rm -rf "$graph"' EXIT
"$dossier" build "$here/.." --graph "$graph"
draw() { "$dossier" draw --graph "$graph" --engine embedded "$@"; }
draw --most 16 -o "$here/relations.svg"
draw "State Oil Company of the Azerbaijan Republic" -o "$here/state-oil-company.svg"
draw --view agreements -o "$here/agreements.svg"
draw --view officials -o "$here/officials.svg"
draw --view companies --footnotes -o "$here/companies.svg"
draw --view trade -o "$here/trade.svg"
draw --view timeline -o "$here/timeline.svg"
draw "Ilham Aliyev" "Pakistan State Oil" --view path --theme dark -o "$here/path.svg"
draw --view sources --theme print -o "$here/sources.svg"
