"""Calling libm: doubles and floats."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
    double sqrt(double);
    float sqrtf(float x);
    double pow(double, double), floor(double), fmod(double a, double b);
    double ldexp(double, int);
    double frexp(double, int *);
    double modf(double, double *);
    long lround(double);
    double fma(double, double, double);
""")
m = ffi.dlopen("libm.so.6")
print(m.sqrt(2.0), m.sqrtf(2), m.pow(2, 0.5), m.floor(-1.5), m.fmod(7, 3), m.ldexp(0.5, 10), m.lround(2.5), m.fma(2, 3, 4))
# expect: 1.4142135623730951 1.4142135381698608 1.4142135623730951 -2.0 1.0 512.0 3 10.0
e = ffi.new("int *")
print(m.frexp(20.0, e), e[0])  # expect: 0.625 5
i = ffi.new("double *")
print(m.modf(3.75, i), i[0])  # expect: 0.75 3.0
print(m.sqrt(-1) != m.sqrt(-1), m.pow(10, 400), m.pow(-0.0, 1), m.sqrt(10 ** 20), m.sqrt(True))  # expect: True inf -0.0 10000000000.0 1.0
class F:
    def __float__(self): return 16.0
print(m.sqrt(F()), m.sqrt(ffi.cast("double", 9)), "ok")  # expect: 4.0 3.0 ok
def error(call):
    try:
        return call()
    except Exception as x:
        return f"{type(x).__name__}: {x}"
print(error(lambda: m.sqrt("4")))  # expect: TypeError: must be real number, not str
print(error(lambda: m.sqrt(None)))  # expect: TypeError: must be real number, not NoneType
print(error(lambda: m.sqrt(1j)))  # expect: TypeError: must be real number, not complex
print(error(lambda: m.sqrt(10 ** 400)))  # expect: OverflowError: int too large to convert to float
print(error(lambda: m.ldexp(1.0, 1.0)))  # expect: TypeError: an integer is required
print(error(lambda: m.pow(1.0)))  # expect: TypeError: 'double(*)(double, double)' expects 2 arguments, got 1
