#!/usr/bin/env python3
"""batch.py URL CASES.csv: many cases in one request; counts the verdicts, names the rows that are refused.

Python's standard library only. The answer is read line by line, so that memory stays small however long it is.
"""
import collections
import http.client
import json
import sys
import urllib.parse


def main():
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(sys.argv[1]).netloc, timeout=600)
    with open(sys.argv[2], "rb") as cases:
        connection.request("POST", "/v1/reserve-price-checks/batch", body=cases,
                           headers={"Content-Type": "text/csv", "Accept": "application/x-ndjson"})
    response = connection.getresponse()
    if response.status != 200:
        sys.exit(json.load(response)["detail"])
    verdicts = collections.Counter()
    for line in response:
        answer = json.loads(line)
        verdicts[answer.get("verdict", "error")] += 1
        for error in answer.get("error", {}).get("errors", []):
            print(f"row {error.get('row')}: {error['text']}", file=sys.stderr)
    for verdict, count in sorted(verdicts.items()):
        print(f"{verdict}  {count}")


main()
