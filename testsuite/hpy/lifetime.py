# What keeps objects alive: handles in C's memory, fields in structs and elsewhere, global variables.
import gc
import weakref

import lifetime
from lifetime import Stack


def rubbish():
    for _ in range(2):
        [[] for _ in range(5000)]
        gc.collect()


lifetime.keep(["a"], "b" * 20, 3, 2.5, None, (1, [2]), {}, object)
rubbish()
print([lifetime.take(i) for i in range(8)])  # expect: [['a'], 'bbbbbbbbbbbbbbbbbbbb', 3, 2.5, None, (1, [2]), {}, <class 'object'>]
print(lifetime.many("an" + "other"), lifetime.many([1, 2]), lifetime.many(5))  # expect: another [1, 2] 5


class Thing:
    pass


# A handle keeps its object alive until it is closed.
thing = Thing()
ref = weakref.ref(thing)
lifetime.keep(thing)
del thing
gc.collect()
print(ref() is not None)  # expect: True
lifetime.take(0)
gc.collect()
print(ref() is None)  # expect: True

lifetime.set_global({"k": [1]})
rubbish()
print(lifetime.get_global())  # expect: {'k': [1]}

s = Stack()
for i in range(100):
    s.push([i])
rubbish()
print(len(s), s[0], s[99], s[-1], sum(x[0] for x in s))  # expect: 100 [0] [99] [99] 4950
try:
    s[100]
except IndexError as e:
    print(e)  # expect: no such item

# An old object gets a young reference.
s.push("new" + str(1))
gc.collect()
print(s[-1], len(lifetime.make()))  # expect: new1 0


def cycle():
    a, b = Stack(), Stack()
    a.push(b)
    b.push(a)
    a.push(Thing())
    return weakref.ref(a[1])


seen = []
lifetime.set_global(seen)
gc.collect()
before = lifetime.counts()
refs = [cycle() for _ in range(10)]
for _ in range(3):
    gc.collect()
after = lifetime.counts()
print([r() for r in refs].count(None) >= 9, after[0] - before[0] >= 18, after[1] - before[1] >= 18)  # expect: True True True
print(sorted(set(seen)) in ([1, 2], [0, 1, 2]))  # expect: True


# Subclasses of Python, with attributes beside the struct.
class Labelled(Stack):
    def __init__(self, label):
        self.label = label


many = [Labelled([i]) for i in range(200)]
for i, x in enumerate(many):
    x.push(many[i - 1])
rubbish()
print(all(x.label == [i] and x[0].label == [(i - 1) % 200] for i, x in enumerate(many)))  # expect: True
