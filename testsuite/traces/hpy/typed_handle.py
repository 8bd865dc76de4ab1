# extension: native
"""A typed signature with handles: the value words."""
import native


def f(n):
    same, count, text = native.same, 0, "text"
    for i in range(n):  # jit: one-call same; no-call; no-alloc
        if same(text, text):
            count += 1
    return count


print(f(3000), native.same([], []))  # expect: 3000 False
