#!/usr/bin/env python3
"""Runs our jobs and the same jobs of other tools in one run, alternating, and prints the ratios.

compare.py --build build/release [--jobs J1a,J2b] [--repeats 5] [--peers FOLDER] [--peers-home FOLDER]

Peers are set up by bench/peers/setup.sh. Without them our own figures are printed beside the peers'
figures recorded in bench/README.md, which come from another day and perhaps another machine.
Ratios are peer / ours, of CPU seconds (user + system, all threads), medians of the repeats. A ratio
counts only when both sides answered the same check value. Exit code 1: a check differs.
"""
import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def relative(tolerance):
    """Equal up to a relative difference, number by number."""

    def same(ours, peer):
        a, b = flat(ours), flat(peer)
        return len(a) == len(b) and all(abs(x - y) <= tolerance * max(abs(x), abs(y)) for x, y in zip(a, b))

    return same


def first_exact(tolerance):
    """A count that is equal, then numbers up to a relative difference."""

    def same(ours, peer):
        a, b = flat(ours), flat(peer)
        return a[0] == b[0] and relative(tolerance)(a[1:], b[1:])

    return same


def flat(value):
    return [float(v) for v in value] if isinstance(value, (list, tuple)) else [float(value)]


# job: (title, how check values are compared)
JOBS = {
    "J1a": ("normalise 10M samples", relative(1e-6)),
    "J1b": ("median + MAD screen, 10M in 200 groups", first_exact(1e-9)),
    "J1c": ("Shapiro-Wilk, Jarque-Bera, Anderson-Darling, 50 x 5000", relative(2e-6)),
    "J2a": ("bootstrap of the median, 50 x 200, B = 10,000", relative(3e-3)),
    "J2a2": ("bootstrap of the mean, BCa, 50 x 200, B = 10,000", relative(1e-3)),
    "J2b": ("weighted isotonic fit, 1M", relative(1e-9)),
    "J3a": ("least squares, HC1 errors, 1M x 21", relative(1e-6)),
    "J3b": ("repeat-sales index (WRS), 500k pairs, 120 periods", relative(1e-6)),
    "J3c": ("hedonic imputation index, 1M sales, 120 periods", relative(1e-6)),
    "J13": ("read a 10M x 15 CSV into columns", first_exact(1e-9)),
}

# job, peer by the start of its announced name, must, bold (ratios of CPU seconds; None: no target)
TARGETS = [
    ("J1a", "numpy 1", 3.0, 5.0),
    ("J1a", "DuckDB", 8.0, 15.0),
    ("J1b", "numpy", 2.5, 5.0),
    ("J1b", "DuckDB", 8.0, None),
    ("J1b", "polars", 5.0, None),
    ("J1b", "pandas", None, None),
    ("J1c", "R shapiro", 2.0, 8.0),
    ("J1c", "scipy", None, None),
    ("J2a", "numpy", 7.0, 15.0),
    ("J2a", "R boot", 80.0, None),
    ("J2a", "R matrixStats", None, None),
    ("J2a2", "scipy", 7.0, 15.0),
    ("J2a2", "R boot", 80.0, None),
    ("J2b", "sklearn", 1.1, 2.0),
    ("J2b", "R fdrtool", None, None),
    ("J3a", "numpy", 1.6, 5.0),
    ("J3a", "statsmodels", 10.0, None),
    ("J3a", "R lm", 50.0, None),
    ("J3b", "scipy", 40.0, 100.0),
    ("J3b", "R Matrix", None, None),
    ("J3c", "numpy", 2.0, 8.0),
    ("J13", "data.table", 1.2, 3.0),
    ("J13", "DuckDB", 4.0, None),
    ("J13", "polars", None, None),
]
# Announced peers that do something else or say themselves that they are not exact.
NOT_COMPARED = ("aggregate only", "not exact", "isoreg", "numexpr", "numba")
# Peers that take over 10 s a run are run fewer times.
SLOW = {("J2a", "R boot"), ("J2a2", "R boot"), ("J3a", "R lm"), ("J2a", "R matrixStats")}

# script: the arguments that each job needs
SCRIPTS = {
    "j01_duckdb.mjs": {"J1a": ["norm"], "J1b": ["screen"], "J13": ["value", "csv"]},  # writes the CSV of J13
    "j01_polars.mjs": {"J1b": ["screen"], "J13": ["csv"]},
    "j01_tables.py": {"J1a": ["norm"], "J1b": ["screen"]},
    "j01_tables.R": {"J13": ["csv"]},
    "j02_robust.py": {"J2a": [], "J2a2": [], "J2b": []},
    "j02_robust.R": {"J2a": [], "J2a2": [], "J2b": []},
    "j03_regression.py": {"J3a": [], "J3b": [], "J3c": []},
    "j03_regression.R": {"J3a": [], "J3b": []},
    "j08_misc.R": {"J1c": ["dist"]},
    "j08_misc.py": {"J1c": ["dist"]},
}


