"""Built-in functions that call a Python function for each item: `key=`, `map`, `filter`; often enough to be compiled."""
import traceback


def ways():
    numbers = [5, 3, 9, 1]
    print(sorted(numbers, key=lambda x: -x), sorted(numbers, key=lambda x: -x, reverse=True))
    print(max(numbers, key=lambda x: -x), min(numbers, key=lambda x: -x), max((3, 1, 3.0), key=lambda x: x))
    numbers.sort(key=lambda x: x % 5)
    print(numbers)
    numbers.sort(reverse=True, key=lambda x: x % 2)
    print(numbers)
    print(list(filter(lambda x: x > 3, numbers)), sum(map(lambda x: x + 1, numbers)))
    print(any(map(lambda x: x > 8, numbers)), all(filter(lambda x: x, [0, 2])), sorted(filter(lambda x: x < 4, numbers)))
    print(",".join(map(lambda x: str(x), numbers)), tuple(map(lambda x, y: x * y, numbers, range(3))))
    print(sorted(map(lambda x: -x, numbers)), max(filter(lambda x: x % 2, [4])) if 0 else min(map(lambda x: -x, numbers)))


def refused():
    failing = [
        lambda: max([], key=lambda x: x),
        lambda: min((x for x in ()), key=lambda x: x),
        lambda: sorted(5, key=lambda x: x),
        lambda: sorted([1], key=lambda: 0),
        lambda: max([1, "a"], key=lambda x: x),
        lambda: sorted([1, "a"], key=lambda x: x),
        lambda: sum(map(lambda x: x, "ab")),
        lambda: list(filter(lambda x: [1][x], [0, 5])),
        lambda: sorted([1], key=lambda x: x, wrong=1),
        lambda: max([1], key=lambda x: x, reverse=True),
    ]
    for fail in failing:
        try:
            print(fail())
        except Exception as error:
            print(type(error).__name__, error)


def touched():
    numbers = [3, 2, 1]

    def grow(x):
        numbers.append(x)
        return x

    try:
        numbers.sort(key=grow)
    except ValueError as error:
        print(error, numbers)

    def stop(x):
        print(len(numbers))
        raise KeyError(x)

    try:
        numbers.sort(key=stop)
    except KeyError as error:
        print(repr(error), numbers, [f.name for f in traceback.extract_tb(error.__traceback__)])
        print(error.__context__)


def shared():
    few = filter(lambda x: x > 1, iter([1, 2, 3, 4]))
    print(any(few), next(few), list(few), list(few))

    class Counted(map):
        pass

    print(list(Counted(lambda x: x + 1, [1])), max([2, 1], key=lambda x: x, default=3), max([], key=lambda x: x, default=3))
    pairs = [(1, "b"), (1, "a"), (0, "c")] * 50
    print(sorted(pairs, key=lambda p: p[0])[:52:17], sorted(pairs, key=lambda p: p[::-1])[::60])
    print(max(pairs, key=lambda p: p[0]), min(range(400), key=lambda x: abs(x - 300)), len(list(filter(lambda x: x % 3, range(400)))))


for turn in range(3):
    ways()
    refused()
    touched()
    shared()
# expect: [9, 5, 3, 1] [1, 3, 5, 9]
# expect: 1 9 3
# expect: [5, 1, 3, 9]
# expect: [5, 1, 3, 9]
# expect: [5, 9] 22
# expect: True True [1, 3]
# expect: 5,1,3,9 (0, 1, 6)
# expect: [-9, -5, -3, -1] -9
# expect: ValueError max() iterable argument is empty
# expect: ValueError min() iterable argument is empty
# expect: TypeError 'int' object is not iterable
# expect: TypeError refused.<locals>.<lambda>.<locals>.<lambda>() takes 0 positional arguments but 1 was given
# expect: TypeError '>' not supported between instances of 'str' and 'int'
# expect: TypeError '<' not supported between instances of 'str' and 'int'
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: IndexError list index out of range
# expect: TypeError sort() got an unexpected keyword argument 'wrong'
# expect: TypeError max() got an unexpected keyword argument 'reverse'
# expect: list modified during sort [1, 2, 3]
# expect: 0
# expect: KeyError(1) [1, 2, 3] ['touched', 'stop']
# expect: None
# expect: True 3 [4] []
# expect: [2] 2 3
# expect: [(0, 'c'), (0, 'c'), (0, 'c'), (1, 'a')] [(1, 'a'), (1, 'b'), (0, 'c')]
# expect: (1, 'b') 300 266
# expect: [9, 5, 3, 1] [1, 3, 5, 9]
# expect: 1 9 3
# expect: [5, 1, 3, 9]
# expect: [5, 1, 3, 9]
# expect: [5, 9] 22
# expect: True True [1, 3]
# expect: 5,1,3,9 (0, 1, 6)
# expect: [-9, -5, -3, -1] -9
# expect: ValueError max() iterable argument is empty
# expect: ValueError min() iterable argument is empty
# expect: TypeError 'int' object is not iterable
# expect: TypeError refused.<locals>.<lambda>.<locals>.<lambda>() takes 0 positional arguments but 1 was given
# expect: TypeError '>' not supported between instances of 'str' and 'int'
# expect: TypeError '<' not supported between instances of 'str' and 'int'
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: IndexError list index out of range
# expect: TypeError sort() got an unexpected keyword argument 'wrong'
# expect: TypeError max() got an unexpected keyword argument 'reverse'
# expect: list modified during sort [1, 2, 3]
# expect: 0
# expect: KeyError(1) [1, 2, 3] ['touched', 'stop']
# expect: None
# expect: True 3 [4] []
# expect: [2] 2 3
# expect: [(0, 'c'), (0, 'c'), (0, 'c'), (1, 'a')] [(1, 'a'), (1, 'b'), (0, 'c')]
# expect: (1, 'b') 300 266
# expect: [9, 5, 3, 1] [1, 3, 5, 9]
# expect: 1 9 3
# expect: [5, 1, 3, 9]
# expect: [5, 1, 3, 9]
# expect: [5, 9] 22
# expect: True True [1, 3]
# expect: 5,1,3,9 (0, 1, 6)
# expect: [-9, -5, -3, -1] -9
# expect: ValueError max() iterable argument is empty
# expect: ValueError min() iterable argument is empty
# expect: TypeError 'int' object is not iterable
# expect: TypeError refused.<locals>.<lambda>.<locals>.<lambda>() takes 0 positional arguments but 1 was given
# expect: TypeError '>' not supported between instances of 'str' and 'int'
# expect: TypeError '<' not supported between instances of 'str' and 'int'
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: IndexError list index out of range
# expect: TypeError sort() got an unexpected keyword argument 'wrong'
# expect: TypeError max() got an unexpected keyword argument 'reverse'
# expect: list modified during sort [1, 2, 3]
# expect: 0
# expect: KeyError(1) [1, 2, 3] ['touched', 'stop']
# expect: None
# expect: True 3 [4] []
# expect: [2] 2 3
# expect: [(0, 'c'), (0, 'c'), (0, 'c'), (1, 'a')] [(1, 'a'), (1, 'b'), (0, 'c')]
# expect: (1, 'b') 300 266
