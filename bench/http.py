#!/usr/bin/env python3
"""Single checks over HTTP beside a bare Poco server and nginx, both with a fixed reply of 607 bytes.

http.py --build build/release [--rounds 5] [--seconds 2] [--connections 1,8,64]

The three serve in turn, round by round, the same request from wrk on the same cores; ratios are
medians of the ratios of each round. CPU is that of the server alone, user + system, for a request.
Needs wrk and nginx (Debian: wrk, nginx-light); says so and ends well without them.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASE = os.path.join(HERE, "..", "service", "examples", "unlawful.json")
PATH = "/v1/reserve-price-checks"
TARGETS = {"bare Poco": 0.85, "nginx": 0.65}  # requests a second at 64 connections, ours / theirs
NGINX = """daemon off; worker_processes 2; pid {0}/pid; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{ access_log off; client_body_temp_path {0}; proxy_temp_path {0}; fastcgi_temp_path {0}; uwsgi_temp_path {0};
  scgi_temp_path {0}; keepalive_requests 100000000;
  server {{ listen 127.0.0.1:{1}; location / {{ default_type application/json; return 200 '{2}'; }} }} }}
"""
WRK = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open("{0}", "rb")
wrk.body = file:read("*a")
"""


class Server:
    def __init__(self, name, command, port=None):
        self.name = name
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = port or int(self.process.stdout.readline().rsplit(":", 1)[1])

    def cpu(self):
        """User and system seconds of the process and its children that live."""
        ids = [self.process.pid]
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        ticks = 0
        for process in ids + children:
            with open(f"/proc/{process}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def number(text):
    """Microseconds."""
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(value) * {"us": 1, "ms": 1e3, "s": 1e6}[unit]


def run(server, script, connections, seconds):
    """Requests a second, CPU µs a request, p50 and p99 µs."""
    before = server.cpu()
    out = subprocess.run(["wrk", f"-t{min(connections, 2)}", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script,
                          f"http://127.0.0.1:{server.port}{PATH}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"{server.name}: {out}")
    count = int(re.search(r"(\d+) requests in", out).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    p50, p99 = (number(re.search(rf"^ +{p}%\s+(\S+)", out, re.M).group(1)) for p in (50, 99))
    return rate, (server.cpu() - before) / count * 1e6, p50, p99


def measure(servers, script, connections, rounds, seconds):
    results = {server.name: [] for server in servers}
    for _ in range(rounds):
        for server in servers:
            results[server.name].append(run(server, script, connections, seconds))
    print(f"\n{connections} connections, {rounds} rounds of {seconds} s")
    print(f"  {'server':<12}{'req/s':>9}{'CPU µs':>8}{'p50 µs':>8}{'p99 µs':>8}   ours / theirs (least–most)")
    missed = False
    for name, runs in results.items():
        rate, cpu, p50, p99 = (statistics.median(column) for column in zip(*runs))
        ratios = sorted(ours[0] / theirs[0] for ours, theirs in zip(results["dijia"], runs))
        said = ""
        if name != "dijia":
            ratio = statistics.median(ratios)
            said = f"{ratio:.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
            if connections == 64 and name in TARGETS:
                holds = ratio >= TARGETS[name]
                missed |= not holds
                said += f", at least {TARGETS[name]}: {'holds' if holds else 'MISSED'}"
        print(f"  {name:<12}{rate:>9.0f}{cpu:>8.1f}{p50:>8.0f}{p99:>8.0f}   {said}")
    return missed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--connections", default="1,8,64")
    options = parser.parse_args()
    absent = [tool for tool in ("wrk", "nginx") if not shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin")]
    if absent:
        print(f"HTTP not measured: {', '.join(absent)} not installed")
        return 0
    with tempfile.TemporaryDirectory(prefix="dijia-http-") as folder:
        script, config = os.path.join(folder, "post.lua"), os.path.join(folder, "nginx.conf")
        port = 18000 + os.getpid() % 1000
        with open(script, "w") as out:
            out.write(WRK.format(CASE))
        with open(config, "w") as out:
            out.write(NGINX.format(folder, port, "x" * 607))
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        servers = [Server("dijia", [os.path.join(options.build, "service", "dijia"), "serve", "--listen", "127.0.0.1:0"]),
                   Server("bare Poco", [os.path.join(options.build, "bench", "bare_poco")]),
                   Server("nginx", [nginx, "-p", folder, "-c", config], port)]
        try:
            missed = [measure(servers, script, int(c), options.rounds, options.seconds) for c in options.connections.split(",")]
        finally:
            for server in servers:
                server.close()
    return 1 if any(missed) else 0


sys.exit(main())
