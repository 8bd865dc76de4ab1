"""An exception that leaves a `with` whose `__exit__` swallows it."""


class Guard:
    def __init__(self):
        self.failed = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            self.failed += 1
        return kind is ValueError


def f(n):
    guard, s = Guard(), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined Guard.__exit__
        with guard:
            if i >= 0:
                raise ValueError(i)
            s += 1
    return s, guard.failed


print(f(3000))  # expect: (0, 3000)
