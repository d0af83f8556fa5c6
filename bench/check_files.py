#!/usr/bin/env python3
"""`dijia check FILE.csv -o FILE.csv` beside DuckDB's small check, CSV to CSV, in one run, in turn.

check_files.py --build build/release [--rows 5000000] [--repeats 3] [--threads 2] [--peers-home FOLDER] [--folder FOLDER]

Ours is the whole law with a sentence and a citation for every row, from a table of 28 columns, with start and end of the
process. DuckDB runs the ten lines of the peers' small check inside a process that is already there: on its own file of 10
integers (`small`) and on the file that ours reads (`table`). The verdicts of all rows that the small check can be asked about
must be the same. Needs node and the npm package @duckdb/node-api, which compare_rules.py installs; says so and goes on without.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET_ROWS = 5e6  # a second, on 2 cores
TARGET_RATIO = 2
# Decisions of an office on every point that the law leaves open: the small check knows one reading.
DECISIONS = {
    "intensive_standard": "MLR24_2008", "x50_requires_self_development": "no", "lease_rent_rule": "conversion_307",
    "cost_term": "strict", "cost_scope": "all", "cost_evidence": "required_when_discounted", "rate_without_published": "none",
}


def write_office(folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "pack.toml"), "w", encoding="utf-8") as file:
        file.write('[pack]\nid = "office"\nversion = "1"\non = "cn"\ntitle_zh = "o"\ntitle_en = "o"\n')
        for reading, option in DECISIONS.items():
            file.write(f'[[select]]\nreading = "{reading}"\noption = "{option}"\nchosen_by = "bench"\nchosen_on = 2026-01-01\n')
    return folder


class Ours:
    def __init__(self, program, rules, source, out, threads):
        self.command = [program, "check", source, "--rules", rules, "--threads", str(threads), "-o", out]

    def run(self):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(self.command, stderr=subprocess.PIPE, text=True)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 4, 5):  # lawful, unlawful, undecided
            sys.exit(done.stderr)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"wall": wall, "cpu": cpu, "peak": after.ru_maxrss, "says": done.stderr.strip()}


def median(runs, field):
    return statistics.median(run[field] for run in runs)


def show(name, runs, rows):
    wall, cpu = median(runs, "wall"), median(runs, "cpu")
    print(f"  {name:34} {rows / wall / 1e6:7.2f} M rows/s   {wall:7.3f} s   CPU {cpu / rows * 1e6:6.3f} µs a row")


def measure(arguments, folder):
    path = lambda name: os.path.join(folder, f"{arguments.rows}_{name}")
    table, small = path("table.csv"), path("small.csv")
    if not os.path.exists(table) or not os.path.exists(small):
        bench = os.path.join(arguments.build, "bench", "bench_rules")
        subprocess.run([bench, f"--rows={arguments.rows}", f"--write-csv={table}", f"--write-cases={small}"], check=True)
    rules = write_office(os.path.join(folder, "office"))
    program = os.path.join(arguments.build, "service", "dijia")
    ours = Ours(program, rules, table, path("ours.csv"), arguments.threads)
    modules = os.path.join(arguments.peers_home, "npm")
    duckdb = None
    if os.path.isdir(os.path.join(modules, "node_modules", "@duckdb")):
        duckdb = Server(["node", os.path.join(HERE, "peers", "check_files.mjs"), modules])
    runs = {"ours": [], "small": [], "table": []}
    for turn in range(-1, arguments.repeats):
        run = {"ours": ours.run()}
        for kind, source in (("small", small), ("table", table)) if duckdb else ():
            asked = {"threads": arguments.threads, "from": kind, "in": source, "out": path(f"{kind}_out.csv")}
            run[kind] = duckdb.ask(json.dumps(asked))
            if run[kind] is None:
                sys.exit("DuckDB did not answer")
        for kind, one in run.items() if turn >= 0 else ():
            runs[kind].append(one)
    return runs, duckdb and duckdb.ask(json.dumps(
        {"ours": path("ours.csv"), "theirs": path("table_out.csv"), "cases": small}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers-home", default=os.path.expanduser("~/.cache/peers"))
    parser.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "dijia-bench", "check"))
    arguments = parser.parse_args()
    os.makedirs(arguments.folder, exist_ok=True)
    runs, check = measure(arguments, arguments.folder)
    print(f"CSV to CSV, {arguments.rows} rows, {arguments.threads} threads")
    show("dijia check", runs["ours"], arguments.rows)
    print(f"  {'':34} {runs['ours'][-1]['says']}; peak {median(runs['ours'], 'peak') / 1024:.0f} MiB")
    rate = arguments.rows / median(runs["ours"], "wall")
    print(f"  target {TARGET_ROWS / 1e6:g} M rows/s: {'holds' if rate >= TARGET_ROWS else 'does not hold'}")
    if check is None:
        print("  DuckDB is not there (compare_rules.py installs it)")
        return 0
    for kind, name in (("small", "DuckDB, small check, its own file"), ("table", "DuckDB, small check, our file")):
        show(name, runs[kind], arguments.rows)
        wall, cpu = (median(runs[kind], field) / median(runs["ours"], field) for field in ("wall", "cpu"))
        print(f"  {'':34} ratio {wall:.2f} (CPU {cpu:.2f}), target {TARGET_RATIO}: "
              f"{'holds' if wall >= TARGET_RATIO else 'does not hold'}")
    print(f"  check: {check['same']} of {check['comparable']} comparable verdicts the same, {check['pass']} lawful")
    return 0 if check["same"] == check["comparable"] else 1


if __name__ == "__main__":
    sys.exit(main())
