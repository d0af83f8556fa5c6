#!/usr/bin/env python3
"""prices.py URL COUNTY DAY [SECONDS]: the benchmark prices in force in a county on a day, a line for each.

With SECONDS it goes on asking and prints them anew whenever something else was published. It asks with the
tag of the last answer, so that an unchanged list costs a few bytes. Python's standard library only.
"""
import http.client
import json
import sys
import time
import urllib.parse


def ask(connection, path, tag=""):
    """The document at a path and its tag; no document when it is still the one of `tag`."""
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    response = connection.getresponse()
    text = response.read()
    if response.status == 304:
        return None, tag
    if response.status != 200:
        raise SystemExit(f"{path}: {json.loads(text)['detail']}")
    return json.loads(text), response.getheader("ETag")


def lines(connection, publications):
    """A line for each price: publication, use, grade or zone, yuan per m², 10,000 yuan per mu."""
    for publication in publications:
        county = urllib.parse.urlencode({"county": publication["county"]})
        prices, _ = ask(connection, f"/v1/publications/{urllib.parse.quote(publication['id'])}/grade-prices?{county}")
        for row in prices["prices"]:
            place = row.get("zone") or row.get("route") or row["grade"]
            amounts = [row[key] for key in row if key.startswith("price_")]
            yield "  ".join(str(cell) for cell in [publication["id"], row["use"], place, *amounts])


def main():
    url, county, day = sys.argv[1:4]
    path = "/v1/publications?" + urllib.parse.urlencode({"county": county, "as_of": day})
    pause = float(sys.argv[4]) if len(sys.argv) > 4 else None
    tag = ""
    while True:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=30)
        listed, tag = ask(connection, path, tag)
        if listed is not None:
            for line in lines(connection, listed["publications"]):
                print(line, flush=True)
        connection.close()
        if pause is None:
            return
        time.sleep(pause)


main()
