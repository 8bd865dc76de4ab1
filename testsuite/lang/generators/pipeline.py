"""Coroutine style pipeline with send."""
def coroutine(f):
    def start(*args):
        g = f(*args)
        next(g)
        return g
    return start
@coroutine
def printer(prefix):
    try:
        while True:
            print(prefix, (yield))
    except GeneratorExit:
        print(prefix, "closed")
@coroutine
def grep(pattern, target):
    while True:
        line = yield
        if pattern in line:
            target.send(line)
@coroutine
def broadcast(*targets):
    while True:
        item = yield
        for t in targets:
            t.send(item)
a, b = printer("A"), printer("B")
p = broadcast(grep("py", a), grep("th", b))
for line in ["python", "thing", "pypy", "none"]:
    p.send(line)
# expect: A python
# expect: B python
# expect: B thing
# expect: A pypy
p.close()
a.close()  # expect: A closed
b.close()  # expect: B closed
