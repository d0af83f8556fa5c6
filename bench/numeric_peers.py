"""The numeric peers: which jobs they share with us, what is promised, and how their scripts are started.

A module like this one is a suite of compare.py: JOBS, TARGETS, NOT_COMPARED, SLOW, and a class Peers with
`present()`, `input_folder()` and `scripts(jobs)`.
"""
import os
import shutil

from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))


def flat(value):
    return [float(v) for v in value] if isinstance(value, (list, tuple)) else [float(value)]


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
        return a[:1] == b[:1] and relative(tolerance)(a[1:], b[1:])

    return same


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
    "J9": ("value 10M parcels in doubles, floor check", relative(1e-9)),
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
    ("J9", "numpy 1", 3.5, None),
    ("J9", "DuckDB v1.5.6 (2 thr) join, aggregate only", 8.0, 15.0),
    ("J9", "numba", 1.0, 3.0),
    ("J9", "data.table", None, None),
    ("J9", "polars", None, None),
    ("J13", "data.table", 1.2, 3.0),
    ("J13", "DuckDB", 4.0, None),
    ("J13", "polars", None, None),
]
# Announced peers that do something else or say themselves that they are not exact, unless a target
# names them with these words.
NOT_COMPARED = ("aggregate only", "not exact", "isoreg", "numexpr", "numba")
# Peers that take over 10 s a run are run fewer times.
SLOW = {("J2a", "R boot"), ("J2a2", "R boot"), ("J3a", "R lm"), ("J2a", "R matrixStats")}

# script: the arguments that each job needs
SCRIPTS = {
    "j01_duckdb.mjs": {"J1a": ["norm"], "J1b": ["screen"], "J9": ["value"], "J13": ["value", "csv"]},  # writes the CSV of J13
    "j01_polars.mjs": {"J1b": ["screen"], "J9": ["value"], "J13": ["csv"]},
    "j01_tables.py": {"J1a": ["norm"], "J1b": ["screen"], "J9": ["value"]},
    "j01_tables.R": {"J13": ["csv"]},
    "j02_robust.py": {"J2a": [], "J2a2": [], "J2b": []},
    "j02_robust.R": {"J2a": [], "J2a2": [], "J2b": []},
    "j03_regression.py": {"J3a": [], "J3b": [], "J3c": []},
    "j03_regression.R": {"J3a": [], "J3b": []},
    "j08_misc.R": {"J1c": ["dist"]},
    "j08_misc.py": {"J1c": ["dist"]},
}


class Peers:
    """Where the peers' scripts and programs are, and how one is started."""

    def __init__(self, options):
        self.folder = os.path.realpath(options.peers)
        self.home = options.peers_home
        self.data = os.path.join(self.home, "data")

    def present(self):
        needed = (self.folder, os.path.join(self.data, "consts.json"), os.path.join(self.home, "root", "bench", "gen.py"))
        return all(os.path.exists(path) for path in needed)

    def input_folder(self):
        """Where bench_serve finds the peers' own input; empty without peers."""
        return self.data if self.present() else ""

    def scripts(self, jobs):
        """(name, the jobs of `jobs` that it has, a function that starts it as a Server)."""
        for script, contained in SCRIPTS.items():
            wanted = [job for job in contained if job in jobs]
            if wanted:
                arguments = [argument for job in wanted for argument in contained[job]]
                yield script, wanted, lambda script=script, arguments=arguments: self.start(script, arguments)

    def start(self, script, arguments):
        shutil.copytree(os.path.join(HERE, "peers"), os.path.join(self.data, "serve"), dirs_exist_ok=True)
        if script.endswith(".mjs"):
            environment = dict(
                os.environ,
                PEERS_DATA=self.data,
                PEERS_NODE=os.path.join(self.home, "node"),
                DIJIA_PEERS=self.folder,
                PEERS_OUT=os.devnull,
            )
            hook = os.path.join(self.data, "serve", "serve.mjs")
            return Server(["node", "--import", hook, os.path.join(self.folder, script), *arguments], environment)
        # One BLAS thread: OpenBLAS spins, and two threads would double its CPU seconds for nothing.
        variables = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/tmp", "LC_ALL=C.UTF-8", "PEERS_DATA=/data",
                     "PEERS_OUT=/dev/null", "PYTHONDONTWRITEBYTECODE=1", "OPENBLAS_NUM_THREADS=1"]
        runner = ["python3", "/data/serve/serve.py"] if script.endswith(".py") else ["Rscript", "/data/serve/serve.R"]
        return Server(["chroot", os.path.join(self.home, "root"), "env", "-i", *variables, *runner, "/bench",
                       "/bench/" + script, *arguments])
