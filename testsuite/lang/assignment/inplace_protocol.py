"""__iadd__ and friends, NotImplemented and fallbacks."""
class A:
    def __iadd__(self, other):
        return f"iadd {other}"
    def __isub__(self, other):
        return NotImplemented
    def __sub__(self, other):
        return f"sub {other}"
    def __imul__(self, other):
        return NotImplemented
    def __mul__(self, other):
        return NotImplemented
class R:
    def __rmul__(self, other):
        return "rmul"
    def __rmatmul__(self, other):
        return "rmatmul"
a = A(); a += 1; print(a)  # expect: iadd 1
a = A(); a -= 2; print(a)  # expect: sub 2
a = A(); a *= R(); print(a)  # expect: rmul
a = A(); a @= R(); print(a)  # expect: rmatmul
for op in "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "^=", "|=":
    try:
        exec(f"a = A(); a {op} 1")
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for *=: 'A' and 'int'
# expect: unsupported operand type(s) for @=: 'A' and 'int'
# expect: unsupported operand type(s) for /=: 'A' and 'int'
# expect: unsupported operand type(s) for //=: 'A' and 'int'
# expect: unsupported operand type(s) for %=: 'A' and 'int'
# expect: unsupported operand type(s) for **=: 'A' and 'int'
# expect: unsupported operand type(s) for <<=: 'A' and 'int'
# expect: unsupported operand type(s) for >>=: 'A' and 'int'
# expect: unsupported operand type(s) for &=: 'A' and 'int'
# expect: unsupported operand type(s) for ^=: 'A' and 'int'
# expect: unsupported operand type(s) for |=: 'A' and 'int'
class All:
    def __getattr__(self, name):
        raise AssertionError
    for _op in "add sub mul matmul truediv floordiv mod pow lshift rshift and xor or".split():
        exec(f"def __i{_op}__(self, other): return ({_op!r}, other)")
for op in "+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "&", "^", "|":
    scope = {"x": All()}
    exec(f"x {op}= 5", scope)
    print(op, scope["x"])
# expect: + ('add', 5)
# expect: - ('sub', 5)
# expect: * ('mul', 5)
# expect: @ ('matmul', 5)
# expect: / ('truediv', 5)
# expect: // ('floordiv', 5)
# expect: % ('mod', 5)
# expect: ** ('pow', 5)
# expect: << ('lshift', 5)
# expect: >> ('rshift', 5)
# expect: & ('and', 5)
# expect: ^ ('xor', 5)
# expect: | ('or', 5)
