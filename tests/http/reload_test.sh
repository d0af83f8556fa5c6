#!/usr/bin/env bash
# reload_test.sh SOURCE DIJIA: rule packs are read again on SIGHUP and when their files change; one with
# mistakes is not taken.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${pid:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r "$1/rules/packs" "$work/packs"
pack=$work/packs/cn-150000/pack.toml
coproc server { exec "$2" serve --listen 127.0.0.1:0 --rules "$work/packs/cn-150000" 2>"$work/log"; }
pid=$server_PID
read -r -u "${server[0]}" _
await() {  # await PATTERN: in the log, within 10 seconds
  for _ in $(seq 100); do grep -q "$1" "$work/log" && return; sleep 0.1; done
  echo "never logged: $1"; cat "$work/log"; exit 1
}
cp "$pack" "$work/good"
sed -i 's/^version = .*/version = 7/' "$pack"
kill -HUP "$pid"
await 'event=rules_kept.*DJ-6054'
sed 's/^version = .*/version = "2099.1.0"/' "$work/good" >"$pack"
kill -HUP "$pid"
await 'event=rules_replaced pack=cn-150000 version=2099.1.0'
sed 's/^version = .*/version = "2099.2.0"/' "$work/good" >"$pack"
await 'event=rules_replaced pack=cn-150000 version=2099.2.0'
kill -TERM "$pid"
wait "$pid"
await 'event=stopped finished=yes'
echo "rules are read again"
