"""importlib: reload, specs, modules from source, import hooks."""
import sys, os, tempfile, importlib, importlib.util, types
root = tempfile.mkdtemp()
sys.path.insert(0, root)
sys.dont_write_bytecode = True
path = os.path.join(root, "counter_mod.py")
with open(path, "w") as f:
    f.write("try:\n    runs += 1\nexcept NameError:\n    runs = 1\n")
import counter_mod
importlib.reload(counter_mod)
print(counter_mod.runs, importlib.reload(counter_mod) is counter_mod, counter_mod.runs)  # expect: 2 True 3
spec = importlib.util.spec_from_file_location("renamed", path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.__name__, module.runs, "renamed" in sys.modules, spec.name)  # expect: renamed 1 False renamed
m = types.ModuleType("made", "doc")
exec("a = 1\ndef f(): return a + 1", m.__dict__)
print(m.f(), m.__doc__, repr(m), m.__name__)  # expect: 2 doc <module 'made'> made
print(importlib.util.find_spec("no_such_thing_x"), importlib.util.find_spec("json").name)  # expect: None json
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.startswith("virtual_"):
            return importlib.util.spec_from_loader(name, Loader())
class Loader:
    def create_module(self, spec): return None
    def exec_module(self, module): module.word = module.__name__.split("_")[1]
sys.meta_path.append(Finder)
import virtual_hello
from virtual_bye import word
print(virtual_hello.word, word, type(virtual_hello.__loader__).__name__)  # expect: hello bye Loader
sys.meta_path.remove(Finder)
print(__import__("os.path").__name__, __import__("os.path", fromlist=["join"]).join("a", "b"))  # expect: os a/b
import builtins
original = builtins.__import__
with open(os.path.join(root, "importing_mod.py"), "w") as f:
    f.write("import math\nfrom os import path\n")
builtins.__import__ = lambda name, *a, **k: (name[0] != "_" and print("importing", name), original(name, *a, **k))[1]
import importing_mod
# expect: importing importing_mod
# expect: importing math
# expect: importing os
from math import floor  # expect: importing math
builtins.__import__ = original
try:
    importlib.reload("not a module")
except TypeError as error:
    print(error)  # expect: reload() argument must be a module
