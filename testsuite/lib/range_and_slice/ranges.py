"""range objects."""
r = range(2, 20, 3)
print(r, list(r), len(r), r[0], r[-1], r[1:3], r[::-1], r.index(8), r.count(8), r.count(9), 11 in r, 12 in r, "a" in r, 5.0 in r, r.start, r.stop, r.step)
# expect: range(2, 20, 3) [2, 5, 8, 11, 14, 17] 6 2 17 range(5, 11, 3) range(17, -1, -3) 2 1 0 True False False True 2 20 3
print(range(5) == range(0, 5, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), hash(range(5)) == hash(range(0, 5)), range(3) != [0, 1, 2], list(reversed(range(0, 10, 4))), bool(range(0)), repr(range(0, 5)), repr(range(1, 5, -1)), list(range(5, 0, -2)))
# expect: True True True True True [8, 4, 0] False range(0, 5) range(1, 5, -1) [5, 3, 1]
print(range(True), list(range(-3)), list(range(10, 0)), range(10)[2:8][1:][::2], range(0, 10, 3)[-1], max(range(5)), sum(range(101)), range(2 ** 70, 2 ** 70 + 5)[3], len(range(-2 ** 62, 2 ** 62 - 2)))
# expect: range(0, 1) [] [] range(3, 8, 2) 9 4 5050 1180591620717411303427 9223372036854775806
for source in "range()", "range(1, 2, 0)", "range('a')", "range(1.5)", "range(1, 2, 3, 4)", "range(5)[5]", "range(5)['a']", "range(5) + range(5)", "range(5) < range(6)", "range(5).start.x", "range(stop=5)", "range(5).append(1)", "iter(range(3)).send(1)", "range(5)[1.0]":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError range expected at least 1 argument, got 0
# expect: ValueError range() arg 3 must not be zero
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: TypeError range expected at most 3 arguments, got 4
# expect: IndexError range object index out of range
# expect: TypeError range indices must be integers or slices, not str
# expect: TypeError unsupported operand type(s) for +: 'range' and 'range'
# expect: TypeError '<' not supported between instances of 'range' and 'range'
# expect: AttributeError 'int' object has no attribute 'x'
# expect: TypeError range() takes no keyword arguments
# expect: AttributeError 'range' object has no attribute 'append'
# expect: AttributeError 'range_iterator' object has no attribute 'send'
# expect: TypeError range indices must be integers or slices, not float
it = iter(range(3))
print(next(it), list(it), next(it, "end"), it.__length_hint__(), type(it).__name__, type(iter(range(2 ** 70))).__name__)
# expect: 0 [1, 2] end 0 range_iterator longrange_iterator
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
print(list(range(I(3))), range(10)[I(4)], I(3) in range(5))  # expect: [0, 1, 2] 4 False
