#!/usr/bin/env python3
"""The benchmarks: the same programs under several runtimes, interleaved, as medians and ratios.

    run.py                                            # CPython 3.11 and pypy3 if they are found
    run.py --runtimes cpython=python3.11,pypy=pypy3,haft=/path/to/haft --markdown figures.md
    run.py --suite ffi --rounds 9 --only add_int
    run.py --runtimes a=python3.11,b=python3.11       # the same runtime twice: what the noise is

Needs CPython 3.8+ to run, nothing outside the standard library; gcc for the native parts.
The first runtime is the base of every ratio.  A ratio above 1 means: that many times faster than the base.
Times are CPU times of the process by default (--clock wall for wall time): on a shared machine wall time measures the
neighbours.  Every cell is the median over --rounds processes; in each round the runtimes take turns.
A runtime that crashes, times out, prints a wrong checksum or cannot be built is shown as FAIL with the reason."""
import argparse
import json
import math
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.environ.get("BENCH_OUT") or os.path.join(tempfile.gettempdir(), "haft-bench")
SUITES = ("startup", "py", "ffi", "hpy")
STARTUP = (("pass", ["-c", "pass"]), ("hello", [os.path.join(HERE, "startup", "hello.py")]),
           ("import json", ["-c", "import json"]), ("import re", ["-c", "import re"]),
           ("import collections", ["-c", "import collections"]),
           ("import all", [os.path.join(HERE, "startup", "imports.py")]))


class Cell(object):
    """All that is known about one item in one column."""

    def __init__(self):
        self.samples = {}          # metric -> list over rounds
        self.check = None
        self.fail = None

    def add(self, metric, value):
        self.samples.setdefault(metric, []).append(value)

    def median(self, metric):
        v = self.samples.get(metric)
        return statistics.median(v) if v else None

    def spread(self, metric):
        """Half of the interquartile range over the median, in per cent (with few rounds: half of the full range)."""
        v = sorted(self.samples.get(metric) or ())
        if len(v) < 2 or not statistics.median(v):
            return None
        k = len(v) // 4
        return 50.0 * (v[len(v) - 1 - k] - v[k]) / statistics.median(v)


