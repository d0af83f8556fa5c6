#!/usr/bin/env python3
"""Checks of reserve prices beside the small check of the peers, in one run, in turn, on the same 1,000,000 cases.

compare_rules.py --build build/release [--rounds 3] [--peers FOLDER] [--peers-home FOLDER]

Ours is the whole law; the peers compute the ten lines of their check.hpp: GoRules Zen, plain JavaScript and DuckDB under Node,
SQLite in Python, and C++ compiled here. Ratios are CPU seconds a check, peer / ours, the median of the rounds. The peers hold
their own answers against their reference; ours must have the verdict of the small check for every case that it can be asked
about. npm packages are installed into the folder of the peers on first use. Then instructions a check by callgrind, and the
time to load the law. What is not there is left out, and said. Exit code 1: an answer differs.
"""
import argparse
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = 1_000_000
MODULES = {"@gorules/zen-engine": "0.54.0", "@duckdb/node-api": "1.5.6-r.1"}
COLUMNS, EXPLAINED = "Columns", "ExplainedJson"
# script, what its line begins with, our benchmark, target of the ratio
LINES = (
    ("bench_zen.mjs", "zen JDM, one await per check, trace on", EXPLAINED, 250),
    ("bench_zen.mjs", "zen JDM, loop mode", COLUMNS, None),
    ("bench_js.mjs", "plain JavaScript function", COLUMNS, None),
    ("bench_js.mjs", "plain JavaScript, typed columns", COLUMNS, None),
    ("bench_duckdb.mjs", "DuckDB v1.5.6, 1 thread(s), verdicts written", COLUMNS, None),
    ("SQLite", "SQLite", COLUMNS, None),
    ("bench_cpp.cpp", "columns + flat table, verdicts written", COLUMNS, None),
    ("bench_cpp.cpp", "row structs + full JSON reason text", EXPLAINED, None),
)
TARGETS = {COLUMNS: 50e6, EXPLAINED: 2e6}  # checks a second on one core
LOAD_TARGET = 20e-3  # seconds
COUNTED = {COLUMNS: "a verdict over columns", EXPLAINED: "an explained line of JSON over columns",
           "OneVerdict": "a verdict alone", "OneCheck": "an explained check alone"}


class Peers:
    """Where the peers are, and the cases that they share with us."""

    def __init__(self, folder, home):
        self.folder, self.home = os.path.realpath(folder), home
        self.modules = os.path.join(home, "npm")
        self.cases = os.path.join(home, "rule_cases.csv")
        self.reference = None

    def set_up(self):
        """Makes the cases and installs what can be; the names of the scripts that run here."""
        if not os.path.exists(os.path.join(self.folder, "gen.cpp")):
            return []
        os.makedirs(self.modules, exist_ok=True)
        generator = self.compile("gen.cpp", "-O2")
        self.reference = subprocess.run([generator, str(CASES), self.cases], check=True, capture_output=True, text=True).stdout
        scripts = ["bench_cpp.cpp", "SQLite"]
        if self.install_modules():
            scripts += ["bench_zen.mjs", "bench_js.mjs", "bench_duckdb.mjs"]
        return scripts

    def compile(self, source, *options):
        program = os.path.join(self.home, source.split(".")[0])
        subprocess.run(["g++", "-std=c++20", *options, os.path.join(self.folder, source), "-o", program, "-lpthread"], check=True)
        return program

    def install_modules(self):
        if not shutil.which("node") or not shutil.which("npm"):
            return False
        absent = [f"{name}@{version}" for name, version in MODULES.items()
                  if not os.path.isdir(os.path.join(self.modules, "node_modules", name))]
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", self.modules, *absent]
        return not absent or subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0

    def run(self, script):
        """[(line, CPU seconds a check, what it says of its answers)]"""
        if script == "SQLite":
            return [self.run_sqlite()]
        environment = dict(os.environ, CASES=self.cases, PEERS_NPM=self.modules, N="4000")
        command = ["node", os.path.join(self.folder, script)]
        if script == "bench_cpp.cpp":
            command = [self.compile(script, "-O3", "-march=native"), self.cases, "9"]
        # bench_js goes on to packages that are not measured here, and stops there.
        out = subprocess.run(command, env=environment, capture_output=True, text=True).stdout
        lines = re.findall(r"^(\S.*?) {2,}[\d,]+ checks/s +\((us|ns)/check ([\d.]+), cpu ([\d.]+), [^)]*\) *(.*)$", out, re.M)
        return [(name, float(cpu) * (1e-6 if unit == "us" else 1e-9), said) for name, unit, _, cpu, said in lines]

    def run_sqlite(self):
        database = sqlite3.connect(":memory:")
        names = "id, land_class, priority, intensive, agri, unused, cw, selfdev, cost, reserve"
        database.execute(f"CREATE TABLE cases({', '.join(name + ' INTEGER' for name in names.split(', '))})")
        with open(self.cases, encoding="ascii") as file:
            next(file)
            database.executemany(f"INSERT INTO cases VALUES ({','.join('?' * 10)})", (line.split(",") for line in file))
        database.execute("CREATE TABLE std(land_class INTEGER PRIMARY KEY, yuan INTEGER)")
        standards = (840, 720, 600, 480, 384, 336, 288, 252, 204, 168, 144, 120, 96, 84, 60)
        database.executemany("INSERT INTO std VALUES (?, ?)", enumerate(standards, 1))
        with open(os.path.join(self.folder, "check.sql"), encoding="utf-8") as file:
            query = re.sub(r"--.*", "", file.read())
        times = []
        for _ in range(3):
            start = time.process_time()
            count, fails, total = database.execute(query).fetchone()
            times.append(time.process_time() - start)
        said = f"n={count} fails={fails} sum={total}"
        return f"SQLite {sqlite3.sqlite_version}, counts", statistics.median(times) / CASES, said


