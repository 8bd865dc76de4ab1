"""Continuation lines, comments, tabs, semicolons, odd spacing."""
x = 1 + \
    2
y = (1,
     # comment inside
     2,

     3)
z = [
1,
  2
        ]
d = {"a":
     1}; e = x; print(x, y, z, d, e)  # expect: 3 (1, 2, 3) [1, 2] {'a': 1} 3
if x:
	print("tab indented")  # expect: tab indented
	if y:
	        print("tabs and spaces")  # expect: tabs and spaces
def f(a,
      b=2,  # comment
      *args,
      ): return (a
                 + b)
print(f(1
        ), f(
    1, 2
))  # expect: 3 3
if (x == 3 and
    y):
  print("two spaces")  # expect: two spaces
for i in (1,):
        print("eight spaces")  # expect: eight spaces
# comment at column 0
        # odd comment
print(x)   ;   print(y)
# expect: 3
# expect: (1, 2, 3)
class A: pass
class B(A,): y = 1
class E():
    pass
print(B.y, E.__name__)  # expect: 1 E
s = "a#b"  # not a comment inside
print(s)  # expect: a#b
print(1_0, x if x else y, [i for i in range(3)
      if i])  # expect: 10 3 [1, 2]
assert x, \
    "message"
é = ñ = "unicode names"
print(é, ñ)  # expect: unicode names unicode names
ﬁ = "normalised"
print(fi)  # expect: normalised
_ = __ = ___ = 0
print(_, __)  # expect: 0 0
