# Containers: lists, tuples, dicts, slices, builders, trackers, capsules; and Python left and entered again.
import gc
import threading

import boxes


def tried(name, *args):
    try:
        return getattr(boxes, name)(*args)
    except Exception as error:
        return f"{type(error).__name__}({error})"


def kind(name, *args):
    """The same without the message, which CPython begins with a file of its own."""
    return str(tried(name, *args)).partition("(")[0]


print(tried("list", 0), len(boxes.list(5)), kind("list", -1))  # expect: [] 5 SystemError
items = []
print(tried("append", items, "a"), tried("append", items, items), len(items), kind("append", (), 1))  # expect: None None 2 SystemError
print(boxes.built_list(), boxes.built_list(1, "b", None), boxes.built_tuple(), boxes.built_tuple(2.5, ()), boxes.tuple(), boxes.tuple(1, 2), boxes.pack(3, 4))
# expect: [] [1, 'b', None] () (2.5, ()) () (1, 2) (3, 4, 3)
texts, numbers = boxes.built_many(300)
print(numbers == tuple(range(300)), texts == [f"item {i}" for i in range(300)], len(boxes.built_many(0)[0]))  # expect: True True 0
fresh = boxes.built_list(1, 2)
fresh.append(3)
print(fresh, boxes.built_list(1, 2))  # expect: [1, 2, 3] [1, 2]

table = {"a": 1, 2: "b"}
print(boxes.dict(), boxes.keys(table), boxes.copy(table) == table, boxes.copy(table) is table, kind("keys", [1]), kind("copy", 3))
# expect: {} ['a', 2] True False SystemError SystemError


class Table(dict):
    def keys(self):
        return "own keys"

    def copy(self):
        return "own copy"


print(boxes.keys(Table(x=1)), boxes.copy(Table(x=1)), type(boxes.copy(Table())))  # expect: ['x'] {'x': 1} <class 'dict'>

for cut in slice(None), slice(1, 3), slice(-2, None), slice(None, None, -1), slice(10, 0, -3), slice(-100, 100, 2), slice(True, None):
    print(cut, boxes.slice(cut, 5), len(range(5)[cut]))
# expect: slice(None, None, None) (0, 5, 1, 5) 5
# expect: slice(1, 3, None) (1, 3, 1, 2) 2
# expect: slice(-2, None, None) (3, 5, 1, 2) 2
# expect: slice(None, None, -1) (4, -1, -1, 5) 5
# expect: slice(10, 0, -3) (4, 0, -3, 2) 2
# expect: slice(-100, 100, 2) (0, 5, 2, 3) 3
# expect: slice(True, None, None) (1, 5, 1, 4) 4
print(tried("slice", slice(None, None, 0), 5), tried("slice", slice("a"), 5), tried("slice", slice(1 << 80, -(1 << 80)), 5))
# expect: ValueError(slice step cannot be zero) TypeError(slice indices must be integers or None or have an __index__ method) (5, 0, 1, 0)

print(boxes.tracked(False) == boxes.tracked(True) == [str(i) for i in range(20)])  # expect: True

first, second = boxes.capsule(), boxes.capsule(1)
print(type(first).__name__, boxes.look(first), boxes.look(second), repr(first).partition(" at ")[0], repr(second).partition(" at ")[0])
# expect: PyCapsule ('boxes.first', 1, 0) ('boxes.second', 2, 1) <capsule object "boxes.first" <capsule object "boxes.second"
print(tried("pointer", first, "boxes.first"), tried("pointer", first, "boxes.second"), tried("pointer", 3, "x"), tried("look", first.__class__))
# expect: True ValueError(PyCapsule_GetPointer called with incorrect name) ValueError(PyCapsule_GetPointer called with invalid PyCapsule object) TypeError(no capsule of this module)
print(tried("name", second), tried("name", []), tried("capsule_of_null"), tried("look", 3))
# expect: boxes.second ValueError(PyCapsule_GetName called with invalid PyCapsule object) ValueError(PyCapsule_New called with null pointer) TypeError(no capsule of this module)
print(tried("change", first), tried("change", second), boxes.look(first))
# expect: ValueError(PyCapsule_SetPointer called with null pointer) ValueError(PyCapsule_GetPointer called with incorrect name) ('boxes.first', 77, 0)
print(boxes.watch(second), tried("watch", 1))  # expect: None ValueError(PyCapsule_SetDestructor called with invalid PyCapsule object)
del second
gc.collect()
print(boxes.destroyed())  # expect: (1, 'boxes.second', 1)


def watched():
    """A capsule ends where its variable is deleted, also in compiled code."""
    before = boxes.destroyed()[0]
    capsule = boxes.capsule()
    boxes.watch(capsule)
    del capsule
    return boxes.destroyed()[0] - before


print([watched() for i in range(40)] == [1] * 40)  # expect: True

print(boxes.in_thread(1000))  # expect: 499500
results = []
threads = [threading.Thread(target=lambda: results.append(boxes.in_thread(100_000))) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)  # expect: [4999950000, 4999950000, 4999950000, 4999950000]
