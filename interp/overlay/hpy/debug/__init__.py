"""Finding handles that an extension module forgot to close.

Only modules that were loaded in debug mode are looked at: `HPY=debug` in the environment, `-X hpy=debug`, or
`hpy.universal.load(..., mode=MODE_DEBUG)`.
"""
from .leakdetector import HPyDebugError, HPyLeakError, LeakDetector


def set_handle_stack_trace_limit(limit):
    """Remember so many frames of the C stack for each handle that is opened from now on."""
    from hpy.universal import _debug
    _debug.set_handle_stack_trace_limit(limit)


def disable_handle_stack_traces():
    """Remember no stacks from now on."""
    set_handle_stack_trace_limit(None)
