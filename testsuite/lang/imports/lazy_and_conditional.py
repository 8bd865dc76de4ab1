"""Imports inside functions, classes, try blocks, loops; module caching and shadowing."""
import sys, os, tempfile
root = tempfile.mkdtemp()
sys.path.insert(0, root)
sys.dont_write_bytecode = True
def write(name, text):
    with open(os.path.join(root, name), "w") as f: f.write(text)
write("lm1.py", "print('lm1 runs')\nvalue = [1]\n")
write("lm2.py", "import lm1\nprint('lm2 runs')\nlm1.value.append(2)\ndef get():\n    import lm1 as inner\n    return inner.value\n")
def use():
    import lm2
    return lm2.get()
print("before")  # expect: before
print(use(), use())
# expect: lm1 runs
# expect: lm2 runs
# expect: [1, 2] [1, 2]
class K:
    from lm1 import value
    import lm2 as module
print(K.value, K.module.get(), hasattr(K, "lm2"))  # expect: [1, 2] [1, 2] False
try: import fast_json as j
except ImportError: import json as j
print(j.__name__)  # expect: json
for name in "lm1", "math": exec(f"import {name}")
print(lm1.value, math.floor(1.5))  # expect: [1, 2] 1
if True: from lm1 import value as v
v.append(3)
print(lm1.value, lm1.value is v)  # expect: [1, 2, 3] True
def local_star():
    ns = {}
    exec("from lm2 import *", ns)
    return sorted(k for k in ns if k != "__builtins__")
print(local_star())  # expect: ['get', 'lm1']
del sys.modules["lm1"]
import lm1 as fresh  # expect: lm1 runs
print(fresh.value, lm1.value, fresh is lm1)  # expect: [1] [1, 2, 3] False
write("math2.py", "from math import *\npi = 3\n")
from math2 import pi, sqrt
print(pi, sqrt(4))  # expect: 3 2.0
write("string_shadow.py", "name = __name__\nfile_known = bool(__file__)\nif __name__ == '__main__': print('never')\n")
import string_shadow as sh
print(sh.name, sh.file_known)  # expect: string_shadow True
def f():
    global late
    import lm2 as late
f()
print(late.__name__)  # expect: lm2
import os.path as p, sys as s2
print(p is os.path, s2 is sys)  # expect: True True
import os.path
print(os.path.join("a", "b"))  # expect: a/b
write("cond.py", "import sys\nif len(sys.path) > 0:\n    def choice(): return 'a'\nelse:\n    def choice(): return 'b'\n__all__ = ['choice']\nhidden = 1\n")
from cond import *
print(choice(), "hidden" in dir())  # expect: a False
try: from cond import missing_name
except ImportError as e: print(e.name, e.name_from)  # expect: cond missing_name
try: import lm1.x.y
except ModuleNotFoundError as e: print(e, "|", e.name)  # expect: No module named 'lm1.x'; 'lm1' is not a package | lm1.x
sys.path.remove(root)
try: import not_there_any_more
except ImportError as e: print(e.msg)  # expect: No module named 'not_there_any_more'
