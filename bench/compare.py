#!/usr/bin/env python3
"""Runs our jobs and the same jobs of other tools in one run, alternating, and prints the ratios.

compare.py --build build/release [--jobs J1a,J2b] [--repeats 5] [--peers FOLDER] [--peers-home FOLDER]

Peers are set up by bench/peers/setup.sh. Without them our own figures are printed beside the peers'
figures recorded in bench/README.md, which come from another day and perhaps another machine.
Ratios are peer / ours, of CPU seconds (user + system, all threads), medians of the repeats. A ratio
counts only when both sides answered the same check value. Exit code 1: a check differs, or a peer
that is there did not answer.
"""
import argparse
import os
import platform
import re
import statistics
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import numeric_peers
from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SUITES = (numeric_peers,)


def target_of(suite, job, peer):
    for target in suite.TARGETS:
        if target[0] == job and peer.startswith(target[1]):
            other = any(words in peer and words not in target[1] for words in suite.NOT_COMPARED)
            return None if other else target
    return None


class Measurement:
    """One job of ours beside the same job of one peer."""

    def __init__(self, suite, job, peer):
        self.suite, self.job, self.peer = suite, job, peer
        self.ours, self.theirs = [], []

    def median(self, side, field):
        return statistics.median(run[field] for run in side)

    def ratio(self, field):
        ours = self.median(self.ours, field)
        return self.median(self.theirs, field) / ours if ours > 0 else float("inf")

    def same(self):
        return self.suite.JOBS[self.job][1](self.ours[-1]["check"], self.theirs[-1]["check"])

    def run(self, ours, script, repeats):
        """One warm run of each side, then ours and the peer in turn. False: the peer gave up."""
        slow = any(self.job == job and self.peer.startswith(peer) for job, peer in self.suite.SLOW)
        for turn in range(0 if slow else -1, min(repeats, 2) if slow else repeats):
            theirs = script.ask("run")
            if theirs is None:
                return False
            own = ours.ask(self.job)
            if own is None or "error" in own:
                sys.exit(f"bench_serve, {self.job}: {own['error'] if own else ours.complaint()}")
            if turn >= 0:
                self.ours.append(own)
                self.theirs.append(theirs)
        return True

    def row(self):
        _, _, must, bold = target_of(self.suite, self.job, self.peer)
        ours = [self.median(self.ours, field) for field in ("cpu", "wall")]
        theirs = [self.median(self.theirs, field) for field in ("cpu", "wall")]
        return (
            self.job,
            f"{seconds(ours[0])} / {seconds(ours[1])}",
            self.peer,
            f"{seconds(theirs[0])} / {seconds(theirs[1])}",
            f"{self.ratio('cpu'):.1f} ({self.ratio('wall'):.1f})",
            f"{must:g}" if must else "-",
            f"{bold:g}" if bold else "-",
            verdict(self.ratio("cpu"), must, bold, self.same()),
        )


def run_script(suite, start, wanted, ours, repeats):
    """All measurements of one peer script, in its order, and what it complained of."""
    server = start()
    results, missed = [], set(wanted)
    while (announced := server.read()) is not None:
        job = announced["job"].split()[0]
        if job in wanted and target_of(suite, job, announced["peer"]):
            print(f"  {job} against {announced['peer']} …", end=" ", file=sys.stderr, flush=True)
            result = Measurement(suite, job, announced["peer"])
            if not result.run(ours, server, repeats):
                missed.add(job)
                break
            results.append(result)
            missed.discard(job)
            print(f"{result.ratio('cpu'):.1f} {result.row()[-1]}", file=sys.stderr, flush=True)
        server.write("next")
    server.close()
    # Scripts may end early, in parts that need data of jobs that we do not have.
    return results, f"no answer for {', '.join(sorted(missed))}: {server.complaint()}" if missed else ""


def alone(ours, jobs, repeats):
    """Our jobs without peers."""
    runs = {}
    for job in jobs:
        answers = [ours.ask(job) for _ in range(repeats + 1)][1:]
        if all(answer and "error" not in answer for answer in answers):
            runs[job] = answers
        ours.write("drop")
    return runs


