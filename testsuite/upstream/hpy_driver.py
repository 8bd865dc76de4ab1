"""Runs HPy's own tests, unmodified, without pytest, setuptools or a build of HPy; see xtask/src/upstream/report.rs.

    hpy_driver.py SOURCES ABI [HEADERS]     in the environment: UPSTREAM_REPORT, a file to append to;
                                            UPSTREAM_SKIP, a file of ids that have a result; UPSTREAM_CACHE, a folder

SOURCES is an unpacked source distribution; ABI is universal, debug (the same tests in that mode), or folder (those about the
debug and trace modes themselves). The modules are compiled with `cc`, once, against the headers in the distribution or those
in the folder HEADERS. Everything else is the distribution's own: templates, fixtures, what a subprocess runs.
"""
import contextlib
import hashlib
import importlib.util
import inspect
import os
import shutil
import subprocess
import sys
import tempfile
import types
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "minipytest"))
import pytest

SOURCES, ABI, HEADERS = sys.argv[1], sys.argv[2], (sys.argv[3:] + [None])[0]
TESTS = os.path.join(SOURCES, "test")


# ---- what the tests import

class Fixture:
    """A function whose result is an argument of tests; a generator function goes on when the test is over."""

    def __init__(self, function, params=(None,)):
        self.function, self.params = function, params


def fixture(function=None, params=(None,), **options):
    return Fixture(function) if function else lambda function: Fixture(function, params)


def use_fixtures(*names):
    def decorate(cls):
        cls.used_fixtures = names
        return cls
    return decorate


pytest.fixture = fixture
pytest.hookimpl = lambda **options: lambda function: function
type(pytest.mark).usefixtures = staticmethod(use_fixtures)


class CompileError(Exception):
    """The compiler refused."""


def module(name, **attributes):
    made = types.ModuleType(name)
    made.__dict__.update(attributes)
    sys.modules[name] = made
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, made)
    return made


class Extension:
    def __init__(self, name, sources, extra_compile_args=(), include_dirs=None, extra_link_args=()):
        self.name, self.sources, self.options = name, sources, list(extra_compile_args)


class FileLock:
    def __init__(self, path):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


def config_variable(name):
    return ".cpython-311-x86_64-linux-gnu.so" if name == "EXT_SUFFIX" else None


module("filelock", FileLock=FileLock)
module("distutils")
module("distutils.errors", CompileError=CompileError)
module("distutils.core", Extension=Extension)
module("distutils.sysconfig", get_config_var=config_variable)
import hpy.universal
module("hpy.devel", HPyDevel=object)
sys.modules["hpy.devel"].__path__ = [os.path.join(SOURCES, "hpy", "devel")]
module("test").__path__ = [TESTS]

# ---- compiling

RUNTIME = ["argparse.c", "buildvalue.c", "format.c", "helpers.c", "structseq.c"]
COMPILER_SAID = []


def cached(name, made_of, make):
    """A file of the cache that depends on these texts."""
    digest = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:24]
    path = os.path.join(os.environ["UPSTREAM_CACHE"], digest + "-" + name)
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        make("%s.%d" % (path, os.getpid()))
        os.rename("%s.%d" % (path, os.getpid()), path)
    return path


