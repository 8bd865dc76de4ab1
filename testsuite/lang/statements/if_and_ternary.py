"""if/elif/else and conditional expressions."""
def kind(n):
    if n < 0: return "negative"
    elif n == 0: return "zero"
    elif n < 10:
        if n % 2: return "small odd"
        else: return "small even"
    else: return "big"
print([kind(n) for n in (-5, 0, 3, 4, 50)])  # expect: ['negative', 'zero', 'small odd', 'small even', 'big']
print("a" if 0 else "b" if 0 else "c", ("x" if True else "y") + "z", [1, 2][True if 1 > 2 else False], (1 if 1 else 2,))  # expect: c xz 1 (1,)
x = 5 if 0 else None
print(x, "n" if x is None else x, not (1 if 0 else 0), -1 if 1 else 1, lambda: 1 if 0 else 2) if False else print(x)  # expect: None
if []: print("no")
if not []: print("empty list is false")  # expect: empty list is false
if (n := len("abc")) == 3: print(n)  # expect: 3
if 1: pass
else: print("no")
if None or 0 or "" or (): print("no")
elif "0" and [0] and (None,): print("all true")  # expect: all true
value = {"a": 1}.get("b") or "default"
print(value)  # expect: default
if 1 < 2 < 3 and not 3 < 2 or False: print("taken")  # expect: taken
def f():
    if True:
        y = 1
    return y
print(f())  # expect: 1
a = b = 0
if a == b == 0: a, b = 1, 2
print(a, b); print("two statements") ; pass
# expect: 1 2
# expect: two statements
if a: print("one"); print("line")
# expect: one
# expect: line
while a: a -= 1; print("while", a)  # expect: while 0
for i in 1, 2: print(i, end=" "); print(i * i)
# expect: 1 1
# expect: 2 4
class C: x = 1; y = 2
print(C.x + C.y)  # expect: 3
def g(): x = 1; return x
print(g())  # expect: 1
