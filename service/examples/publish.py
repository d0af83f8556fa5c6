#!/usr/bin/env python3
"""publish.py URL import FILE [EVIDENCE...]: a publication document as a draft, with the files it was made from.
publish.py URL STATUS COUNTY ID [NOTE]: takes it to submitted, approved, published or withdrawn.

The key stands in DIJIA_KEY (`dijia key add`); another person than the one who submits approves and publishes.
Each prints the state of the publication: county, id, status, hash of the entry. A call that got no answer is
made again with the same Idempotency-Key, so that it is done once. Python's standard library only.
"""
import base64
import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


def change(url, body):
    """Sends a change until it is answered, five times at most; the entry that it made."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {
        "Content-Type": "application/json", "Authorization": "Bearer " + os.environ["DIJIA_KEY"],
        "Idempotency-Key": str(uuid.uuid4()), "Accept-Language": os.environ.get("LANGUAGE", "zh")})
    for pause in (0.2, 1, 5, 5, None):
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            if error.code != 503 or pause is None:
                details = [problem["detail"]] + [f"{one.get('pointer', '')} {one['detail']}" for one in problem.get("errors", [])]
                raise SystemExit("\n".join([f"{error.code} {problem['code']} {details[0]}"] + details[1:]))
        except OSError as error:
            if pause is None:
                raise SystemExit(f"{url}: {error}")
        time.sleep(pause)


def main():
    url, step, *words = sys.argv[1:]
    if step == "import":
        document, *evidence = map(pathlib.Path, words)
        body = {"publication": json.loads(document.read_text("utf-8")),
                "evidence": [{"name": file.name, "base64": base64.b64encode(file.read_bytes()).decode()} for file in evidence]}
        entry = change(url + "/v1/publications", body)
        for warning in entry["warnings"]:
            print(f"{warning['code']} {warning['detail']}", file=sys.stderr)
    else:
        county, name, *note = words
        path = f"/v1/publications/{urllib.parse.quote(name, safe='')}/transitions?" + urllib.parse.urlencode({"county": county})
        entry = change(url + path, {"to": step, "note": " ".join(note)})
    print("  ".join([entry["county"], entry["id"], entry["status"], entry["hash"]]))


main()
