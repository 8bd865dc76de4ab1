"""Changing builtins, globals and code at run time."""
import builtins
old = builtins.divmod
builtins.divmod = lambda *a: "patched"
print(divmod(7, 2))  # expect: patched
builtins.divmod = old
print(divmod(7, 2))  # expect: (3, 1)
globals()["dyn"] = lambda: "dyn called"
print(dyn())  # expect: dyn called
def f(): return helper()
globals().update(helper=lambda: "helper 1")
print(f())  # expect: helper 1
globals()["helper"] = lambda: "helper 2"
print(f())  # expect: helper 2
del globals()["helper"]
try: f()
except NameError as e: print(e)  # expect: name 'helper' is not defined
builtins.helper = lambda: "builtin helper"
print(f())  # expect: builtin helper
del builtins.helper
def g(): return 1
def h(): return 2
g.__code__, h.__code__ = h.__code__, g.__code__
print(g(), h(), g.__name__)  # expect: 2 1 g
def adder(n): return lambda x: x + n
a, b = adder(1), adder(10)
try: a.__code__ = g.__code__
except ValueError as e: print(e)  # expect: <lambda>() requires a code object with 1 free vars, not 0
a.__closure__[0].cell_contents = 100
print(a(1), b(1))  # expect: 101 11
ns = {"__builtins__": {}}
for src in "len([])", "[i for i in (1, 2)]", "1 + 1", "(lambda: 3)()", "print", "__import__":
    try: print(src, eval(src, ns))
    except NameError as e: print(src, e)
# expect: len([]) name 'len' is not defined
# expect: [i for i in (1, 2)] [1, 2]
# expect: 1 + 1 2
# expect: (lambda: 3)() 3
# expect: print name 'print' is not defined
# expect: __import__ name '__import__' is not defined
exec("def made(x, *, y=2): return x * y", globals())
print(made(4), made.__kwdefaults__, made.__module__)  # expect: 8 {'y': 2} __main__
class C: pass
exec("def m(self): return 'exec method'", {}, ns2 := {})
C.m = ns2["m"]
print(C().m())  # expect: exec method
for i in range(3): exec(f"var_{i} = {i} ** 2")
print(var_0, var_1, var_2, eval("+".join(f"var_{i}" for i in range(3))))  # expect: 0 1 4 5
code = compile("result = [v * k for v in data]", "c", "exec")
for k in 1, 2:
    scope = {"data": [1, 2], "k": k}
    exec(code, scope)
    print(scope["result"])
# expect: [1, 2]
# expect: [2, 4]
class Tracking(dict):
    def __missing__(self, k): print("missing", k); raise KeyError(k)
try: eval("a_name + 1", {}, Tracking())  # expect: missing a_name
except NameError as e: print(e)  # expect: name 'a_name' is not defined
print(eval("x", {}, {"x": 5}), eval("__name__", {"__name__": "custom"}), callable(eval("lambda q: q")), eval("[*[1, 2], 3]"))
# expect: 5 custom True [1, 2, 3]
