"""__iter__ and __next__."""
class Countdown:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
print(list(Countdown(3)), [*Countdown(2)], sum(Countdown(5)), max(Countdown(4)), 2 in Countdown(5), tuple(zip(Countdown(2), "ab")))
# expect: [2, 1, 0] [1, 0] 10 3 True ((1, 'a'), (0, 'b'))
class Fresh:
    def __iter__(self):
        print("iter")
        return iter([1, 2])
f = Fresh()
print(list(f), list(f))
# expect: iter
# expect: iter
# expect: [1, 2] [1, 2]
class BadIter:
    def __iter__(self):
        return 5
class NoNext:
    def __iter__(self):
        return self
class NoneIter:
    __iter__ = None
    def __getitem__(self, i):
        return i
for cls in BadIter, NoNext, NoneIter:
    try:
        iter(cls())
    except TypeError as error:
        print(error)
# expect: iter() returned non-iterator of type 'int'
# expect: iter() returned non-iterator of type 'NoNext'
# expect: 'NoneIter' object is not iterable
try:
    next(NoNext())
except TypeError as error:
    print(error)  # expect: 'NoNext' object is not an iterator
class Raises:
    def __iter__(self):
        raise KeyError("in iter")
try:
    for x in Raises():
        pass
except KeyError as error:
    print(repr(error))  # expect: KeyError('in iter')
for x in Countdown(3):
    print("loop", x)
else:
    print("exhausted")
# expect: loop 2
# expect: loop 1
# expect: loop 0
# expect: exhausted
