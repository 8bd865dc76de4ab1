"""__index__ in every place an index is accepted."""
class I:
    def __init__(s, n): s.n = n
    def __index__(s): return s.n
class Bad:
    def __index__(s): return "x"
class Boom:
    def __index__(s): raise RuntimeError("boom")
l = list(range(10))
print(l[I(3)], l[I(-1)], l[I(2):I(5)], l[::I(3)], "hello"[I(1)], (1, 2)[I(0)], b"ab"[I(1)], range(10)[I(4)], l[:I(2)] + l[I(8):])
# expect: 3 9 [2, 3, 4] [0, 3, 6, 9] e 1 98 4 [0, 1, 8, 9]
l[I(0)] = "set"
del l[I(-1)]
l[I(1):I(3)] = ["s"]
print(l, [0] * I(3), "ab" * I(2), bytes(I(2)), hex(I(255)), oct(I(8)), bin(I(5)), chr(I(65)), round(3.14159, I(2)), list(range(I(1), I(7), I(2))), int(I(7)), float(I(7)), complex(I(7)), pow(2, 5, 7))
# expect: ['set', 's', 3, 4, 5, 6, 7, 8] [0, 0, 0] abab b'\x00\x00' 0xff 0o10 0b101 A 3.14 [1, 3, 5] 7 7.0 (7+0j) 4
l.insert(I(0), "ins")
print(l.pop(I(0)), "abc".find("c", I(1)), "a b c".split(" ", I(1)), "x".zfill(I(3)), "x".center(I(3), "-"), [1, 2, 3].index(3, I(1)), (5).to_bytes(I(2)), "-", "abc".replace("a", "b", I(1)), divmod(I(7).n, 2), slice(I(1), I(2)).indices(I(5)))
# expect: ins 2 ['a', 'b c'] 00x -x- 2 b'\x00\x05' - bbc (3, 1) (1, 2, 1)
for f in lambda i: l[i], lambda i: l[i:], lambda i: [0] * i, lambda i: range(i), lambda i: bytes(i), lambda i: hex(i), lambda i: "a".zfill(i):
    for v in Boom(), 1.0, "1", None:
        try: f(v); print("ok", end=" ")
        except Exception as e: print(type(e).__name__, end=" ")
    print("|")
# expect: RuntimeError TypeError TypeError TypeError |
# expect: RuntimeError TypeError TypeError ok |
# expect: RuntimeError TypeError TypeError TypeError |
# expect: RuntimeError TypeError TypeError TypeError |
# expect: RuntimeError TypeError TypeError TypeError |
# expect: RuntimeError TypeError TypeError TypeError |
# expect: RuntimeError TypeError TypeError TypeError |
import operator
try: operator.index(Bad())
except TypeError as e: print(type(e).__name__)  # expect: TypeError
print(2 ** 70 in range(2 ** 71), len(range(I(5))), l[I(2 ** 70):], [1, 2, 3][-I(2 ** 70).n:])  # expect: True 5 [] [1, 2, 3]
try: l[I(2 ** 70)]
except IndexError as e: print(e)  # expect: cannot fit 'I' into an index-sized integer
