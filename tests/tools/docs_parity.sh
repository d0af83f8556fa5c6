#!/usr/bin/env bash
# docs_parity.sh ROOT DIJIA: every option of every command, every diagnostic code and every top-level
# folder is documented, and every file a README links to exists.
set -euo pipefail
cd "$1"
dijia=$2
missing=0
miss() { echo "not documented: $*"; missing=1; }

for command in $("$dijia" --help | awk '/commands:$/ {on=1; next} on && /^  [a-z]/ {print $1}'); do
  grep -q "dijia $command" service/README.md || miss "command $command in service/README.md"
  for option in $("$dijia" "$command" --help | grep -oE -- '--[a-z][a-z-]+' | sort -u); do
    [ "$option" = --help ] || grep -qF -- "$option" service/README.md || miss "$command $option in service/README.md"
  done
done
for code in $(sed -n 's/^DIJIA_CODE(\([0-9]*\),.*/DJ-\1/p' engine/include/dijia/base/codes.def); do
  grep -qF "$code" service/codes.md || miss "$code in service/codes.md"
done
for folder in engine rules service data bench tests; do
  [ ! -d "$folder" ] || grep -q "$folder/" README.md || miss "folder $folder in README.md"
done
for readme in README.md */README.md; do
  for link in $(grep -oE '\]\([^)#: ]+' "$readme" | cut -c3-); do
    [ -e "$(dirname "$readme")/$link" ] || miss "$readme links to $link, which does not exist"
  done
done
exit $missing
