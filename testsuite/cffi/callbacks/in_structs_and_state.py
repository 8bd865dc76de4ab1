"""Callbacks stored in structs, with user data handles."""
import os, subprocess, tempfile
from cffi import FFI
root = tempfile.mkdtemp()
with open(f"{root}/e.c", "w") as f:
    f.write("""
typedef struct { int (*call)(void *, int); void *data; } handler;
int run(handler *h, int n) { int s = 0; for (int i = 0; i < n; i++) s += h->call(h->data, i); return s; }
static int (*saved)(int);
void save(int (*f)(int)) { saved = f; }
int use(int x) { return saved ? saved(x) : -1; }
void each(const int *a, int n, void (*visit)(int)) { for (int i = 0; i < n; i++) visit(a[i]); }
double integrate(double (*f)(double), double a, double b, int n) { double h = (b - a) / n, s = 0; for (int i = 0; i < n; i++) s += f(a + (i + .5) * h); return s * h; }
""")
subprocess.run(["cc", "-shared", "-fPIC", "-o", f"{root}/e.so", f"{root}/e.c"], check=True)
ffi = FFI()
ffi.cdef("""
typedef struct { int (*call)(void *, int); void *data; } handler;
int run(handler *h, int n); void save(int (*f)(int)); int use(int);
void each(const int *a, int n, void (*visit)(int)); double integrate(double (*f)(double), double, double, int);
""")
lib = ffi.dlopen(f"{root}/e.so")
class State:
    def __init__(self): self.seen = []
@ffi.callback("int(void *, int)")
def call(data, i):
    state = ffi.from_handle(data)
    state.seen.append(i)
    return i * i
state = State()
handle = ffi.new_handle(state)
h = ffi.new("handler *", {"call": call, "data": handle})
print(lib.run(h, 5), state.seen, h.call == call, h.data == handle)  # expect: 30 [0, 1, 2, 3, 4] True True
print(lib.use(1))  # expect: -1
f = ffi.callback("int(int)", lambda x: x * 3)
lib.save(f)
print(lib.use(14))  # expect: 42
lib.save(ffi.NULL)
print(lib.use(1))  # expect: -1
out = []
visit = ffi.callback("void(int)", out.append)
lib.each([4, 5, 6], 3, visit)
print(out)  # expect: [4, 5, 6]
print(lib.integrate(ffi.callback("double(double)", lambda x: x * x), 0, 3, 100))  # expect: 8.999775000000001
nested = ffi.callback("int(int)", lambda n: n if n < 2 else lib.use(n - 1) + lib.use(n - 2))
lib.save(nested)
print(lib.use(10))  # expect: 55
try:
    lib.save(lambda x: x)
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
