"""Docstrings, pass, ellipsis bodies and expression statements."""
def f():
    "doc"
def g():
    """multi
    line
      indented"""
def h():
    b"not a doc"
def i():
    f"not a doc"
def j():
    "a" "b"
def k(): ...
def l(): pass; "not"
class C:
    """class doc"""
    x: int
class D(C): pass
print(f.__doc__, repr(g.__doc__), h.__doc__, i.__doc__, j.__doc__, k.__doc__, l.__doc__, C.__doc__, D.__doc__, __doc__)
# expect: doc 'multi\nline\n  indented' None None ab None None class doc None Docstrings, pass, ellipsis bodies and expression statements.
print(f(), k())  # expect: None None
1
"string statement"
[1, 2]
f
None
lambda: 1 / 0
not 1
-1
def m():
    return
    print("unreachable")
print(m())  # expect: None
def nested():
    def inner():
        "inner doc"
    return inner.__doc__
print(nested(), (lambda: "x").__doc__, f.__doc__.upper())  # expect: inner doc None DOC
C.__doc__ = "changed"
print(C.__doc__, len.__doc__ is not None, int.__doc__ is not None)  # expect: changed True True
