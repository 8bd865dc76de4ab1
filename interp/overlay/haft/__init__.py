"""What only this interpreter has."""
from _haft import __version__, stdlib_files

__all__ = ["stdlib_files"]
