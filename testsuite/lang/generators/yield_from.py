"""yield from passes values, sends, throws and the result."""
def inner():
    received = yield "first"
    print("received", received)
    try:
        yield "second"
    except ValueError as error:
        print("caught", error)
        yield "third"
    return "result"
def outer():
    result = yield from inner()
    print("result", result)
    yield from [1, 2]
    yield from "ab"
    x = yield from ()
    return x
it = outer()
print(next(it))  # expect: first
print(it.send("hello"))
# expect: received hello
# expect: second
print(it.throw(ValueError("oops")))
# expect: caught oops
# expect: third
print(list(it))
# expect: result result
# expect: [1, 2, 'a', 'b']
def chain(*iterables):
    for i in iterables:
        yield from i
print(list(chain([1], (2,), {3: 4}, range(2))))  # expect: [1, 2, 3, 0, 1]
def flatten(x):
    if isinstance(x, list):
        for e in x:
            yield from flatten(e)
    else:
        yield x
print(list(flatten([1, [2, [3, [4]], 5], []])))  # expect: [1, 2, 3, 4, 5]
def over_list():
    yield from [1, 2]
it = over_list()
next(it)
try:
    it.send("x")
except AttributeError as error:
    print(error)  # expect: 'list_iterator' object has no attribute 'send'
def closes():
    try:
        yield 1
    finally:
        print("inner closed")
def delegating():
    try:
        yield from closes()
    finally:
        print("outer closed")
it = delegating()
next(it)
it.close()
# expect: inner closed
# expect: outer closed
def bad():
    yield from 5
try:
    next(bad())
except TypeError as error:
    print(error)  # expect: 'int' object is not iterable
