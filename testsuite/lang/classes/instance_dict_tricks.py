"""__dict__ manipulation, shape changes, many attributes."""
class A: pass
a = A()
for i in range(300): setattr(a, f"a{i}", i)
print(len(vars(a)), a.a299, sum(vars(a).values()))  # expect: 300 299 44850
for i in range(0, 300, 3): delattr(a, f"a{i}")
print(len(vars(a)), hasattr(a, "a3"), a.a4, list(vars(a))[:3])  # expect: 200 False 4 ['a1', 'a2', 'a4']
b = A()
b.__dict__["x"] = 1
b.__dict__.update(y=2, z=3)
del b.__dict__["y"]
print(vars(b), b.z, hasattr(b, "y"))  # expect: {'x': 1, 'z': 3} 3 False
b.__dict__[5] = "non-string key"
print(b.__dict__, len(vars(b)))  # expect: {'x': 1, 'z': 3, 5: 'non-string key'} 3
c, d = A(), A()
c.p, c.q = 1, 2
d.q, d.p = 1, 2
print(vars(c), vars(d), vars(c) == vars(d))  # expect: {'p': 1, 'q': 2} {'q': 1, 'p': 2} False
def init(o, flag):
    o.first = 1
    if flag: o.extra = 2
    o.last = 3
    return o
objs = [init(A(), i % 2) for i in range(4)]
print([list(vars(o)) for o in objs], sum(getattr(o, "extra", 0) + o.last for o in objs))
# expect: [['first', 'last'], ['first', 'extra', 'last'], ['first', 'last'], ['first', 'extra', 'last']] 16
shared = {"s": 1}
c.__dict__ = shared
d.__dict__ = shared
c.t = 2
print(d.t, shared)  # expect: 2 {'s': 1, 't': 2}
class B(A):
    cls_attr = "class"
e = B()
print(e.cls_attr)  # expect: class
e.cls_attr = "instance"
B.cls_attr = "changed"
print(e.cls_attr, B().cls_attr)  # expect: instance changed
del e.cls_attr, B.cls_attr
print(hasattr(e, "cls_attr"))  # expect: False
A.method = lambda self: "added later"
print(e.method(), a.method())  # expect: added later added later
A.method = lambda self: "replaced"
print(e.method())  # expect: replaced
e.method = lambda: "own"
print(e.method(), B().method())  # expect: own replaced
