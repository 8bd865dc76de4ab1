"""while loops with several exits."""
n, steps = 27, 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)  # expect: 111
a, b = 1071, 462
while b:
    a, b = b, a % b
print(a)  # expect: 21
i = 0
while True:
    i += 1
    if i % 2: continue
    if i > 8: break
    print(i)
# expect: 2
# expect: 4
# expect: 6
# expect: 8
stack, out = [1, [2, [3, 4]], 5], []
while stack:
    x = stack.pop()
    if isinstance(x, list): stack.extend(x)
    else: out.append(x)
print(out)  # expect: [5, 4, 3, 2, 1]
x = 10
while x > 0:
    x -= 3
    if x == 100: break
else:
    print("else", x)  # expect: else -2
done = False
while not done:
    for j in range(10):
        if j == 3:
            done = True
            break
print(j, done)  # expect: 3 True
found = None
for p in range(2, 50):
    for q in range(2, p):
        if p % q == 0: break
    else:
        if p > 40:
            found = p
            break
print(found)  # expect: 41
def search(grid, value):
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell == value: return r, c
    return None
print(search([[1, 2], [3, 4]], 3), search([[1]], 9))  # expect: (1, 0) None
it = iter(range(5))
for x in it:
    if x == 1: next(it)
    print("x", x)
# expect: x 0
# expect: x 1
# expect: x 3
# expect: x 4
total = 0
for i in range(100000):
    total += i & 3
print(total)  # expect: 150000
while 0: pass
else: print("zero else")  # expect: zero else
