"""Small statements in odd places."""
def f(): return
def g(): return (yield)
def h(): return 1, *[2, 3]
def i():
    for x in range(3):
        if x == 1: return x
    else: return "else"
def j():
    while True:
        try: return "try"
        finally: pass
def k():
    pass; pass
    ...
    return lambda: (yield)
def l(n): return n if n < 2 else l(n - 1) + l(n - 2)
print(f(), next(g()), h(), i(), j(), type(k()()).__name__, l(12))  # expect: None None (1, 2, 3) 1 try generator 144
a = b = c = d = 0
del a, (b), [c, d]
print([n for n in "abcd" if n in globals()])  # expect: []
assert True, "unused"
assert (lambda: True)()
x = [1, 2, 3, 4]
del x[1], x[-1]
print(x)  # expect: [1, 3]
if x: pass
elif 1 / 0: pass
else: 1 / 0
for _ in (): 1 / 0
while False: 1 / 0
try: pass
except: 1 / 0
else: print("else")  # expect: else
finally: print("finally")  # expect: finally
with open("/dev/null") as fh, open("/dev/null"): pass
print(fh.closed)  # expect: True
class C: pass
C.a = C.b = 5
del C.a
print(hasattr(C, "a"), C.b)  # expect: False 5
def m(*, a=1, b: int = 2, **c: str) -> None: "doc"; return None
print(m(), m.__doc__)  # expect: None doc
try:
    assert not x, f"list is {x}"
except AssertionError as e: print(e)  # expect: list is [1, 3]
lambda: None; 5; "x"; x; x[0]; (yield_ := 3); print(yield_)  # expect: 3
if 1: y = 1; z = 2
print(y, z); del y; print("y" in globals())
# expect: 1 2
# expect: False
def n():
    global gg
    gg = 1
    del gg
    return "gg" in globals()
print(n())  # expect: False
def o():
    try: return "a"
    finally: print("o finally")
print(o())
# expect: o finally
# expect: a
print((lambda: (yield))().send(None), [*(lambda: (yield 5))()])  # expect: None [5]
