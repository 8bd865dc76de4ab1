"""Sequence patterns."""
def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case [1, 2, *rest]: return f"12 {rest}"
        case [a, b]: return f"two {a} {b}"
        case (first, *_, last) if first == last: return f"same {first}"
        case [[x, y], *tail]: return f"nested {x} {y} {tail}"
        case [*head, "end"]: return f"end {head}"
        case _: return "no"
from collections import deque
from array import array
for x in [], (), [5], (1, 2), [1, 2, 3], (3, 4), [7, 8, 7], [[1, 2], 3, 4], ["a", "b", "end"], "ab", b"ab", bytearray(b"ab"), {1, 2}, {"a": 1}, deque([1, 2]), range(2), array("i", [9]), iter([1]), 5, [1, [2], 3]:
    print(type(x).__name__, f(x))
# expect: list empty
# expect: tuple empty
# expect: list one 5
# expect: tuple 12 []
# expect: list 12 [3]
# expect: tuple two 3 4
# expect: list same 7
# expect: list nested 1 2 [3, 4]
# expect: list end ['a', 'b']
# expect: str no
# expect: bytes no
# expect: bytearray no
# expect: set no
# expect: dict no
# expect: deque 12 []
# expect: range two 0 1
# expect: array one 9
# expect: list_iterator no
# expect: int no
# expect: list no
match 1, 2:
    case a, b: print(a, b)  # expect: 1 2
match [1, 2, 3]:
    case [x, *_, y]: print(x, y)  # expect: 1 3
match [[1, [2, [3]]]]:
    case [[a, [b, [c]]]]: print(a, b, c)  # expect: 1 2 3
match *[1], 2:
    case (1, (2 | 3) as n): print(n)  # expect: 2
class Seq(list): pass
match Seq([1]):
    case [v]: print("subclass", v)  # expect: subclass 1
