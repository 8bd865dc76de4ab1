"""Loading extension modules of HPy, see the package `hpy`."""
import _hpy_debug as _debug
import _hpy_trace as _trace
from _hpy_universal import (
    MODE_DEBUG,
    MODE_TRACE,
    MODE_UNIVERSAL,
    _load_bootstrap,
    get_version,
    load,
)
