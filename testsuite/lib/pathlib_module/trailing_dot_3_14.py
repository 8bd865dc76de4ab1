# min-python: 3.14
"""Since 3.14 a single dot is a suffix."""
from pathlib import PurePosixPath as P
p = P("a.")
print(repr(p.suffix), p.suffixes, p.stem, P("a").with_suffix("."))  # expect: '.' ['.'] a a.
