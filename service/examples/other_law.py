#!/usr/bin/env python3
"""other_law.py URL DAY: the kept checks as if all were decided on that day, such as 2006-06-01.
other_law.py URL READING=OPTION...: with contested points decided otherwise, such as cost_evidence=always (`dijia rules list`).

DAY and READING=OPTION may stand together; county=CODE tries the checks of one county only. A line for each case whose
verdict changes, with the clause that decides it, after one with the counts. Nothing is kept. The key stands in DIJIA_KEY
(`dijia key add`), from the role clerk on. LANGUAGE=en for English. Python's standard library only.
"""
import decimal
import json
import os
import sys
import urllib.error
import urllib.request

LANGUAGE = os.environ.get("LANGUAGE", "zh")
HEADERS = {"Authorization": "Bearer " + os.environ["DIJIA_KEY"], "Accept-Language": LANGUAGE}
TEXTS = {
    "zh": {"counts": "存档的核对 {} 件，结论改变 {} 件；差额合计 {} 元 → {} 元", "clause": "依据 {}", "more": "其余 {} 件未列出",
           "unread": "{} 件不能再核对"},
    "en": {"counts": "kept checks: {}, with another verdict: {}; deficits {} yuan → {} yuan", "clause": "by {}", "more": "not listed: {}",
           "unread": "cannot be checked any more: {}"},
}[LANGUAGE]


def call(url, body=None):
    """An answer, numbers digit for digit; what is wrong with the request ends the program."""
    headers = {**HEADERS, **({"Content-Type": "application/json"} if body else {})}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=600) as response:
            return json.load(response, parse_float=decimal.Decimal)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        details = [f"{one.get('pointer', '')} {one['detail']}" for one in problem.get("errors", [])]
        raise SystemExit("\n".join([f"{error.code} {problem['code']} {problem['detail']}"] + details))


def main():
    url, *words = sys.argv[1:]
    readings = dict(word.split("=", 1) for word in words if "=" in word)
    order = {"county": readings.pop("county", ""), "after": {"readings": readings}}
    for day in [word for word in words if "=" not in word]:
        order["after"]["decided_on"] = day
    found = call(url + "/v1/rule-simulations", json.dumps(order).encode())
    names = {verdict["code"]: verdict["label"] for verdict in call(url + "/v1/codes")["verdicts"]}
    print(TEXTS["counts"].format(found["cases"], found["flips"], found["deficit_before_yuan"], found["deficit_after_yuan"]))
    for one in found["listed"]:
        print(one["county"], one["case_id"], f"{names[one['before']]} → {names[one['after']]}", TEXTS["clause"].format(one["clause"]), sep="  ")
    if found["flips"] > len(found["listed"]):
        print(TEXTS["more"].format(found["flips"] - len(found["listed"])))
    if found["problems"]:
        print(TEXTS["unread"].format(len(found["problems"])), *(one["detail"] for one in found["problems"]), sep="\n  ", file=sys.stderr)


main()
