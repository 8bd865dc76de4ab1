# extension: native
"""Comparisons, truth, length and membership that a class defines in C: one call of C each, and nothing else."""
import native


def f(n):
    p, q, total = native.Point(1.5, 0.0), native.Point(2.5, 0.0), 0
    for i in range(n):  # jit: calls HPy_tp_richcompare HPy_nb_bool HPy_sq_length HPy_sq_contains HPy_tp_richcompare HPy_tp_richcompare; no-call; no-alloc
        if p < q:
            total += 1
        if p:
            total += len(p)
        total += (1.5 in p) + (p == q) + (q >= p)
    return total


print(f(3000))  # expect: 15000


def negated(n):
    p, total = native.Point(1.5, 0.0), 0
    for i in range(n):  # jit: calls HPy_nb_bool HPy_sq_contains; no-call; no-alloc
        total += (not p) + (i not in p)
    return total


print(negated(3000))  # expect: 3000


def jumps(n):
    p, total = native.Point(1.5, 0.0), 0
    for i in range(n):  # jit: one-call HPy_tp_richcompare; no-call; no-alloc; native<=60
        if p == p:
            total += i
    return total


print(jumps(3000))  # expect: 4498500


def length(n):
    p, total = native.Point(1.5, 0.0), 0
    for i in range(n):  # jit: one-call HPy_sq_length; no-call; no-alloc; native<=60
        total += len(p)
    return total


print(length(3000))  # expect: 6000
