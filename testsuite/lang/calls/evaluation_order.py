"""Callee, positional, keyword arguments: left to right."""
log = []
def t(value):
    log.append(value)
    return value
def f(*a, **k):
    return len(a) + len(k)
def get():
    log.append("callee")
    return f
get()(t(1), *t([2]), t(3), k=t(4), **t({"z": 5}), y=t(6))
print(log)  # expect: ['callee', 1, [2], 3, 4, {'z': 5}, 6]
log.clear()
f(*t([1]), t(2), *t([3]))
print(log)  # expect: [[1], 2, [3]]
log.clear()
f(a=t(1), *t([2]))
print(log)  # expect: [[2], 1]
log.clear()
def d(x=t("default x"), *, y=t("default y")) -> None:
    pass
print(log)  # expect: ['default x', 'default y']
log.clear()
class A:
    def __getattr__(self, name):
        log.append("attr " + name)
        return f
A().method(t("arg"))
print(log)  # expect: ['attr method', 'arg']
log.clear()
[].append(t(1)); (lambda: t("body"))()
print(log)  # expect: [1, 'body']
log.clear()
try:
    None(t("evaluated"))
except TypeError:
    print(log)  # expect: ['evaluated']
