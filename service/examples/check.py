#!/usr/bin/env python3
"""check.py URL CASE.json...: checks cases over one connection and prints a line for each.

Python's standard library only. LANGUAGE=en for English. Exit 1 when a case is refused.
"""
import http.client
import json
import os
import sys
import urllib.parse


def check(connection, case):
    """The status and the answer of the service to one case, as text."""
    connection.request("POST", "/v1/reserve-price-checks", body=case,
                       headers={"Content-Type": "application/json", "Accept-Language": os.environ.get("LANGUAGE", "zh")})
    response = connection.getresponse()
    return response.status, json.load(response)


def line(answer):
    """The verdict with the sentence it hangs on, or the question that is open."""
    deciding = [f["reason"] for f in answer["findings"] if f["outcome"] == answer["verdict"]]
    open_questions = [m["question"] for m in answer["missing"]]
    return f"{answer['case_id']}  {answer['verdict']}  {(open_questions or deciding or [''])[0]}"


def main():
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(sys.argv[1]).netloc, timeout=30)
    refused = False
    for file in sys.argv[2:]:
        with open(file, "rb") as text:
            status, answer = check(connection, text.read())
        if status == 200:
            print(line(answer))
            continue
        refused = True
        print(f"{file}: {answer['title']}", file=sys.stderr)
        for error in answer.get("errors", []):
            print(f"  {error.get('pointer', '')} {error['detail']}", file=sys.stderr)
    return 1 if refused else 0


sys.exit(main())
