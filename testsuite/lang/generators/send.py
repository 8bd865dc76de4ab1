"""send() gives yield expressions their value."""
def echo():
    received = None
    while True:
        received = yield ("got", received)
        if received == "stop":
            return "bye"
e = echo()
print(next(e), e.send(1), e.send([2]), next(e))  # expect: ('got', None) ('got', 1) ('got', [2]) ('got', None)
try:
    e.send("stop")
except StopIteration as stop:
    print(stop.value)  # expect: bye
try:
    echo().send(1)
except TypeError as error:
    print(error)  # expect: can't send non-None value to a just-started generator
def averager():
    total = count = 0
    average = None
    while True:
        total += yield average
        count += 1
        average = total / count
a = averager()
a.send(None)
print(a.send(10), a.send(20), a.send(60))  # expect: 10.0 15.0 30.0
def order():
    x = (yield "a") + (yield "b") * (yield "c")
    yield x
o = order()
print(next(o), o.send(1), o.send(2), o.send(3))  # expect: a b c 7
def in_call():
    None
    d = {(yield "k"): (yield "v")}
    yield d
i = in_call()
print(next(i), i.send("key"), i.send("value"))  # expect: k v {'key': 'value'}
def tuple_yield():
    x = yield 1, 2
    y = yield
    yield x, y
t = tuple_yield()
print(next(t), t.send("x"), t.send("y"))  # expect: (1, 2) None ('x', 'y')
