"""Parentheses, commas and precedence of tuples."""
print((), (1,), (1), ((1),), (1, 2), 1, 2)  # expect: () (1,) 1 (1,) (1, 2) 1 2
a = 1, 2
b = 1,
c = (1, 2), 3
d = ()
print(a, b, c, d, len(b), type((1)).__name__, type((1,)).__name__)  # expect: (1, 2) (1,) ((1, 2), 3) () 1 int tuple
def f(): return 1, 2
def g(x): return x,
x, y = f()
(z,) = g(5)
print(x, y, z, f()[1], g(f()))  # expect: 1 2 5 2 ((1, 2),)
print(1, 2 if False else 3, (1, 2) if True else 3, lambda: 1, 2) if False else print((lambda: (1, 2))())  # expect: (1, 2)
print([1, 2, 3][0], [(1, 2), 3][0], {1: (2, 3)}[1], {(1, 2): 3}[1, 2])  # expect: 1 (1, 2) (2, 3) 3
for p in 1, (2, 3), (): print(p, end=" | ")
print("end")  # expect: 1 | (2, 3) | () | end
for i, (j, k) in enumerate([(1, 2), (3, 4)]): print(i, j, k)
# expect: 0 1 2
# expect: 1 3 4
print((1, 2) + (3,), (1, 2) * 2, 2 in (1, 2), (1, 2) == 1, (1, (2, (3,)))[1][1][0], ("a" "b",), ("a",)[0], (1, 2)[::-1], -1 in (1, -1))
# expect: (1, 2, 3) (1, 2, 1, 2) True False 3 ('ab',) a (2, 1) True
if (1, 0): print("non-empty tuple is true")  # expect: non-empty tuple is true
assert (1, "always true") if False else True
print("%s %s" % (1, 2), "%s" % ((1, 2),), "%r" % (1,), str((1,)), repr(("a", 'b"')))  # expect: 1 2 (1, 2) 1 (1,) ('a', 'b"')
print((yield_ := 1, 2), (lambda *a: a)(1, 2), (lambda a: a)((1, 2)), *(1, 2), sep=",")  # expect: (1, 2),(1, 2),(1, 2),1,2
t = (1, [2])
t[1].append(3)
print(t, hash((1, 2)) == hash((1, 2)), (1, 2) is not (1, 2) if False else "", ((), ((),)), (1, 2, *(), *(3,)))
# expect: (1, [2, 3]) True  ((), ((),)) (1, 2, 3)
del a, b
u, v = v, u = 1, 2
print(u, v)  # expect: 2 1
w = x, *y = [1, 2, 3]
print(w, x, y)  # expect: [1, 2, 3] 1 [2, 3]
