#!/usr/bin/env bash
# check.sh DIJIA SHARED WORK: the land-market notices of 2012–2014 end to end. Exits 77 (SKIPPED) when
# the shared records are not there.
set -euo pipefail
dijia=$1 records=$2/realdata/landchina_im work=$3
here=$(cd "$(dirname "$0")" && pwd)
[ -d "$records" ] || { echo "no shared records"; exit 77; }
rm -rf "$work"
mkdir -p "$work"
files=("$records"/im_landchina_201[234].csv)

fail() { echo "FAILED: $*"; exit 1; }

# compute PLAN OUT [OPTION…]: one row of 2013 has 0.18892 where its term should stand, so 1 is right.
compute() {
  local plan=$1 out=$2 code=0
  shift 2
  "$dijia" compute "$here/$plan" --mapping landchina --out "$out" --lang zh "$@" >"$out.txt" 2>&1 || code=$?
  [ "$code" -eq 1 ] || { tail -20 "$out.txt"; fail "exit code $code of $plan $*"; }
}

compute plan-all.toml "$work/all" --samples "${files[@]}" --threads 2
rows=$(($(wc -l <"$work/all/samples.csv") - 1))
[ "$rows" -eq 11936 ] || fail "$rows rows have a fate, not 11936"
awk -F, 'NR>1 && $NF=="" {exit 1}' "$work/all/samples.csv" || fail "a row without a reason code"
awk -F, 'NR==1 {for (i=1;i<=NF;i++) if ($i=="rows") r=i; else if ($i=="used") a=i; else if ($i=="outlier") z=i; next}
         {s=0; for (i=a;i<=z;i++) s+=$i; if (s!=$r) bad=1; all+=$r} END {exit bad || all!=11936}' \
  "$work/all/summary.csv" || fail "the summary does not add up to 11936"

# 额尔古纳市 commercial: 二 to 四级 at 55, 100, 110 yuan; withheld with the reason.
awk -F, '$1=="150784" && $4=="commercial" && $9!="withheld" {exit 1}' "$work/all/all_grade_prices.csv" ||
  fail "额尔古纳市 commercial is published"
grep -q '^150784.*DJ-2110' "$work/all/all_grade_prices.csv" || fail "额尔古纳市 commercial without the reason"

# 锡林浩特市: residential and commercial by grade, in order, each with an interval.
compute plan-152502.toml "$work/one" --samples "${files[@]}"
for file in publication.json grade_prices.csv samples.csv report.html publication.xlsx evidence.json; do
  [ -s "$work/one/$file" ] || fail "no $file"
done
for use in residential commercial; do
  awk -F, -v use="$use" '$2==use && $5!="" {n++; if (last!="" && $5+0>=last+0) bad=1; last=$5; if ($14=="" || $15=="") bad=1}
    END {exit bad || n<3}' "$work/one/grade_prices.csv" || fail "$use of 152502: $(cat "$work/one/grade_prices.csv")"
done

# Same bits for 1 and 8 threads, and for rows in another order (their numbers and places aside).
compute plan-all.toml "$work/t1" --samples "${files[@]}" --threads 1
compute plan-all.toml "$work/t8" --samples "${files[@]}" --threads 8
for threads in t1 t8; do
  diff -rq "$work/all" "$work/$threads" >"$work/diff" || { cat "$work/diff"; fail "$threads differs from 2 threads"; }
done
head -1 "${files[0]}" >"$work/shuffled.csv"
tail -qn +2 "${files[@]}" | shuf --random-source=<(yes 42) >>"$work/shuffled.csv"
compute plan-all.toml "$work/shuffled" --samples "$work/shuffled.csv"
cmp "$work/all/all_grade_prices.csv" "$work/shuffled/all_grade_prices.csv" || fail "prices depend on the order of rows"
fates() { tail -n +2 "$1" | cut -d, -f3- | sort; }
cmp <(fates "$work/all/samples.csv") <(fates "$work/shuffled/samples.csv") || fail "fates depend on the order of rows"
rm -rf "$work"
