#!/usr/bin/env bash
# run.sh NODE DIJIA SOURCE WEB [PICTURES]: the console in Chromium, against the program. WEB is the folder that it was
# built in. Exit 77: not possible here.
set -euo pipefail
skip() { echo "SKIPPED: $*"; exit 77; }
[ -x "$1" ] || skip "no Node.js"
[ -e "$4/done" ] || skip "this build has no console"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
CHROMIUM=$chromium "$1" "$(dirname "$0")/console_test.mjs" "$2" "$3" "$4" "$work" "${5:-}"
