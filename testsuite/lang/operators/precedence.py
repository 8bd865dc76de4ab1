"""Operator precedence and associativity."""
print(2 + 3 * 4, (2 + 3) * 4, 2 ** 3 ** 2, -2 ** 2, 10 - 4 - 3, 100 / 10 / 2, 7 // 2 * 2, 7 % 4 * 2)  # expect: 14 20 512 -4 3 5.0 6 6
print(1 | 2 ^ 3 & 4 << 1 + 1, (1 | 2) ^ 3, 1 << 2 + 1, 5 & 3 == 3, not 1 == 1, 6 ^ 2 | 1)  # expect: 3 0 8 False False 5
print(1 < 2 and 3 > 2 or 0, not True or True, not (True or True), 1 or 2 and 3, (1 or 2) and 3)  # expect: True True False 1 3
print(1 if 0 else 2 if 1 else 3, (lambda: 1 if 1 else 2)(), [1, 2][0 if 1 else 1])  # expect: 2 1 1
print(2 * 3 % 4, -7 // 2, -(7 // 2), ~5 & 3, ~(5 & 3), 2 ** -1, 2 ** -2 ** 1)  # expect: 2 -4 -3 2 -2 0.5 0.25
print("a" + "b" * 2, "%d" % 3 + "x", "%s" % ("a" + "b"), not "" + "", 1 in [1] + [2])  # expect: abb 3x ab True True
print(1 == 1 != 2, 3 in [3] == [3], (3 in [3]) == True, None is None is None)  # expect: True True True True
print(5 - -3, 5 - - -3, 1 - +1, not not 1, - - -1)  # expect: 8 2 0 True -1
x = lambda: 3 if False else 4
print(x(), *[1] + [2], {**{} | {"a": 1}})  # expect: 4 1 2 {'a': 1}
print(1 + 2 << 1, 1 << 1 + 2, 3 & 1 << 1, 8 >> 1 << 2, 1 ^ 1 << 1)  # expect: 6 8 2 16 3
a = b = 1 or 0; print(a, b)  # expect: 1 1
print((yield_ := 5) + 1, (1, 2) + (3,), 1, 2 if 0 else 3)  # expect: 6 (1, 2, 3) 1 3
class M:
    def __matmul__(self, o): return "m"
    def __mul__(self, o): return self
print(M() * 1 @ 2, M() @ 1 + "x")  # expect: m mx
