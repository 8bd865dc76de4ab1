"""CType objects and their attributes."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
struct s { int a; char b[10]; double *c; };
union u { int i; float f; };
enum e { RED, GREEN = 5, BLUE };
typedef int (*fn)(char, long);
typedef struct s s_t;
struct opaque;
""")
i = ffi.typeof("int")
print(i, i.kind, i.cname, repr(i))  # expect: <ctype 'int'> primitive int <ctype 'int'>
p = ffi.typeof("int *")
print(p, p.kind, p.item is i, p.cname)  # expect: <ctype 'int *'> pointer True int *
a = ffi.typeof("int[5]")
print(a, a.kind, a.item is i, a.length, ffi.typeof("int[]").length)  # expect: <ctype 'int[5]'> array True 5 None
s = ffi.typeof("struct s")
print(s, s.kind, s.cname, [(n, f.offset, str(f.type), f.bitshift, f.bitsize, f.flags) for n, f in s.fields])
# expect: <ctype 's_t'> struct s_t [('a', 0, "<ctype 'int'>", -1, -1, 0), ('b', 4, "<ctype 'char[10]'>", -1, -1, 0), ('c', 16, "<ctype 'double *'>", -1, -1, 0)]
u = ffi.typeof("union u")
print(u, u.kind, [n for n, f in u.fields])  # expect: <ctype 'union u'> union ['i', 'f']
e = ffi.typeof("enum e")
print(e, e.kind, e.elements == {0: "RED", 5: "GREEN", 6: "BLUE"}, e.relements == {"RED": 0, "GREEN": 5, "BLUE": 6})
# expect: <ctype 'enum e'> enum True True
f = ffi.typeof("fn")
print(f, f.kind, f.args, f.result, f.ellipsis)  # expect: <ctype 'int(*)(char, long)'> function (<ctype 'char'>, <ctype 'long'>) <ctype 'int'> False
v = ffi.typeof("void")
print(v, v.kind, ffi.typeof("struct opaque").fields, ffi.typeof("s_t") is s, ffi.typeof("char").kind, ffi.typeof("double").kind)
# expect: <ctype 'void'> void None True primitive primitive
for ct, name in (i, "item"), (p, "length"), (i, "fields"), (s, "item"), (v, "args"), (a, "elements"), (i, "nope"):
    try:
        getattr(ct, name)
    except AttributeError as error:
        print(error)
# expect: item
# expect: length
# expect: fields
# expect: item
# expect: args
# expect: elements
# expect: '_cffi_backend.CType' object has no attribute 'nope'
print(i == ffi.typeof("int"), i is ffi.typeof("signed int"), ffi.typeof("unsigned") is ffi.typeof("unsigned int"), hash(i) == hash(ffi.typeof("int")), i != p)
# expect: True True True True True
print(ffi.typeof(ffi.new("int *")) is p, ffi.typeof(ffi.cast("long", 1)), isinstance(ffi.new("int *"), ffi.CData), isinstance(i, ffi.CType))
# expect: True <ctype 'long'> True True
