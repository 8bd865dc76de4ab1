"""ffi.callback: direct calls, types, conversion of arguments and results."""
from cffi import FFI
ffi = FFI()
@ffi.callback("int(int, int)")
def add(a, b):
    return a + b
print(add(2, 3), ffi.typeof(add), bool(add), repr(add).startswith("<cdata 'int(*)(int, int)' calling <function add"))
# expect: 5 <ctype 'int(*)(int, int)'> True True
d = ffi.callback("double(double)", lambda x: x / 2)
print(d(5), d(1))  # expect: 2.5 0.5
s = ffi.callback("char *(char *)", lambda p: p + 1)
text = ffi.new("char[]", b"hello")
print(ffi.string(s(text)))  # expect: b'ello'
c = ffi.callback("char(char)", lambda ch: ch.upper())
print(c(b"q"))  # expect: b'Q'
u = ffi.callback("unsigned char(unsigned char)", lambda n: (n + 1) & 255)
print(u(255), u(7))  # expect: 0 8
v = ffi.callback("void(int)", lambda n: print("called", n))
print(v(3))
# expect: called 3
# expect: None
b = ffi.callback("_Bool(long long)", lambda n: n > 0)
print(b(5), b(-5))  # expect: True False
p = ffi.callback("int *(int *, int)", lambda a, i: a + i)
arr = ffi.new("int[]", [1, 2, 3])
print(p(arr, 2)[0], ffi.typeof(p(arr, 0)))  # expect: 3 <ctype 'int *'>
f = ffi.callback("int(int(*)(int), int)", lambda g, n: g(n) * 10)
print(f(ffi.callback("int(int)", lambda n: n + 1), 4))  # expect: 50
class Adder:
    def __init__(self, k): self.k = k
    def __call__(self, n): return n + self.k
print(ffi.callback("int(int)", Adder(100))(5), ffi.callback("int(int)", abs)(-6))  # expect: 105 6
print(add == ffi.cast("int(*)(int, int)", int(ffi.cast("intptr_t", add))))  # expect: True
for bad in lambda: ffi.callback("int(int)", 5), lambda: ffi.callback("int", abs), lambda: ffi.callback("int(int, ...)", abs), lambda: add(1), lambda: add("a", 1):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: NotImplementedError
# expect: TypeError
# expect: TypeError
