"""Runs one module of unittest tests and reports each test by a line in a file; see xtask/src/upstream/report.rs.

    unittest_driver.py MODULE       UPSTREAM_REPORT=file to append to, UPSTREAM_SKIP=file of ids that have a result

The tests are loaded and run as `python -m unittest MODULE` would; only the result object is ours.
"""
import os
import sys
import unittest


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


def main():
    name = sys.argv[1]
    with open(os.environ["UPSTREAM_SKIP"], encoding="utf-8") as file:
        ids = set(file.read().split("\n"))
    suite = unittest.defaultTestLoader.loadTestsFromName(name)
    with open(os.environ["UPSTREAM_REPORT"], "a", encoding="utf-8", errors="backslashreplace") as report:
        without(suite, ids).run(Reporter(report))
        report.write("done\n")


main()
