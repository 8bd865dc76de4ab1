# extension: native
"""The object that C returns is the one whose handle it opened last: nothing else is called."""
import native


def f(n):
    g, text = native.ident, "text"
    for i in range(n):  # jit: one-call ident; no-call; no-alloc
        found = g(text)
    return found


print(f(3000))  # expect: text
