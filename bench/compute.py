#!/usr/bin/env python3
"""Measures the whole compute of many samples, files in to files out, against reading the CSV alone.

compute.py --build build/release [--rows 10000000] [--repeats 3] [--folder FOLDER]

Promises: at most twice the time of reading, and at most 200 bytes of memory a sample at the peak.
Reading alone is bench_read: the same reader, filling the same table, and nothing else. The input is
made by make_samples and kept in FOLDER (default: a temporary folder) for the next run; ten million
samples need 3 GB there.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def run(command):
    """(wall s, CPU s, peak memory in bytes) of a program that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}: {complaint[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def rows_of(csv):
    """The data rows of a file without line breaks in cells."""
    with open(csv, "rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 24), b"")) - 1


def median(runs, i):
    return statistics.median(measured[i] for measured in runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "dijia-bench"))
    options = parser.parse_args()

    os.makedirs(options.folder, exist_ok=True)
    samples = os.path.join(options.folder, f"samples-{options.rows}.csv")
    out = os.path.join(options.folder, "out")
    program = lambda *path: os.path.join(options.build, *path)
    if not os.path.exists(samples):
        subprocess.run([program("bench", "make_samples"), str(options.rows), samples + ".part"], check=True)
        os.rename(samples + ".part", samples)

    read = [program("bench", "bench_read"), os.path.join(ROOT, "data", "reference"), samples]
    compute = [program("service", "dijia"), "compute", os.path.join(HERE, "large.toml"), "--samples", samples,
               "--out", out]
    reads, computes = [], []
    for _ in range(options.repeats):  # in turn; the first read also fills the page cache
        reads.append(run(read))
        shutil.rmtree(out, ignore_errors=True)
        computes.append(run(compute))
    fates = rows_of(os.path.join(out, "samples.csv"))
    sizes = sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(out) for name in names)
    shutil.rmtree(out, ignore_errors=True)

    print(f"{options.rows:,} samples, {os.path.getsize(samples) / 1e9:.2f} GB in, {sizes / 1e9:.2f} GB out, "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    print(f"check: every sample has its row in samples.csv: {fates:,}{'' if fates == options.rows else ' DIFFERS'}")
    print(f"{'':8} {'wall s':>8} {'CPU s':>8} {'peak bytes a sample':>20}")
    for name, runs in (("read", reads), ("compute", computes)):
        print(f"{name:8} {median(runs, 0):8.2f} {median(runs, 1):8.2f} {median(runs, 2) / options.rows:20.0f}")
    for name, ratio, limit in (
        ("wall of compute / read", median(computes, 0) / median(reads, 0), 2.0),
        ("CPU of compute / read", median(computes, 1) / median(reads, 1), 2.0),
        ("peak bytes a sample", median(computes, 2) / options.rows, 200.0),
    ):
        print(f"{name}: {ratio:.2f}, promised at most {limit:g}: {'holds' if ratio <= limit else 'DOES NOT HOLD'}")
    return 0 if fates == options.rows else 1


if __name__ == "__main__":
    sys.exit(main())
