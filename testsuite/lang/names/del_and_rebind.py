"""Deleting and rebinding names in all scopes."""
x = 1
del x
x = 2
print(x)  # expect: 2
def f():
    a = 1
    del a
    a = 2
    return a
print(f())  # expect: 2
def g():
    for i in range(3): del i
    try: return i
    except UnboundLocalError as e: return str(e)
print(g())  # expect: cannot access local variable 'i' where it is not associated with a value
def h(p):
    del p
    p = "again"
    return p
print(h(0))  # expect: again
class C:
    y = 1
    del y
    try: y
    except NameError as e: print(e)
    y = 3
# expect: name 'y' is not defined
print(C.y)  # expect: 3
def outer():
    v = 1
    def inner(): return v
    del v
    try: return inner()
    except NameError as e: return str(e)
print(outer())  # expect: cannot access free variable 'v' where it is not associated with a value in enclosing scope
y = "global"
class D:
    y = "class"
    del y
    print(y)
# expect: global
def m():
    global z
    z = 1
    def n():
        global z
        del z
    n()
    return "z" in globals()
print(m())  # expect: False
del C, D
print("C" in globals(), [n for n in ("f", "g", "C") if n in globals()])  # expect: False ['f', 'g']
l = [k for k in range(3)]
try: k
except NameError as e: print(e)  # expect: name 'k' is not defined
import math
del math
try: math
except NameError as e: print(e)  # expect: name 'math' is not defined
with open("/dev/null") as fh: pass
del fh
for q in "ab": pass
del q
print("fh" in globals(), "q" in globals())  # expect: False False
try: del q
except NameError as e: print(e)  # expect: name 'q' is not defined
def del_free():
    w = 1
    def inner():
        nonlocal w
        del w
        try: w
        except NameError as e: print(e)
        w = 5
    inner()
    return w
print(del_free())
# expect: cannot access free variable 'w' where it is not associated with a value in enclosing scope
# expect: 5
