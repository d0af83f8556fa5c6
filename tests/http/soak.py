#!/usr/bin/env python3
"""Mixed load with random aborts against a service over a store: soak.py SOURCE DIJIA SECONDS [SEED].

Several clients check cases, value parcels, read and change publications and send batches; some of them send what
nobody should: broken framing, invalid UTF-8, nesting without end, floods of fields, paths out of the folder; some leave
in the middle of a request or an answer. Every answer must be one that is defined for what was sent, whole, and never
a fault of the service (500). In five minutes and more the memory of the service may not grow after half of the time; at
the end it stops by itself, without a finding of a sanitizer, and the store is proved. Exit 77: no /proc.
"""
import collections
import gzip
import http.client
import json
import os
import pathlib
import random
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

CLIENTS = 6
GROWTH = 1.10  # of resident memory, the second half of the time to the second quarter …
SETTLED = 300  # … where caches, threads and their arenas have had as many seconds

LARGE = 3000  # rows of a batch …
SHORT = 60  # … and a thirtieth of them in fewer seconds, so that a short soak is not one of batches

source, dijia, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else int(time.time())
examples = source / "service/examples"
CASES = [json.loads((examples / f"{name}.json").read_text()) for name in ("lawful", "unlawful", "needs_facts")]
PARCEL = json.loads((examples / "parcel.json").read_text())
TABLE = (examples / "cases.csv").read_text()


class Torn(Exception):
    """An answer that is not what it should be."""


