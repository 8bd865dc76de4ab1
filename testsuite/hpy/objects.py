# Objects: attributes, items, comparisons, calls, types, exceptions; what the context says of them.
import builtins

import objects


def tried(name, *args):
    try:
        return getattr(objects, name)(*args)
    except Exception as error:
        return f"{type(error).__name__}({error})"


def kind(name, *args):
    """The same without the message, which depends on the version."""
    return str(tried(name, *args)).partition("(")[0]


class Thing:
    size = 3

    def __getattr__(self, name):
        if name == "bad":
            raise KeyError(name)
        raise AttributeError(f"no {name} here")

    def method(self, *args, **names):
        return args, names


thing = Thing()
print(tried("getattr", thing, "size"), tried("getattr_s", thing, "size"), tried("getattr", thing, "x"), tried("getattr_s", thing, "bad"))
# expect: 3 3 AttributeError(no x here) KeyError('bad')
print(tried("getattr", thing, 3), tried("getattr", 1, "real"), tried("getattr", None, "nothing"))
# expect: TypeError(attribute name must be string, not 'int') 1 AttributeError('NoneType' object has no attribute 'nothing')
print([tried(name, thing, of) for name in ("hasattr", "hasattr_s") for of in ("size", "x", "method")])
# expect: [True, False, True, True, False, True]
print(tried("setattr", thing, "size", 4), tried("setattr_s", thing, "other", 5), vars(thing), kind("setattr", 1, "x", 2))
# expect: None None {'size': 4, 'other': 5} AttributeError
print(tried("hasattr", thing, "bad"), tried("hasattr_s", thing, "bad"))  # expect: False False

for container in [10, 20, 30], (10, 20, 30), "abc", {0: "zero", -1: "minus one", "key": "text"}, b"abc", range(5), 7:
    print([tried(name, container, key) for name, key in
           [("getitem", 0), ("getitem", -1), ("getitem_i", 1), ("getitem_i", -1), ("getitem_i", 9), ("getitem_s", "key"), ("getitem", None)]])
# expect: [10, 30, 20, 30, 'IndexError(list index out of range)', 'TypeError(list indices must be integers or slices, not str)', 'TypeError(list indices must be integers or slices, not NoneType)']
# expect: [10, 30, 20, 30, 'IndexError(tuple index out of range)', 'TypeError(tuple indices must be integers or slices, not str)', 'TypeError(tuple indices must be integers or slices, not NoneType)']
# expect: ['a', 'c', 'b', 'c', 'IndexError(string index out of range)', "TypeError(string indices must be integers, not 'str')", "TypeError(string indices must be integers, not 'NoneType')"]
# expect: ['zero', 'minus one', 'KeyError(1)', 'minus one', 'KeyError(9)', 'text', 'KeyError(None)']
# expect: [97, 99, 98, 99, 'IndexError(index out of range)', 'TypeError(byte indices must be integers or slices, not str)', 'TypeError(byte indices must be integers or slices, not NoneType)']
# expect: [0, 4, 1, 4, 'IndexError(range object index out of range)', 'TypeError(range indices must be integers or slices, not str)', 'TypeError(range indices must be integers or slices, not NoneType)']
# expect: ["TypeError('int' object is not subscriptable)", "TypeError('int' object is not subscriptable)", "TypeError('int' object is not subscriptable)", "TypeError('int' object is not subscriptable)", "TypeError('int' object is not subscriptable)", "TypeError('int' object is not subscriptable)", "TypeError('int' object is not subscriptable)"]

items = [1, 2, 3, 4, 5]
print(tried("setitem", items, 0, "a"), tried("setitem_i", items, -1, "b"), tried("setitem_i", items, 9, "c"), tried("setitem", items, "x", 1))
# expect: None None IndexError(list assignment index out of range) TypeError(list indices must be integers or slices, not str)
print(tried("delitem", items, 1), tried("delitem_i", items, -1), tried("delitem_i", items, 9), items)
# expect: None None IndexError(list assignment index out of range) ['a', 3, 4]
table = {1: 2}
print(tried("setitem_s", table, "key", 3), tried("setitem_i", table, 4, 5), tried("delitem_s", table, "key"), tried("delitem_s", table, "no"), table)
# expect: None None None KeyError('no') {1: 2, 4: 5}
print(tried("delitem_i", table, 1), kind("delitem", table, []), tried("setitem", (1,), 0, 1), tried("delitem_i", "x", 0), table)
# expect: None TypeError TypeError('tuple' object does not support item assignment) TypeError('str' object doesn't support item deletion) {4: 5}
print(tried("contains", [1, 2], 2), tried("contains", "abc", "d"), kind("contains", {}, []), kind("contains", 3, 3))
# expect: True False TypeError TypeError
print(tried("length", [1, 2]), tried("length", ()), tried("length", 3), tried("length", thing))
# expect: 2 0 TypeError(object of type 'int' has no len()) TypeError(object of type 'Thing' has no len())


