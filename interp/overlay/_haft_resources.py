"""Resources of packages in the packed standard library, for `importlib.resources`."""
import io
from importlib.resources.abc import Traversable, TraversableResources

import _haft


class PackedPath(Traversable):
    """A file or folder of the packed library."""

    def __init__(self, path):
        self._path = path

    def __repr__(self):
        return f'PackedPath({self._path!r})'

    def __str__(self):
        return self._path

    @property
    def name(self):
        return self._path.rpartition('/')[2]

    def iterdir(self):
        for name in _haft.library_list(self._path):
            yield PackedPath(f'{self._path}/{name}')

    def is_dir(self):
        return _haft.library_kind(self._path) == 'folder'

    def is_file(self):
        return _haft.library_kind(self._path) == 'file'

    def joinpath(self, *descendants):
        path = self._path
        for descendant in descendants:
            path = f'{path}/{descendant}'
        return PackedPath(path)

    def __truediv__(self, child):
        return self.joinpath(child)

    def read_bytes(self):
        data = _haft.library_read(self._path)
        if data is None:
            raise FileNotFoundError(2, 'No such file or directory', self._path)
        return data

    def read_text(self, encoding=None, errors='strict'):
        return self.read_bytes().decode(encoding or 'utf-8', errors)

    def open(self, mode='r', *args, **kwargs):
        stream = io.BytesIO(self.read_bytes())
        return stream if 'b' in mode else io.TextIOWrapper(stream, *args, **kwargs)


class PackedReader(TraversableResources):
    """The resources in one folder."""

    def __init__(self, path):
        self._path = path

    def files(self):
        return PackedPath(self._path)
