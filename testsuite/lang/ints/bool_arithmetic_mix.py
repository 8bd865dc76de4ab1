"""bool in arithmetic keeps int results; identities of bool operators."""
T, F = True, False
for op in "+", "-", "*", "//", "%", "**", "<<", ">>", "&", "|", "^", "/":
    r = eval(f"T {op} T")
    print(op, r, type(r).__name__, end="; ")
print(".")
# expect: + 2 int; - 0 int; * 1 int; // 1 int; % 0 int; ** 1 int; << 2 int; >> 0 int; & True bool; | True bool; ^ False bool; / 1.0 float; .
print(T + 1.5, T + 1j, T * "ab", [1] * F, "abc"[T], sum([T, T, F]), T == 1.0, {T: "x"}[1], [F, T].index(1), max(T, 2), min(F, -1), sorted([T, 0.5, F]))
# expect: 2.5 (1+1j) ab [] b 2 True x 1 2 -1 [False, 0.5, True]
print(T & 1, type(T & 1).__name__, type(T & F).__name__, T | 2, 4 ^ T, ~T + 2, -T, +F, abs(T), not T, T is (not F), divmod(T, 2), round(T), int(T), float(F), complex(T))
# expect: 1 int bool 3 5 0 -1 0 1 False True (0, 1) 1 1 0.0 (1+0j)
print(T < 2, T <= F, T > F > -1, T != F, T == T == 1, F == 0 == 0.0 == 0j, T in (1,), 1 in {T}, hash(T) == hash(1), str(T), repr(F), f"{T!r:>6}{T:3}{T:b}", "%d %s %r %f" % (T, T, T, T))
# expect: True False True True True True True True True True False   True  11 1 True True 1.000000
count = 0
for i in range(100): count += (i % 3 == 0) + (i % 5 == 0) * 10
print(count)  # expect: 234
flags = [i % 2 == 0 for i in range(6)]
print(flags, sum(flags), all(flags), any(flags), [not f for f in flags], flags.count(True), [i for i, f in enumerate(flags) if f])
# expect: [True, False, True, False, True, False] 3 False True [False, True, False, True, False, True] 3 [0, 2, 4]
def f(x, flag=False): return -x if flag else x
print(f(3), f(3, True), f(3, 1), f(3, []), bool("False"), bool(0.0), bool(float("nan")), (T and 5) + (F or 6), (5 > 3) * "yes" + (5 < 3) * "no")
# expect: 3 -3 -3 3 True False True 11 yes
