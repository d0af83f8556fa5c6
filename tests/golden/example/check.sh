#!/usr/bin/env bash
# check.sh DIJIA ROOT WORK: the example county has the same outputs, byte for byte, for 1, 2 and 8 threads;
# with its rows in another order everything but row numbers and the fingerprint of the input is the same.
set -euo pipefail
dijia=$1 example=$2/data/example work=$3
rm -rf "$work"
mkdir -p "$work"

fail() { echo "FAILED: $*"; exit 1; }
compute() {  # compute SAMPLES OUT [OPTION…]
  "$dijia" compute "$example/plan.toml" --samples "$1" --out "$work/$2" "${@:3}" >/dev/null 2>"$work/$2.txt" ||
    { cat "$work/$2.txt"; fail "exit code $? of $2"; }
}

for threads in 1 2 8; do compute "$example/samples.csv" "t$threads" --threads $threads; done
for threads in 2 8; do
  diff -rq "$work/t1" "$work/t$threads" || fail "$threads threads give other outputs than 1"
done
[ "$(find "$work/t1" -name publication.json | wc -l)" -eq 3 ] || fail "not a publication for each of three towns"

head -1 "$example/samples.csv" >"$work/samples.csv"
tail -n +2 "$example/samples.csv" | shuf --random-source=<(yes 42) >>"$work/samples.csv"
compute "$work/samples.csv" shuffled
without_fingerprints() { sed 's/[0-9a-f]\{64\}//g' "$1"; }
fates() { tail -n +2 "$1" | cut -d, -f3- | sort; }  # without source and row
(cd "$work/t1" && find . -type f) | while read -r file; do
  case $file in
    */evidence.json | *.xlsx) continue ;;  # the size of samples.csv; row numbers
    *.html) view=without_fingerprints ;;
    ./samples.csv) view=fates ;;
    *) view=cat ;;
  esac
  cmp <($view "$work/t1/$file") <($view "$work/shuffled/$file") || fail "$file depends on the order of rows"
done
rm -rf "$work"
