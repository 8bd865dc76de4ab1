"""Callbacks whose functions are compiled, in calls of C by compiled code and by other code: what they see and what they leave."""
import gc
import sys
import threading

from cffi import FFI

ffi = FFI()
ffi.cdef("""
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
""")
C = ffi.dlopen(None)
FACTOR = 1
seen = []
ORDER = "int(const void *, const void *)"


def hook(unraisable):
    seen.append(type(unraisable.exc_value).__name__)


sys.unraisablehook = hook


def order_by(function, **options):
    """A callback that orders ints by a function."""
    return ffi.callback(ORDER, function, **options)


def sort(n, order, size=40):
    s = 0
    for k in range(n):
        v = ffi.new("int[]", [(i * 7919 + k) % 101 for i in range(size)])
        C.qsort(v, size, 4, order)
        s += v[0] + 3 * v[size // 2] + 5 * v[size - 1]
    return s


def ints(a, b):
    return ffi.cast("int *", a)[0] * FACTOR, ffi.cast("int *", b)[0] * FACTOR


def plain(a, b):
    x, y = ints(a, b)
    return (x > y) - (x < y)


by_value = order_by(plain)
print(sort(60, by_value))  # expect: 38905
FACTOR = -1
print(sort(60, by_value))  # expect: 14897
FACTOR = 1


# Closures, defaults, any number of arguments.
def make(sign):
    def order(a, b):
        x, y = ints(a, b)
        return sign * (x - y)

    return order


print(sort(60, order_by(make(1))), sort(60, order_by(make(-1))))  # expect: 38905 14897
print(sort(60, order_by(lambda *both: plain(*both))))  # expect: 38905
print(sort(60, order_by(lambda a, b, sign=-1: sign * plain(a, b))))  # expect: 14897


# Objects that are made, exceptions that are caught, frames that are looked at.
def makes(a, b):
    pair = list(ints(a, b))
    try:
        if pair[0] % 7 == 3:
            raise ValueError(pair)
    except ValueError as error:
        pair = error.args[0]
    return pair[0] - pair[1]


print(sort(60, order_by(makes)))  # expect: 38905
callers = set()


def looks(a, b):
    x, y = ints(a, b)
    if x == 50:
        frame = sys._getframe()
        callers.add((frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_back.f_locals["size"]))
    return x - y


print(sort(60, order_by(looks)), callers)  # expect: 38905 {('looks', 'sort', 40)}


# Errors: the error value, onerror, a result of another type or size.
def fails(a, b):
    x, y = ints(a, b)
    if x == 50 or y == 50:
        raise KeyError(x)
    return x - y


sort(30, order_by(fails, error=1))
print(len(seen) > 30, set(seen))  # expect: True {'KeyError'}
seen.clear()
errors = []


def note(kind, value, traceback):
    errors.append((kind.__name__, traceback.tb_frame.f_code.co_name))
    return 1


sort(30, order_by(fails, onerror=note))
print(len(errors) > 30, set(errors), seen)  # expect: True {('KeyError', 'fails')} []


def unusual(a, b):
    x, y = ints(a, b)
    if x == 50:
        return 1 << 40
    if x == 51:
        return "no number"
    if x == 52:
        return True
    return x - y


sort(30, order_by(unusual))
print(sorted(set(seen)))  # expect: ['OverflowError', 'TypeError']
seen.clear()


# C within C, another code, a function that is watched.
def nested(a, b):
    x, y = ints(a, b)
    key, place = ffi.new("int *", x), ffi.new("int[3]", [x, x, x])
    found = C.bsearch(key, place, 3, 4, by_value)
    return (x if found else 1000) - y


print(sort(30, order_by(nested)))  # expect: 19426


def other(a, b):
    x, y = ints(a, b)
    return y - x


changes = make(1)
changing = order_by(changes)
print(sort(30, changing))  # expect: 19426
changes.__code__ = make(-1).__code__
print(sort(30, changing))  # expect: 19426
plain.__code__ = other.__code__
print(sort(30, by_value))  # expect: 7427
sys.settrace(lambda frame, event, argument: None)
print(sort(30, by_value))  # expect: 7427
sys.settrace(None)
print(sort(30, by_value))  # expect: 7427

# Other threads, and garbage.
stop = False


def spin():
    n = 0
    while not stop:
        n += 1


def sort_elsewhere():
    results.append(sort(20, by_value))


results = []
threads = [threading.Thread(target=spin)] + [threading.Thread(target=sort_elsewhere) for _ in range(3)]
for thread in threads:
    thread.start()
print(sort(40, by_value))  # expect: 9894
stop = True
for thread in threads:
    thread.join()
print(results)  # expect: [4992, 4992, 4992]
gc.collect()
print(sort(10, by_value), seen)  # expect: 2464 []
