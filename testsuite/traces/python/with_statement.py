"""A context manager written in Python."""


class Depth:
    def __init__(self):
        self.now = 0

    def __enter__(self):
        self.now += 1
        return self

    def __exit__(self, *error):
        self.now -= 1
        return False


def f(n):
    depth, s = Depth(), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined Depth.__enter__; inlined Depth.__exit__
        with depth as d:
            s += d.now
    return s, depth.now


print(f(3000))  # expect: (3000, 0)
