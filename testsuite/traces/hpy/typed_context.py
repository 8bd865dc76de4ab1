# extension: native
"""Typed signatures with the context: numbers travel unboxed, and an exception leaves the loop."""
import native


def halves(n):
    total = 0.0
    for i in range(n):  # jit: one-call half; no-call; no-alloc
        total += native.half(i + 0.5)
    return total


print(halves(3000))  # expect: 2250000.0


def doubles(n):
    total = 0
    for i in range(n):  # jit: one-call doubled; no-call; no-alloc
        total += native.doubled(i)
    return total


print(doubles(3000))  # expect: 8997000


def until(n):
    for i in range(n, -9, -1):
        native.doubled(i)


try:
    until(3000)
except ValueError as error:
    print(error)  # expect: negative


def caught(n):
    seen = 0
    for i in range(n):
        try:
            native.half(i - 10.0 if i % 1000 == 0 else 1.0)
        except ValueError:
            seen += 1
    return seen


print(caught(3000))  # expect: 1
