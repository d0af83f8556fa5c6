#!/usr/bin/env bash
# examples_test.sh SOURCE DIJIA: the example clients against the program. Exit 77: no curl.
set -euo pipefail
examples=$1/service/examples
command -v curl >/dev/null || { echo "SKIPPED: no curl"; exit 77; }
coproc server { exec "$2" serve --listen 127.0.0.1:0 --log-level error; }
pid=$server_PID
work=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
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
stop() { kill -TERM "$pid"; wait "$pid" || fail "the service did not stop well"; }
stop

# An office with prices in force, the draft of the next round, and kept checks: who is affected, what other law would say,
# and many cases as a job.
export DIJIA_STORE=$work/county.db DIJIA_ACTOR=张三
"$2" init >/dev/null
for name in import import-next; do
  python3 -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1], encoding="utf-8"))["publication"]))' "$examples/$name.json" >"$work/$name.json"
  "$2" import publication "$work/$name.json" >/dev/null
done
"$2" publication submit example-2026 >/dev/null
"$2" publication approve example-2026 --actor 李四 >/dev/null
"$2" publication publish example-2026 --actor 李四 >/dev/null
for verdict in lawful unlawful; do "$2" check "$examples/$verdict.json" --keep >/dev/null 2>&1 || [ $? = 4 ]; done
DIJIA_KEY=$("$2" key add --name 张三 --role clerk 2>/dev/null)
export DIJIA_KEY
coproc office { exec "$2" serve --listen 127.0.0.1:0 --log-level error; }
pid=$office_PID
read -r -u "${office[0]}" line
url=http://${line##* }
said=$("$examples/affected.py" "$url" 152502 example-2029 "$examples/parcels.csv" 2>"$work/told")
[ "$said" = "示例〔2026〕1号 → 示例〔2029〕1号
居住用地 1级：1 宗，上涨 1，下降 0，不变 0，未评估 0，平均变动 +5.06 %，多付 20000 元，少付 0 元
居住用地 2级：2 宗，上涨 0，下降 2，不变 0，未评估 0，平均变动 -1.43 %，多付 0 元，少付 9600 元
合计：3 宗，上涨 1，下降 2，不变 0，未评估 0，平均变动 +0.74 %，多付 20000 元，少付 9600 元" ] || fail "affected.py: $said"
grep -q '^第 5 行：“many”' "$work/told" || fail "affected.py: $(cat "$work/told")"
LANGUAGE=en "$examples/affected.py" "$url" 152502 example-2029 "$examples/parcels.csv" example-2026 2>/dev/null \
  | grep -q '^together: parcels 3, raised 1, lowered 2,' || fail "affected.py in English"
if "$examples/affected.py" "$url" 152502 example-2029 "$examples/lawful.json" 2>/dev/null; then fail "affected.py took a file without parcels"; fi
said=$("$examples/other_law.py" "$url" 2006-06-01)
[ "$said" = "存档的核对 2 件，结论改变 2 件；差额合计 100 元 → 0 元
150304  A-1  符合规定 → 不适用  依据 307-1
150525  A-2  不符合规定 → 不适用  依据 307-1" ] || fail "other_law.py: $said"
LANGUAGE=en "$examples/other_law.py" "$url" cost_evidence=always county=150304 | grep -q '^kept checks: 1, with another verdict: 0;' \
  || fail "other_law.py with a reading"
if said=$("$examples/other_law.py" "$url" cost_evidence=never 2>&1); then fail "other_law.py took an option that is none"; fi
[[ $said == *"/after/readings/cost_evidence "* ]] || fail "other_law.py: $said"
said=$("$examples/batch_job.py" "$url" "$examples/cases.csv" "$work/answers.csv" 2>/dev/null | tr -s ' \n' ' ')
[ "$said" = "$counts" ] || fail "batch_job.py: $said"
[ "$(wc -l <"$work/answers.csv")" = 5 ] || fail "batch_job.py: $(cat "$work/answers.csv")"
stop
echo "the examples work"
