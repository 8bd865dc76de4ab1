"""Two FFI objects have their own declarations but share basic types."""
from cffi import FFI
import cffi
a, b = FFI(), FFI()
a.cdef("struct s { int x; }; typedef long mine;")
b.cdef("struct s { double y; }; typedef short mine;")
print(a.sizeof("struct s"), b.sizeof("struct s"), a.typeof("mine"), b.typeof("mine"), a.typeof("int") is b.typeof("int"), a.typeof("struct s") is b.typeof("struct s"))
# expect: 4 8 <ctype 'long'> <ctype 'short'> True False
x = a.new("struct s *", [1])
try:
    b.new("struct s **", x)
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
print(b.typeof(x), a.NULL == b.NULL, a.CData is b.CData, isinstance(x, b.CData), b.sizeof(x[0]))  # expect: <ctype 'struct s *'> True True True 4
print(b.cast("int *", x)[0], a.errno == b.errno, a.RTLD_NOW == b.RTLD_NOW)  # expect: 1 True True
print(cffi.__version__.split(".")[0], issubclass(cffi.CDefError, Exception), issubclass(cffi.VerificationError, cffi.FFIError) if hasattr(cffi, "VerificationError") else "")
# expect: 2 True False
class Mine(FFI):
    def strings(self, *texts): return [self.new("char[]", t) for t in texts]
m = Mine()
print([m.string(s) for s in m.strings(b"a", b"bc")])  # expect: [b'a', b'bc']
print(FFI.NULL if hasattr(FFI, "NULL") else "no class NULL", type(m.NULL) is type(x))  # expect: <cdata 'void *' NULL> False
