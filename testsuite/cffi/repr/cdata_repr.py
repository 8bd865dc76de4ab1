"""repr and str of cdata and ffi objects."""
import re
from cffi import FFI
ffi = FFI()
ffi.cdef("struct s { int x; }; enum e { A = 5 }; union u { int i; }; int abs(int); typedef struct { int z; } anon;")
def show(x):
    print(re.sub("0x[0-9a-f]+", "ADDR", repr(x)))
show(ffi.new("int *"))  # expect: <cdata 'int *' owning 4 bytes>
show(ffi.new("int[5]"))  # expect: <cdata 'int[5]' owning 20 bytes>
show(ffi.new("char[]", b"abc"))  # expect: <cdata 'char[]' owning 4 bytes>
show(ffi.new("struct s *"))  # expect: <cdata 'struct s *' owning 4 bytes>
show(ffi.new("struct s *")[0])  # expect: <cdata 'struct s' owning 4 bytes>
show(ffi.new("anon *"))  # expect: <cdata 'anon *' owning 4 bytes>
show(ffi.new("struct s[2]"))  # expect: <cdata 'struct s[2]' owning 8 bytes>
show(ffi.new("struct s[2]")[1])  # expect: <cdata 'struct s &' ADDR>
show(ffi.new("union u *"))  # expect: <cdata 'union u *' owning 4 bytes>
show(ffi.cast("int", -3))  # expect: <cdata 'int' -3>
show(ffi.cast("unsigned long", 2 ** 64 - 1))  # expect: <cdata 'unsigned long' 18446744073709551615>
show(ffi.cast("double", 1.5))  # expect: <cdata 'double' 1.5>
show(ffi.cast("float", 0.1))  # expect: <cdata 'float' 0.10000000149011612>
show(ffi.cast("char", b"a"))  # expect: <cdata 'char' b'a'>
show(ffi.cast("wchar_t", "é"))  # expect: <cdata 'wchar_t' 'é'>
show(ffi.cast("_Bool", 1))  # expect: <cdata '_Bool' True>
show(ffi.cast("enum e", 5))  # expect: <cdata 'enum e' 5: A>
show(ffi.cast("enum e", 6))  # expect: <cdata 'enum e' 6>
show(ffi.cast("void *", 4096))  # expect: <cdata 'void *' ADDR>
show(ffi.NULL)  # expect: <cdata 'void *' NULL>
show(ffi.cast("int *", 0))  # expect: <cdata 'int *' NULL>
show(ffi.dlopen(None).abs)  # expect: <cdata 'int(*)(int)' ADDR>
show(ffi.new("int[2][3]")[1])  # expect: <cdata 'int[3]' ADDR>
show(ffi.new("int *") + 1)  # expect: <cdata 'int *' ADDR>
show(ffi.new("int[5]")[1:3])  # expect: <cdata 'int[]' sliced length 2>
show(ffi.callback("int(int)", abs))  # expect: <cdata 'int(*)(int)' calling <built-in function abs>>
show(ffi.new("int(*[2])(int)"))  # expect: <cdata 'int(*[2])(int)' owning 16 bytes>
show(ffi.typeof("int(*)(struct s *, char[5])"))  # expect: <ctype 'int(*)(struct s *, char *)'>
show(ffi.buffer(ffi.new("int *")))  # expect: <_cffi_backend.buffer object at ADDR>
print(str(ffi.cast("int", 3)), f"{ffi.cast('int', 3)}", "%d" % int(ffi.cast("int", 3)), str(ffi.typeof("struct s")), str(ffi.NULL))
# expect: <cdata 'int' 3> <cdata 'int' 3> 3 <ctype 'struct s'> <cdata 'void *' NULL>
