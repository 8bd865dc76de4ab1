"""`hpy.universal`: loads universal modules."""
from haft_hpy._native import (
    MODE_DEBUG,
    MODE_TRACE,
    MODE_UNIVERSAL,
    VERSION,
    _debug,
    _trace,
    load,
    mode_of,
)


def get_version():
    """The version of HPy, and which host this is."""
    return "0.9.0", f"haft-hpy {VERSION}"


def _load_bootstrap(name, ext_name, package, file, loader, spec, env):
    """Load a module in the mode that the environment says; what generated stubs call."""
    mode = mode_of(env["HPY"], name) if "HPY" in env else MODE_UNIVERSAL
    if "HPY_LOG" in env:
        how = {MODE_DEBUG: " with a debug context", MODE_TRACE: " with a trace context"}.get(mode, "")
        print(f"Loading {name!r} in HPy universal mode{how}")
    module = load(name, file, spec, mode=mode)
    module.__file__ = file
    module.__package__ = package
    module.__loader__ = loader
    module.__name__ = ext_name
    module.__spec__ = spec
    spec.origin = file
    return module
