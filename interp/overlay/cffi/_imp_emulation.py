"""What was in the module imp."""
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader


def load_dynamic(name, path, file=None):
    """Import a compiled module from a file."""
    spec = spec_from_loader(name, ExtensionFileLoader(name, path))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
