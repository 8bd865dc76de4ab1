"""operator."""
import operator as o
print(o.add(1, 2), o.sub(5, 3), o.mul("a", 3), o.truediv(1, 2), o.floordiv(7, 2), o.mod(7, 3), o.pow(2, 3), o.neg(1), o.pos(-1), o.inv(5), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.lshift(1, 3), o.rshift(8, 1), o.lt(1, 2), o.eq(1, 1.0), o.ne(1, 2), o.not_([]), o.truth("a"), o.is_(None, None), o.is_not(1, None), o.contains([1], 1), o.countOf([1, 1, 2], 1), o.indexOf("abc", "c"), o.concat([1], [2]), o.index(True), o.abs(-3), o.length_hint([1, 2]), o.length_hint(iter("abc"), 9), o.call(max, 1, 5), o.matmul.__name__)
# expect: 3 2 aaa 0.5 3 1 8 -1 -1 -6 2 7 5 8 4 True True True True True True True True 2 2 [1, 2] 1 3 2 3 5 matmul
l = [1, 2, 3]
o.setitem(l, 0, 9); o.delitem(l, 1)
print(l, o.getitem(l, -1), o.iadd([1], [2]), o.ior({1}, {2}), o.iconcat("a", "b"), o.imul(3, 4))  # expect: [9, 3] 3 [1, 2] {1, 2} ab 12
ig, ag, mc = o.itemgetter(1), o.attrgetter("real", "imag"), o.methodcaller("split", "-", maxsplit=1)
print(ig("abc"), o.itemgetter(0, 2)("abc"), o.itemgetter(slice(1, 3))("abcd"), ag(1 + 2j), o.attrgetter("__class__.__name__")(5), mc("a-b-c"), sorted([(1, "b"), (2, "a")], key=ig), list(map(o.itemgetter("k"), [{"k": 1}])), repr(ig), repr(ag), repr(mc), o.methodcaller("upper")("x"))
# expect: b ('a', 'c') bc (1.0, 2.0) int ['a', 'b-c'] [(2, 'a'), (1, 'b')] [1] operator.itemgetter(1) operator.attrgetter('real', 'imag') operator.methodcaller('split', '-', maxsplit=1) X
for call in lambda: o.add(1, "a"), lambda: o.itemgetter(), lambda: ig([]), lambda: o.attrgetter("nope")(1), lambda: o.attrgetter(5), lambda: o.methodcaller(), lambda: o.indexOf([1], 2), lambda: o.concat(1, 2), lambda: o.index(1.5), lambda: o.itemgetter("k")({}), lambda: o.add(1), lambda: o.length_hint(5, "x"), lambda: o.delitem((1,), 0):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: TypeError itemgetter expected 1 argument, got 0
# expect: IndexError list index out of range
# expect: AttributeError 'int' object has no attribute 'nope'
# expect: TypeError attribute name must be a string
# expect: TypeError methodcaller needs at least one argument, the method name
# expect: ValueError sequence.index(x): x not in sequence
# expect: TypeError 'int' object can't be concatenated
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: KeyError 'k'
# expect: TypeError add expected 2 arguments, got 1
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError 'tuple' object doesn't support item deletion