def agrees(said, reference):
    """Whether a peer's line says that its answers are those of the reference."""
    fails, total = re.search(r"fails=(\d+) sum_min=(\d+)", reference).groups()
    return said == "same answers" or f"fails={fails} sum={total}" in said


class Ours:
    def __init__(self, build, cases):
        self.program = os.path.join(build, "bench", "bench_rules")
        self.input = [f"--cases={cases}"] if cases else []

    def run(self, names):
        """{benchmark: what Google Benchmark says of it}"""
        command = [self.program, *self.input, f"--benchmark_filter=^({'|'.join(names)})$", "--benchmark_format=json",
                   "--benchmark_min_time=0.5"]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return {row["name"]: row for row in json.loads(out)["benchmarks"]}

    def instructions(self, name):
        command = ["valgrind", "--tool=callgrind", "--toggle-collect=*Measured<*", "--callgrind-out-file=/dev/null", self.program,
                   "--rows=100000", f"--benchmark_filter=^{name}$", "--benchmark_format=json", "--benchmark_min_time=0"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        row = json.loads(done.stdout)["benchmarks"][0]
        count = int(re.search(r"Collected : (\d+)", done.stderr).group(1))
        return count / (row["iterations"] * row["checks"])


def cpu_of(row):
    return 1 / row["items_per_second"]


def compare(ours, peers, scripts, rounds):
    """Prints the table; whether all answers are right."""
    measured, answers = {}, {}
    for _ in range(rounds):
        for script in scripts:
            wanted = [line for line in LINES if line[0] == script]
            own = ours.run(sorted({line[2] for line in wanted} | {COLUMNS}))
            found = peers.run(script)
            answers.update({name: said for name, _, said in found if said})
            for line in wanted:
                for name, cpu, _ in found:
                    if name.startswith(line[1]):
                        measured.setdefault(line, []).append((cpu, cpu_of(own[line[2]]), name))
            answers["ours"] = own[COLUMNS]
    print(f"{'peer':52} {'peer checks/s':>14} {'ours':>14} {'peer / ours, CPU':>24}")
    for line in LINES:
        for script, start, name, target in [line] if line in measured else ():
            runs = measured[line]
            ratios = sorted(cpu / own for cpu, own, _ in runs)
            ratio = statistics.median(ratios)
            said = "" if target is None else f", at least {target}: {'holds' if ratio >= target else 'MISSED'}"
            rates = [1 / statistics.median(run[i] for run in runs) for i in (0, 1)]
            print(f"{runs[0][2]:52} {rates[0]:14,.0f} {rates[1]:14,.0f}  {ratio:8.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}) "
                  f"of {name}{said}")
    return show_answers(answers, peers.reference)


def show_answers(answers, reference):
    own = answers.pop("ours")
    print(f"\ncheck values: reference {reference.strip()}")
    print(f"  ours: {own['comparable']:.0f} cases that the small check can be asked about, {own['comparable_different']:.0f} with "
          f"another verdict; the small check on our side refuses {own['small_fails']:.0f}")
    for name, said in answers.items():
        print(f"  {name}: {said}")
    fails = int(re.search(r"fails=(\d+)", reference).group(1))
    right = own["comparable_different"] == 0 and own["small_fails"] == fails
    return right and all(agrees(said, reference) for said in answers.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=os.path.join(HERE, "..", "..", "shared", "peers", "rules"))
    parser.add_argument("--peers-home", default=os.path.expanduser("~/.cache/peers"))
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores", flush=True)
    peers = Peers(options.peers, options.peers_home)
    scripts = peers.set_up()
    ours = Ours(options.build, peers.cases if scripts else "")
    right = True
    if scripts:
        right = compare(ours, peers, scripts, options.rounds)
    else:
        print("the peers of the rules part are not there: ours alone")
    own = ours.run([COLUMNS, "ColumnsUnknown30", EXPLAINED, "OneVerdict", "OneCheck", "LoadAndCompile"])
    print("\nours, one core, CPU time")
    for name, row in own.items():
        if name == "LoadAndCompile":
            print(f"  {name:18} {row['cpu_time']:.2f} ms, at most {LOAD_TARGET * 1e3:g}: "
                  f"{'holds' if row['cpu_time'] <= LOAD_TARGET * 1e3 else 'MISSED'}")
            continue
        rate, target = row["items_per_second"], TARGETS.get(name)
        said = "" if target is None else f", at least {target:,.0f}: {'holds' if rate >= target else 'MISSED'}"
        print(f"  {name:18} {rate:14,.0f} checks/s{said}")
    if shutil.which("valgrind"):
        print("\ninstructions (callgrind)")
        for name, what in COUNTED.items():
            print(f"  {ours.instructions(name):10,.0f}  {what}")
    else:
        print("\ninstructions not counted: valgrind is not installed")
    print(f"load {os.getloadavg()[0]:.2f}")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