class Odd:
    def __lt__(self, other):
        return "less"

    def __eq__(self, other):
        return []

    def __hash__(self):
        return -1


for a, b in (1, 2), (2.5, 2.5), ("a", "b"), ([1], [1]), (1, "1"), (Odd(), 1):
    print([tried("compare", a, b, op) for op in range(6)], [tried("compare_bool", a, b, op) for op in range(6)])
# expect: [True, True, False, True, False, False] [True, True, False, True, False, False]
# expect: [False, True, True, False, False, True] [False, True, True, False, False, True]
# expect: [True, True, False, True, False, False] [True, True, False, True, False, False]
# expect: [False, True, True, False, False, True] [False, True, True, False, False, True]
# expect: ["TypeError('<' not supported between instances of 'int' and 'str')", "TypeError('<=' not supported between instances of 'int' and 'str')", False, True, "TypeError('>' not supported between instances of 'int' and 'str')", "TypeError('>=' not supported between instances of 'int' and 'str')"] ["TypeError('<' not supported between instances of 'int' and 'str')", "TypeError('<=' not supported between instances of 'int' and 'str')", False, True, "TypeError('>' not supported between instances of 'int' and 'str')", "TypeError('>=' not supported between instances of 'int' and 'str')"]
# expect: ['less', "TypeError('<=' not supported between instances of 'Odd' and 'int')", [], True, "TypeError('>' not supported between instances of 'Odd' and 'int')", "TypeError('>=' not supported between instances of 'Odd' and 'int')"] [True, "TypeError('<=' not supported between instances of 'Odd' and 'int')", False, True, "TypeError('>' not supported between instances of 'Odd' and 'int')", "TypeError('>=' not supported between instances of 'Odd' and 'int')"]
nan = float("nan")
print(objects.compare(nan, nan, 2), objects.compare_bool(nan, nan, 2), objects.compare_bool(nan, nan, 3), objects.same(nan, nan))
# expect: False True False True
print(objects.same(thing, thing), objects.same([], []), objects.same(None, None))  # expect: True False True
print(tried("hash", 5), tried("hash", Odd()), tried("hash", []), objects.hash("abc") == hash("abc"))
# expect: 5 -2 TypeError(unhashable type: 'list') True
for value in 1.5, "añ", b"x", None, [1, "é"]:
    print(tried("repr", value), tried("str", value), tried("ascii", value))
# expect: 1.5 1.5 1.5
# expect: 'añ' añ 'a\xf1'
# expect: b'x' b'x' b'x'
# expect: None None None
# expect: [1, 'é'] [1, 'é'] [1, '\xe9']
print(tried("bytes", b"x"), tried("bytes", [1, 2]), tried("bytes", "x"), tried("bytes", 3), tried("bytes", bytearray(b"yz")))
# expect: b'x' b'\x01\x02' TypeError(cannot convert 'str' object to bytes) TypeError(cannot convert 'int' object to bytes) b'yz'


class Text(str):
    pass


for value in 1, 2.5, True, None, [], {}, (), "x", b"x", len, int, Text("t"), thing, 3j:
    print(objects.checks(value), objects.type_name(objects.type(value)))
