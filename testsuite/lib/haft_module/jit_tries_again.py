"""A loop whose recordings were given up again and again is compiled when it behaves."""
# cpython: skip haft only
import haft.jit


def f(n, wild):
    s = 0
    for i in range(n):
        if wild and i % 7 == 6:
            raise ValueError(s)
        s += i
    return s


failed = 0
for again in range(3000):
    try:
        f(50, True)
    except ValueError:
        failed += 1
print(failed)  # expect: 3000
before = haft.jit.stats()["compiled"]
for again in range(60):
    result = f(20000, False)
print(result)  # expect: 199990000
print(haft.jit.stats()["compiled"] > before or not haft.jit.is_on())  # expect: True
