"""Lexicographic comparison of sequences."""
print([1, 2] < [1, 2, 0], [1, 2] < [1, 3], [] < [0], [2] > [1, 99])  # expect: True True True True
print((1, 2) == (1.0, 2.0), (1, (2, 3)) < (1, (2, 4)), () < (0,))  # expect: True True True
print("abc" < "abd", "Z" < "a", "" < "a", "é" > "z", "10" < "9")  # expect: True True True True True
print(b"ab" < b"b", bytearray(b"a") == b"a", b"\xff" > b"\x00")  # expect: True True True
print([1, [2, [3]]] == [1, [2, [3]]], [float("nan")] == [float("nan")])  # expect: True False
class Eq:
    def __init__(self):
        self.count = 0
    def __eq__(self, other):
        self.count += 1
        return True
e = Eq()
print([e] == [e], e.count, [e, e] == [1, 2], e.count)  # expect: True 0 True 2
print({1: [1]} == {1: (1,)}, {1: 2} == {1.0: 2.0}, {} != {1: 1})  # expect: False True True
print({1, 2} < {1, 2, 3}, {1, 2} <= {1, 2}, {1} < {2}, {1} > {2}, {1, 2} >= {2}, frozenset([1]) == {1})  # expect: True True False False True True
print([1, 2, 3] > [1, 2], (0,) > (), max([[1, 5], [1, 4, 9]]), min("ba", "b"))  # expect: True True [1, 5] b
