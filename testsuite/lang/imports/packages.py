"""Packages, relative imports, __all__, submodules as attributes."""
import sys, os, tempfile, textwrap
root = tempfile.mkdtemp()
sys.path.insert(0, root)
def write(path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(textwrap.dedent(text))
write("pkg/__init__.py", 'print("init", __name__, __package__)\n__all__ = ["a", "name"]\nname = "pkg name"\nhidden = 1\n')
write("pkg/a.py", 'from . import b\nfrom .sub.deep import value\nfrom .. import x if False else 0\n'.replace("from .. import x if False else 0\n", ""))
write("pkg/b.py", 'from . import name\nother = name + "!"\n')
write("pkg/sub/__init__.py", "")
write("pkg/sub/deep.py", 'from ..b import other\nfrom ... import nothing\n'.split("from ...")[0] + 'value = other * 2\nfrom .. import name as up\n')
write("pkg/bad.py", "from ....too import far\n")
write("pkg/__main__.py", "print('main')")
import pkg.a  # expect: init pkg pkg
print(pkg.a.value, pkg.b.other, pkg.sub.deep.up, sorted(m for m in sys.modules if m.startswith("pkg")))
# expect: pkg name!pkg name! pkg name! pkg name ['pkg', 'pkg.a', 'pkg.b', 'pkg.sub', 'pkg.sub.deep']
from pkg import *
print(name, a is pkg.a, "hidden" in globals())  # expect: pkg name True False
import pkg.sub.deep as d
print(d.__name__, d.__package__, pkg.__path__ == [os.path.join(root, "pkg")], hasattr(d, "__path__"))  # expect: pkg.sub.deep pkg.sub True False
from pkg.sub import deep
print(deep is d)  # expect: True
try:
    import pkg.bad
except ImportError as error:
    print(error)  # expect: attempted relative import beyond top-level package
try:
    import pkg.missing
except ModuleNotFoundError as error:
    print(error)  # expect: No module named 'pkg.missing'
try:
    from pkg import missing
except ImportError as error:
    print(str(error).split(" (")[0])  # expect: cannot import name 'missing' from 'pkg'
try:
    from . import anything
except ImportError as error:
    print(error)  # expect: attempted relative import with no known parent package
import importlib
print(importlib.import_module(".b", "pkg") is pkg.b, importlib.import_module("pkg.sub.deep") is d)  # expect: True True
write("names/__init__.py", "__all__ = ['nope']")
try:
    from names import *
except AttributeError as error:
    print(error)  # expect: module 'names' has no attribute 'nope'
os.makedirs(os.path.join(root, "nspace"))
write("nspace/mod.py", "v = 7")
import nspace.mod
print(nspace.mod.v, nspace.__file__ if hasattr(nspace, "__file__") else "namespace")  # expect: 7 None
