#!/usr/bin/env bash
# check.sh DIJIA SOURCE SHARED WORK: the evidence that a store keeps gives its prices again, to dijia and to programs that have
# nothing of dijia in them (tests/support/recompute.py, revalue.py), and so do the values of parcels: the example county, and
# six real ones where the shared records are. A figure that somebody wrote over another is found.
set -euo pipefail
export PYTHONDONTWRITEBYTECODE=1
dijia=$1 source=$2 records=$3/realdata/landchina_im work=$4
rm -rf "$work"
mkdir -p "$work"
export DIJIA_STORE=$work/store.db DIJIA_ACTOR=张三

fail() { echo "FAILED: $*"; exit 1; }

# prove PRICES: every publication of the store again, bit for bit by dijia, PRICES of them by the other program.
prove() {
  "$dijia" publication verify --all --lang en >"$work/verify.txt" || fail "$(cat "$work/verify.txt")"
  grep -q 'bit-identical' "$work/verify.txt" || fail "$(cat "$work/verify.txt")"
  ! grep -Eq 'differs|cannot|no evidence|extended' "$work/verify.txt" || fail "$(cat "$work/verify.txt")"
  "$source/tests/support/recompute.py" "$DIJIA_STORE" | tee "$work/recompute.txt" || fail "another price"
  [ "$(awk '{ n += $3 } END { print n }' "$work/recompute.txt")" -eq "$1" ] || fail "not $1 prices"
}

plan=$source/data/example/plan.toml samples=$source/data/example/samples.csv
"$dijia" compute "$plan" --samples "$samples" --out "$work/example" >"$work/log" 2>&1
"$dijia" init 2>"$work/log"
"$dijia" import publication "$work"/example/000000-*/publication.json \
  --evidence "$work/example/000000-城区/evidence.json" "$plan" "$samples" >"$work/log"
prove 39

# revalue FOLDER YEAR: 400 parcels of a publication, on days of that year; one figure that is altered is found.
revalue() {
  python3 "$source/tests/support/draw_parcels.py" "$1/publication.json" "$2" "$work/parcels.csv"
  "$dijia" value "$work/parcels.csv" --publication "$1/publication.json" --output-format csv \
    >"$work/values.csv" 2>"$work/log" || fail "$(cat "$work/log")"
  "$source/tests/support/revalue.py" "$1/publication.json" "$work/parcels.csv" "$work/values.csv" || fail "$1: another value"
  awk -F, -v OFS=, '!done && $4 == "valued" {$5 = $5 + 1; done = 1} {print}' "$work/values.csv" >"$work/altered.csv"
  ! "$source/tests/support/revalue.py" "$1/publication.json" "$work/parcels.csv" "$work/altered.csv" >"$work/log" ||
    fail "$1: an altered price passes"
  grep -q 'unit_price_yuan_per_sqm: .* is stated, .* comes out' "$work/log" || fail "$(cat "$work/log")"
}
for area in "$work"/example/000000-*; do revalue "$area" 2026; done

# One figure of one price, one step of the rounding away.
sed 's/"price": "3110"/"price": "3115"/' "$work/example/000000-城区/publication.json" >"$work/altered.json"
"$dijia" import publication "$work/altered.json" \
  --evidence "$work/example/000000-城区/evidence.json" "$plan" "$samples" >"$work/log"
! "$dijia" publication verify --all --lang en >"$work/log" 2>"$work/faults" || fail "dijia does not see the altered price"
grep -q 'DJ-7041.*/uses/commercial/grades/0/price is kept as "3115" and comes out as "3110"' "$work/faults" ||
  fail "$(cat "$work/faults")"
! "$source/tests/support/recompute.py" "$DIJIA_STORE" >"$work/log" || fail "recompute.py does not see the altered price"
grep -q 'commercial grade 1: published 3115, made again 3110' "$work/log" || fail "$(cat "$work/log")"

# With what appraisers decided: every outlier put back, a fortieth of the used sales taken out.
awk -F, 'NR == 1 { print "sample_id,decision,reason,decided_by,decided_at" }
  $NF == "outlier" { print $3 ",include,现场查勘属实,张三,2026-01-06" }
  $NF == "used" && ++used % 40 == 0 { print $3 ",exclude,含地上建筑物,李四,2026-01-06T09:30:00Z" }' \
  "$work/example/samples.csv" >"$work/decisions.csv"
"$dijia" compute "$plan" --samples "$samples" --decisions "$work/decisions.csv" --out "$work/decided" >"$work/log" 2>&1 ||
  fail "$(cat "$work/log")"
[ "$(grep -c ',include,outlier,' "$work/decided/samples.csv")" -gt 20 ] || fail "outliers are not put back"
[ "$(grep -c ',excluded_by_decision,exclude,,' "$work/decided/samples.csv")" -gt 40 ] || fail "used sales are not taken out"
! cmp -s "$work/example/000000-城区/publication.json" "$work/decided/000000-城区/publication.json" || fail "no effect"
export DIJIA_STORE=$work/decided.db
"$dijia" init 2>"$work/log"
"$dijia" import publication "$work"/decided/000000-*/publication.json \
  --evidence "$work/decided/000000-城区/evidence.json" "$plan" "$samples" "$work/decisions.csv" >"$work/log"
prove 39

[ -d "$records" ] || { echo "no shared records: the real counties are not proved"; exit 77; }
plan=$source/tests/golden/landchina/plan-all.toml
code=0  # one row of 2013 has 0.18892 where its term should stand, so 1 is right
"$dijia" compute "$plan" --mapping landchina --samples "$records"/im_landchina_201[234].csv --out "$work/region" \
  >"$work/log" 2>&1 || code=$?
[ "$code" -eq 1 ] || fail "exit code $code of the region"
export DIJIA_STORE=$work/region.db
"$dijia" init 2>"$work/log"
"$dijia" import publication "$work"/region/{150200,150522,150721,150902,152502,152923}/publication.json \
  --evidence "$work/region/152502/evidence.json" "$plan" "$records"/im_landchina_201[234].csv >"$work/log"
prove 41
for county in 150200 150522 150721 150902 152502 152923; do revalue "$work/region/$county" 2016; done
