# min-python: 3.14
# Built-in functions that consume generators do what they always do, also when their loops are compiled.
import sys
import traceback

print(sum(i * i for i in range(5000)))  # expect: 41654167500
print(sum(True for i in range(300)), sum(x for x in [1, 2.5, 10**30, 3 + 4j]))  # expect: 300 (1e+30+4j)
print(any(i == 2500 for i in range(5000)), all(i < 2500 for i in range(5000)))  # expect: True False
print(list(i for i in range(5)), tuple(i for i in range(500))[-2:])  # expect: [0, 1, 2, 3, 4] (498, 499)
print(sorted(set(i % 7 for i in range(500))))  # expect: [0, 1, 2, 3, 4, 5, 6]
print(max(i % 77 for i in range(500)), min(-(i % 77) for i in range(500)))  # expect: 76 -76
print(",".join(str(i) for i in range(10)))  # expect: 0,1,2,3,4,5,6,7,8,9
try:
    max(i for i in ())
except ValueError as error:
    print(error)  # expect: max() iterable argument is empty
try:
    "".join(i for i in ["a", 1])
except TypeError as error:
    print(error)  # expect: sequence item 1: expected str instance, int found


def bad(n):
    for i in range(n):
        if i == 300:
            raise KeyError(i)
        yield i


try:
    sum(bad(1000))
except KeyError:
    print([entry.name for entry in traceback.extract_tb(sys.exc_info()[2])])  # expect: ['<module>', 'bad']


def who():
    yield sys._getframe().f_back.f_code.co_name
    yield sys._getframe(1).f_code.co_name


def caller():
    return list(who())


print(caller())  # expect: ['caller', 'caller']
print(sum(sum(j for j in range(i)) for i in range(200)))  # expect: 1313400
print(sum(float("inf") for i in range(3)), sum(-0.0 for i in range(4)))  # expect: inf 0.0
for _ in range(300):
    t = sum(x for x in range(10))
print(t)  # expect: 45


class Odd:
    def __bool__(self):
        print("asked")
        return False


print(any(Odd() for _ in range(2)))
# expect: asked
# expect: asked
# expect: False
