"""Counting and timing the calls that extension modules make.

Only modules that were loaded in trace mode are looked at: `HPY=trace` in the environment, `-X hpy=trace`, or
`hpy.universal.load(..., mode=MODE_TRACE)`.
"""
from hpy.universal import _trace

get_call_counts = _trace.get_call_counts
get_durations = _trace.get_durations
get_frequency = _trace.get_frequency
set_trace_functions = _trace.set_trace_functions
