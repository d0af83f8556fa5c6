#!/usr/bin/env python3
"""compute.py URL FOLDER PLAN SAMPLES...: computes prices on the service, tells how far it is, and fetches the files.
compute.py URL FOLDER PLAN SAMPLES... NAME=VALUE...: with further parts: from=demo-2025 (a refresh), import=true, mapping=landchina.

The key stands in DIJIA_KEY (`dijia key add`), from the role clerk on. Progress goes to stderr, then what is wrong with the
inputs; the prices go to stdout. A stream that breaks off goes on where it was. Python's standard library only.
"""
import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

HEADERS = {"Authorization": "Bearer " + os.environ["DIJIA_KEY"], "Accept-Language": os.environ.get("LANGUAGE", "zh")}


def call(url, headers=(), body=None):
    """An answer; what is wrong with the request ends the program."""
    try:
        return urllib.request.urlopen(urllib.request.Request(url, body, {**HEADERS, **dict(headers)}), timeout=60)
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        errors = [" ".join(str(one.get(key, "")) for key in ("pointer", "source", "row", "column", "detail"))
                  for one in problem.get("errors", [])]
        raise SystemExit("\n".join([f"{error.code} {problem['code']} {problem['detail']}"] + errors))


def multipart(parts):
    """The type and the bytes of a body of parts: (name, file name or None, bytes)."""
    boundary = uuid.uuid4().hex
    body = b""
    for name, file, content in parts:
        of_file = "" if file is None else '; filename="' + file.replace('"', "%22") + '"'
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{of_file}\r\n\r\n'.encode() + content + b"\r\n"
    return "multipart/form-data; boundary=" + boundary, body + f"--{boundary}--\r\n".encode()


def events(url):
    """Each state of a job; a connection that ends before the job does is opened again."""
    last = ""
    while last != "end":
        try:
            with call(url, {"Last-Event-ID": last} if last else {}) as stream:
                for line in stream:
                    name, _, value = line.decode().rstrip("\n").partition(": ")
                    if name == "id":
                        last = value
                    elif name == "data":
                        yield json.loads(value)
        except OSError as error:
            print(error, file=sys.stderr)
        if last != "end":
            time.sleep(2)


def main():
    url, folder, plan, *words = sys.argv[1:]
    samples = [word for word in words if "=" not in word]
    parts = [("plan", plan)] + [("samples", word) for word in samples]
    parts = [(name, pathlib.Path(file).name, pathlib.Path(file).read_bytes()) for name, file in parts]
    parts += [(*word.split("=", 1)[:1], None, word.split("=", 1)[1].encode()) for word in words if "=" in word]
    kind, body = multipart(parts)
    with call(url + "/v1/computations", {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}, body) as response:
        job = json.load(response)
    for job in events(url + job["links"]["events"]):
        progress = job["progress"] or {}
        print(job["state"], progress.get("stage", ""), progress.get("done", ""), progress.get("total", ""), file=sys.stderr)
    for one in job["messages"]:
        print(one["source"], one["row"] or "", one["column"] or "", one["code"], one["text"], file=sys.stderr)
    if job["state"] != "done":
        raise SystemExit(f"{job['state']} {job['code']}")
    for file in job["files"]:
        target = pathlib.Path(folder, file["name"])
        target.parent.mkdir(parents=True, exist_ok=True)
        with call(f"{url}{job['links']['self']}/files/{urllib.parse.quote(file['name'])}") as response:
            target.write_bytes(response.read())
    with call(url + job["links"]["result"]) as response:
        publications = json.load(response)["publications"]
    for publication in publications:
        for price in publication["prices"]:
            print(publication["id"], price["use"], price["grade"], price["price_yuan_per_sqm"], sep="  ")


main()
