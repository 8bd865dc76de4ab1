# The end of a process, and instances made by the context's own `tp_new`.
import os
import signal
import sys

import endings
from endings import Thing


def child(message):
    """What a process says that ends so, and how it ended."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(write, 2)
        endings.fatal(message)
        os._exit(3)
    os.close(write)
    with os.fdopen(read) as file:
        text = file.read()
    status = os.waitpid(pid, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGABRT, message in text


sys.stdout.flush()
print(child("the end"), child("añ"))  # expect: (True, True) (True, True)


def things(n):
    total = 0
    for i in range(n):
        thing = Thing(i, 0) if i % 3 else Thing()
        total += thing.made * 100000 + thing.started
    return total


print(things(3000))  # expect: 703000000
print(Thing(5, name=1, other=2).started, Thing.__new__(Thing).started, Thing.__new__(Thing, 1, 2).made)  # expect: 2005 0 3


def wrong(n):
    for i in range(n):
        Thing(i if i < n - 1 else "x")


try:
    wrong(3000)
except TypeError as error:
    print(type(error).__name__)
# expect: TypeError


class Sub(Thing):
    def __init__(self, *args):
        super().__init__(7)
        self.args = args


def subs(n):
    for i in range(n):
        sub = Sub(i, "x")
    return sub.made, sub.started, sub.args


print(subs(2000))  # expect: (3, 7, (1999, 'x'))
