"""import forms with a module written to a temporary directory."""
import sys, os, tempfile, textwrap
root = tempfile.mkdtemp()
sys.path.insert(0, root)
def write(path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(textwrap.dedent(text))
write("one.py", '''
    "Docstring of one."
    print("executing", __name__)
    x = 1
    _private = 2
    def f(): return x
''')
import one  # expect: executing one
import one as uno
from one import x, f as g
print(one.x, uno is one, x, g(), one.__name__, one.__doc__, os.path.basename(one.__file__))  # expect: 1 True 1 1 one Docstring of one. one.py
one.x = 5
print(g(), x, sys.modules["one"] is one, __name__)  # expect: 5 1 True __main__
from one import *
print("_private" in globals(), f is one.f)  # expect: False True
try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error, error.name)  # expect: No module named 'no_such_module' no_such_module
try:
    from one import nothing
except ImportError as error:
    print(str(error).split(" (")[0], error.name)  # expect: cannot import name 'nothing' from 'one' one
try:
    import one.sub
except ModuleNotFoundError as error:
    print(error)  # expect: No module named 'one.sub'; 'one' is not a package
del sys.modules["one"]
import one as again  # expect: executing one
print(again is one, again.x)  # expect: False 1
def local():
    from one import x as y
    return y
print(local(), "y" in globals())  # expect: 1 False
sys.modules["blocked"] = None
try:
    import blocked
except ModuleNotFoundError as error:
    print(error)  # expect: import of blocked halted; None in sys.modules
sys.modules["fake"] = type("Fake", (), {"attr": "anything"})
from fake import attr
print(attr)  # expect: anything
