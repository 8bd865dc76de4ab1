# extension: native
"""An object that C returns is counted by a function of the runtime, away from the hot path."""
import native


def f(n):
    g, text = native.ident, "text"
    for i in range(n):  # jit: one-call ident; no-call; no-alloc
        found = g(text)
    return found


print(f(3000))  # expect: text
