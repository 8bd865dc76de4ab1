"""abs, divmod, max, min, pow, round, sum on many inputs."""
print(abs(-5), abs(-5.5), abs(3 + 4j), abs(True), abs(-0.0), abs(-2 ** 70))  # expect: 5 5.5 5.0 1 0.0 1180591620717411303424
print(max(3, 1, 2), max([3, 1]), max("b", "a"), max([], default=None), max([1, -5], key=abs), max((1, 2), (1, 3)), max({"a": 1, "b": 0}), max("ab", "c", key=len))
# expect: 3 3 b None -5 (1, 3) b ab
print(min(3, 1, 2), min("hello"), min([[1], []]), min([2, 1], key=lambda x: -x), min(1, 1.0), min(x for x in [3, 2]))  # expect: 1 e [] 2 1 2
print(sum([1, 2, 3]), sum([1.5, 2]), sum([], 10), sum([[1], [2]], []), sum((x for x in range(5)), start=100), sum([True, True]), sum([1, 2j]), sum([0.1] * 3), sum([(1,), (2,)], ()))
# expect: 6 3.5 10 [1, 2] 110 2 (1+2j) 0.30000000000000004 (1, 2)
for source in "sum('ab')", "sum(['a', 'b'], '')", "sum([b'a'], b'')", "sum(5)", "sum([1], None)", "max(1)", "max()", "min([])", "max(1, 'a')", "max([1], [2], key=5)", "abs()", "divmod(1)", "pow()", "round()", "max(1, 2, key=lambda: 0)", "sum([1], [2], [3])":
    try:
        eval(source)
        print("ok")
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: TypeError sum() can't sum strings [use ''.join(seq) instead]
# expect: TypeError sum() can't sum bytes [use b''.join(seq) instead]
# expect: TypeError 'int' object is not iterable
# expect: TypeError unsupported operand type(s) for +: 'NoneType' and 'int'
# expect: TypeError 'int' object is not iterable
# expect: TypeError max expected at least 1 argument, got 0
# expect: ValueError min() iterable argument is empty
# expect: TypeError '>' not supported between instances of 'str' and 'int'
# expect: TypeError 'int' object is not callable
# expect: TypeError abs() takes exactly one argument (0 given)
# expect: TypeError divmod expected 2 arguments, got 1
# expect: TypeError pow() missing required argument 'base' (pos 1)
# expect: TypeError round() missing required argument 'number' (pos 1)
# expect: TypeError <lambda>() takes 0 positional arguments but 1 was given
# expect: TypeError sum() takes at most 2 arguments (3 given)
print(divmod(17, 5), divmod(-17, 5.0), divmod(True, 2), bin(-5), oct(8), hex(255), hex(-1), bin(0), chr(97), ord("é"), chr(0x1F600))
# expect: (3, 2) (-4.0, 3.0) (0, 1) -0b101 0o10 0xff -0x1 0b0 a 233 😀
print(sum([1e16, 1, -1e16]), sum([0.1] * 10), sum([1e308, 1e308, -1e308]))  # expect: 0.0 1.0 inf
