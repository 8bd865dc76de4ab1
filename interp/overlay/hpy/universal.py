"""Loading extension modules of HPy, see the package `hpy`."""
from _hpy_universal import (
    MODE_DEBUG,
    MODE_TRACE,
    MODE_UNIVERSAL,
    _load_bootstrap,
    get_version,
    load,
)
