"""Scoping cases which trip implementations."""
x = 0
def a():
    def b(): return x
    x = 1
    def c(): return x
    return b(), c()
print(a(), x)  # expect: (1, 1) 0
def d():
    if False: x = 1
    try: return x
    except UnboundLocalError: return "local because assigned somewhere"
print(d())  # expect: local because assigned somewhere
def e():
    for x in range(3): pass
    return [x for _ in range(2)], x
print(e(), x)  # expect: ([2, 2], 2) 0
class C:
    x = 1
    y = [x] + [x for x in range(2)]
    def f(self): return x
    z = (lambda: x)()
print(C.y, C().f(), C.z, C.x)  # expect: [1, 0, 1] 0 0 1
def f():
    class D:
        nonlocal q
        q = 5
    return q
    q = 0
try:
    print(f())  # expect: 5
except UnboundLocalError as error:
    print(error)
def g():
    global x
    x = 10
    class E: x = x + 1
    return E.x, x
print(g(), x)  # expect: (11, 10) 10
def h(x=x):
    def i():
        nonlocal x
        x += 1
        return x
    return i(), i(), x
print(h(), x)  # expect: (11, 12, 12) 10
funcs = []
for n in range(3):
    def fn(n=n, m=lambda: n): return n, m()
    funcs.append(fn)
print([fn() for fn in funcs])  # expect: [(0, 2), (1, 2), (2, 2)]
def outer():
    v = "outer"
    class K:
        v = "class"
        def m(self): return v
        w = [v for _ in range(1)]
    return K().m(), K.w
print(outer())  # expect: ('outer', ['outer'])
def loop_closure():
    out = []
    for i in range(3):
        j = i * 10
        out.append(lambda: (i, j))
    i = "after"
    return [o() for o in out]
print(loop_closure())  # expect: [('after', 20), ('after', 20), ('after', 20)]
def exec_scope():
    y = 1
    ns = {}
    exec("def inner(): return y", {"y": "global y"}, ns)
    return ns["inner"]()
print(exec_scope())  # expect: global y
def shadow(print_=print, len=lambda _: "shadowed"): return len([1, 2])
print(shadow(), len([1, 2]))  # expect: shadowed 2
def conditional_global(flag):
    if flag:
        global cg
    cg = flag
conditional_global(0)
print(cg)  # expect: 0
def star():
    (a, *b), c = (1, 2, 3), 4
    def inner(): return a, b, c
    a = 9
    return inner()
print(star())  # expect: (9, [2, 3], 4)