class Server:
    """A process that answers one JSON line to each line written to it."""

    def __init__(self, command, environment=None):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, env=environment, text=True
        )

    def read(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        return None

    def write(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def ask(self, line):
        self.write(line)
        return self.read()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.terminate()
        self.process.wait()

    def complaint(self):
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"


class Peers:
    """Where the peers' scripts and programs are, and how one is started."""

    def __init__(self, scripts, home):
        self.scripts, self.home = scripts, home
        self.data = os.path.join(home, "data")

    def present(self):
        needed = (self.scripts, os.path.join(self.data, "consts.json"), os.path.join(self.home, "root", "bench"))
        return all(os.path.exists(path) for path in needed)

    def start(self, script, arguments):
        shutil.copytree(os.path.join(HERE, "peers"), os.path.join(self.data, "serve"), dirs_exist_ok=True)
        if script.endswith(".mjs"):
            environment = dict(
                os.environ,
                PEERS_DATA=self.data,
                PEERS_NODE=os.path.join(self.home, "node"),
                DIJIA_PEERS=self.scripts,
                PEERS_OUT=os.devnull,
            )
            hook = os.path.join(self.data, "serve", "serve.mjs")
            return Server(["node", "--import", hook, os.path.join(self.scripts, script), *arguments], environment)
        # One BLAS thread: OpenBLAS spins, and two threads would double its CPU seconds for nothing.
        variables = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/tmp", "LC_ALL=C.UTF-8", "PEERS_DATA=/data",
                     "PEERS_OUT=/dev/null", "PYTHONDONTWRITEBYTECODE=1", "OPENBLAS_NUM_THREADS=1"]
        runner = ["python3", "/data/serve/serve.py"] if script.endswith(".py") else ["Rscript", "/data/serve/serve.R"]
        return Server(["chroot", os.path.join(self.home, "root"), "env", "-i", *variables, *runner, "/bench",
                       "/bench/" + script, *arguments])


class Measurement:
    def __init__(self, job, peer):
        self.job, self.peer = job, peer
        self.ours, self.theirs = [], []

    def median(self, side, field):
        return statistics.median(run[field] for run in side)

    def ratio(self, field):
        ours = self.median(self.ours, field)
        return self.median(self.theirs, field) / ours if ours > 0 else float("inf")

    def same(self):
        return JOBS[self.job][1](self.ours[-1]["check"], self.theirs[-1]["check"])


def target_of(job, peer):
    if any(words in peer for words in NOT_COMPARED):
        return None
    for target in TARGETS:
        if target[0] == job and peer.startswith(target[1]):
            return target
    return None


def measure(job, peer, ours, script, repeats):
    """One warm run of each side, then ours and the peer in turn."""
    result = Measurement(job, peer)
    slow = any(job == j and peer.startswith(p) for j, p in SLOW)
    for turn in range(-1 if not slow else 0, min(repeats, 2) if slow else repeats):
        first = script.ask("run")
        if first is None:
            return None
        answers = (ours.ask(job), first)
        if answers[0] is None or "error" in answers[0]:
            return None
        if turn >= 0:
            result.ours.append(answers[0])
            result.theirs.append(answers[1])
    return result


def run_script(peers, script, arguments, wanted, ours, repeats):
    """All measurements of one peer script, in its order. (It may end early: later parts need data we skip.)"""
    server = peers.start(script, arguments)
    results = []
    while (announced := server.read()) is not None:
        job = announced["job"].split()[0]
        if job in wanted and target_of(job, announced["peer"]):
            print(f"  {job} against {announced['peer']} …", file=sys.stderr, flush=True)
            result = measure(job, announced["peer"], ours, server, repeats)
            if result is None:
                print(f"  {script}: {server.complaint()}", file=sys.stderr)
                break
            results.append(result)
        server.write("next")
    server.close()
    return results


def alone(ours, jobs, repeats):
    """Our jobs without peers."""
    runs = {}
    for job in jobs:
        answers = [ours.ask(job) for _ in range(repeats + 1)][1:]
        if all(answer and "error" not in answer for answer in answers):
            runs[job] = answers
    return runs


def recorded():
    """(job, peer, wall, CPU) of the table of recorded peers in bench/README.md."""
    rows = []
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as readme:
        text = readme.read().split("<!-- recorded peers -->")[-1].split("<!-- end -->")[0]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"J\d+\w*", cells[0]):
            rows.append((cells[0], cells[1], float(cells[2]), float(cells[3])))
    return rows


