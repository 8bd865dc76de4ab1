"""Objects without the context manager protocol."""
for value in 5, None, "a", [1]:
    try:
        with value:
            pass
    except TypeError as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
class OnlyEnter:
    def __enter__(self): print("entered")
class OnlyExit:
    def __exit__(self, *a): pass
for cls in OnlyEnter, OnlyExit:
    try:
        with cls():
            pass
    except TypeError as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
class Instance: pass
i = Instance()
i.__enter__ = i.__exit__ = lambda *a: None
try:
    with i: pass
except TypeError as error:
    print("looked up on the type")  # expect: looked up on the type
class Meta(type):
    def __enter__(cls): return "class as manager"
    def __exit__(cls, *a): return None
class C(metaclass=Meta): pass
with C as c:
    print(c)  # expect: class as manager
class BadTarget:
    def __enter__(self): return 1
    def __exit__(self, kind, *a):
        print("exit with", kind.__name__)
try:
    with BadTarget() as (a, b):
        print("no body")
    # expect: exit with TypeError
except TypeError as error:
    print(error)  # expect: cannot unpack non-iterable int object
class BoolRaises:
    def __enter__(self): pass
    def __exit__(self, *a):
        class B:
            def __bool__(self): raise RuntimeError("from bool")
        return B()
with BoolRaises(): print("no exception: result not tested")  # expect: no exception: result not tested
try:
    with BoolRaises():
        raise KeyError
except RuntimeError as error:
    print(error)  # expect: from bool
