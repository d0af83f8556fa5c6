"""Runs a Python peer script one measurement at a time, on request.

serve.py PEERS SCRIPT [ARG...]: the script calls bench(job, peer, size, f, ...); this bench()
announces {"job", "peer"} on standard output and then answers lines of standard input: `run` calls f
once and prints {"wall", "cpu", "check"}, `next` goes on with the script.
"""
import json
import os
import runpy
import sys
import time

answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)  # whatever the script prints is no answer
peers, script = sys.argv[1], sys.argv[2]
sys.path.insert(0, peers)
import common  # the peers' own


def say(**fields):
    answers.write(json.dumps(fields) + "\n")


def bench(job, peer, size, f, reps=5, warm=1, note="", cpu_fn=common.cpu):
    say(job=job, peer=peer)
    while (line := sys.stdin.readline().strip()) != "next":
        if not line:
            sys.exit(0)
        wall, cpu = time.perf_counter(), cpu_fn()
        check = f()
        say(wall=time.perf_counter() - wall, cpu=cpu_fn() - cpu, check=check)


common.bench = bench
sys.argv = [script] + sys.argv[3:]
runpy.run_path(script, run_name="__main__")
