#!/usr/bin/env bash
# prices_test.sh SOURCE DIJIA: a service over a store takes what other processes publish in it. Exit 77: no curl.
set -euo pipefail
command -v curl >/dev/null || { echo "SKIPPED: no curl"; exit 77; }
work=$(mktemp -d)
trap 'kill "${pid:-}" "${follower:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
store=$work/county.db
"$2" init --store "$store" >/dev/null
coproc server { exec "$2" serve --listen 127.0.0.1:0 --store "$store" 2>"$work/log"; }
pid=$server_PID
read -r -u "${server[0]}" line
url=http://${line##* }/v1
parcel=$1/service/examples/parcel.json
fail() { echo "prices: $*"; cat "$work/log"; exit 1; }
value() { curl -sS -H 'Content-Type: application/json' --data "@$parcel" "$url/valuations"; }
value | grep -q '"status": *"withheld"' || fail "a value without prices: $(value)"
status() { curl -sS -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" "$url/publications?as_of=2026-06-30"; }
tag=$(curl -sS -D - -o /dev/null "$url/publications?as_of=2026-06-30" | tr -d '\r' | sed -n 's/^ETag: //p')
[ "$(status)" = 304 ] || fail "not 304 before"
"$1/service/examples/prices.py" "${url%/v1}" 431230 2026-06-30 0.2 >"$work/followed" &
follower=$!
export DIJIA_STORE=$store
"$2" import publication "$1/tests/golden/tongdao/publication.json" --actor 张三 >/dev/null
"$2" publication submit tongdao-2026 --actor 张三 >/dev/null
"$2" publication approve tongdao-2026 --actor 李四 >/dev/null
"$2" publication publish tongdao-2026 --actor 王五 >/dev/null
for _ in $(seq 100); do [ "$(status)" = 200 ] && break; sleep 0.1; done
[ "$(status)" = 200 ] || fail "never saw what was published"
value | grep -q '"unit_price_yuan_per_sqm": *1144.6,' || fail "not the printed price: $(value)"
"$2" publication show tongdao-2026 --output-format json >"$work/shown"
curl -sS "$url/publications/tongdao-2026" | cmp - "$work/shown" || fail "not the document of publication show"
line=$("$1/service/examples/prices.py" "${url%/v1}" 431230 2026-06-30 | grep '  residential  2  ')
[ "$line" = "tongdao-2026  residential  2  710  47.3333" ] || fail "prices.py: $line"
said=$("$1/service/examples/prices.py" "${url%/v1}" 431230 2026-06-30)
if node --version 2>/dev/null | grep -qE '^v(1[89]|[2-9][0-9])\.'; then
  [ "$("$1/service/examples/prices.mjs" "${url%/v1}" 431230 2026-06-30)" = "$said" ] || fail "prices.mjs says another thing than prices.py"
fi
if java --list-modules 2>/dev/null | grep -q '^jdk\.compiler'; then
  java "$1/service/examples/Client.java" prices "${url%/v1}" 431230 2026-06-30 | grep -q '"id": *"tongdao-2026"' || fail "Client.java prices"
fi
[ -z "$("$1/service/examples/prices.py" "${url%/v1}" 431230 2020-01-01)" ] || fail "prices.py: prices before the first ones"
for _ in $(seq 50); do [ -s "$work/followed" ] && break; sleep 0.1; done
grep -q '^tongdao-2026  ' "$work/followed" || fail "prices.py did not follow"
kill "$follower"
grep -q 'event=prices_replaced publications=1' "$work/log" || fail "not in the log"
kill -TERM "$pid"
wait "$pid" || fail "the service did not stop well"
if "$2" serve --listen 127.0.0.1:0 --trial --store "$work/none.db" 2>/dev/null; then fail "served a store that is not there"; fi
echo "what is published is served"
