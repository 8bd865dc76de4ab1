"""Calls through other calls: decorators that pass on `*args` and `**kwargs`, closures, context managers, exceptions.
scale = rounds."""
import sys
import time
from contextlib import contextmanager
from functools import partial, wraps

SCALE = 12000


def counted(f):
    @wraps(f)
    def inner(*args, **kwargs):
        inner.calls += 1
        return f(*args, **kwargs)

    inner.calls = 0
    return inner


@counted
def add(a, b=1):
    return a + b


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


def compose(*functions):
    def apply(x):
        for f in functions:
            x = f(x)
        return x

    return apply


class Guard:
    def __init__(self):
        self.entered = self.failed = 0

    def __enter__(self):
        self.entered += 1
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            self.failed += 1
        return kind is ValueError


@contextmanager
def scope(stack, x):
    stack.append(x)
    try:
        yield x * 2
    finally:
        stack.pop()


class Failure(Exception):
    def __init__(self, code):
        super().__init__("code %d" % code)
        self.code = code


def risky(i):
    if i % 3 == 0:
        raise Failure(i)
    return i


def deep(n, i):
    return risky(i) if n == 0 else deep(n - 1, i)


def run(scale):
    add.calls = 0
    total, step, guard, stack = 0, counter(), Guard(), []
    chain = compose(lambda v: v + 1, lambda v: v * 2, lambda v: v & 0xFF)
    plus = partial(add, b=3)
    for i in range(scale):
        total += add(i) + add(i, b=2) + plus(i) + step(i & 3) + chain(i)
        with guard:
            if i & 3 == 0:
                raise ValueError
            total += 1
        with scope(stack, i) as doubled:
            total += doubled + len(stack)
        try:
            total += deep(3, i)
        except Failure as error:
            total += error.code & 7
    return "%d %d %d %d" % (total, guard.entered, guard.failed, add.calls)


def main(argv):
    """argv: [scale [warm_seconds [measure_seconds [spawn_time]]]] -- the same text in every program of this folder."""
    scale = int(argv[1]) if len(argv) > 1 and int(argv[1]) else SCALE
    warm = float(argv[2]) if len(argv) > 2 else 0.0
    measure = float(argv[3]) if len(argv) > 3 else 0.15
    wall, cpu = time.perf_counter, time.process_time
    w, c = wall(), cpu()
    check = run(scale)
    print("cold %.6f %.6f" % (wall() - w, cpu() - c))
    if len(argv) > 4:
        print("first_result_after %.6f %.6f" % (time.time() - float(argv[4]), cpu()))
    print("check %s" % check)
    if warm > 0.0:
        end = cpu() + warm
        while cpu() < end:
            if run(scale) != check:
                print("check unstable")
        n = 0
        w, c = wall(), cpu()
        while True:
            run(scale)
            n += 1
            c1 = cpu() - c
            if c1 >= measure:
                break
        print("warm %.6f %.6f %d" % ((wall() - w) / n, c1 / n, n))


if __name__ == "__main__":
    main(sys.argv)
