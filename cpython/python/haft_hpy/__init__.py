"""HPy extension modules in CPython.

Importing a file NAME.hpy0.so needs nothing of this package but that it is installed: an import hook is there from the start.
What is here is for programs: load() and the modes. HPY=debug in the environment loads modules in debug mode.
"""
from ._native import (
    MODE_DEBUG,
    MODE_TRACE,
    MODE_UNIVERSAL,
    VERSION as __version__,
    load,
    mode_of,
)

__all__ = ["MODE_DEBUG", "MODE_TRACE", "MODE_UNIVERSAL", "get_include", "load", "mode_of"]


def get_include():
    """The folder that holds hpy.h."""
    import os

    return os.path.join(os.path.dirname(__file__), "include")
