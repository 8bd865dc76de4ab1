"""Runs one module of unittest tests and reports each test by a line in a file; see xtask/src/upstream/report.rs.

    unittest_driver.py MODULE       UPSTREAM_REPORT=file to append to, UPSTREAM_SKIP=file of ids that have a result

The tests are loaded and run as `python -m unittest MODULE` would; only the result object is ours.
"""
import importlib.util
import os
import sys
import types
import unittest

# Modules that a test file imports although only a few of its cases are about them, and that do not load on Python 3.14 or
# outside CPython. Something is put in their place, so that those cases fail and the others run.
STAND_INS = {
    # Cases of the C API.
    "test.test_bytes": ["_testlimitedcapi"],
    # They take tables of literals from `test.test_grammar`, which imports a module that is no Python 3.14 (PEP 649).
    "test.test_complex": ["test.typinganndata.ann_module"],
    "test.test_float": ["test.typinganndata.ann_module"],
    "test.test_grammar": ["test.typinganndata.ann_module"],
    "test.test_int": ["test.typinganndata.ann_module"],
    "test.test_typing": ["test.typinganndata.ann_module"],
}


class Reporter(unittest.TestResult):
    """Writes every event at once, so that a crash loses nothing."""

    def __init__(self, report):
        super().__init__()
        self.report = report

    def line(self, word, test, note=""):
        note = " ".join(note.split())[:200]
        self.report.write("%s %s%s\n" % (word, test.id(), ": " + note if note else ""))
        self.report.flush()

    def startTest(self, test):
        super().startTest(test)
        self.line("start", test)

    def addSuccess(self, test):
        self.line("passed", test)

    def addFailure(self, test, err):
        self.line("failed", test, describe(err))

    def addError(self, test, err):
        self.line("error", test, describe(err))

    def addSkip(self, test, reason):
        self.line("skipped", test)

    def addExpectedFailure(self, test, err):
        self.line("passed", test)

    def addUnexpectedSuccess(self, test):
        self.line("failed", test, "unexpected success")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            word = "failed" if issubclass(err[0], test.failureException) else "error"
            self.line(word, test, "%s %s" % (subtest._subDescription(), describe(err)))


def describe(err):
    return "%s: %s" % (err[0].__name__, err[1])


def without(suite, ids):
    """The suite, structure kept, less the tests that have a result."""
    if isinstance(suite, unittest.TestCase):
        return suite
    kept = [without(test, ids) for test in suite
            if not (isinstance(test, unittest.TestCase) and test.id() in ids)]
    return suite.__class__(kept)


def stand_in(name):
    """Puts something in the place of a module that cannot be imported."""
    try:
        importlib.import_module(name)
    except NameError:
        # It writes into the `__annotations__` of its running body, which there was until 3.13.
        spec = importlib.util.find_spec(name)
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        module.__annotations__ = {}
        spec.loader.exec_module(module)
    except ImportError:
        module = sys.modules[name] = types.ModuleType(name)
    else:
        return
    package, _, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, module)


def main():
    name = sys.argv[1]
    for module in STAND_INS.get(name, ()):
        stand_in(module)
    with open(os.environ["UPSTREAM_SKIP"], encoding="utf-8") as file:
        ids = set(file.read().split("\n"))
    suite = unittest.defaultTestLoader.loadTestsFromName(name)
    with open(os.environ["UPSTREAM_REPORT"], "a", encoding="utf-8", errors="backslashreplace") as report:
        without(suite, ids).run(Reporter(report))
        report.write("done\n")


main()
