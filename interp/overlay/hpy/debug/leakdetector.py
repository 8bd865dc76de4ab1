"""Handles that were opened in a stretch of a program and not closed in it."""
from hpy.universal import _debug


class HPyDebugError(Exception):
    """A mistake of an extension module."""


class HPyLeakError(HPyDebugError):
    """Handles were not closed; `leaks` are they."""

    def __init__(self, leaks):
        super().__init__()
        self.leaks = leaks

    def __str__(self):
        count = len(self.leaks)
        title = f'{count} unclosed handle{"" if count == 1 else "s"}:'
        return '\n'.join([title, *(f'    {leak!r}' for leak in self.leaks)])


class LeakDetector:
    """Raise HPyLeakError at the end of a with statement, or in `stop()`, for handles opened since its beginning."""

    def __init__(self):
        self.generation = None

    def start(self):
        if self.generation is not None:
            raise ValueError('LeakDetector already started')
        self.generation = _debug.new_generation()

    def stop(self):
        if self.generation is None:
            raise ValueError('LeakDetector not started yet')
        leaks = _debug.get_open_handles(self.generation)
        if leaks:
            raise HPyLeakError(leaks)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, traceback):
        self.stop()
