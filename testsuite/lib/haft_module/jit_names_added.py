"""A loop that relies on a module's names is recorded anew when the module has others; it gets no side trace for that."""
# cpython: skip haft only
import haft.jit

K = 3
before = after = results = None


def g(x):
    return x + K


def f(n):
    s = 0
    for i in range(n):
        s += g(i)
    return s


def ways():
    # Beside the time that a thread compiles in.
    for again in range(60):
        result = f(3000)
    return result


print(ways())  # expect: 4507500
before = haft.jit.stats()
added = 1
print(ways())  # expect: 4507500
after = haft.jit.stats()
normal = haft.jit.is_on() and before["compiled"] > 0
print(not normal or after["compiled"] > before["compiled"])  # expect: True
K = 4
print(ways())  # expect: 4510500

# Names without end: after some times the loop has side traces instead.
for number in range(40):
    globals()["name%d" % number] = number
    results = f(3000)
print(results, ways())  # expect: 4510500 4510500
del added, name3
print(ways())  # expect: 4510500
try:
    del K
    f(3)
except NameError as error:
    print(error)  # expect: name 'K' is not defined
