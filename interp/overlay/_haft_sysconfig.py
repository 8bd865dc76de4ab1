"""What `sysconfig` says of how Haft was built: the few facts that the library itself asks for."""
import sys as _sys

_version = f"{_sys.version_info.major}.{_sys.version_info.minor}"
_tag = f"{_sys.implementation.cache_tag}-{getattr(_sys.implementation, '_multiarch', _sys.platform)}"

build_time_vars = {
    "prefix": _sys.base_prefix,
    "exec_prefix": _sys.base_exec_prefix,
    "VERSION": _version,
    "LDVERSION": _version,
    "SOABI": _tag,
    "EXT_SUFFIX": f".{_tag}.so",
    "SHLIB_SUFFIX": ".so",
    "EXE": "",
    "MULTIARCH": getattr(_sys.implementation, "_multiarch", ""),
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "Py_GIL_DISABLED": 0,
    "WITH_PYMALLOC": 0,
    "SIZEOF_VOID_P": 8,
    "HAVE_FORK": 1,
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo",
    "CC": "cc",
    "CXX": "c++",
    "AR": "ar",
    "ARFLAGS": "rcs",
    "CFLAGS": "",
    "CCSHARED": "-fPIC",
    "LDSHARED": "cc -shared",
    "LDFLAGS": "",
    "LIBS": "",
    "CONFIG_ARGS": "",
    "abs_builddir": "",
    "abs_srcdir": "",
    "srcdir": "",
}
