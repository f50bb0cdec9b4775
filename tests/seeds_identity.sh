#!/usr/bin/env bash
# Who is who on the seeds (../shared/seeds, outside the repository): every spelling that issue 4 names leads to its person or body,
# both ways round, and no two persons are one. Prints a line a check; fails if one does.
# Usage: tests/seeds_identity.sh [SEEDS]; DOSSIER names the program.
set -uo pipefail
cd "$(dirname "$0")/.."
seeds=${1:-../shared/seeds}
dossier=${DOSSIER:-target/debug/dossier}
graph=$(mktemp -d)
trap 'rm -rf "$graph"' EXIT
failed=0
check() { if [ "$2" = "$3" ]; then echo "ok    $1"; else echo "WRONG $1: $2, expected $3"; failed=1; fi; }
# The identifier that a name leads to: the first that `show` prints.
id_of() { "$dossier" show "$1" --graph "$graph/g" 2>/dev/null | grep -m1 -o '^id:[^ ]*' || echo nobody; }
verdict() { "$dossier" compare "$1" "$2" ${3:+--schema "$3"} | grep -q '  match' && echo match || echo apart; }

"$dossier" build "$seeds" --graph "$graph/g" >/dev/null 2>&1
while IFS='|' read -r name full; do
  check "$name is $full" "$(id_of "$name")" "$(id_of "$full")"
done <<'NAMES'
Iham Aliyev|Ilham Aliyev
Illham Aliyev|Ilham Aliyev
Aleem Khan|Abdul Aleem Khan
SOCAR|State Oil Company of Azerbaijan Republic
State Oil Company|SOCAR
Shehbaz Sharif|Muhammad Shehbaz Sharif
PSO|Pakistan State Oil
PLL|Pakistan LNG Limited
NAMES
# Spellings that stand in no seed are compared.
while IFS='|' read -r one other schema expected; do
  check "$one, $other: $expected" "$(verdict "$one" "$other" "$schema")" "$expected"
  check "$other, $one: $expected" "$(verdict "$other" "$one" "$schema")" "$expected"
done <<'PAIRS'
Hikmet Hajjiyev|Hikmet Hajiyev|Person|match
Ilham Aliyev|Iham Aliyev|Person|match
Ilham Aliyev|Illham Aliyev|Person|match
İlham Əliyev|Ilham Aliyev|Person|match
Ильхам Алиев|Ilham Aliyev|Person|match
Aleem Khan|Abdul Aleem Khan|Person|match
SOCAR|State Oil Company of the Azerbaijan Republic|Company|match
Heydar Aliyev|Ilham Aliyev|Person|apart
Nawaz Sharif|Shehbaz Sharif|Person|apart
PAIRS
persons=$("$dossier" query --graph "$graph/g" --format csv --inline \
  'SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p a dos:Person ; skos:prefLabel ?l . FILTER(CONTAINS(?l, "Aliyev")) }' | tail -1 | tr -d '\r')
check "two men named Aliyev" "$persons" 2
# One person, one given name: spellings of a person that the matcher takes for two are two persons in one.
while IFS=$'\t' read -r label alias; do
  check "$alias is $label" "$(verdict "$alias" "$label" Person)" match
done < <("$dossier" query --graph "$graph/g" --format tsv --inline \
  'SELECT ?l ?a WHERE { ?p a dos:Person ; skos:prefLabel ?l ; skos:altLabel ?a . FILTER(CONTAINS(?a, " ")) } ORDER BY ?l ?a' |
  tail -n +2 | tr -d '"\r')
exit $failed
