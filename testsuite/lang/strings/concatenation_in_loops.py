"""Building strings piece by piece does not change earlier values."""
s = t = "start"
for i in range(5):
    s += str(i)
print(s, t)  # expect: start01234 start
parts = []
acc = ""
for w in "a b c".split():
    acc += w
    parts.append(acc)
print(parts)  # expect: ['a', 'ab', 'abc']
class O: pass
o = O()
o.s = "x"
keep = o.s
o.s += "y"
print(o.s, keep)  # expect: xy x
d = {"k": "v"}
d["k"] += "w"
print(d)  # expect: {'k': 'vw'}
big = ""
snapshots = []
for i in range(2000):
    big += "ab"
    if i % 500 == 0:
        snapshots.append(big)
print(len(big), [len(x) for x in snapshots], snapshots[1] == big[:1002])  # expect: 4000 [2, 1002, 2002, 3002] True
b = b""
for i in range(256):
    b += bytes([i])
print(len(b), b[200], sum(b))  # expect: 256 200 32640
def f(s):
    s += "local"
    return s
g = "global "
print(f(g), g + ".")  # expect: global local global .
u = ""
for c in "aé日😀":
    u = c + u + c
print(u, len(u))  # expect: 😀日éaaé日😀 8
x = "ab"
y = x
x *= 3
print(x, y)  # expect: ababab ab
print("".join(str(i) for i in range(15)), "-" * 10 + ">" + " " * 2 + "<", sum(len(w) for w in [s] * 3))
# expect: 01234567891011121314 ---------->  < 30
