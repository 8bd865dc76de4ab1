"""A profiler with little overhead, with the interface of `profile`: `cProfile.run("f()")`, `python -m cProfile script.py`."""
__all__ = ["run", "runctx", "Profile"]

import _lsprof
import profile as _profile


def run(statement, filename=None, sort=-1):
    """Run statement under profiler, and print the statistics or save them to filename."""
    return _profile._Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """Run statement under profiler with these namespaces; otherwise as run()."""
    return _profile._Utils(Profile).runctx(statement, globals, locals, filename, sort)


class Profile(_lsprof.Profiler):
    """Profile(timer=None, timeunit=None, subcalls=True, builtins=True)

    Builds a profiler object using the specified timer function.
    The default timer is a fast built-in one based on real time.
    For custom timer functions returning integers, timeunit can
    be a float specifying a scale (i.e. how long each integer unit
    is, in seconds).
    """

    def __init__(self, timer=None, timeunit=None, subcalls=True, builtins=True):
        super().__init__(timer, timeunit or 0.0, subcalls, builtins)

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()

    def print_stats(self, sort=-1):
        """Print a table of the functions, sorted."""
        import pstats
        keys = sort if isinstance(sort, tuple) else (sort,)
        pstats.Stats(self).strip_dirs().sort_stats(*keys).print_stats()

    def dump_stats(self, file):
        """Write the statistics to a file that pstats reads."""
        import marshal
        self.create_stats()
        with open(file, "wb") as out:
            marshal.dump(self.stats, out)

    def create_stats(self):
        """Stop, and make `stats`."""
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Make `stats`: calls and times by function, each with those of its callers."""
        entries = self.getstats()
        callers = {label(entry.code): {} for entry in entries}
        for entry in entries:
            for inner in entry.calls or ():
                known = callers.get(label(inner.code))
                if known is not None:
                    # In the rows of callers all calls come first.
                    n_primitive, n_all, own, total = _row(inner)
                    row = n_all, n_primitive, own, total
                    old = known.get(label(entry.code))
                    known[label(entry.code)] = row if old is None else tuple(a + b for a, b in zip(old, row))
        self.stats = {}
        for entry in entries:
            place = label(entry.code)
            old = self.stats.get(place)
            n_primitive, n_all, own, total = _row(entry)
            if old is not None:
                n_primitive, n_all, own, total = (a + b for a, b in zip(old, (n_primitive, n_all, own, total)))
            self.stats[place] = n_primitive, n_all, own, total, callers[place]

    def run(self, cmd):
        """Profile a statement in the namespace of `__main__`."""
        import __main__
        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """Profile a statement."""
        with self:
            exec(cmd, globals, locals)
        return self

    def runcall(self, func, /, *args, **kw):
        """Profile a single function call."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()


def _row(entry):
    """Primitive calls, calls, own time and time of an entry."""
    return entry.callcount - entry.reccallcount, entry.callcount, entry.inlinetime, entry.totaltime


def label(code):
    """What stands for a function in the statistics: file, line and name."""
    if isinstance(code, str):
        return "~", 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def main():
    """The command line."""
    import optparse
    import os
    import pstats
    import runpy
    import sys
    parser = optparse.OptionParser(usage="cProfile.py [-o output_file_path] [-s sort] [-m module | scriptfile] [arg] ...")
    parser.allow_interspersed_args = False
    parser.add_option("-o", "--outfile", help="Save stats to <outfile>")
    parser.add_option("-s", "--sort", default=2, choices=sorted(pstats.Stats.sort_arg_dict_default),
                      help="Sort order when printing to stdout, based on pstats.Stats class")
    parser.add_option("-m", dest="module", action="store_true", help="Profile a library module")
    options, arguments = parser.parse_args()
    if not arguments:
        parser.print_usage()
        sys.exit(2)
    outfile = options.outfile and os.path.abspath(options.outfile)
    sys.argv[:] = arguments
    name = arguments[0]
    namespace = {"__name__": "__main__", "__package__": None, "__cached__": None}
    if options.module:
        code = "run_module(name, run_name='__main__')"
        namespace = {"run_module": runpy.run_module, "name": name}
    else:
        sys.path.insert(0, os.path.dirname(name))
        import io
        with io.open_code(name) as file:
            code = compile(file.read(), name, "exec")
        namespace["__file__"] = name
    profiler = Profile()
    try:
        profiler.runctx(code, namespace, None)
    except SystemExit:
        pass
    if outfile is not None:
        profiler.dump_stats(outfile)
    else:
        profiler.print_stats(options.sort)


if __name__ == "__main__":
    main()
