"""__name__, __file__, __doc__ and friends of a module."""
import sys, types
print(__name__, __doc__.split(",")[0], type(sys.modules[__name__]).__name__, __spec__, __package__ in (None, ""), isinstance(__file__, str))
# expect: __main__ __name__ module None True True
me = sys.modules[__name__]
x = 1
me.y = 2
print(y, me.x, vars(me) is globals())  # expect: 2 1 True
del me.x
try:
    x
except NameError as error:
    print(error)  # expect: name 'x' is not defined
m = types.ModuleType("mod")
m.a = 1
print(m.a, m.__name__, m.__doc__, m.__dict__["a"], m.__loader__, repr(m), dir(m)[-1])  # expect: 1 mod None 1 None <module 'mod'> a
try:
    m.zz
except AttributeError as error:
    print(error)  # expect: module 'mod' has no attribute 'zz'
m.__getattr__ = lambda name: f"dynamic {name}"
print(m.zz, hasattr(m, "anything"))  # expect: dynamic zz True
class Sub(types.ModuleType):
    @property
    def p(self): return "property"
    def __call__(self): return "called"
s = Sub("s")
print(s.p, s(), s.__name__)  # expect: property called s
m.__class__ = Sub
print(m.p, m())  # expect: property called
try:
    m.__dict__ = {}
except AttributeError as error:
    print(error)  # expect: readonly attribute
__name__ = "renamed"
class C: pass
def f(): pass
print(C.__module__, f.__module__)  # expect: renamed renamed
__name__ = "__main__"
del m.a
print(hasattr(m, "a"), "__builtins__" in globals(), __builtins__ is not None)  # expect: True True True
import math as renamed_math
print(renamed_math.__name__, str(renamed_math).startswith("<module 'math'"))  # expect: math True
