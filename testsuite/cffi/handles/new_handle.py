"""new_handle and from_handle."""
import gc, weakref
from cffi import FFI
ffi = FFI()
class Obj: pass
o = Obj()
h = ffi.new_handle(o)
print(ffi.from_handle(h) is o, ffi.typeof(h), repr(h).startswith("<cdata 'void *' handle to <__main__.Obj object at"))
# expect: True <ctype 'void *'> True
as_int = int(ffi.cast("intptr_t", h))
print(ffi.from_handle(ffi.cast("void *", as_int)) is o, as_int != 0)  # expect: True True
for value in 5, None, "text", [1, 2], (), print:
    handle = ffi.new_handle(value)
    print(ffi.from_handle(handle) is value)
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
h2 = ffi.new_handle(o)
print(h == h2, h != h2, ffi.from_handle(h2) is ffi.from_handle(h))  # expect: False True True
r = weakref.ref(o)
del o
gc.collect()
print(r() is ffi.from_handle(h))  # expect: True
del h, h2, handle
gc.collect()
print(r())  # expect: None
for bad in ffi.NULL, 5, ffi.new("int *"):
    try:
        ffi.from_handle(bad)
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__)
# expect: RuntimeError
# expect: TypeError
# expect: TypeError
p = ffi.new("void **")
keep = ffi.new_handle({"k": 1})
p[0] = keep
print(ffi.from_handle(p[0]))  # expect: {'k': 1}
