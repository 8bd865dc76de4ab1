"""Which lines of a program became machine code, and what is left in it.

    haft -m haft.jitview [--html OUT] [--code] [--all] FILE [ARGUMENTS]

FILE is a program, which is run with its arguments, or a log that `-X jit-log` wrote.
"""
import argparse
import html
import json
import os
import subprocess
import sys
import tempfile

COLOURS = {"compiled": "32", "given up": "31", "left": "33", "note": "36"}


class Line:
    """What is known of a source line."""

    def __init__(self):
        self.traces = set()
        self.heads = []
        self.exits = []
        self.aborted = {}

    @property
    def status(self):
        if self.traces:
            return "compiled"
        return "given up" if self.aborted else ""


class Report:
    """What a log says, by file and line."""

    def __init__(self, events):
        self.files = {}
        self.traces = []
        current = {}
        for event in events:
            kind = event["event"]
            if kind == "compiled":
                current[event["trace"]] = event
                self.traces.append(event)
            elif kind == "exits" and event["trace"] in current:
                current[event["trace"]]["taken"] = event["taken"]
            elif kind == "aborted":
                self.give_up(event)
        for number, trace in enumerate(self.traces):
            self.add(number, trace)

    def line(self, file, number):
        return self.files.setdefault(file, {}).setdefault(number, Line())

    def give_up(self, event):
        file, number = split_place(event["place"])
        at = split_place(event["at"])[1]
        aborted = self.line(file, number).aborted
        key = event["why"], at
        aborted[key] = aborted.get(key, 0) + 1

    def add(self, number, trace):
        for file, line in trace["lines"]:
            self.line(file, line).traces.add(number)
        file, line = split_place(trace["place"])
        self.line(file, line).traces.add(number)
        self.line(file, line).heads.append(number)
        taken = trace.get("taken") or []
        for index, exit in enumerate(trace["exits"]):
            count = taken[index] if index < len(taken) else 0
            if exit["at"] and exit["kind"] in ("guard", "exception") and count:
                self.line(*exit["at"]).exits.append((number, exit["kind"], count))

    def notes(self, line):
        """Texts about a line: (kind, text)."""
        for number in line.heads:
            yield from self.trace_notes(number)
        failures = {}
        for _, kind, count in line.exits:
            failures[kind] = failures.get(kind, 0) + count
        for kind, count in failures.items():
            yield "left", f"{kind} exits taken {count}x"
        for (why, at), count in line.aborted.items():
            yield "given up", f"recording given up {count}x: {why} at line {at}"

    def trace_notes(self, number):
        trace = self.traces[number]
        counts, calls = trace["counts"], trace["native"]
        what = "loop" if trace["loop_instructions"] is not None else "trace"
        if trace.get("joint"):
            what = "trace where sides meet"
        elif trace["continues"]:
            what = "side trace of %d" % trace["continues"][0]
        text = f"{what} {trace['trace']}: {trace['bytes']} bytes, {counts['guards']} guards"
        if trace["loop_instructions"] is not None:
            text += f", {trace['loop_instructions']} instructions a pass"
        yield "compiled", text
        if calls:
            yield "note", "native calls: " + names(calls)
        if trace["inlined"]:
            yield "note", "inlined: " + ", ".join(trace["inlined"])
        if trace["residual"]:
            yield "left", "calls left: " + names(trace["residual"])
        if trace["allocated"]:
            yield "left", "allocations left: " + names(trace["allocated"])
        if counts["boxes"]:
            yield "left", f"numbers boxed: {counts['boxes']}"


def names(list):
    counts = {}
    for name in list:
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(name if n == 1 else f"{name} ({n}x)" for name, n in counts.items())


def split_place(place):
    """File and line of FILE:FUNCTION:LINE."""
    rest, _, line = place.rpartition(":")
    return rest.rpartition(":")[0], int(line) if line.isdigit() else 0


