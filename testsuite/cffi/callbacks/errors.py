"""error= and onerror= when a callback raises or returns a wrong value."""
from cffi import FFI
ffi = FFI()
seen = []
def onerror(kind, value, tb):
    seen.append((kind.__name__, str(value), tb is not None))
@ffi.callback("int(int)", error=-42, onerror=onerror)
def divide(n):
    return 100 // n
print(divide(5), divide(0), [s[0] for s in seen])  # expect: 20 -42 ['ZeroDivisionError']
seen.clear()
wrong = ffi.callback("int(int)", lambda n: "not an int", error=7, onerror=onerror)
print(wrong(1), seen[0][0])  # expect: 7 TypeError
seen.clear()
big = ffi.callback("signed char(int)", lambda n: n, onerror=onerror)
print(big(100), big(1000), [s[0] for s in seen])  # expect: 100 0 ['OverflowError']
seen.clear()
chosen = ffi.callback("int(int)", lambda n: 1 // n, error=1, onerror=lambda k, v, t: 55)
print(chosen(0), chosen(1))  # expect: 55 1
pointer = ffi.callback("void *(void)", lambda: undefined_name, error=ffi.NULL, onerror=onerror)
print(pointer() == ffi.NULL, seen[0][:2])  # expect: True ('NameError', "name 'undefined_name' is not defined")
seen.clear()
nothing = ffi.callback("void(void)", lambda: 1 / 0, onerror=onerror)
print(nothing(), seen[0][0])  # expect: None ZeroDivisionError
seen.clear()
d = ffi.callback("double(void)", lambda: None, error=2.5, onerror=onerror)
print(d(), seen[0][0])  # expect: 2.5 TypeError
try:
    ffi.callback("int(int)", abs, error="x")
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
try:
    ffi.callback("int(int)", abs, onerror=5)
except TypeError as error:
    print(error)  # expect: expected a callable object for 'onerror', not int
extra = ffi.callback("int(int)", lambda: 1, error=3, onerror=onerror)
print(extra(1), seen[-1][0])  # expect: 3 TypeError