def compiler(*args, cwd=None):
    done = subprocess.run(["cc", *args], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        COMPILER_SAID.append(done.stdout.decode("utf-8", "replace"))
        raise CompileError(COMPILER_SAID[-1])


def runtime_objects(flags):
    """The part of HPy that is linked into each module, where its headers do not have it inline."""
    if HEADERS:
        return []
    folder = os.path.join(SOURCES, "hpy", "devel", "src", "runtime")
    return [cached(name + ".o", [name, *flags], lambda to, name=name: compiler("-c", *flags, os.path.join(folder, name), "-o", to))
            for name in RUNTIME]


def c_compile(tmpdir, ext, hpy_devel, hpy_abi, compiler_verbose=0, debug=None):
    """As test.support.c_compile, without setuptools."""
    assert hpy_abi == "universal"
    include = HEADERS or os.path.join(SOURCES, "hpy", "devel", "include")
    flags = ["-fPIC", "-I" + include, "-I" + os.path.join(include, "hpy", "forbid_python_h"), "-DHPY", "-DHPY_ABI_UNIVERSAL"]
    sources = [os.path.join(tmpdir, source) for source in ext.sources]
    texts = []
    for source in sources:
        with open(source, encoding="utf-8") as file:
            texts.append(file.read())
    file_name = ext.name.rpartition(".")[2] + ".hpy0.so"
    options = [option for option in ext.options if option != "-g"]
    made = cached(file_name, [HEADERS or "", *options, *texts],
                  lambda to: compiler("-shared", *flags, *options, *sources, *runtime_objects(flags), "-o", to, cwd=tmpdir))
    path = os.path.join(tmpdir, *ext.name.split(".")[:-1], file_name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        # A file that was loaded must stay as it is.
        os.remove(path)
    return shutil.copyfile(made, path)


# ---- fixtures that are pytest's own

class LocalPath:
    """What tests want of `py.path.local`."""

    def __init__(self, path):
        self.path = path

    def join(self, name):
        return LocalPath(os.path.join(self.path, name))

    def write(self, text, mode="w"):
        with open(self.path, mode) as file:
            file.write(text)

    def __str__(self):
        return self.path

    __fspath__ = __str__


@contextlib.contextmanager
def temporary_folder():
    path = tempfile.mkdtemp()
    yield LocalPath(os.path.realpath(path))
    shutil.rmtree(path)


class Captured:
    """What file descriptors 1 and 2 got since the last look."""

    def __init__(self):
        self.files = [tempfile.TemporaryFile() for _ in range(2)]
        self.kept = [os.dup(number) for number in (1, 2)]
        for number in (1, 2):
            os.dup2(self.files[number - 1].fileno(), number)

    def readouterr(self):
        texts = []
        sys.stdout.flush()
        sys.stderr.flush()
        for file in self.files:
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
            file.seek(0)
            file.truncate()
        texts[1] += "".join(COMPILER_SAID)
        del COMPILER_SAID[:]
        return types.SimpleNamespace(out=texts[0], err=texts[1])

    def close(self):
        for number in (1, 2):
            os.dup2(self.kept[number - 1], number)
            os.close(self.kept[number - 1])


@contextlib.contextmanager
def captured_output():
    captured = Captured()
    try:
        yield captured
    finally:
        captured.close()


class Config:
    def getoption(self, name):
        return None


BUILT_IN = {"tmpdir": temporary_folder, "capfd": captured_output}


class Run:
    """One run of one test: its fixtures, and what is to be done when it is over."""

    def __init__(self, places, instance, row):
        self.places, self.instance, self.row = places, instance, row
        self.known, self.open = {}, []

    def found(self, name):
        """The fixture of that name: the nearest one."""
        for place in self.places:
            found = getattr(place, name, None) if isinstance(place, type) else place.__dict__.get(name)
            if isinstance(found, Fixture):
                return found, isinstance(place, type)
        return None, False

    def value(self, name):
        if name not in self.known:
            self.known[name] = self.make(name)
        return self.known[name]

    def make(self, name):
        if name == "request":
            return types.SimpleNamespace(config=Config(), module=None, cls=None, function=None)
        found, in_class = self.found(name)
        if not found:
            context = BUILT_IN[name]()
            self.open.append(lambda: context.__exit__(None, None, None))
            return context.__enter__()
        names = list(inspect.signature(found.function).parameters)
        given = [self.instance] if in_class else []
        for parameter in names[len(given):]:
            if parameter == "request":
                given.append(types.SimpleNamespace(param=self.row.get(name), config=Config(), module=None, cls=None, function=None))
            else:
                given.append(self.value(parameter))
        value = found.function(*given)
        if inspect.isgenerator(value):
            generator, value = value, next(value)
            self.open.append(lambda: next(generator, None))
        return value

    def run(self, function):
        try:
            for name in getattr(type(self.instance), "used_fixtures", ()):
                self.value(name)
            parameters = inspect.signature(function).parameters
            function(**{name: self.value(name) for name in parameters})
        finally:
            failure = None
            for close in reversed(self.open):
                try:
                    close()
                except Exception as error:
                    failure = error
            if failure:
                raise failure


def rows_of(run, function):
    """The values of fixtures with parameters that this kind of run wants; none: it is no test of this kind."""
    rows = [{}]
    wanted = ["hpy_abi", *inspect.signature(function).parameters]
    for name in wanted:
        found, _ = run.found(name)
        params = found.params if found else (None,)
        if name == "hpy_abi" and params != (None,):
            params = [param for param in params if param == ABI]
        rows = [dict(row, **{name: param}) for row in rows for param in params]
    return rows


# ---- running

def load(path):
    name = "test." + os.path.relpath(path, TESTS)[:-len(".py")].replace(os.sep, ".")
    spec = importlib.util.spec_from_file_location(name, path)
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    parent, _, last = name.rpartition(".")
    setattr(sys.modules[parent], last, made)
    spec.loader.exec_module(made)
    return made


def files():
    folders = ["debug", "trace"] if ABI == "folder" else [""]
    for folder in folders:
        for name in sorted(os.listdir(os.path.join(TESTS, folder))):
            # How it dumps sources through a pytest of its own is no matter of the runtime.
            if name.startswith("test_") and name.endswith(".py") and name != "test_support.py":
                yield os.path.join(TESTS, folder, name)


def tests_of(made):
    """(name, class or None) of every test of a module."""
    for name, found in list(vars(made).items()):
        if name.startswith("test") and inspect.isfunction(found):
            yield name, None
        elif name.startswith("Test") and isinstance(found, type):
            for attribute in dir(found):
                if attribute.startswith("test") and callable(getattr(found, attribute)):
                    yield attribute, found


def outcome(function, run, row, places, cls):
    if "skip" in getattr(function, "marks", {}):
        return "skipped", ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            run(places, cls() if cls else None, row)
    except (pytest.Skipped, pytest.XFailed):
        return "skipped", ""
    except BaseException as error:
        word = "failed" if isinstance(error, AssertionError) else "error"
        return word, " ".join(("%s: %s" % (type(error).__name__, error)).split())[:200]
    return "passed", ""


def run_test(name, cls, made, places, report, ids):
    instance = cls() if cls else None
    function = getattr(instance, name) if cls else getattr(made, name)
    file = os.path.relpath(made.__file__, TESTS)
    for row in rows_of(Run(places, instance, {}), function):
        params = [row[key] for key in row if key != "hpy_abi" and row[key] is not None]
        test = "::".join([file, *([cls.__name__] if cls else []), name]) + "".join("[%s]" % param for param in params)
        test = test.replace(" ", "_")
        if test in ids:
            continue
        report("start " + test)

        def run(places, instance, row):
            one = Run(places, instance, row)
            one.run(getattr(instance, name) if cls else function)
        word, note = outcome(function, run, row, places, cls)
        report("%s %s%s" % (word, test, ": " + note if note else ""))


def main():
    with open(os.environ["UPSTREAM_SKIP"], encoding="utf-8") as file:
        ids = set(file.read().split("\n"))
    only = os.environ.get("UPSTREAM_ONLY", "")
    with open(os.environ["UPSTREAM_REPORT"], "a", encoding="utf-8", errors="backslashreplace") as file:
        def report(text):
            file.write(text + "\n")
            file.flush()
        support = load(os.path.join(TESTS, "support.py"))
        support.c_compile = c_compile
        fixtures = load(os.path.join(TESTS, "conftest.py"))
        for folder in "debug", "trace":
            module("test." + folder).__path__ = [os.path.join(TESTS, folder)]
        for path in files():
            made = load(path)
            for name, cls in tests_of(made):
                if only in name:
                    run_test(name, cls, made, [cls, made, fixtures] if cls else [made, fixtures], report, ids)
        report("done")


main()
