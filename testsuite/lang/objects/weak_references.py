"""weakref.ref, callbacks, proxies."""
import weakref, gc
class C:
    def hello(self): return "hello"
    def __len__(self): return 3
c = C()
r = weakref.ref(c)
print(r() is c, r == weakref.ref(c), weakref.getweakrefcount(c), hash(r) == hash(c))  # expect: True True 1 True
def gone(ref): print("callback", ref is cb, ref())
cb = weakref.ref(c, gone)
p = weakref.proxy(c)
print(p.hello(), len(p), isinstance(p, C))  # expect: hello 3 True
p.attr = 5
print(c.attr)  # expect: 5
del c  # expect: callback True None
gc.collect()
print(r(), cb())  # expect: None None
try:
    p.hello()
except ReferenceError as error:
    print(error)  # expect: weakly-referenced object no longer exists
for value in 5, "s", (), None, []:
    try:
        weakref.ref(value)
        print("ok")
    except TypeError as error:
        print(error)
# expect: cannot create weak reference to 'int' object
# expect: cannot create weak reference to 'str' object
# expect: cannot create weak reference to 'tuple' object
# expect: cannot create weak reference to 'NoneType' object
# expect: cannot create weak reference to 'list' object
class S: __slots__ = ()
class W: __slots__ = ("__weakref__",)
try:
    weakref.ref(S())
except TypeError as error:
    print(error)  # expect: cannot create weak reference to 'S' object
w = W()
print(weakref.ref(w)() is w, weakref.ref(set()) is not None, type(weakref.ref(len)).__name__)  # expect: True True ReferenceType
class Tree:
    def __init__(self, parent=None):
        self.parent = weakref.ref(parent) if parent else None
        self.children = []
        if parent: parent.children.append(self)
root = Tree()
kid = Tree(root)
print(kid.parent() is root)  # expect: True
root = None
gc.collect()
print(kid.parent())  # expect: None
class X: pass
x = X()
fin = weakref.finalize(x, print, "finalized", 1)
print(fin.alive)  # expect: True
del x  # expect: finalized 1
gc.collect()
print(fin.alive, fin())  # expect: False None
