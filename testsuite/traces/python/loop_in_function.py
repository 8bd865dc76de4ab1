"""A function with a loop is called from a loop: the call makes no range and no iterator by calls of the runtime."""


def triangle(n):
    total = 0
    for i in range(n):  # jit: no-call; no-alloc; native<=14
        total += i
        if total > 5000:
            return -1
    return total


def many(n):
    total = 0
    for k in range(n):
        total += triangle(k % 50)
    return total


def pairs(n):
    found = 0
    for i in range(n):
        for j in range(i):  # jit: no-call; no-alloc
            if i * j % 7 == 3:
                found += 1
    return found


print(many(3000), triangle(200))  # expect: 1176000 -1
print(pairs(150))  # expect: 1365
