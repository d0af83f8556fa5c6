#!/usr/bin/env bash
# codes_produced.sh ROOT [--self-test]: every diagnostic code is expected by name (Code::kNotAFactValue) or
# by number (DJ-5007) in a test: a code that no test waits for may be one that nothing can produce.
# With --self-test, checks that an invented code is noticed.
set -euo pipefail
cd "$1"

# Names and numbers that tests expect. Fuzz targets and helpers of tests expect nothing.
expected=$(cat tests/{unit,property,golden,cli,http,store}/*.cc tests/http/*.sh $(find tests/cli/cases tests/golden -name '*.test' -o -name '*.sh') |
  grep -oE 'Code::k[A-Za-z0-9]+|DJ-[0-9]{4}' | sort -u)
codes=$(sed -nE 's/^DIJIA_CODE\(([0-9]+), (k[A-Za-z0-9]+),.*/\1 \2/p' engine/include/dijia/base/codes.def)
[ "${2:-}" != --self-test ] || codes+=$'\n0000 kInvented'

missing=0
while read -r number name; do
  grep -qxE "Code::$name|DJ-$number" <<<"$expected" && continue
  echo "no test expects DJ-$number $name"
  missing=$((missing + 1))
done <<<"$codes"
[ "${2:-}" != --self-test ] || { [ $missing -gt 0 ] && exit 0 || exit 1; }
[ $missing -eq 0 ]
