"""Errors raised by metaclasses, descriptors, __set_name__, __init_subclass__, __prepare__."""
class Boom(Exception): pass
def attempt(source, **ns):
    try:
        exec(source, {"Boom": Boom, **ns})
        print("ok")
    except Exception as e: print(type(e).__name__, "|", e)
class MNew(type):
    def __new__(m, *a, **k): raise Boom("in new")
class MInit(type):
    def __init__(c, *a, **k): raise Boom("in init")
class MPrep(type):
    @classmethod
    def __prepare__(m, *a, **k): raise Boom("in prepare")
class MBad(type):
    def __new__(m, *a, **k): return 5
class SN:
    def __set_name__(s, o, n): raise Boom("in set_name")
class IS:
    def __init_subclass__(c, **k): raise Boom("in init_subclass")
class MMro(type):
    def mro(c): return [c, object, 5] if c.__name__ == "Bad" else super().mro()
class ME:
    def __mro_entries__(s, b): raise Boom("in mro_entries")
class ME2:
    def __mro_entries__(s, b): return 5
ns = dict(MNew=MNew, MInit=MInit, MPrep=MPrep, MBad=MBad, SN=SN, IS=IS, MMro=MMro, ME=ME(), ME2=ME2())
attempt("class A(metaclass=MNew): pass", **ns)  # expect: Boom | in new
attempt("class A(metaclass=MInit): pass", **ns)  # expect: Boom | in init
attempt("class A(metaclass=MPrep): pass", **ns)  # expect: Boom | in prepare
attempt("class A(metaclass=MBad): pass\nassert A == 5", **ns)  # expect: ok
attempt("class A: x = SN()", **ns)  # expect: Boom | in set_name
attempt("class A(IS): pass", **ns)  # expect: Boom | in init_subclass
attempt("class A(metaclass=MMro): pass", **ns)  # expect: ok
attempt("class Bad(metaclass=MMro): pass", **ns)  # expect: TypeError | mro() returned a non-class ('int')
attempt("class A(ME): pass", **ns)  # expect: Boom | in mro_entries
attempt("class A(ME2): pass", **ns)  # expect: TypeError | __mro_entries__ must return a tuple
attempt("class A(undefined_base): pass", **ns)  # expect: NameError | name 'undefined_base' is not defined
attempt("class A(metaclass=int): pass", **ns)  # expect: TypeError | int expected at most 2 arguments, got 3
attempt("class A(metaclass=5): pass", **ns)  # expect: TypeError | 'int' object is not callable
attempt("class A(int, metaclass=lambda *a: 3): pass\nassert A == 3", **ns)  # expect: ok
attempt("class A(x=1): pass")  # expect: TypeError | A.__init_subclass__() takes no keyword arguments
attempt("class A:\n raise Boom('body')")  # expect: Boom | body
attempt("class A:\n def f(self): return super().f()\nA().f()")  # expect: AttributeError | 'super' object has no attribute 'f'
attempt("class A:\n __slots__ = 'x'\n def __init__(self): self.y = 1\nA()")
# expect: AttributeError | 'A' object has no attribute 'y' and no __dict__ for setting new attributes
attempt("class A:\n def __init__(self): return 1\nA()")  # expect: TypeError | __init__() should return None, not 'int'
attempt("class A:\n def __new__(cls): raise Boom('new')\nA()")  # expect: Boom | new
attempt("class A:\n def __new__(cls): return 7\n def __init__(self): raise Boom\nassert A() == 7")  # expect: ok
attempt("class A: pass\nA.__class__ = 5")  # expect: TypeError | __class__ must be set to a class, not 'int' object
attempt("class A: pass\nA().__class__ = A()")  # expect: TypeError | __class__ must be set to a class, not 'A' object
attempt("class A: pass\nA.__name__ = 'a\\0b'")  # expect: ValueError | type name must not contain null characters
attempt("class A: pass\ndel A.__dict__")  # expect: AttributeError | attribute '__dict__' of 'type' objects is not writable
attempt("class A: pass\nA.__bases__ = (A,)")  # expect: TypeError | a __bases__ item causes an inheritance cycle
attempt("class A: pass\nA.__mro__ = ()")  # expect: AttributeError | attribute '__mro__' of 'type' objects is not writable
