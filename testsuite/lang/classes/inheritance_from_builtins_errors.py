"""Errors when combining and extending built-in types."""
def attempt(source):
    try:
        exec(source, {})
        print("ok:", source)
    except TypeError as error:
        print(error)
attempt("class A(bool): pass")  # expect: type 'bool' is not an acceptable base type
attempt("class A(range): pass")  # expect: type 'range' is not an acceptable base type
attempt("class A(slice): pass")  # expect: type 'slice' is not an acceptable base type
attempt("class A(type(lambda: 0)): pass")  # expect: type 'function' is not an acceptable base type
attempt("class A(type(None)): pass")  # expect: type 'NoneType' is not an acceptable base type
attempt("class A(int, float): pass")  # expect: multiple bases have instance lay-out conflict
attempt("class A(list, dict): pass")  # expect: multiple bases have instance lay-out conflict
attempt("class A(list, tuple): pass")  # expect: multiple bases have instance lay-out conflict
attempt("class A(str, bytes): pass")  # expect: multiple bases have instance lay-out conflict
attempt("class A(Exception, int): pass")  # expect: multiple bases have instance lay-out conflict
attempt("class A(ValueError, KeyError): pass")  # expect: ok: class A(ValueError, KeyError): pass
attempt("class A(object, int): pass")  # expect: Cannot create a consistent method resolution order (MRO) for bases object, int
attempt("class A(int, object): pass")  # expect: ok: class A(int, object): pass
attempt("class A(list, object): __slots__ = ()")  # expect: ok: class A(list, object): __slots__ = ()
attempt("class A(memoryview): pass")  # expect: type 'memoryview' is not an acceptable base type
attempt("class A(type(x for x in ())): pass")  # expect: type 'generator' is not an acceptable base type
attempt("class A(type(...)): pass")  # expect: type 'ellipsis' is not an acceptable base type
attempt("class A(1): pass")  # expect: int expected at most 2 arguments, got 3
attempt("class A('name'): pass")  # expect: str() argument 'encoding' must be str, not tuple
attempt("class A([int]): pass")  # expect: list expected at most 1 argument, got 3
attempt("class A(super): pass")  # expect: ok: class A(super): pass
attempt("class A(property): pass")  # expect: ok: class A(property): pass
attempt("class A(type): pass")  # expect: ok: class A(type): pass
attempt("class A(int):\n __slots__ = ('a',)")  # expect: nonempty __slots__ not supported for subtype of 'int'
attempt("class A(str):\n __slots__ = ()")
# expect: ok: class A(str):
# expect:  __slots__ = ()
attempt("class A(BaseException):\n __slots__ = ('x',)")
# expect: ok: class A(BaseException):
# expect:  __slots__ = ('x',)
attempt("type('A', (int, str), {})")  # expect: multiple bases have instance lay-out conflict
