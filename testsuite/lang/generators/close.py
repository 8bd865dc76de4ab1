"""close() raises GeneratorExit at the yield."""
import gc
def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("cleanup")
it = g()
next(it)
it.close()
# expect: exit
# expect: cleanup
print(list(it))  # expect: []
it.close()
g().close()
print("unstarted closed")  # expect: unstarted closed
def ignores():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("ignored")
            yield 2
            return
it = ignores()
next(it)
try:
    it.close()  # expect: ignored
except RuntimeError as error:
    print(error)  # expect: generator ignored GeneratorExit
def returns():
    try:
        yield
    except GeneratorExit:
        return "value"
it = returns()
next(it)
print(it.close())  # expect: value
def raises():
    try:
        yield
    finally:
        raise KeyError("in finally")
it = raises()
next(it)
try:
    it.close()
except KeyError as error:
    print(repr(error))  # expect: KeyError('in finally')
def loop():
    for i in range(3):
        try:
            yield i
        finally:
            print("left", i)
for x in loop():
    if x == 1:
        break
gc.collect()
# expect: left 0
# expect: left 1
print("after loop")  # expect: after loop
