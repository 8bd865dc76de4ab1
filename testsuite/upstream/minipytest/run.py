"""Runs one pytest-style file and reports each test by a line in a file; see xtask/src/upstream/report.rs.

    run.py FILE       UPSTREAM_REPORT=file to append to, UPSTREAM_SKIP=file of ids that have a result

Functions test* and methods test* of classes Test* are tests. `setup_module`, `setup_class`, `setup_method` and
`teardown_method` are honoured; parametrised tests run once per row and have one result.
"""
import importlib
import importlib.util
import inspect
import itertools
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.getcwd())
import pytest


def load(path):
    """Import FILE by its dotted name, or by its path if its folder is no package of the working directory."""
    if path.startswith("testing"):
        return importlib.import_module(path[:-len(".py")].replace("/", "."))
    name = os.path.basename(path)[:-len(".py")]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def call(function, *args):
    """Call a set-up function that may or may not want the argument."""
    function(*args[:function.__code__.co_argcount - (1 if inspect.ismethod(function) else 0)])


def tests_of(module):
    """(id, marks, parameter rows, function of one row) of every test of the module."""
    for name, found in list(vars(module).items()):
        if name.startswith("test") and inspect.isfunction(found):
            yield name, getattr(found, "marks", {}), getattr(found, "parameters", []), found
        elif name.startswith("Test") and isinstance(found, type):
            if hasattr(found, "setup_class"):
                found.setup_class() if inspect.ismethod(found.setup_class) else found.setup_class(found)
            for attribute in dir(found):
                method = getattr(found, attribute)
                if attribute.startswith("test") and callable(method):
                    marks = dict(getattr(found, "marks", {}), **getattr(method, "marks", {}))
                    yield name + "." + attribute, marks, getattr(method, "parameters", []), in_instance(found, attribute)


def in_instance(cls, attribute):
    def run(**row):
        instance = cls()
        method = getattr(instance, attribute)
        if hasattr(instance, "setup_method"):
            call(instance.setup_method, method)
        method(**row)
        if hasattr(instance, "teardown_method"):
            call(instance.teardown_method, method)
    return run


def outcome(marks, parameters, run):
    """-> (word, note)"""
    if "skip" in marks:
        return "skipped", ""
    try:
        for rows in itertools.product(*parameters):
            row = {}
            for part in rows:
                row.update(part)
            run(**row)
    except (pytest.Skipped, pytest.XFailed):
        return "skipped", ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if "xfail" in marks:
            return "skipped", ""
        word = "failed" if isinstance(error, AssertionError) else "error"
        return word, " ".join(("%s: %s" % (type(error).__name__, error)).split())[:200]
    return "passed", ""


def main(path):
    with open(os.environ["UPSTREAM_SKIP"], encoding="utf-8") as file:
        ids = set(file.read().split("\n"))
    with open(os.environ["UPSTREAM_REPORT"], "a", encoding="utf-8", errors="backslashreplace") as report:
        def line(text):
            report.write(text + "\n")
            report.flush()
        try:
            module = load(path)
            if hasattr(module, "setup_module"):
                call(module.setup_module, module)
            for name, marks, parameters, run in tests_of(module):
                if name not in ids:
                    line("start " + name)
                    word, note = outcome(marks, parameters, run)
                    line("%s %s%s" % (word, name, ": " + note if note else ""))
        except pytest.Skipped as reason:
            line("skipped (module): %s" % reason)
        line("done")


main(sys.argv[1])
