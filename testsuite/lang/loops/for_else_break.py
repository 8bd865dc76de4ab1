"""for and while with else, break and continue."""
def find(needle, hay):
    for i, x in enumerate(hay):
        if x == needle:
            result = f"at {i}"
            break
    else:
        result = "missing"
    return result
print(find(2, [1, 2]), find(5, [1]), find(1, []))  # expect: at 1 missing missing
n = 0
while n < 3:
    n += 1
    if n == 2:
        continue
    print("n", n)
else:
    print("while else")
# expect: n 1
# expect: n 3
# expect: while else
while True:
    break
else:
    print("not printed")
for i in range(3):
    for j in range(3):
        if j == 1:
            break
    else:
        continue
    if i == 1:
        break
print(i, j)  # expect: 1 1
for i in []:
    pass
else:
    print("empty else")  # expect: empty else
for x in range(3):
    x = 10
print(x)  # expect: 10
for d in [{}]:
    for d["key"] in range(3):
        pass
print(d)  # expect: {'key': 2}
l = [0] * 2
for l[1] in "ab":
    pass
print(l)  # expect: [0, 'b']
while n:
    n -= 1
    try:
        continue
    finally:
        print("finally", n)
# expect: finally 2
# expect: finally 1
# expect: finally 0
for a, b in {"x": 1}.items(): print(a, b)  # expect: x 1
