"""HPy: extension modules that are compiled once and run on every Python with the same interface.

A file `NAME.hpy0.so` is imported like any module. `hpy.universal` loads one by hand, `hpy.debug` looks for handles that were
not closed, `hpy.trace` counts and times the calls of a module.
"""
