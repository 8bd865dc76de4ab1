"""Dropping a suspended generator runs its finally blocks."""
import gc
def g(name):
    try:
        yield name
    finally:
        print("closed", name)
it = g("deleted")
next(it)
del it  # expect: closed deleted
gc.collect()
def f():
    local = g("function exit")
    next(local)
    return "returned"
result = f()
gc.collect()
print(result)
# expect: closed function exit
# expect: returned
unstarted = g("never")
del unstarted
gc.collect()
it = g("replaced")
next(it)
it = None  # expect: closed replaced
gc.collect()
def holder():
    with Manager():
        yield 1
class Manager:
    def __enter__(self): print("enter")
    def __exit__(self, kind, value, tb): print("exit", kind.__name__)
h = holder()
next(h)  # expect: enter
del h  # expect: exit GeneratorExit
gc.collect()
print("end")  # expect: end
