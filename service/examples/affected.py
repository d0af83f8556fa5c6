#!/usr/bin/env python3
"""affected.py URL COUNTY ID PARCELS.csv [AGAINST]: who pays more and who less once a publication, often a draft, is in force.

It is compared with the prices in force before it, or with the publication AGAINST. A line for each use and grade, one for
all together; what could not be valued or read goes to stderr. The parcels are not kept. The key stands in DIJIA_KEY
(`dijia key add`), for a draft from the role clerk on. LANGUAGE=en for English. Python's standard library only.
"""
import decimal
import json
import os
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

LANGUAGE = os.environ.get("LANGUAGE", "zh")
HEADERS = {"Authorization": "Bearer " + os.environ["DIJIA_KEY"], "Accept-Language": LANGUAGE}
TEXTS = {
    "zh": {"grade": "{}级", "none": "未写明", "all": "合计", "line": "{}：{} 宗，上涨 {}，下降 {}，不变 {}，未评估 {}",
           "mean": "，平均变动 {:+} %", "money": "，多付 {} 元，少付 {} 元", "withheld": "未评估 {} 宗，如：{}",
           "elsewhere": "另有 {} 宗属于其他县或片区，未计入", "row": "第 {} 行：{}"},
    "en": {"grade": "grade {}", "none": "not stated", "all": "together",
           "line": "{}: parcels {}, raised {}, lowered {}, the same {}, not valued {}",
           "mean": ", {:+} % on average", "money": ", {} yuan more, {} yuan less", "withheld": "not valued: {}, for example {}",
           "elsewhere": "of another county or area and not counted: {}", "row": "row {}: {}"},
}[LANGUAGE]


def call(url, headers=(), body=None):
    """An answer as it is, numbers digit for digit; what is wrong with the request ends the program."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, {**HEADERS, **dict(headers)}), timeout=600) as response:
            return json.load(response, parse_float=decimal.Decimal)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        details = [TEXTS["row"].format(one.get("row", ""), one["detail"]) for one in problem.get("errors", [])]
        raise SystemExit("\n".join([f"{error.code} {problem['code']} {problem['detail']}"] + details))


def line(name, sums):
    """What the change does to the parcels of a group."""
    text = TEXTS["line"].format(name, *(sums[key] for key in ("parcels", "raised", "lowered", "same", "not_valued")))
    if sums["mean_change_percent"] is not None:
        text += TEXTS["mean"].format(sums["mean_change_percent"])
    if sums["with_total"]:  # some have an area, and so a total
        text += TEXTS["money"].format(sums["more_yuan"], sums["less_yuan"])
    return text


def main():
    url, county, name, parcels, *against = sys.argv[1:]
    query = {"county": county, **({"against": against[0]} if against else {})}
    path = f"/v1/publications/{urllib.parse.quote(name, safe='')}/impact?{urllib.parse.urlencode(query)}"
    impact = call(url + path, {"Content-Type": "text/csv", "Accept": "application/json"}, pathlib.Path(parcels).read_bytes())
    labels = call(url + "/v1/codes")["labels"]
    print(impact["old"]["document_no"] or impact["old"]["id"], "→", impact["new"]["document_no"] or impact["new"]["id"])
    for group in impact["groups"]:
        use = labels[group["use"]] if group["use"] else TEXTS["none"]
        print(line(use + " " + (TEXTS["grade"].format(group["grade"]) if group["grade"] else TEXTS["none"]), group))
    print(line(TEXTS["all"], impact["total"]))
    for one in impact["withheld"]:
        print(TEXTS["withheld"].format(one["parcels"], one["example"]), file=sys.stderr)
    if impact["elsewhere"]:
        print(TEXTS["elsewhere"].format(impact["elsewhere"]), file=sys.stderr)
    for one in impact["problems"]:
        print(TEXTS["row"].format(one["row"], one["detail"]), file=sys.stderr)


main()
