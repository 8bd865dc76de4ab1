"""__index__, __int__ and who uses them."""
class Index:
    def __index__(self):
        return 3
class Int:
    def __int__(self):
        return 5
i = Index()
print([10, 20, 30, 40][i], "abcdef"[:i], list(range(i)), hex(i), bin(i), int(i), float(i))  # expect: 40 abc [0, 1, 2] 0x3 0b11 3 3.0
print("x" * i, [0] * i, bytes(i), chr(i) == "\x03", round(2.34567, i), divmod(7, 3))  # expect: xxx [0, 0, 0] b'\x00\x00\x00' True 2.346 (2, 1)
print(int(Int()))  # expect: 5
for call in (lambda: [1][Int()], lambda: range(Int()), lambda: hex(Int()), lambda: "a" * Int(), lambda: float(Int())):
    try:
        print(call())
    except TypeError as error:
        print(error)
# expect: list indices must be integers or slices, not Int
# expect: 'Int' object cannot be interpreted as an integer
# expect: 'Int' object cannot be interpreted as an integer
# expect: can't multiply sequence by non-int of type 'Int'
# expect: float() argument must be a string or a real number, not 'Int'
import operator
print(operator.index(i), operator.index(True))  # expect: 3 1
try:
    operator.index(1.0)
except TypeError as error:
    print(error)  # expect: 'float' object cannot be interpreted as an integer
print(2 ** 3 if i else 0, i.__index__() + 1)  # expect: 8 4
