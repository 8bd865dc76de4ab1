"""A module which raises is removed from sys.modules."""
import sys, os, tempfile
root = tempfile.mkdtemp()
sys.path.insert(0, root)
def write(path, text):
    with open(os.path.join(root, path), "w") as f:
        f.write(text)
write("fails.py", "import sys\nprint('in modules:', __name__ in sys.modules)\nx = 1\nraise ValueError('broken module')\n")
for _ in range(2):
    try:
        import fails
    except ValueError as error:
        print(error, "fails" in sys.modules)
# expect: in modules: True
# expect: broken module False
# expect: in modules: True
# expect: broken module False
write("syntax.py", "def f(:\n")
try:
    import syntax
except SyntaxError as error:
    print(type(error).__name__, os.path.basename(error.filename), error.lineno)  # expect: SyntaxError syntax.py 1
write("replaces.py", "import sys\nclass M:\n    x = 'replaced'\nsys.modules[__name__] = M\n")
import replaces
print(replaces.x)  # expect: replaced
write("lazy.py", "def __getattr__(name):\n    if name == 'dynamic': return 42\n    raise AttributeError(f'no {name} here')\ndef __dir__(): return ['dynamic']\n")
import lazy
print(lazy.dynamic, dir(lazy))  # expect: 42 ['dynamic']
from lazy import dynamic
print(dynamic)  # expect: 42
try:
    lazy.other
except AttributeError as error:
    print(error)  # expect: no other here
try:
    from lazy import other
except ImportError as error:
    print(str(error).split(" (")[0])  # expect: cannot import name 'other' from 'lazy'
write("exits.py", "raise SystemExit(3)")
try:
    import exits
except SystemExit as error:
    print("exit", error.code)  # expect: exit 3
