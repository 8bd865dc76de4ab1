"""`_tracemalloc`: how much is allocated, but not where.

The heap does not remember allocations one by one, so snapshots are empty; the totals are those of the heap.
"""
import sys as _sys

_limit = 0
_base = 0
_peak = 0


def _size():
    return _sys.getallocatedblocks() * 32


def start(nframe=1, /):
    global _limit, _base, _peak
    if not 1 <= nframe <= 65535:
        raise ValueError("the number of frames must be in range [1; 65535]")
    if not _limit:
        _base = _size()
        _peak = 0
    _limit = nframe


def stop():
    global _limit
    _limit = 0


def is_tracing():
    return _limit > 0


def clear_traces():
    global _base, _peak
    _base = _size()
    _peak = 0


def get_traceback_limit():
    return _limit or 1


def get_traced_memory():
    global _peak
    if not _limit:
        return (0, 0)
    now = max(0, _size() - _base)
    _peak = max(_peak, now)
    return (now, _peak)


def reset_peak():
    global _peak
    _peak = 0


def get_tracemalloc_memory():
    return 0


def _get_traces():
    return []


def _get_object_traceback(obj, /):
    return None