def recorded():
    """(job, peer, wall, CPU) of the table of recorded peers in bench/README.md."""
    rows = []
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as readme:
        text = readme.read().split("<!-- recorded peers -->")[-1].split("<!-- end -->")[0]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"[JR]\d+\w*", cells[0]):
            rows.append((cells[0], cells[1], float(cells[2]), float(cells[3])))
    return rows


def verdict(ratio, must, bold, same):
    if not same:
        return "CHECK DIFFERS"
    if must is None:
        return "-"
    if ratio < must:
        return "NO"
    return "bold" if bold and ratio >= bold else "must"


def seconds(value):
    return f"{value:.3f}" if value >= 0.01 else f"{value:.5f}"


def show(rows):
    header = ("job", "ours CPU/wall s", "peer", "peer CPU/wall s", "ratio CPU (wall)", "must", "bold", "holds")
    rows = [header, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def machine():
    model = platform.processor() or "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        names = re.findall(r"model name\s*:\s*(.*)", cpuinfo.read())
    return f"{names[0] if names else model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}"


def compare_with_peers(suite, peers, ours, jobs, repeats):
    """Prints the table and the check values; whether all is well."""
    results, complaints = [], []
    for script, wanted, start in peers.scripts(jobs):
        print(script, file=sys.stderr, flush=True)
        found, complaint = run_script(suite, start, wanted, ours, repeats)
        results += found
        if complaint:
            complaints.append(f"{script}: {complaint}")
    order = list(suite.JOBS)
    results.sort(key=lambda result: order.index(result.job))
    show([result.row() for result in results])
    print("\ncheck values (ours | peer)")
    for result in results:
        print(f"  {result.job:5} {result.ours[-1]['check']} | {result.theirs[-1]['check']}  {result.peer}")
    for complaint in complaints:
        print(complaint)
    return not complaints and all(result.same() for result in results)


def compare_with_records(suite, ours, jobs, repeats):
    print("peers are not installed (bench/peers/setup.sh); their figures are those recorded in bench/README.md,\n"
          "from another run and perhaps another machine, so these ratios are only a hint\n")
    rows = []
    for job, runs in alone(ours, jobs, repeats).items():
        cpu, wall = (statistics.median(run[field] for run in runs) for field in ("cpu", "wall"))
        own = f"{seconds(cpu)} / {seconds(wall)}"
        there = [row for row in recorded() if row[0] == job] or [(job, "no record", 0.0, 0.0)]
        for _, peer, peer_wall, peer_cpu in there:
            target = target_of(suite, job, peer)
            must, bold = target[2:] if target else (None, None)
            rows.append((job, own, peer + " (recorded elsewhere)", f"{seconds(peer_cpu)} / {seconds(peer_wall)}",
                         f"{peer_cpu / cpu:.1f} ({peer_wall / wall:.1f})", f"{must:g}" if must else "-",
                         f"{bold:g}" if bold else "-", "-"))
    show(rows)


def main():
    titles = {job: title for suite in SUITES for job, (title, _) in suite.JOBS.items()}
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--jobs", default=",".join(titles))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", default=os.path.join(ROOT, "..", "shared", "peers", "numeric"))
    parser.add_argument("--peers-home", default=os.path.expanduser("~/.cache/peers-num"))
    options = parser.parse_args()
    jobs = [job for job in options.jobs.split(",") if job]
    unknown = [job for job in jobs if job not in titles]
    if unknown:
        parser.error(f"no job {', '.join(unknown)}; jobs are {', '.join(titles)}")
    serve = os.path.join(options.build, "bench", "bench_serve")
    if not os.path.exists(serve):
        parser.error(f"{serve} is not built")

    print(machine(), flush=True)
    well = True
    for suite in SUITES:
        peers = suite.Peers(options)
        ours = Server([serve, peers.input_folder()])
        have = ours.jobs()
        wanted = [job for job in jobs if job in suite.JOBS and job in have]
        for job in jobs:
            if job in suite.JOBS and job not in have:
                print(f"{job}: this bench_serve does not have it")
        if peers.present():
            well = compare_with_peers(suite, peers, ours, wanted, options.repeats) and well
        elif wanted:
            compare_with_records(suite, ours, wanted, options.repeats)
        ours.close()
    print(f"\n{machine()}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
