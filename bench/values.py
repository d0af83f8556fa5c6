#!/usr/bin/env python3
"""Values of parcels beside their budgets, in one run.

values.py --build build/release [--rows 200000] [--repeats 3]

Rates are parcels a second: of wall time on all cores, and of CPU time on one thread. The budgets are those of
bench/README.md and were set for 2 cores; `holds` looks at the wall, and at twice the CPU rate of one thread where
neighbours take the cores. Exit code 1: a benchmark failed.
"""
import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CORES = 2  # that the budgets were set for
# benchmark, what, parcels a second (None: no budget)
ROWS = (
    ("ExactValues", "exact value alone, every step with its words", None),
    ("ColumnValues", "exact values over prepared columns", 20e6),
    ("DoubleValues", "the formula in doubles, for simulations", None),
    ("Waterfalls", "waterfall of a value alone", None),
    ("ColumnWaterfalls", "value and waterfall over prepared columns", 1.1e6),
    ("CsvToCsv", "CSV to CSV with every step", 1.5e6),
)


def measure(program, rows, repeats):
    """{name/threads: {"cpu": parcels a CPU second, "wall": parcels a second}}, medians."""
    command = [program, f"--rows={rows}", "--benchmark_format=json", f"--benchmark_repetitions={repeats}",
               "--benchmark_report_aggregates_only=true"]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit(f"{program}: exit code {run.returncode}")
    rates = {}
    for row in json.loads(run.stdout)["benchmarks"]:
        if row.get("error_occurred"):
            sys.exit(f"{row['name']}: {row['error_message']}")
        if row["aggregate_name"] != "median":
            continue
        name = row["run_name"].replace("/process_time", "").replace("/real_time", "")
        per_unit = {"ms": 1e3, "us": 1e6, "ns": 1e9}[row["time_unit"]]
        # items_per_second is of the time that the benchmark counts by: real_time or CPU.
        counted = "real_time" if "real_time" in row["run_name"] else "cpu_time"
        items = row["items_per_second"] * row[counted] / per_unit
        rates[name] = {"cpu": items * per_unit / row["cpu_time"], "wall": items * per_unit / row["real_time"]}
    return rates


def million(rate):
    return f"{rate / 1e6:.2f} M"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--build", default=os.path.join(os.path.dirname(HERE), "build", "release"))
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    rates = measure(os.path.join(options.build, "bench", "bench_value"), options.rows, options.repeats)
    print(f"\nvalues of parcels, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| what | parcels a CPU second, 1 thread | parcels a second, all cores | budget | holds |\n|---|---|---|---|---|")
    for name, what, budget in ROWS:
        one = rates.get(f"{name}/1") or rates[name]
        many = rates.get(f"{name}/0")
        holds = "–"
        if budget:
            holds = "yes" if many["wall"] >= budget else "by CPU" if one["cpu"] * CORES >= budget else "**no**"
        print(f"| {what} | {million(one['cpu'])} | {million(many['wall']) if many else '–'} | "
              f"{million(budget) if budget else '–'} | {holds} |")
    exact, doubles = rates["ColumnValues/1"]["cpu"], rates["DoubleValues/1"]["cpu"]
    print(f"\nexactness costs {doubles / exact:.1f} times the CPU of doubles")
    return 0


if __name__ == "__main__":
    sys.exit(main())
