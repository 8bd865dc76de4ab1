"""What builds of extension modules ask for: where the headers are, and what to compile along.

`haft build-ext` compiles a module without any of this, and the build backend `haft_build` makes wheels. Here is what scripts written
for upstream's `hpy.devel` look for. The headers have universal mode only, and their helpers are inline functions: there is nothing to
compile along and nothing to link with.
"""
import os.path as _path
import subprocess as _subprocess
import sys as _sys

from .abitag import get_hpy_ext_suffix

DEFAULT_HPY_ABI = "universal"


def _include_folder():
    """The folder of `hpy.h`, which the executable writes when it is asked."""
    command = [_sys.executable, "build-ext", "--include"]
    done = _subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise ImportError(done.stderr.strip(), name=__name__)
    return done.stdout.strip()


# Scripts look for `include` and `src` beside this file; there they are.
__file__ = _path.join(_path.dirname(_include_folder()), "__init__.py")


class HPyDevel:
    """Folders and sources for the compiler."""

    def __init__(self, base_dir=None):
        self.base_dir = _path.dirname(__file__) if base_dir is None else str(base_dir)
        self.include_dir = _path.join(self.base_dir, "include")
        self.src_dir = _path.join(self.base_dir, "src", "runtime")

    def get_extra_include_dirs(self):
        """Folders for `-I`."""
        return [self.include_dir]

    def get_include_dir_forbid_python_h(self):
        """A folder for `-I` with a `Python.h` that does not compile."""
        return _path.join(self.include_dir, "hpy", "forbid_python_h")

    def get_extra_sources(self):
        """Sources to compile along: none."""
        return []

    def get_ctx_sources(self):
        """Sources to compile along in the mode of CPython's own API, which there is not here."""
        return []

    def get_static_libs(self, hpy_abi):
        """Libraries to link with: none."""
        if hpy_abi != "universal":
            raise ValueError(f"{hpy_abi!r}: modules are built in universal mode")
        return []
