"""An exception class with its own `__init__`, raised two functions deeper: neither it nor its traceback is made."""


class Failure(Exception):
    def __init__(self, code):
        super().__init__(code, "failed")
        self.code = code


def check(i):
    if i & 1:
        raise Failure(i)
    return i


def outer(i):
    return check(i) + 1


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; inlined check; inlined outer
        try:
            s += outer(i)
        except Failure as error:
            s += error.code + len(error.args)
    return s


print(f(3000))  # expect: 4503000
