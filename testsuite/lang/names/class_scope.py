"""Class bodies are scopes which functions inside do not see."""
x = "module"
class A:
    x = "class"
    y = x
    def method(self):
        return x
    z = [x for _ in range(1)]
    first = [i for i in x]
    lam = lambda: x
    print(x, y)
    del y
# expect: class class
print(A().method(), A.z, A.first, A.lam(), hasattr(A, "y"))  # expect: module ['module'] ['c', 'l', 'a', 's', 's'] module False
def function():
    x = "function"
    class B:
        print(x)
        x = x + "!"
        def m(self):
            return x
        class Inner:
            y = x
    return B.x, B().m(), B.Inner.y
print(function())
# expect: module
# expect: ('module!', 'function', 'function')
class Conditional:
    if True:
        def f(self): return "if"
    for i in range(3):
        locals()[f"attr{i}"] = i
print(Conditional().f(), Conditional.i, Conditional.attr2)  # expect: if 2 2
def free_in_class():
    y = 1
    class C:
        nonlocal y
        y = 2
    return y, hasattr(C, "y")
print(free_in_class())  # expect: (2, False)
class Qual:
    class Nested:
        def f(self):
            def g(): pass
            return g
print(Qual.Nested.__qualname__, Qual.Nested.f.__qualname__, Qual.Nested().f().__qualname__, Qual.__module__)
# expect: Qual.Nested Qual.Nested.f Qual.Nested.f.<locals>.g __main__
