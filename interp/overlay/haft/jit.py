"""What the tracing JIT does, for programs.

>>> import haft.jit
>>> haft.jit.stats()["roots"]
0
"""
import _haft_jit

__all__ = ["is_on", "log_off", "log_on", "stats"]


def stats():
    """Figures of the compiler as a dict.

    `roots` and `sides`: traces that are installed; `code_bytes`: their machine code; `exits_taken`: how often compiled
    code went back to the interpreter through them; `compiled` and `aborted`: traces made and recordings given up since the
    start; `longest_pause_us`: the longest time that the program waited for one trace, in microseconds of processor time.
    All are 0 if the JIT is off.
    """
    found = _haft_jit.stats()
    if found is None:
        names = "roots", "sides", "code_bytes", "exits_taken", "compiled", "aborted", "longest_pause_us"
        return dict.fromkeys(names, 0)
    return found


def is_on():
    """Are hot loops compiled?"""
    return _haft_jit.stats() is not None


def log_on(path):
    """Write what is compiled from now on to a file, as `-X jit-log` does (machine code only with that option)."""
    _haft_jit.log_to(str(path))


def log_off():
    """Write how often exits were taken so far, and no more."""
    _haft_jit.log_off()
