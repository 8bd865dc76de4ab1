"""globals() is live, locals() of a function is a snapshot."""
globals()["made"] = 5
print(made, "made" in globals(), globals() is globals(), locals() is globals())  # expect: 5 True True True
def f(a, b=2):
    c = 3
    snapshot = locals()
    snapshot["c"] = 99
    snapshot["d"] = 1
    return c, snapshot["c"], sorted(locals())
print(f(1))  # expect: (3, 99, ['a', 'b', 'c', 'snapshot'])
def g():
    x = 1
    def inner():
        return x, sorted(locals())
    return inner()
print(g())  # expect: (1, ['x'])
class C:
    y = 1
    locals()["z"] = y + 1
print(C.z)  # expect: 2
def h():
    first = locals()
    v = 1
    return first, sorted(locals())
print(h())  # expect: ({}, ['first', 'v'])
print(sorted(k for k in vars(C) if len(k) == 1))  # expect: ['y', 'z']
def k():
    exec("hidden = 1")
    try:
        return hidden
    except NameError as error:
        return str(error)
print(k())  # expect: name 'hidden' is not defined
