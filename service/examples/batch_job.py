#!/usr/bin/env python3
"""batch_job.py URL CASES.csv ANSWERS.csv: many cases checked as a job, for files that take minutes.

The service answers at once that it has the file; the answers, a row for each case in order, are fetched when it is done, and
the verdicts counted. The key stands in DIJIA_KEY (`dijia key add`). Python's standard library only.
"""
import collections
import csv
import http.client
import json
import os
import sys
import time
import urllib.parse
import uuid

HEADERS = {"Authorization": "Bearer " + os.environ["DIJIA_KEY"], "Accept-Language": os.environ.get("LANGUAGE", "zh")}


def ask(connection, method, path, headers=(), body=None):
    """The bytes of an answer; a refusal ends the program."""
    connection.request(method, path, body=body, headers={**HEADERS, **dict(headers)})
    response = connection.getresponse()
    text = response.read()
    if response.status >= 400:
        raise SystemExit(f"{response.status} {json.loads(text)['detail']}")
    return text


def main():
    url, cases, answers = sys.argv[1:]
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=600)
    with open(cases, "rb") as file:
        job = json.loads(ask(connection, "POST", "/v1/reserve-price-checks/batch", {
            "Content-Type": "text/csv", "Accept": "text/csv", "Prefer": "respond-async", "Idempotency-Key": str(uuid.uuid4())}, file))
    while job["state"] in ("queued", "running"):
        time.sleep(0.5)
        job = json.loads(ask(connection, "GET", job["links"]["self"]))
        print(job["state"], (job["progress"] or {}).get("done", ""), file=sys.stderr)
    if job["state"] != "done":
        raise SystemExit(f"{job['state']} {job['code']}")
    with open(answers, "wb") as file:
        file.write(ask(connection, "GET", job["links"]["result"]))
    with open(answers, encoding="utf-8-sig", newline="") as file:
        verdicts = collections.Counter(row["verdict"] for row in csv.DictReader(file))
    for verdict, count in sorted(verdicts.items()):
        print(f"{verdict}  {count}")


main()
