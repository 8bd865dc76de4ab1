"""__class_getitem__, generic aliases, __mro_entries__."""
class Box:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item!r}]"
class Sub(Box): pass
print(Box[1], Sub["a", 2], Box[:])  # expect: Box[1] Sub[('a', 2)] Box[slice(None, None, None)]
try:
    int[3]
except TypeError as error:
    print(error)  # expect: type 'int' is not subscriptable
class Plain: pass
try:
    Plain[0]
except TypeError as error:
    print(error)  # expect: type 'Plain' is not subscriptable
try:
    Box()[0]
except TypeError as error:
    print(error)  # expect: 'Box' object is not subscriptable
print(list[int], dict[str, list[int]], tuple[int, ...], type[int], list[int].__origin__, dict[str, int].__args__)
# expect: list[int] dict[str, list[int]] tuple[int, ...] type[int] <class 'list'> (<class 'str'>, <class 'int'>)
print(list[int]([1, 2]), list[int] == list[int], isinstance([], list), hash(list[int]) == hash(list[int]))  # expect: [1, 2] True True True
try:
    isinstance([], list[int])
except TypeError as error:
    print(error)  # expect: isinstance() argument 2 cannot be a parameterized generic
class Meta(type):
    def __getitem__(cls, k): return "meta wins"
class M(metaclass=Meta):
    def __class_getitem__(cls, k): return "class"
print(M[0])  # expect: meta wins
class Entry:
    def __mro_entries__(self, bases): return (Box, int)
class E(Entry()): pass
print([b.__name__ for b in E.__bases__], E.__orig_bases__[0].__class__.__name__)  # expect: ['Box', 'int'] Entry
class L(list[int]): pass
print(L.__bases__, L.__orig_bases__)  # expect: (<class 'list'>,) (list[int],)