class Bench(object):
    def __init__(self, opts):
        self.o = opts
        self.markdown = []         # the tables again, as Markdown lines
        self.cells = {}            # (suite, item, column) -> Cell
        self.items = {}            # suite -> [item]
        self.columns = {}          # suite -> [column]
        self.launcher = None

    def cell(self, suite, item, column):
        if item not in self.items.setdefault(suite, []):
            self.items[suite].append(item)
        if column not in self.columns.setdefault(suite, []):
            self.columns[suite].append(column)
        return self.cells.setdefault((suite, item, column), Cell())

    # -- running ---------------------------------------------------------------------------------------------------

    def run(self, cmd, env=None, timeout=None):
        """-> (failure or None, stdout, (wall, cpu, maxrss_kb))"""
        e = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="", BENCH_CLOCK=self.o.clock)
        e.pop("PYTHONPATH", None)
        e.update(env or {})
        report = os.path.join(OUT, "tools", "report.%d" % os.getpid())
        full = ([self.launcher, report] if self.launcher else []) + cmd
        t = time.time()
        p = subprocess.Popen(full, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=e, cwd=HERE, start_new_session=True)
        try:
            out, err = p.communicate(timeout=timeout or self.o.timeout)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
            p.communicate()
            return "timeout after %d s" % (timeout or self.o.timeout), "", (None, None, None)
        wall = time.time() - t
        out, err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
        cost = (wall, None, None)
        if self.launcher and os.path.exists(report):
            with open(report) as f:
                st, w, u, s, rss = f.read().split()
            os.unlink(report)
            cost = (float(w), float(u) + float(s), int(rss))
        if p.returncode:
            lines = [l.strip() for l in err.splitlines() if l.strip()]
            code = p.returncode if p.returncode < 128 else 128 - p.returncode
            why = "signal %d" % -code if code < 0 else "exit %d" % code
            return "%s: %s" % (why, lines[-1][:160] if lines else "(nothing on stderr)"), out, cost
        return None, out, cost

    def say(self, text):
        if not self.o.quiet:
            sys.stderr.write("\r\x1b[K" + text if sys.stderr.isatty() else text + "\n")
            sys.stderr.flush()

    # -- building --------------------------------------------------------------------------------------------------

    def build_tools(self):
        os.makedirs(os.path.join(OUT, "tools"), exist_ok=True)
        exe = os.path.join(OUT, "tools", "launch")
        src = os.path.join(HERE, "tools", "launch.c")
        if stale(exe, src):
            for flags in (["-static"], []):
                if subprocess.call(["gcc", "-O2"] + flags + [src, "-o", exe], stderr=subprocess.DEVNULL) == 0:
                    break
            else:
                self.say("no launcher (gcc failed): no peak RSS, coarser times")
                return
        self.launcher = exe

    # -- suites ----------------------------------------------------------------------------------------------------

    def jobs_startup(self):
        jobs = []
        for item, args in STARTUP:
            for name, exe in self.o.runtimes:
                jobs.append((item, name, [exe] + args, None, self.take_startup))
        return jobs

    def take_startup(self, cell, out, cost):
        cell.add("wall", cost[0] * 1e3)
        if cost[1] is not None:
            cell.add("cpu", cost[1] * 1e3)
            cell.add("rss", cost[2] / 1024.0)
        cell.check = out.strip()

    def jobs_py(self):
        jobs = []
        folder = self.o.programs
        for f in sorted(os.listdir(folder)):
            if f.endswith(".py"):
                for name, exe in self.o.runtimes:
                    jobs.append((f[:-3], name, [exe, os.path.join(folder, f), "0", str(self.o.warm), "0.12", "@now"], None,
                                 self.take_py))
        return jobs

    def take_py(self, cell, out, cost):
        for line in out.splitlines():
            w = line.split()
            if line == "check unstable":
                cell.fail = "checksum differs between two calls in one process"
            elif line.startswith("check "):
                cell.check = line[6:]
            elif w and w[0] in ("cold", "warm", "first_result_after"):
                cell.add(w[0] + "_wall", float(w[1]) * 1e3)
                cell.add(w[0] + "_cpu", float(w[2]) * 1e3)
        if cost[2]:
            cell.add("rss", cost[2] / 1024.0)
        if "warm_cpu" not in cell.samples:
            cell.fail = "no timing printed"

    def take_cases(self, cell_of, out, cost):
        """Runner output: 'case ns check' or 'case FAIL reason'."""
        for line in out.splitlines():
            w = line.split(None, 2)
            if len(w) < 3:
                continue
            cell = cell_of(w[0])
            if w[1] == "FAIL":
                cell.fail = w[2]
            else:
                cell.add("ns", float(w[1]))
                cell.check = w[2]

    def jobs_ffi(self):
        d = os.path.join(HERE, "ffi")
        out = os.path.join(OUT, "ffi")
        if subprocess.call(["make", "-s", "-C", d, "OUT=" + out]):
            raise SystemExit("ffi: cannot build the C library")
        lib = os.path.join(out, "libffibench.so")
        n = ["0", str(self.o.passes)]
        jobs = [("*", "C plt", [os.path.join(out, "c_limit_plt")] + n, None, self.take_cases),
                ("*", "C ptr", [os.path.join(out, "c_limit_ptr")] + n + [lib], None, self.take_cases)]
        if self.o.luajit:
            jobs.append(("*", "luajit", [self.o.luajit, os.path.join(d, "lua_ffi.lua"), lib] + n, None, self.take_cases))
        for name, exe in self.o.ext_runtimes:
            for variant, prog in (("cffi", "py_cffi.py"), ("api", "py_cffi_api.py"), ("ctypes", "py_ctypes.py")):
                if variant not in self.o.variants:
                    continue
                env = {"FFIBENCH_BUILD": os.path.join(out, "api_" + name)}
                if variant == "api":
                    # built in advance, outside the timed rounds, with a longer time limit
                    fail, _, _ = self.run([exe, os.path.join(d, prog), "--build", lib], env, timeout=300) \
                        if not os.path.isdir(env["FFIBENCH_BUILD"]) else (None, None, None)
                    if fail:
                        shutil.rmtree(env["FFIBENCH_BUILD"], ignore_errors=True)
                jobs.append(("*", name + " " + variant, [exe, os.path.join(d, prog), lib] + n, env, self.take_cases))
        return jobs

    def jobs_hpy(self):
        d = os.path.join(HERE, "hpy")
        out = os.path.join(OUT, "hpy")
        os.makedirs(out, exist_ok=True)
        headers = os.path.join(HERE, os.pardir, os.pardir, "headers")
        command = ["gcc", "-O2", "-DNDEBUG", "-w", "-shared", "-fPIC", "-DHPY", os.path.join(d, "hpybench.c"), "-o"]
        module = "hpybench.hpy0.so"
        if subprocess.call(command + [os.path.join(out, module), "-DHPY_ABI_UNIVERSAL", "-I", headers]):
            raise SystemExit("hpy: cannot build the extension module")
        n = ["0", str(self.o.passes)]
        jobs = []
        for name, exe in self.o.ext_runtimes:
            if ask(exe, "import sys; print(sys.implementation.name)") == "cpython":
                folder = os.path.join(out, name)
                os.makedirs(folder, exist_ok=True)
                if subprocess.call([exe, os.path.join(d, "build_capi.py"), folder]) == 0:
                    jobs.append(("*", name + " capi", [exe, os.path.join(d, "py_ext.py"), "capi", folder] + n, None, self.take_cases))
            version = ask(exe, "import hpy.universal; print(hpy.universal.get_version()[0])")
            where = out
            if version and version.startswith("0.0"):      # PyPy's: built with its own headers
                where = os.path.join(out, name)
                os.makedirs(where, exist_ok=True)
                include = ask(exe, "import hpy.devel, os; print(os.path.join(os.path.dirname(hpy.devel.__file__), 'include'))")
                if not include or subprocess.call(command + [os.path.join(where, module), "-DHPY_UNIVERSAL_ABI", "-I", include]):
                    continue
            if version:
                jobs.append(("*", name + " hpy", [exe, os.path.join(d, "py_ext.py"), "hpy", where] + n, None, self.take_cases))
        return jobs

    # -- the rounds ------------------------------------------------------------------------------------------------

    def measure(self, suite):
        jobs = getattr(self, "jobs_" + suite)()
        only = self.o.only
        if only and suite in ("py", "startup"):
            jobs = [j for j in jobs if any(x in j[0] for x in only)]
        rounds = self.o.rounds * 3 if suite == "startup" else self.o.rounds
        t0 = time.time()
        groups = []                                # jobs of one item follow each other: neighbours in time
        for j in jobs:
            if not groups or groups[-1][0][0] != j[0]:
                groups.append([])
            groups[-1].append(j)
        dead = set()
        for item, column, cmd, env, take in jobs:
            cell = self.cell(suite, item, column)
            if cmd is None:                        # could not be built; "take" is the reason
                cell.fail = take
                dead.add((item, column))
        for r in range(rounds):
            for g in groups:
                for item, column, cmd, env, take in (g if r % 2 == 0 else g[::-1]):
                    if (item, column) in dead:
                        continue
                    self.say("%s round %d/%d: %s %s" % (suite, r + 1, rounds, item, column))
                    cmd = [repr(time.time()) if a == "@now" else a for a in cmd]
                    if only and suite in ("ffi", "hpy") and "limit" not in cmd[0] and cmd[0] != self.o.luajit:
                        cmd = cmd + [",".join(only)]
                    fail, out, cost = self.run(cmd, env)
                    if item == "*":
                        take(lambda case: self.cell(suite, case, column), out, cost)
                        if cost[2]:
                            self.cell(suite, "*", column).add("rss", cost[2] / 1024.0)
                    elif not fail:
                        take(self.cell(suite, item, column), out, cost)
                    if fail:
                        self.cell(suite, item, column).fail = fail
                        if item != "*" or not out.strip():     # a runner that got some cases done may try again
                            dead.add((item, column))
        self.verify(suite)
        return time.time() - t0

    def verify(self, suite):
        for item in self.items.get(suite, ()):
            known = [(c, self.cells[suite, item, c]) for c in self.columns[suite] if (suite, item, c) in self.cells]
            checks = [c.check for _, c in known if c.check is not None and not c.fail]
            if len(set(checks)) > 1:
                right = max(set(checks), key=lambda v: (checks.count(v), v == checks[0]))
                for _, c in known:
                    if c.check is not None and c.check != right:
                        c.fail = "wrong checksum: %s, others have %s" % (c.check[:60], right[:60])

    # -- tables ----------------------------------------------------------------------------------------------------

    def ratio(self, suite, item, column, base, metric):
        a, b = self.cells.get((suite, item, base)), self.cells.get((suite, item, column))
        if not a or not b or a.fail or b.fail:
            return None
        x, y = a.samples.get(metric), b.samples.get(metric)
        if not x or not y:
            return None
        if len(x) == len(y):                       # paired by round
            return statistics.median(p / q for p, q in zip(x, y) if q)
        return statistics.median(x) / statistics.median(y)

    def show_cell(self, suite, item, column, metric, fmt):
        cell, whole = self.cells.get((suite, item, column)), self.cells.get((suite, "*", column))
        v = cell.median(metric) if cell else None
        if (cell and cell.fail) or (v is None and whole and whole.fail):
            return "FAIL"
        return "-" if v is None else fmt % v

    def table(self, suite, title, metric, unit, fmt="%.1f", base=None, skip=("*",), geo_skip=("empty_loop", "py_call")):
        items = [i for i in self.items.get(suite, ()) if i not in skip]
        cols = self.columns.get(suite, [])
        if self.o.only and suite in ("ffi", "hpy"):
            items = [i for i in items if i in self.o.only]
        if not items:
            return
        base = base if base in cols else cols[0]
        others = [c for c in cols if c != base]
        n = len([i for i in items if i not in geo_skip])
        for k in range(0, max(1, len(others)), self.o.per_table):
            part = [base] + others[k:k + self.o.per_table]
            head = ["%s (%s)" % (title, unit), base]
            last = ["geometric mean of ratios", ""]
            for c in part[1:]:
                head += [c, "ratio"]
                q = [self.ratio(suite, i, c, base, metric) for i in items if i not in geo_skip]
                q = [x for x in q if x]
                last += ["" if len(q) == n else "%d of %d" % (len(q), n),
                         "-" if not q else "%.2f" % math.exp(sum(map(math.log, q)) / len(q))]
            rows = []
            for i in items:
                row = [i]
                for c in part:
                    row.append(self.show_cell(suite, i, c, metric, fmt))
                    if c != base:
                        q = self.ratio(suite, i, c, base, metric)
                        row.append("-" if q is None else "%.2f" % q)
                rows.append(row)
            rows += [last] if len(part) > 1 else []
            show(head, rows)
            self.markdown += markdown(head, rows)
        spreads = [self.cells[suite, i, c].spread(metric) for i in items for c in cols if (suite, i, c) in self.cells]
        spreads = sorted(s for s in spreads if s is not None)
        if spreads:
            print("spread of the %d cells (half interquartile range / median): median %.1f%%, 90th percentile %.1f%%, worst %.1f%%"
                  % (len(spreads), statistics.median(spreads), spreads[int(0.9 * (len(spreads) - 1))], spreads[-1]))
        print()

    def failures(self):
        lines = []
        for (suite, item, column), c in sorted(self.cells.items()):
            if c.fail:
                lines.append("FAIL %-8s %-16s %-18s %s" % (suite, "(all cases)" if item == "*" else item, column, c.fail))
        if lines:
            print("\n".join(lines))
            print()
            self.markdown += ["```text"] + lines + ["```", ""]

    def report(self):
        clock = self.o.clock
        self.table("startup", "startup, whole process", clock, "ms " + clock)
        self.table("startup", "startup peak RSS", "rss", "MB")
        self.table("py", "warm, one call", "warm_" + clock, "ms " + clock, "%.2f")
        self.table("py", "cold, first call", "cold_" + clock, "ms " + clock)
        self.table("py", "cold, process start to first result", "first_result_after_" + clock, "ms " + clock)
        self.table("py", "peak RSS", "rss", "MB")
        first = self.o.ext_runtimes[0][0] if self.o.ext_runtimes else ""
        self.table("ffi", "FFI, per call", "ns", "ns " + clock, "%.2f", base=first + " cffi")
        self.table("hpy", "extension, per call", "ns", "ns " + clock, "%.2f", base=first + " capi")
        self.failures()

    def as_json(self, meta):
        cells = [{"suite": s, "item": i, "column": c, "samples": cell.samples, "check": cell.check, "fail": cell.fail,
                  "median": {m: statistics.median(v) for m, v in cell.samples.items()}}
                 for (s, i, c), cell in self.cells.items()]
        return {"meta": meta, "cells": cells}