def read_log(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def run(program, arguments):
    """Run a program; its events and exit code."""
    handle, log = tempfile.mkstemp(suffix=".json")
    os.close(handle)
    try:
        command = [sys.executable, "-X", "jit-background=off", "-X", f"jit-log={log}", program, *arguments]
        code = subprocess.call(command)
        return read_log(log), code
    finally:
        os.unlink(log)


def source_of(file):
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            return stream.read().splitlines()
    except OSError:
        return []


def show(report, files, with_code, colour, out):
    """Print the report for a terminal."""

    def paint(kind, text):
        return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if colour and kind in COLOURS else text

    marks = {"compiled": "#", "given up": "!", "": " "}
    for file in files:
        print(file, file=out)
        lines = report.files[file]
        for number, text in enumerate(source_of(file), 1):
            line = lines.get(number)
            status = line.status if line else ""
            mark = paint(status, marks[status])
            print(f"{number:5} {mark} {paint(status, text) if status else text}", file=out)
            for kind, note in report.notes(line) if line else ():
                print(f"        {paint(kind, '^ ' + note)}", file=out)
            if with_code and line:
                for head in line.heads:
                    for row in (report.traces[head]["code"] or "").splitlines():
                        print(f"          {row}", file=out)
        print(file=out)


STYLE = """
body { font: 14px/1.4 sans-serif; margin: 2em; } table { border-collapse: collapse; font-family: monospace; }
td { padding: 0 .6em; white-space: pre; vertical-align: top; } td.n { color: #888; text-align: right; }
tr.compiled td.s { background: #e2f6e2; } tr.gave td.s { background: #fbe3e3; }
.compiled-note { color: #1a7f37; } .left-note { color: #9a6700; } .gave-note { color: #cf222e; } .note-note { color: #0969da; }
details pre { background: #f6f8fa; padding: .6em; } td.o { font-family: sans-serif; white-space: normal; }
"""


def page(report, files, with_code):
    """The report as one HTML page that needs nothing else."""
    parts = ["<!doctype html><meta charset=utf-8><title>jitview</title>", f"<style>{STYLE}</style>"]
    for file in files:
        parts.append(f"<h2>{html.escape(file)}</h2><table>")
        lines = report.files[file]
        for number, text in enumerate(source_of(file), 1):
            line = lines.get(number)
            status = line.status if line else ""
            kind = {"given up": "gave"}.get(status, status)
            notes = [
                f'<div class="{note_kind.split()[0].replace("given", "gave")}-note">{html.escape(note)}</div>'
                for note_kind, note in (report.notes(line) if line else ())
            ]
            if with_code and line:
                notes += [code_details(report.traces[head]) for head in line.heads]
            parts.append(
                f'<tr class="{kind}"><td class=n>{number}<td class=s>{html.escape(text)}'
                f'<td class=o>{"".join(notes)}'
            )
        parts.append("</table>")
    return "\n".join(parts) + "\n"


def code_details(trace):
    code = html.escape(trace["code"] or "not kept")
    return f"<details><summary>machine code of trace {trace['trace']}</summary><pre>{code}</pre></details>"


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="haft -m haft.jitview", description=__doc__.splitlines()[0])
    parser.add_argument("--html", metavar="OUT", help="write a page instead")
    parser.add_argument("--code", action="store_true", help="show machine code")
    parser.add_argument("--all", action="store_true", help="show every file that was compiled in, not only FILE")
    parser.add_argument("file", metavar="FILE", help="a program, or a log")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="of the program")
    options = parser.parse_args(arguments)
    code = 0
    if options.file.endswith((".json", ".jsonl", ".log")):
        report = Report(read_log(options.file))
        files = sorted(report.files)
    else:
        events, code = run(options.file, options.arguments)
        report = Report(events)
        wanted = os.path.abspath(options.file)
        files = [file for file in sorted(report.files) if options.all or os.path.abspath(file) == wanted]
        if not files:
            print("nothing was hot enough to be compiled", file=sys.stderr)
    if options.html:
        with open(options.html, "w", encoding="utf-8") as out:
            out.write(page(report, files, options.code))
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        show(report, files, options.code, colour, sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
