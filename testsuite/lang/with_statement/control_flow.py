"""return, break, continue and yield inside with."""
class M:
    def __enter__(self): return self
    def __exit__(self, *exc):
        print("exit", exc[0])
        return False
def f():
    with M():
        return "returned"
print(f())
# expect: exit None
# expect: returned
for i in range(3):
    with M():
        if i == 0: continue
        if i == 1: break
        print("never")
# expect: exit None
# expect: exit None
def g():
    with M():
        yield 1
        yield 2
print(list(g()))
# expect: exit None
# expect: [1, 2]
def nested():
    with M():
        with M():
            try:
                return "value"
            finally:
                print("finally")
print(nested())
# expect: finally
# expect: exit None
# expect: exit None
# expect: value
class Replace:
    def __enter__(self): pass
    def __exit__(self, *a): return True
def swallow():
    with Replace():
        1 / 0
    return "continued"
print(swallow())  # expect: continued
def swallow_return():
    with Replace():
        return 1 / 0
print(swallow_return())  # expect: None
class Targets: pass
t = Targets()
d = {}
class Pair:
    def __enter__(self): return 1, (2, 3)
    def __exit__(self, *a): pass
with Pair() as (t.a, (d["b"], *c)):
    print(t.a, d, c)  # expect: 1 {'b': 2} [3]
