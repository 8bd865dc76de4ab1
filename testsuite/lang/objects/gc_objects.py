# Lists of everything that is alive, made while the rest dies.
import gc


class Node:
    pass


def nodes():
    return [obj for obj in gc.get_objects() if type(obj) is Node]


for n in range(3):
    a, b = Node(), Node()
    a.other, b.other = b, a
    for i in range(100):
        [i] * 3
    found = nodes()
    print(len(found) >= 2, a in found, b in found, all(type(obj.other) is Node for obj in found))
    # expect: True True True True
    # expect: True True True True
    # expect: True True True True


# A metaclass is asked for its classes when they are to be called in another way.
class Meta(type):
    pass


kept = [Meta(f"Kept{i}", (), {}) for i in range(5)]
for i in range(20):
    Meta(f"Lost{i}", (), {"i": i})
print([type(cls()) is cls for cls in kept])  # expect: [True, True, True, True, True]
Meta.__call__ = lambda cls: cls.__name__.lower()
print([cls() for cls in kept])  # expect: ['kept0', 'kept1', 'kept2', 'kept3', 'kept4']