def show(head, rows):
    width = [max(len(str(r[k])) for r in [head] + rows) for k in range(len(head))]
    for r in [head] + rows:
        print("  ".join([str(r[0]).ljust(width[0])] + [str(x).rjust(w) for x, w in zip(r[1:], width[1:])]))


def markdown(head, rows):
    """The lines of a Markdown table, numbers to the right, and an empty line."""
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in [head] + rows]
    return lines[:1] + ["|--|" + "--:|" * (len(head) - 1)] + lines[1:] + [""]


def stale(target, *sources):
    return not os.path.exists(target) or any(os.path.getmtime(s) > os.path.getmtime(target) for s in sources)


def ask(exe, code):
    try:
        r = subprocess.run([exe, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True, timeout=60)
        return r.stdout.strip() if r.returncode == 0 else ""
    except (OSError, subprocess.TimeoutExpired):
        return ""


def identify(exe):
    return exe + " " + " ".join(ask(exe, "import sys; print(sys.implementation.name, sys.version)").split())


def runtimes(text, must=True):
    out = []
    for part in filter(None, text.split(",")):
        name, _, path = part.rpartition("=")
        found = shutil.which(os.path.expanduser(path))
        if not found:
            if must:
                raise SystemExit("no such runtime: %s" % part)
            continue
        # pyenv and the like put a slow shell script under the interpreter's name
        real = ask(found, "import sys; print(sys.executable)")
        if real and os.path.isfile(real) and os.sep + "shims" + os.sep in found:
            found = real
        out.append((name or os.path.basename(path), os.path.abspath(found)))
    names = [n for n, _ in out]
    if len(set(names)) != len(names):
        raise SystemExit("runtime names must differ: %s" % names)
    return out


def cpu_name():
    try:
        with open("/proc/cpuinfo") as f:
            return [l.split(":", 1)[1].strip() for l in f if l.startswith("model name")][0]
    except (OSError, IndexError):
        return platform.processor()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--runtimes", help="name=path,...  the first is the base")
    p.add_argument("--ext-runtimes", help="name=path,... for ffi and hpy, e.g. virtual environments that have cffi and hpy (default: as --runtimes)")
    p.add_argument("--suite", default="startup,py,ffi,hpy")
    p.add_argument("--only", default="", help="parts of program names (py, startup) or exact case names (ffi, hpy)")
    p.add_argument("--programs", default=os.path.join(HERE, "py"), help="folder of the py suite")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--warm", type=float, default=0.5, help="CPU seconds of warm-up per program (0.5)")
    p.add_argument("--passes", type=int, default=2, help="timed passes per case in one process; the best counts (2)")
    p.add_argument("--clock", choices=("cpu", "wall"), default="cpu")
    p.add_argument("--timeout", type=int, default=120, help="seconds per process")
    p.add_argument("--luajit", default=shutil.which("luajit") or "")
    p.add_argument("--per-table", type=int, default=6, help="columns beside the base before a table is split (6)")
    p.add_argument("--variants", default="cffi,api,ctypes", help="kinds of FFI: cffi, api (compiled cffi modules), ctypes")
    p.add_argument("--markdown", help="file for the tables in Markdown")
    p.add_argument("--json", help="file for all samples")
    p.add_argument("--quiet", action="store_true")
    o = p.parse_args()
    if o.runtimes:
        o.runtimes = runtimes(o.runtimes)
    else:
        o.runtimes = runtimes("cpython=python3.11", False) or runtimes("cpython=" + sys.executable)
        o.runtimes += runtimes("pypy=pypy3", False)
    o.ext_runtimes = runtimes(o.ext_runtimes) if o.ext_runtimes else o.runtimes
    o.variants = o.variants.split(",")
    o.only = [x for x in o.only.split(",") if x]
    wanted = [s for s in o.suite.split(",") if s]
    for s in wanted:
        if s not in SUITES:
            p.error("unknown suite %s; known: %s" % (s, ", ".join(SUITES)))
    bench = Bench(o)
    bench.build_tools()
    meta = {"date": time.strftime("%Y-%m-%d %H:%M:%S"), "cpu": cpu_name(), "cores": os.cpu_count(), "kernel": platform.release(),
            "clock": o.clock, "rounds": o.rounds, "warm": o.warm, "load_before": os.getloadavg(),
            "runtimes": dict((n, identify(x)) for n, x in o.runtimes + o.ext_runtimes), "seconds": {}}
    for s in wanted:
        meta["seconds"][s] = round(bench.measure(s), 1)
        bench.say("")
    meta["load_after"] = os.getloadavg()
    print("%s, %d cores, Linux %s, %s; clock: %s; rounds: %d; load %.1f -> %.1f; seconds: %s" % (
        meta["cpu"], meta["cores"], meta["kernel"], meta["date"], o.clock, o.rounds, meta["load_before"][0], meta["load_after"][0],
        meta["seconds"]))
    for n, x in meta["runtimes"].items():
        print("  %-12s %s" % (n, x))
    print()
    bench.report()
    if o.markdown:
        with open(o.markdown, "w") as f:
            f.write("%s, %d cores, %s; %s time, median of %d processes a cell.\n\n" % (
                meta["cpu"], meta["cores"], meta["date"][:10], "CPU" if o.clock == "cpu" else "wall", o.rounds))
            f.write("\n".join(bench.markdown))
    if o.json:
        with open(o.json, "w") as f:
            json.dump(bench.as_json(meta), f, indent=1)


if __name__ == "__main__":
    main()
