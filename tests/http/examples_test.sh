#!/usr/bin/env bash
# examples_test.sh SOURCE DIJIA: the example clients against the program. Exit 77: no curl.
set -euo pipefail
examples=$1/service/examples
command -v curl >/dev/null || { echo "SKIPPED: no curl"; exit 77; }
coproc server { exec "$2" serve --listen 127.0.0.1:0 --log-level error; }
pid=$server_PID
trap 'kill "$pid" 2>/dev/null || true' EXIT
read -r -u "${server[0]}" line
url=http://${line##* }
fail() { echo "examples: $*"; exit 1; }

for verdict in lawful unlawful needs_facts; do
  "$examples/check.sh" "$url" "$examples/$verdict.json" | grep -q "\"verdict\": \"$verdict\"" || fail "check.sh $verdict"
done
expected=$(printf 'A-1  lawful\nA-2  unlawful\nA-3  needs_facts')
lines=$("$examples/check.py" "$url" "$examples"/{lawful,unlawful,needs_facts}.json)
[ "$(cut -d' ' -f1-3 <<<"$lines")" = "$expected" ] || fail "check.py: $lines"
LANGUAGE=en "$examples/check.py" "$url" "$examples/unlawful.json" | grep -q 'below' || fail "check.py in English"
if "$examples/check.py" "$url" "$examples/check.py" 2>/dev/null; then fail "check.py took a text that is no case"; fi
[ "$("$examples/batch.sh" "$url" "$examples/cases.csv" | wc -l)" = 4 ] || fail "batch.sh"
counts=$("$examples/batch.py" "$url" "$examples/cases.csv" 2>/dev/null | tr -s ' \n' ' ')
[ "$counts" = "error 1 lawful 1 needs_facts 1 unlawful 1 " ] || fail "batch.py: $counts"
if node --version 2>/dev/null | grep -qE '^v(1[89]|[2-9][0-9])\.'; then
  said=$("$examples/check.mjs" "$url" "$examples"/{lawful,unlawful,needs_facts}.json)
  [ "$said" = "$lines" ] || fail "check.mjs: $said"
  if "$examples/check.mjs" "$url" "$examples/check.mjs" 2>/dev/null; then fail "check.mjs took a text that is no case"; fi
  said=$("$examples/batch.mjs" "$url" "$examples/cases.csv" 2>/dev/null | tr -s ' \n' ' ')
  [ "$said" = "$counts" ] || fail "batch.mjs: $said"
else
  echo "SKIPPED: the examples in JavaScript, without Node.js 18"
fi
if java --list-modules 2>/dev/null | grep -q '^jdk\.compiler'; then
  said=$(java "$examples/Client.java" check "$url" "$examples"/{lawful,unlawful,needs_facts}.json)
  [ "$said" = "$expected" ] || fail "Client.java check: $said"
  if java "$examples/Client.java" check "$url" "$examples/check.sh" 2>/dev/null; then fail "Client.java took a text that is no case"; fi
  said=$(java "$examples/Client.java" batch "$url" "$examples/cases.csv" | tr -s ' \n' ' ')
  [ "$said" = "$counts" ] || fail "Client.java batch: $said"
else
  echo "SKIPPED: the example in Java, without a JDK"
fi
kill -TERM "$pid"
wait "$pid" || fail "the service did not stop well"
echo "the examples work"
