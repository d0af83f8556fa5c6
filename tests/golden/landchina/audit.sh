#!/usr/bin/env bash
# audit.sh DIJIA SHARED WORK: the land-market notices of 2012–2014 against the industrial floor. Exits
# 77 (SKIPPED) when the shared records are not there.
set -euo pipefail
dijia=$1 records=$2/realdata/landchina_im work=$3
[ -d "$records" ] || { echo "no shared records"; exit 77; }
rm -rf "$work"
mkdir -p "$work"

fail() { echo "FAILED: $*"; exit 1; }

# audit FORMAT THREADS OUT: one row of 2013 has 0.18892 where its term should stand, so 1 is right.
audit() {
  local code=0
  "$dijia" check --mapping landchina "$records" --output-format "$1" --threads "$2" --lang en \
    >"$work/$3" 2>"$work/$3.err" || code=$?
  [ "$code" -eq 1 ] || { tail -5 "$work/$3.err"; fail "exit code $code of $1"; }
}

start=$(date +%s%N)
audit csv 2 rows.csv
took=$((($(date +%s%N) - start) / 1000000))
audit csv 1 one.csv
cmp -s "$work/rows.csv" "$work/one.csv" || fail "other bytes with one thread"
audit table 2 table.txt
audit json 2 sums.json

[ "$(($(wc -l <"$work/rows.csv") - 1))" -eq 11936 ] || fail "not every row has a fate"
awk -F, 'NR > 1 {count[$NF]++} END {for (fate in count) print fate, count[fate]}' \
  "$work/rows.csv" | LC_ALL=C sort >"$work/fates.txt"
diff - "$work/fates.txt" <<'FATES' || fail "other fates"
above_standard 367
allocated 19
below_every_floor 5
class_unknown 1483
explained_by_discount_only 223
not_industrial 9819
term_or_rate_unknown 19
unreadable 1
FATES
# The groups add up to the sales that were held against the floor.
sum=$(grep -oE '"(above_standard|explained_by_discount_only|below_every_floor|class_unknown|term_or_rate_unknown)": [0-9]+' \
  "$work/sums.json" | awk -F': ' '{sum += $2} END {print sum}')
[ "$sum" -eq $((2 * (367 + 5 + 1483 + 223 + 19))) ] || fail "the groups add up to $sum"
grep -q "proves nothing alone" "$work/table.txt" || fail "the caution is missing"
echo "11936 rows in $took ms"
