"""Displays evaluate their parts left to right."""
log = []
def n(value):
    log.append(value)
    return value
[n(1), n(2), *[n(3)], n(4)]
print(log); log.clear()  # expect: [1, 2, 3, 4]
{n("k1"): n("v1"), n("k2"): n("v2"), **{n("k3"): n("v3")}}
print(log); log.clear()  # expect: ['k1', 'v1', 'k2', 'v2', 'k3', 'v3']
n(1) + n(2) * n(3) - n(4)
print(log); log.clear()  # expect: [1, 2, 3, 4]
n(1) if n(0) else n(2)
print(log); log.clear()  # expect: [0, 2]
n([0])[n(0)] = n("value")
print(log); log.clear()  # expect: ['value', ['value'], 0]
n(0) or n(0) and n(1) or n(5)
print(log); log.clear()  # expect: [0, 0, 5]
n(1) < n(2) < n(0) < n(9)
print(log); log.clear()  # expect: [1, 2, 0]
(n(1), n(2))[n(0):n(1):n(1)]
print(log); log.clear()  # expect: [1, 2, 0, 1, 1]
d = {}
d[n("key")], d[n("other")] = n(1), n(2)
print(log, d)  # expect: [1, 2, 'key', 'other'] {'key': 1, 'other': 2}
log.clear()
f"{n('a')}{n('b'):{n('>3')}}"
print(log)  # expect: ['a', 'b', '>3']
