#!/usr/bin/env bash
# run.sh BUILD SECONDS [TARGET…]: fuzzes every target, or those named (cell, csv, …), for SECONDS each,
# starting from its committed corpus, as many side by side as there are processors (DIJIA_FUZZ_JOBS).
# New inputs go to BUILD/fuzz-corpus/fuzz_TARGET and so do those of findings; each target's log stands
# beside them. Ends with 1 when there was a finding.
set -euo pipefail
build=$1 seconds=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd "$here/corpus" && ls)

fuzz() {  # fuzz NAME: one target; 1 after a finding
  local target=$build/tests/fuzz/fuzz_$1 work=$build/fuzz-corpus/fuzz_$1 found=0
  mkdir -p "$work"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$work/" "$work" "$here/corpus/$1" >"$work.log" 2>&1 || found=1
  if [ $found -eq 0 ]; then
    awk -v name="$1" '/number_of_executed_units/ { n = $NF } /new_units_added/ { new = $NF }
      END { printf "%-12s %12d executions %6d new inputs\n", name, n, new }' "$work.log"
  else
    printf '%-12s FINDING, see %s\n' "$1" "$work.log"
    grep -m 3 -E 'ERROR|SUMMARY|Test unit written' "$work.log" || tail -n 5 "$work.log"
  fi
  return $found
}

export build seconds here
export -f fuzz
printf '%s\n' "${names[@]}" |
  xargs -P "${DIJIA_FUZZ_JOBS:-$(nproc)}" -I NAME bash -euo pipefail -c 'fuzz NAME'
