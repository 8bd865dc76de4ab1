# Buffers, capsules, context variables, evaluation, imports, exceptions, struct sequences, threads.
import contextvars
import gc
import sys
import threading
import warnings

import services
from services import Grid


def error(call):
    try:
        call()
    except BaseException as e:
        print(type(e).__name__, e)


g = Grid()
with memoryview(g) as view:
    print(view.shape, view.strides, view.format, view.itemsize, view.nbytes, view.readonly)  # expect: (3, 4) (16, 4) i 4 48 False
    print(view[1, 2], view.tolist(), g.exports)  # expect: 6 [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]] 1
    view[1, 2] = 600
    a, b = memoryview(g), memoryview(g)
    error(lambda: memoryview(g))  # expect: BufferError three are enough
    print(a[1, 2], g.exports)  # expect: 600 3
    a.release()
print(g.exports, g.released)  # expect: 1 2
error(lambda: view[0, 0])  # expect: ValueError operation forbidden on released memoryview object
print(bytes(g)[24:28], g.exports, g.released)  # expect: b'X\x02\x00\x00' 1 3
b = None
gc.collect()
gc.collect()
print(g.exports, bytes(g) == bytearray(g), g.exports)  # expect: 0 True 0

c = services.capsule(17)
print(services.inside(c), type(c).__name__, repr(c)[:33])  # expect: 17 PyCapsule <capsule object "services.number"
error(lambda: services.inside(1))  # expect: ValueError PyCapsule_GetPointer called with invalid PyCapsule object
for i in range(50):
    services.capsule(i)
gc.collect()
print(services.freed() >= 45, services.inside(c))  # expect: True 17

v = services.variable()
print(v.name, services.get(v), services.get(v, "given"))  # expect: setting nothing given
token = services.set(v, 5)
print(services.get(v), services.get(v, 6), contextvars.copy_context()[v], token.old_value is token.MISSING)  # expect: 5 5 5 True
v.reset(token)
print(services.get(v), services.get(services.variable([1])))  # expect: nothing [1]
error(lambda: services.get(3))  # expect: TypeError an instance of ContextVar was expected

space = {"x": 20}
print(services.run("x * 2 + 2", space), services.run("y = x\nz = [i for i in range(y)]", space, 1), space["y"])  # expect: 42 None 20
error(lambda: services.run("x +", space))  # expect: SyntaxError invalid syntax (given.py, line 1)
error(lambda: services.run("1 / 0", space))  # expect: ZeroDivisionError division by zero
print(services.import_("os.path").__name__, services.import_("json").dumps([1]))  # expect: posixpath [1]
error(lambda: services.import_("no_such"))  # expect: ModuleNotFoundError No module named 'no_such'

E = services.exception("services.Error", LookupError, {"code": 5})
print(E, E.__doc__, E.__mro__[1], E.code, E("m").args)  # expect: <class 'services.Error'> Of C. <class 'LookupError'> 5 ('m',)
print(services.exception("a.b.C").__module__, issubclass(services.exception("m.D", (KeyError, OSError)), OSError))  # expect: a.b True
error(lambda: services.exception("nodot"))  # expect: SystemError PyErr_NewException: name must be module.class
error(lambda: services.no_file("f"))  # expect: FileNotFoundError [Errno 2] No such file or directory: 'f'
error(lambda: services.no_file("f", "g"))  # expect: FileNotFoundError [Errno 2] No such file or directory: 'f' -> 'g'
sys.unraisablehook = lambda args: print("ignored:", args.exc_type.__name__, args.exc_value, args.object)
print(services.unraisable("here"))
# expect: ignored: ValueError nobody hears here
# expect: False
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    services.warn(UserWarning)
print(caught[0].category.__name__, caught[0].message, caught[0].filename == __file__)  # expect: UserWarning careful True
with warnings.catch_warnings():
    warnings.simplefilter("error")
    error(lambda: services.warn(DeprecationWarning))  # expect: DeprecationWarning careful

results = []


def worker(n):
    for i in range(3):
        results.append(services.work([n, i]))
        [[] for _ in range(1000)]


threads = [threading.Thread(target=worker, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for _ in range(5):
    services.work("main")
    gc.collect()
for t in threads:
    t.join()
print(len(results), sorted(results)[0], sorted(results)[-1])  # expect: 12 kept [0, 0] kept [3, 2]

print(services.slice(slice(None)), services.slice(slice(-3, 100, 2)), services.slice(slice(None, None, -1)))  # expect: (0, 10, 1, 10) (7, 10, 2, 2) (9, -1, -1, 10)
error(lambda: services.slice(slice(1, 2, 0)))  # expect: ValueError slice step cannot be zero
print(services.texts("añb€"), services.texts("plain"))  # expect: ('añb€', 7, 'ñb', 241, 7) ('plain', 5, 'la', 108, 5)
text = "x" * 300
longer = text + "y" * 300
first = longer + "z"
print(services.texts(longer)[1::3], services.texts(first)[1::3], (longer + "w")[-1])  # expect: (600, 600) (601, 601) w
error(lambda: services.texts("\ud800"))  # expect: UnicodeEncodeError 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed
p = services.pair(1, "b")
print(p, p.x, p.y, p[1], isinstance(p, tuple), type(p).__doc__)  # expect: Pair(x=1, y='b') 1 b b True Two.
