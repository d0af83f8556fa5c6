#!/usr/bin/env bash
# run.sh NAME NODE DIJIA SOURCE WEB: a test of the console. WEB is the folder that it was built in. Exit 77: not built.
set -euo pipefail
skip() { echo "SKIPPED: $*"; exit 77; }
[ -x "$2" ] || skip "no Node.js"
[ -e "$5/done" ] || skip "this build has no console"
here=$(dirname "$0")
case $1 in
  types) "$2" "$5/node_modules/vue-tsc/bin/vue-tsc.js" --noEmit --project "$5/tsconfig.json" ;;
  api_types | client) "$2" "$here/$1_test.mjs" "$3" "$4" "$5" ;;
  *) "$2" "$here/$1_test.mjs" "$4" "$5" ;;
esac
