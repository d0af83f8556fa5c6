#!/usr/bin/env bash
# jobs_test.sh SOURCE DIJIA: computations through the program and the example client, and what is left of them when the
# program is killed or stopped. Exit 77: no curl.
set -euo pipefail
command -v curl >/dev/null || { echo "SKIPPED: no curl"; exit 77; }
work=$(mktemp -d)
trap 'kill "${pid:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
export DIJIA_STORE=$work/county.db DIJIA_ACTOR=管理员
dijia=$2 client=$1/service/examples/compute.py data=$1/data/example
fail() { echo "jobs: $*"; tail -5 "$work/log"; exit 1; }
"$dijia" init >/dev/null
DIJIA_KEY=$("$dijia" key add --name 张三 --role clerk 2>/dev/null)
export DIJIA_KEY
start() {  # a service with further options
  coproc server { exec "$dijia" serve --listen 127.0.0.1:0 "$@" 2>>"$work/log"; }
  pid=$server_PID
  read -r -u "${server[0]}" line
  url=http://${line##* }
}
stop() { kill -TERM "$pid"; wait "$pid" || fail "the service did not stop well"; }
get() { curl -sS -H "Authorization: Bearer $DIJIA_KEY" "$url$1"; }
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

# The example county: the prices, the progress, the files and the drafts are those of the command.
start
LANGUAGE=en "$client" "$url" "$work/out" "$data/plan.toml" "$data/samples.csv" import=true note=年度 >"$work/prices" 2>"$work/told" \
  || fail "compute.py: $(cat "$work/told")"
"$dijia" compute "$data/plan.toml" --samples "$data/samples.csv" --out "$work/own" --lang en >/dev/null
diff -r "$work/own" "$work/out" >"$work/diff" || fail "other files than the command's: $(head -3 "$work/diff")"
rows=$(tail -n +2 "$work/own/all_grade_prices.csv" | wc -l)
[ "$(wc -l <"$work/prices")" = "$rows" ] || fail "not all prices: $(wc -l <"$work/prices") of $rows"
grep -q '^done' "$work/told" || fail "no end was told: $(cat "$work/told")"
"$dijia" publication verify --all --lang en >"$work/proof" || fail "not proved: $(cat "$work/proof")"
[ "$(grep -c 'identical' "$work/proof")" = 3 ] || fail "not recomputed: $(cat "$work/proof")"
done_job=$(get /v1/jobs | python3 -c 'import json, sys; print(json.load(sys.stdin)["jobs"][0]["id"])')
[ -d "$work/county.db.jobs/$done_job" ] || fail "no folder beside the store"

# Errors of the request end the client with all of them.
if "$client" "$url" "$work/x" "$data/samples.csv" land_class=77 >/dev/null 2>"$work/told"; then fail "took a plan that is none"; fi
grep -q 'DJ-6085\|DJ-6035' "$work/told" || fail "$(cat "$work/told")"

# A service that is killed: what ran is interrupted afterwards and never done; what was done stays.
python3 - "$data/samples.csv" "$work/many.csv" <<'END'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
out = csv.DictWriter(open(sys.argv[2], "w", encoding="utf-8"), rows[0].keys())
out.writeheader()
for copy in range(40):
    for row in rows:  # other prices, or they would be duplicates
        price = row["price"] and f"{float(row['price']) + copy / 100:.2f}"
        out.writerow({**row, "sample_id": f"{copy}-{row['sample_id']}", "price": price})
END
sed 's/^interval = .*/interval = "bootstrap_bca"\nbootstrap_replicates = 100000/; s/^estimator = .*/estimator = "mean"/' "$data/plan.toml" >"$work/slow.toml"
submit() { curl -sS -H "Authorization: Bearer $DIJIA_KEY" -F "plan=@$work/slow.toml" -F "samples=@$work/many.csv" "$url/v1/computations" | field id; }
running() {  # waits until a job runs
  for _ in $(seq 600); do [ "$(get "/v1/jobs/$1" | field state)" = running ] && return; sleep 0.05; done
  fail "the job does not run: $(get "/v1/jobs/$1")"
}
first=$(submit)
second=$(submit)
running "$first"
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
start
for job in "$first" "$second"; do
  [ "$(get "/v1/jobs/$job" | field state)" = interrupted ] || fail "not interrupted: $(get "/v1/jobs/$job")"
done
[ "$(get "/v1/jobs/$done_job" | field state)" = done ] || fail "what was done is not"
get "/v1/jobs/$done_job/files/summary.csv" | cmp -s - "$work/own/summary.csv" || fail "what was made is lost"
curl -sS -m 20 -H "Authorization: Bearer $DIJIA_KEY" -H 'Last-Event-ID: 5' "$url/v1/jobs/$first/events" | grep -q '^event: end' \
  || fail "a client that comes back does not hear of the end"

# A second service on the same store serves everything but jobs.
"$dijia" serve --listen 127.0.0.1:0 --trial --lang en >/dev/null 2>"$work/other" || fail "a second service did not start"
grep -q 'DJ-6065' "$work/other" || fail "a second service took the folder: $(cat "$work/other")"

# A service that is stopped tells the job to stop, within the time.
third=$(submit)
running "$third"
began=$(date +%s)
stop
[ $(($(date +%s) - began)) -le 12 ] || fail "stopping took too long"
grep -q 'job_stopped=yes' "$work/log" || fail "the job did not listen"
start --jobs "$work/county.db.jobs" --keep-jobs 2
[ "$(get "/v1/jobs/$third" | field state)" = interrupted ] || fail "not interrupted by the stop"
[ "$(get /v1/jobs | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["jobs"]))')" = 2 ] || fail "kept more than two"

# Cancelled while it computes.
fourth=$(submit)
running "$fourth"
curl -sS -X DELETE -H "Authorization: Bearer $DIJIA_KEY" "$url/v1/jobs/$fourth" >/dev/null
for _ in $(seq 200); do [ "$(get "/v1/jobs/$fourth" | field state)" = cancelled ] && break; sleep 0.05; done
[ "$(get "/v1/jobs/$fourth" | field state)" = cancelled ] || fail "not cancelled: $(get "/v1/jobs/$fourth")"
[ "$(ls "$work/county.db.jobs/$fourth")" = job.json ] || fail "a cancelled job left files"
stop
grep -q "event=job job=$fourth .*state=cancelled .*actor=\"张三\" .*cancelled_by=\"张三\"" "$work/log" || fail "nobody cancelled it in the log"
echo "jobs work"
