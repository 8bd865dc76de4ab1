"""Finders and loaders of Haft for importlib.

The runtime loads this module when importlib wakes; see `interp/builtins/src/runtime/import`.
"""
import _haft


def install(bootstrap, external):
    """Set up `sys.meta_path` and `sys.path_hooks`. Return the class of the loaders of packed modules."""
    import sys

    external._set_bootstrap_module(bootstrap)
    bootstrap._bootstrap_external = external

    class PackedLoader(external.SourceFileLoader):
        """Loads modules of the standard library that is packed into the executable."""

        def get_data(self, path):
            data = _haft.library_read(path)
            if data is None:
                return super().get_data(path)
            return data

        def path_stats(self, path):
            raise OSError(2, 'No such file or directory', path)

        def get_code(self, fullname):
            code = _haft.library_code(self.get_filename(fullname))
            return super().get_code(fullname) if code is None else code

        def get_resource_reader(self, name):
            from _haft_resources import PackedReader
            return PackedReader(self.path.rpartition('/')[0])

    PackedLoader.__module__ = external.__name__

    class PackedFinder:
        """Finds modules in a folder of the packed library."""

        def __init__(self, path):
            self.path = path

        def __repr__(self):
            return f'PackedFinder({self.path!r})'

        def find_spec(self, fullname, target=None):
            base = self.path + '/' + fullname.rpartition('.')[2]
            package = base + '/__init__.py'
            if _haft.library_kind(package) == 'file':
                return external.spec_from_file_location(
                    fullname, package, loader=PackedLoader(fullname, package),
                    submodule_search_locations=[base])
            path = base + '.py'
            if _haft.library_kind(path) == 'file':
                return external.spec_from_file_location(
                    fullname, path, loader=PackedLoader(fullname, path))
            if _haft.library_kind(base) == 'folder':
                spec = bootstrap.ModuleSpec(fullname, None)
                spec.submodule_search_locations = [base]
                return spec
            return None

        def invalidate_caches(self):
            pass

        def iter_modules(self, prefix=''):
            """What `pkgutil.iter_modules` lists."""
            for name in _haft.library_list(self.path):
                stem, dot, suffix = name.partition('.')
                if dot and suffix == 'py' and stem != '__init__':
                    yield prefix + stem, False
                elif not dot and _haft.library_kind(f'{self.path}/{name}/__init__.py') == 'file':
                    yield prefix + name, True

    def packed_path_hook(path):
        if _haft.library_kind(path) != 'folder':
            raise ImportError('not in the packed library', path=path)
        return PackedFinder(path)

    def archive_path_hook(path):
        if not external._path_isfile(path):
            raise ImportError('not a file', path=path)
        import zipimport
        return zipimport.zipimporter(path)

    sys.path_hooks.append(packed_path_hook)
    sys.path_hooks.append(archive_path_hook)
    sys.path_hooks.append(external.FileFinder.path_hook(*external._get_supported_file_loaders()))
    sys.meta_path.extend([bootstrap.BuiltinImporter, bootstrap.FrozenImporter, external.PathFinder])
    return PackedLoader
