#!/usr/bin/env bash
# proxy_test.sh SOURCE DIJIA: of two services behind HAProxy one is killed, under load, again and again; no client sees
# an error. Exit 77: no haproxy or curl.
set -euo pipefail
PATH=$PATH:/usr/sbin
for program in haproxy curl; do
  command -v "$program" >/dev/null || { echo "SKIPPED: no $program"; exit 77; }
done
work=$(mktemp -d)
trap 'kill "${pids[@]:-}" "${proxy:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
source=$1 dijia=$2 pids=()
export DIJIA_STORE=$work/county.db
"$dijia" init >/dev/null

serve() {  # serve INDEX ADDRESS: a service, and its address in $address
  "$dijia" serve --listen "$2" --behind-proxy --log-level error >"$work/out$1" 2>"$work/log$1" &
  pids[$1]=$!
  for _ in $(seq 300); do
    address=$(sed -n 's/.* //p' "$work/out$1")
    [ -z "$address" ] || return 0
    sleep 0.1
  done
  echo "service $1 did not start:"; cat "$work/log$1"; exit 1
}
serve 0 127.0.0.1:0; first=$address
serve 1 127.0.0.1:0; second=$address

# As service/README.md says: a check changes nothing, so it may be sent again when a service did not answer.
cat >"$work/proxy.cfg" <<END
global
  stats socket $work/stats
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  option redispatch 1
  retries 5
  retry-on conn-failure empty-response response-timeout 503
frontend offices
  bind unix@$work/proxy.sock
  default_backend services
backend services
  option httpchk GET /readyz
  default-server inter 200ms fall 1 rise 1
  server first $first check
  server second $second check
END
haproxy -db -f "$work/proxy.cfg" >"$work/proxy.log" 2>&1 &
proxy=$!
ask() { curl -sS --unix-socket "$work/proxy.sock" -H 'Content-Type: application/json' --data "@$source/service/examples/unlawful.json" \
  -o /dev/null -w '%{http_code}\n' http://x/v1/reserve-price-checks 2>>"$work/client.log" || echo "curl $?"; }
for _ in $(seq 100); do [ "$(ask)" = 200 ] && break; sleep 0.1; done

for client in 1 2 3 4; do
  (until [ -e "$work/enough" ]; do ask; done >"$work/answers$client") &
  clients[client]=$!
done
for round in 1 2 3 4 5 6; do
  sleep 0.5
  which=$((round % 2))
  kill -9 "${pids[$which]}"
  wait "${pids[$which]}" 2>/dev/null || true
  sleep 0.3
  [ $which -eq 0 ] && again=$first || again=$second
  serve $which "$again"
  for _ in $(seq 100); do curl -sS "http://$again/readyz" 2>/dev/null | grep -q ready && break; sleep 0.1; done
  sleep 0.5  # until the proxy knows
done
touch "$work/enough"
wait "${clients[@]}"
total=$(cat "$work"/answers* | wc -l)
errors=$(cat "$work"/answers* | grep -vc '^200$' || true)
echo "$total checks, $errors errors, six services killed"
[ "$total" -gt 50 ] && [ "$errors" -eq 0 ] || { sort "$work"/answers* | uniq -c; tail "$work"/*.log; exit 1; }
