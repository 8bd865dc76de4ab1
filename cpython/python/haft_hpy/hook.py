"""Makes `import` find NAME.hpy0.so.

The file haft_hpy.pth runs install() when Python starts, so this module must stay small: the native part is loaded with the
first HPy module.
"""
import sys
from importlib import machinery

SUFFIXES = [".hpy0.so"]


class HPyLoader(machinery.ExtensionFileLoader):
    """Loads one HPy module."""

    def create_module(self, spec):
        import os

        from . import _native

        mode = _native.MODE_UNIVERSAL
        if "HPY" in os.environ:
            mode = _native.mode_of(os.environ["HPY"], spec.name)
        if "HPY_LOG" in os.environ:
            how = {1: " with a debug context", 2: " with a trace context"}.get(mode, "")
            print(f"Loading {spec.name!r} in HPy universal mode{how}")
        try:
            return _native.load(spec.name, self.path, spec, mode=mode)
        except RuntimeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
                raise  # of the module's own code
            raise ImportError(str(error), name=spec.name, path=self.path) from None

    def exec_module(self, module):
        """The module has run already: HPy makes and runs it in one step."""

    def __repr__(self):
        return f"HPyLoader({self.name!r}, {self.path!r})"


class HPyFallback:
    """Finds `hpy.universal` and its neighbours where upstream's package is not installed; a finder of the meta path."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "hpy":
            return None
        import os
        from importlib.util import spec_from_file_location

        folder = os.path.join(os.path.dirname(__file__), "hpy")
        file = os.path.join(folder, "__init__.py")
        return spec_from_file_location(name, file, submodule_search_locations=[folder])


def install():
    """Add the hook, once."""
    if any(finder is HPyFallback for finder in sys.meta_path):
        return
    loaders = [
        (HPyLoader, SUFFIXES),
        (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES),
        (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
        (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
    ]
    hook = machinery.FileFinder.path_hook(*loaders)
    names = [getattr(other, "__qualname__", "") for other in sys.path_hooks]
    usual = [i for i, name in enumerate(names) if name.startswith("FileFinder.")]
    sys.path_hooks.insert(usual[0] if usual else len(names), hook)
    # Finders that were made before do not know of HPy.
    for folder in list(sys.path_importer_cache):
        if isinstance(sys.path_importer_cache[folder], machinery.FileFinder):
            del sys.path_importer_cache[folder]
    sys.meta_path.append(HPyFallback)
    # For inspect, pkgutil and importlib.util.spec_from_file_location.
    machinery.EXTENSION_SUFFIXES.extend(SUFFIXES)
    from importlib import _bootstrap_external as external

    usual = external._get_supported_file_loaders
    external._get_supported_file_loaders = lambda: [(HPyLoader, SUFFIXES), *usual()]
