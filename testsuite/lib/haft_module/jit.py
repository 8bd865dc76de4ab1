"""haft.jit tells a program what was compiled; the figures depend on how it is run."""
# cpython: skip haft only
import haft.jit


def f(n):
    s = 0
    for i in range(n):
        s += i
    return s


before = haft.jit.stats()
print(sorted(before))  # expect: ['aborted', 'code_bytes', 'compiled', 'exits_taken', 'longest_pause_us', 'roots', 'sides']
print(f(5000))  # expect: 12497500
after = haft.jit.stats()
print(after["compiled"] > before["compiled"] or not haft.jit.is_on())  # expect: True
