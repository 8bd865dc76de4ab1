"""What a ring must do: the same for both modules, ring_capi.c and ring.c."""
import gc
import weakref

import ring

r = ring.Ring(3)
print(len(r), r.capacity, r.full, list(r))
print([r.push(letter) for letter in "abc"], r.full, list(r))
print(r.push("d"), r.push("e"), list(r), r[0], r[-1])
print(list(ring.last(range(1000), 4)))

for wrong in (lambda: ring.Ring(0), lambda: ring.Ring("x"), lambda: r[3], lambda: ring.last(1, 2), lambda: ring.last(())):
    try:
        wrong()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__)

try:
    r.capacity = 9
except AttributeError as error:
    print("AttributeError")


def broken():
    yield 1
    raise KeyError("in the middle")


try:
    ring.last(broken(), 2)
except KeyError as error:
    print(error)


class Node(ring.Ring):
    pass


node = Node(capacity=2)
node.push(node)
node.push([node])
alive = weakref.ref(node)
del node
gc.collect()
print(alive() is None)
