#!/usr/bin/env bash
# run.sh BUILD SECONDS: fuzzes every target for SECONDS, starting from its committed corpus. New inputs
# go to BUILD/fuzz-corpus; a finding stops the run and leaves its input there.
set -euo pipefail
build=$1 seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
found=0
for target in "$build"/tests/fuzz/fuzz_*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=$(basename "$target")
  work=$build/fuzz-corpus/$name
  mkdir -p "$work"
  echo "== $name for $seconds s"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$work/" "$work" "$here/corpus/${name#fuzz_}" 2>"$work.log" || found=1
  grep -E 'stat::number_of_executed_units|stat::new_units_added|ERROR|SUMMARY' "$work.log" || tail -5 "$work.log"
done
exit $found