# expect: (1, 0, 0, 0, 0, 0, 0) int
# expect: (1, 0, 0, 0, 0, 0, 0) float
# expect: (1, 0, 0, 0, 0, 0, 0) bool
# expect: (0, 0, 0, 0, 0, 0, 0) NoneType
# expect: (0, 0, 1, 0, 0, 0, 0) list
# expect: (0, 0, 0, 1, 0, 0, 0) dict
# expect: (0, 0, 0, 0, 1, 0, 0) tuple
# expect: (0, 0, 0, 0, 0, 1, 0) str
# expect: (0, 0, 0, 0, 0, 0, 1) bytes
# expect: (0, 1, 0, 0, 0, 0, 0) builtin_function_or_method
# expect: (0, 1, 0, 0, 0, 0, 0) type
# expect: (0, 0, 0, 0, 0, 1, 0) Text
# expect: (0, 0, 0, 0, 0, 0, 0) Thing
# expect: (1, 0, 0, 0, 0, 0, 0) complex
print(objects.type(1), objects.type(int), tried("type_check", True, int), tried("type_check", 1, str), tried("type_check", Text(), str))
# expect: <class 'int'> <class 'type'> True False True
print(objects.is_subtype(bool, int), objects.is_subtype(int, bool), objects.is_subtype(Text, object), objects.is_subtype(int, int))
# expect: True False True True


def shown(*args, **names):
    return args, names


print(objects.call(shown), objects.call(shown, 1, 2), tried("call", 3), tried("call", len, 1, 2))
# expect: ((), {}) ((1, 2), {}) TypeError('int' object is not callable) TypeError(len() takes exactly one argument (2 given))
print(objects.call_named(shown, 1, "a", "b"), objects.call_named(shown, "a", "b"), tried("call_named", len, "a", "b"))
# expect: ((1,), {'first': 'a', 'second': 'b'}) ((), {'first': 'a', 'second': 'b'}) TypeError(len() takes no keyword arguments)
print(objects.call_tuple_dict(shown, (1, 2)), objects.call_tuple_dict(shown, (), {"x": 1}), tried("call_tuple_dict", shown, [1]))
# expect: ((1, 2), {}) ((), {'x': 1}) TypeError(HPy_CallTupleDict requires args to be a tuple or null handle)
print(tried("call_tuple_dict", shown, (), [1]), tried("call_tuple_dict", 1, ()))
# expect: TypeError(HPy_CallTupleDict requires kw to be a dict or null handle) TypeError('int' object is not callable)
print(objects.call_method("append", items, 1), items, objects.call_method("method", thing, 1), tried("call_method", "nothing", thing))
# expect: None ['a', 3, 4, 1] ((1,), {}) AttributeError(no nothing here)
print(objects.call_method("upper", "text"), objects.call_method("method", thing, 1, 2), tried("call_method", "pop", []))
# expect: TEXT ((1, 2), {}) IndexError(pop from empty list)

Made = objects.exception("objects.Made")
Second = objects.exception("objects.Second", Made, {"extra": 5})
Third = objects.exception("objects.Third", (Second, KeyError))
print(Made.__mro__[1:3], Made.__module__, Made.__qualname__, Second.extra, [c.__name__ for c in Third.__mro__])
# expect: (<class 'Exception'>, <class 'BaseException'>) objects Made 5 ['Third', 'Second', 'Made', 'KeyError', 'LookupError', 'Exception', 'BaseException', 'object']
print(tried("exception", "nodot"), objects.exception_with_doc("objects.Documented", "Says something.").__doc__)
# expect: SystemError(PyErr_NewException: name must be module.class) Says something.
print(tried("raise", Made, "why"), tried("raise", KeyError, 3), tried("raise", ValueError, ("a", 1)), tried("raise", ValueError, None))
# expect: Made(why) KeyError(3) ValueError(('a', 1)) ValueError()
try:
    getattr(objects, "raise")(Second, 1)
except Made as error:
    print(type(error), error.args)
# expect: <class 'objects.Second'> (1,)


def fails():
    {}["x"]


print(objects.matches(fails, KeyError), objects.matches(fails, LookupError), objects.matches(fails, ValueError), objects.matches(fails, (ValueError, KeyError)))
# expect: True True False True

constants = objects.constants()
print(constants[:5], len(constants))  # expect: [None, True, False, NotImplemented, Ellipsis] 82
print([value.__name__ for value in constants[5:18]])
# expect: ['object', 'type', 'bool', 'int', 'float', 'str', 'tuple', 'list', 'complex', 'bytes', 'memoryview', 'PyCapsule', 'slice']
names = objects.names_of_exceptions().split()
print(len(names), [name for name, value in zip(names, constants[18:]) if getattr(builtins, name) is not value])  # expect: 64 []