def verdict(ratio, must, bold, same):
    if not same:
        return "CHECK DIFFERS"
    if must is None:
        return "-"
    if ratio < must:
        return "no"
    return "bold" if bold and ratio >= bold else "must"


def seconds(value):
    return f"{value:.3f}" if value >= 0.01 else f"{value:.5f}"


def show(rows):
    header = ("job", "ours CPU/wall s", "peer", "peer CPU/wall s", "ratio CPU (wall)", "must", "bold", "holds")
    rows = [header, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def describe(result):
    _, _, must, bold = target_of(result.job, result.peer)
    ours = [result.median(result.ours, field) for field in ("cpu", "wall")]
    theirs = [result.median(result.theirs, field) for field in ("cpu", "wall")]
    return (
        result.job,
        f"{seconds(ours[0])} / {seconds(ours[1])}",
        result.peer,
        f"{seconds(theirs[0])} / {seconds(theirs[1])}",
        f"{result.ratio('cpu'):.1f} ({result.ratio('wall'):.1f})",
        f"{must:g}" if must else "-",
        f"{bold:g}" if bold else "-",
        verdict(result.ratio("cpu"), must, bold, result.same()),
    )


def machine():
    model = platform.processor() or "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        names = re.findall(r"model name\s*:\s*(.*)", cpuinfo.read())
    return f"{names[0] if names else model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}"


def compare_with_peers(peers, ours, jobs, repeats):
    results = []
    for script, contained in SCRIPTS.items():
        wanted = [job for job in contained if job in jobs]
        if wanted:
            print(script, file=sys.stderr, flush=True)
            arguments = [argument for job in wanted for argument in contained[job]]
            results += run_script(peers, script, arguments, wanted, ours, repeats)
    order = list(JOBS)
    results.sort(key=lambda result: order.index(result.job))
    show([describe(result) for result in results])
    print("\ncheck values (ours | peer)")
    for result in results:
        print(f"  {result.job:5} {result.ours[-1]['check']} | {result.theirs[-1]['check']}  {result.peer}")
    return results


def compare_with_records(ours, jobs, repeats):
    print("peers are not installed (bench/peers/setup.sh); their figures are those recorded in bench/README.md,\n"
          "from another run and perhaps another machine, so these ratios are only a hint\n")
    rows = []
    for job, runs in alone(ours, jobs, repeats).items():
        cpu, wall = (statistics.median(run[field] for run in runs) for field in ("cpu", "wall"))
        own = f"{seconds(cpu)} / {seconds(wall)}"
        there = [row for row in recorded() if row[0] == job] or [(job, "no record", 0.0, 0.0)]
        for _, peer, peer_wall, peer_cpu in there:
            target = target_of(job, peer)
            must, bold = target[2:] if target else (None, None)
            rows.append((job, own, peer + " (recorded elsewhere)", f"{seconds(peer_cpu)} / {seconds(peer_wall)}",
                         f"{peer_cpu / cpu:.1f} ({peer_wall / wall:.1f})", f"{must:g}" if must else "-",
                         f"{bold:g}" if bold else "-", "-"))
    show(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--jobs", default=",".join(JOBS))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", default=os.path.join(ROOT, "..", "shared", "peers", "numeric"))
    parser.add_argument("--peers-home", default=os.path.expanduser("~/.cache/peers-num"))
    options = parser.parse_args()
    jobs = [job for job in options.jobs.split(",") if job]
    unknown = [job for job in jobs if job not in JOBS]
    if unknown:
        parser.error(f"no job {', '.join(unknown)}; jobs are {', '.join(JOBS)}")

    serve = os.path.join(options.build, "bench", "bench_serve")
    if not os.path.exists(serve):
        parser.error(f"{serve} is not built")

    print(machine(), flush=True)
    peers = Peers(os.path.realpath(options.peers), options.peers_home)
    ours = Server([serve, peers.data if peers.present() else ""])
    if peers.present():
        results = compare_with_peers(peers, ours, jobs, options.repeats)
    else:
        results = []
        compare_with_records(ours, jobs, options.repeats)
    ours.close()
    print(f"\n{machine()}")
    return 1 if any(not result.same() for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