class Client:
    """One connection at a time, opened anew when it was closed."""

    def __init__(self, address, key, number, until):
        self.address, self.key, self.until = address, key, until
        self.random = random.Random(f"{seed}/{number}")
        self.connection = None
        self.counts, self.faults = collections.Counter(), []

    def ask(self, method, path, allowed, body=None, kind="application/json", headers=None):
        """Sends a request and gives its answer, which must have one of the allowed codes and be whole."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(*self.address, timeout=60)
        fields = {"Authorization": f"Bearer {self.key}", **(headers or {})}
        if body is not None:
            fields["Content-Type"] = kind
        try:
            self.connection.request(method, path, body, fields)
            answer = self.connection.getresponse()
            text = answer.read()
        except (http.client.HTTPException, OSError):
            # The service may close a connection that was idle; a new one has to be answered.
            self.connection = http.client.HTTPConnection(*self.address, timeout=60)
            self.connection.request(method, path, body, fields)
            answer = self.connection.getresponse()
            text = answer.read()
        self.counts[f"{method} {answer.status}"] += 1
        if answer.status not in allowed:
            raise Torn(f"{method} {path}: {answer.status} {text[:300]!r}")
        if answer.headers.get("Content-Encoding") == "gzip":
            text = gzip.decompress(text)
        if text and answer.headers.get("Content-Type", "").startswith(("application/json", "application/problem+json")):
            json.loads(text)
        return answer, text

    # --- what offices and other systems send -------------------------------------------------------------------------
    def check(self):
        case = dict(self.random.choice(CASES), case_id=f"c{self.random.randrange(10**6)}")
        _, text = self.ask("POST", "/v1/reserve-price-checks", {200}, json.dumps(case))
        if json.loads(text)["case_id"] != case["case_id"]:
            raise Torn(f"another case was answered: {text[:200]!r}")

    def lines(self):
        count = self.random.choice((1, 10, LARGE if seconds >= SHORT else LARGE // 30))
        body = "".join(json.dumps(dict(self.random.choice(CASES), case_id=str(i))) + "\n" for i in range(count))
        _, text = self.ask("POST", "/v1/reserve-price-checks/batch", {200}, body, "application/x-ndjson")
        ids = [json.loads(line)["case_id"] for line in text.splitlines()]
        if ids != [str(i) for i in range(count)]:
            raise Torn(f"a batch of {count} was answered by {len(ids)} lines")

    def table(self):
        rows = TABLE.splitlines()
        body = "\n".join([rows[0]] + rows[1:] * self.random.choice((1, 50 if seconds >= SHORT else 2)) + ["=cmd|x,\x00,??"]) + "\n"
        self.ask("POST", "/v1/reserve-price-checks/batch", {200}, body.encode(), "text/csv")

    def value(self):
        _, text = self.ask("POST", "/v1/valuations", {200}, json.dumps(PARCEL))
        if json.loads(text)["unit_price_yuan_per_sqm"] != 1144.6:
            raise Torn(f"not the printed price: {text[:200]!r}")

    def read(self):
        path = self.random.choice(("/v1/publications?as_of=2026-06-30", "/v1/rules?as_of=2024-05-01", "/v1/counties", "/",
                                   "/openapi.json", "/metrics", "/readyz", "/v1/publications/tongdao-2026",
                                   "/v1/refresh-status?as_of=2028-01-01", "/v1/audit"))
        answer, _ = self.ask("GET", path, {200}, headers={"Accept-Encoding": "gzip"} if self.random.random() < .5 else {})
        if tag := answer.headers.get("ETag"):
            self.ask("GET", path, {304}, headers={"If-None-Match": tag})

    def publish(self):
        """Several clients import and submit the same few publications: one of them at a time is right."""
        name = f"soak-{self.random.randrange(4)}"
        document = json.loads((examples / "import.json").read_text())
        document["publication"]["id"] = name
        once = {"Idempotency-Key": f"{self.random.randrange(50)}"}
        self.ask("POST", "/v1/publications", {201, 200, 409, 422}, json.dumps(document), headers=once)
        self.ask("POST", f"/v1/publications/{name}/transitions?county=152502", {200, 404, 409, 422},
                 json.dumps({"to": "submitted", "note": "soak"}))

    # --- what nobody should ------------------------------------------------------------------------------------------
    def nonsense(self):
        body, allowed = self.random.choice((
            (b"[" * 5000, {400}), (b"{" + b'"a":{' * 3000, {400}), (b"\xff\xfe\x00", {400}), (b"", {400}), (b"{}", {200}),
            (b'{"case_id":"1","case_id":"2"}', {400, 422}), (b'{"price":1e999999}', {400, 422}),
            (b'{"case_id":"' + b"x" * 200_000 + b'"}', {200, 413, 422})))
        self.ask("POST", "/v1/reserve-price-checks", allowed, body)

    def paths(self):
        path = self.random.choice(("/../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/v1/publications/%00", "/v1/jobs/../x",
                                   "/v1/nothing", "/v1/publications?as_of=tomorrow", "/v1/publications/'%3B%20DROP%20TABLE%20x"))
        self.ask("GET", path, {400, 404, 422})

    def raw(self):
        """Requests that are none: an answer 4xx or 5xx other than 500, or a closed connection."""
        text = self.random.choice((
            b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /\r\n\r\n", b"\r\n" * 2000,
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"POST /v1/reserve-price-checks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(2000)) + b"\r\n",
            b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"))
        with socket.create_connection(self.address, 60) as connection:
            try:
                connection.sendall(text)
                answer = connection.recv(4096)
            except OSError:
                answer = b""
        status = re.match(rb"HTTP/1\.1 (\d+)", answer)
        self.counts[f"raw {status[1].decode() if status else 'closed'}"] += 1
        if answer and (status is None or status[1] == b"500" or status[1].startswith(b"2")):
            raise Torn(f"{text[:60]!r}: {answer[:200]!r}")

    def leave(self):
        """Goes away without a word: within the head, within the body, within the answer."""
        case = json.dumps(self.random.choice(CASES)).encode()
        body = (case + b"\n") * self.random.choice((1, LARGE if seconds >= SHORT else LARGE // 30))
        head = (b"POST /v1/reserve-price-checks/batch HTTP/1.1\r\nHost: x\r\nPrefer: stream\r\nAuthorization: Bearer "
                + self.key.encode() + b"\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n" % len(body))
        whole = head + body
        with socket.create_connection(self.address, 60) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not an end
            connection.settimeout(5)
            try:
                connection.sendall(whole[:self.random.randrange(1, len(whole) + 1)])
                if self.random.random() < .5:
                    connection.recv(self.random.randrange(1, 5000))
            except OSError:
                pass
        self.counts["left"] += 1

    def run(self):
        jobs = [self.check] * 8 + [self.lines] * 2 + [self.table, self.value, self.value] + [self.read] * 4 + [
            self.publish, self.nonsense, self.paths, self.raw, self.leave, self.leave]
        while time.monotonic() < self.until and not self.faults:
            job = self.random.choice(jobs)
            try:
                job()
            except (Torn, OSError, http.client.HTTPException, ValueError, KeyError) as fault:
                self.faults.append(f"{job.__name__}: {type(fault).__name__}: {fault}")


def resident(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def prepare(work):
    """A store with a published county, and a key."""
    run = lambda *words: subprocess.run([dijia, *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout
    os.environ.update(DIJIA_STORE=str(work / "county.db"), DIJIA_ACTOR="张三")
    run("init")
    run("import", "publication", str(source / "tests/golden/tongdao/publication.json"))
    for step, actor in (("submit", "张三"), ("approve", "李四"), ("publish", "王五")):
        run("publication", step, "tongdao-2026", "--actor", actor)
    return run("key", "add", "--name", "soak", "--role", "admin").strip().splitlines()[-1]


def main():
    if not pathlib.Path("/proc/self/statm").exists():
        print("SKIPPED: no /proc")
        return 77
    print(f"seed {seed}, {seconds:g} s")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        key = prepare(work)
        with open(work / "log", "w") as log:
            service = subprocess.Popen([dijia, "serve", "--listen", "127.0.0.1:0", "--log-level", "error"],
                                       stdout=subprocess.PIPE, stderr=log, text=True)
        host, port = service.stdout.readline().split()[-1].rsplit(":", 1)
        started, faults, grown = time.monotonic(), [], []
        clients = [Client((host, int(port)), key, number, started + seconds) for number in range(CLIENTS)]
        threads = [threading.Thread(target=client.run) for client in clients]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and service.poll() is None:
            time.sleep(min(1.0, seconds / 50))
            grown.append(resident(service.pid)) if service.poll() is None else None
        for thread in threads:
            thread.join()
        faults += [fault for client in clients for fault in client.faults]
        service.terminate()
        try:
            if (code := service.wait(60)) != 0:
                faults.append(f"the service ended with {code}")
        except subprocess.TimeoutExpired:
            service.kill()
            faults.append("the service did not stop")
        said = (work / "log").read_text(errors="replace")
        if found := re.search(r"(ERROR|WARNING): \w*Sanitizer|runtime error:|level=fatal", said):
            faults.append(said[found.start():][:3000])
        middle = len(grown) // 2
        early, late = max(grown[middle // 2:middle], default=0), max(grown[middle:], default=0)
        if seconds >= SETTLED and late > early * GROWTH:
            faults.append(f"memory grew from {early} to {late} bytes")
        proof = subprocess.run([dijia, "publication", "verify", "--all"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if proof.returncode != 0:
            faults.append(f"the store is not proved: {proof.stdout[-2000:]}")
        counts = sum((client.counts for client in clients), collections.Counter())
        for what, count in sorted(counts.items()):
            print(f"{count:9d}  {what}")
        print(f"memory: {early / 2**20:.0f} MiB, then {late / 2**20:.0f} MiB")
        for fault in faults:
            print(f"FAULT {fault}")
        return 1 if faults or not counts["POST 200"] else 0


sys.exit(main())
