"""Extension-call benchmark.  py_ext.py VARIANT FOLDER [N [passes [only]]]
VARIANT: capi (C API), hpy (hpybench.hpy0.so; on CPython with haft-hpy or with upstream's hpy)."""
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "ffi"))
from ffi_harness import drive

variant, folder = sys.argv[1], os.path.abspath(sys.argv[2])
if variant == "capi":
    sys.path.insert(0, folder)
    import capibench as m
else:
    import hpy.universal
    path = os.path.join(folder, "hpybench.hpy0.so")
    if hpy.universal.get_version()[0].startswith("0.0"):         # there the third argument means "debug mode"
        m = hpy.universal.load("hpybench", path)
    else:
        from importlib.machinery import ModuleSpec
        m = hpy.universal.load("hpybench", path, ModuleSpec("hpybench", None, origin=path))


class Holder(object):
    pass


holder = Holder()
holder.value = 1


def empty_loop(n):
    k = 0
    for i in range(n):
        k += 1
    return k


def py_call(n):
    """Not an extension call: the same shape with a Python function, for comparison."""
    def inc(x):
        return x + 1
    a = 0
    for i in range(n):
        a = inc(a)
    return a


def noargs(n):
    f = m.noargs
    for i in range(n):
        f()
    return n


def ident(n):
    f = m.ident
    a = 0
    for i in range(n):
        a = f(i)
    return a


def inc_int(n):
    f = m.inc
    a = 0
    for i in range(n):
        a = f(a)
    return a


def add_two(n):
    f = m.add
    a = 0
    for i in range(n):
        a = f(a, i)
    return a


def add_parse(n):
    f = m.add_parse
    a = 0
    for i in range(n):
        a = f(a, i)
    return a


def mul_float(n):
    f = m.mul
    a = 1e300
    for i in range(n):
        a = f(a) + 1.0
    return int(a * 1000)


def typed_half(n):
    f = m.half
    a = 1000.0
    for i in range(n):
        a = f(a) + 1.0
    return int(a * 1000)


def sum_list32(n):
    f = m.sumlist
    l = list(range(32))
    a = 0
    for i in range(n):
        a += f(l)
    return a


def make_list10(n):
    f = m.mklist
    a = 0
    for i in range(n):
        a += len(f(10))
    return a


def make_list32(n):
    f = m.mklist
    a = 0
    for i in range(n):
        a += len(f(32))
    return a


def call_back(n):
    f = m.call

    def double(x):
        return x + x
    a = 0
    for i in range(n):
        a += f(double, i)
    return a


def get_attr(n):
    f = m.attr
    a = 0
    for i in range(n):
        a += f(holder)
    return a


def point_new(n):
    P = m.Point
    p = None
    for i in range(n):
        p = P(1.5, 2.5)
    return int(p.x * 10)


def plain_new(n):
    P = m.Plain
    p = None
    for i in range(n):
        p = P()
    return p.n


def point_len2(n):
    p = m.Point(1.5, 2.0)
    a = 0.0
    for i in range(n):
        a += p.len2()
    return int(a)


def point_move(n):
    p = m.Point(1.5, 2.0)
    for i in range(n):
        p.move(1.0, 0.5)
    return int(p.x + p.y)


def point_member(n):
    p = m.Point(1.5, 2.0)
    for i in range(n):
        p.x = p.y + 1.0
    return int(p.x)


def point_getset(n):
    p = m.Point(1.5, 2.0)
    for i in range(n):
        p.gx = p.gx + 1.0
    return int(p.x)


def point_add(n):
    p, q = m.Point(0.0, 0.0), m.Point(0.5, 1.0)
    for i in range(n):
        p = p + q
    return int(p.x)


def point_negative(n):
    p, a = m.Point(1.5, 2.0), 0.0
    for i in range(n):
        a += -p
    return int(a)


def point_less(n):
    p, q, a = m.Point(1.5, 2.0), m.Point(2.5, 2.0), 0
    for i in range(n):
        if p < q:
            a += 1
    return a


def point_equal(n):
    p, a = m.Point(1.5, 2.0), False
    for i in range(n):
        a = p == p
    return int(a)


def point_item(n):
    p, a = m.Point(1.5, 2.0), 0.0
    for i in range(n):
        a += p[i & 1]
    return int(a)


def point_set_item(n):
    p = m.Point(1.5, 2.0)
    for i in range(n):
        p[1] = 2.5
    return int(p[1])


def point_length(n):
    p, a = m.Point(1.5, 2.0), 0
    for i in range(n):
        a += len(p)
    return a


def point_contains(n):
    p, a = m.Point(1.5, 2.0), 0
    for i in range(n):
        if 1.5 in p:
            a += 1
    return a


def point_truth(n):
    p, a = m.Point(1.5, 2.0), 0
    for i in range(n):
        if p:
            a += 1
    return a


def started_new(n):
    S, a = m.Started, 0
    for i in range(n):
        a += S(i).n
    return a


def started_call(n):
    s, a = m.Started(1), 0
    for i in range(n):
        a = s(a)
    return a


def c_dup_close(n):
    """In a loop in C, as the following ones."""
    return m.dupclose(holder, n)


def c_new_close(n):
    return m.newclose(m.Point, n)


def c_as_struct(n):
    return int(m.asstruct(m.Point(1.5, 2.0), n))


drive([(f.__name__, f) for f in (
    empty_loop, py_call, noargs, ident, inc_int, add_two, add_parse, mul_float, typed_half, sum_list32, make_list10, make_list32,
    call_back, get_attr, point_new, plain_new, point_len2, point_move, point_member, point_getset, point_add, point_negative,
    point_less, point_equal, point_item, point_set_item, point_length, point_contains, point_truth, started_new, started_call,
    c_dup_close, c_new_close, c_as_struct)], sys.argv[3:])
