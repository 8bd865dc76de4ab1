# Functions of an extension module: the four signatures, their errors, what they show of themselves.
import inspect

import methods

print(methods.__name__, methods.__doc__)  # expect: methods Functions of all four signatures.
print(methods.answer, methods.me() is methods)  # expect: 42 True
print(methods.none(), methods.twice("ab"), methods.twice(2**70))  # expect: None abab 2361183241434822606848
print(methods.count(), methods.count(1, "two", 3.0))  # expect: () (3.0, 'two', 1)
print(methods.named(1, 2, x=3, y=[]))  # expect: {'x': 3, 'y': [], '': 2}
print(methods.named(**{"a": 1}), methods.named(*"abc"))  # expect: {'a': 1, '': 0} {'': 3}
print(methods.parse(4), methods.parse(b=0.5, a=3))  # expect: 6.0 1.5
print(methods.none.__doc__, methods.none.__text_signature__)  # expect: Takes nothing. ($module)
# Before Python 3.13 a function has no signature of which its docstring says nothing.
print(methods.twice.__doc__, methods.twice.__text_signature__ or "($self, object, /)")  # expect: The sum of a value and itself. ($self, object, /)
print(inspect.signature(methods.none))  # expect: ()
print(methods.none, methods.none.__module__, methods.none.__self__ is methods)  # expect: <built-in function none> methods True
print(methods.me.__qualname__, inspect.isbuiltin(methods.me))  # expect: me True


def error(call, *args, **names):
    try:
        call(*args, **names)
    except Exception as e:
        print(type(e).__name__, e, e.args)


error(methods.none, 1)  # expect: TypeError methods.none() takes no arguments (1 given) ('methods.none() takes no arguments (1 given)',)
error(methods.twice)  # expect: TypeError methods.twice() takes exactly one argument (0 given) ('methods.twice() takes exactly one argument (0 given)',)
error(methods.count, x=1)  # expect: TypeError methods.count() takes no keyword arguments ('methods.count() takes no keyword arguments',)
error(methods.parse, c=1)  # expect: TypeError function no value for required argument ('function no value for required argument',)
error(methods.fail, "one")  # expect: ValueError one ('one',)
error(methods.fail, ("one", 2))  # expect: ValueError ('one', 2) ('one', 2)
error(methods.fail, None)  # expect: ValueError  ()
error(methods.nothing)  # expect: SystemError a C function returned NULL without setting an exception ('a C function returned NULL without setting an exception',)
error(methods.both)  # expect: SystemError a C function returned a result with an exception set ('a C function returned a result with an exception set',)
error(methods.attempt, int, "x")  # expect: ValueError invalid literal for int() with base 10: 'x' ("invalid literal for int() with base 10: 'x'",)
print(methods.attempt({}.__getitem__, 1), methods.attempt(len, "abc"))  # expect: caught 3

try:
    methods.both()
except SystemError as e:
    print(repr(e.__cause__))  # expect: KeyError('left behind')

# An exception that is handled becomes the context of one raised by C.
try:
    try:
        1 / 0
    except ZeroDivisionError:
        methods.fail("second")
except ValueError as e:
    print(repr(e.__context__))  # expect: ZeroDivisionError('division by zero')

total = 0
for i in range(20000):
    total += methods.twice(i)
    methods.none()
print(total)  # expect: 399980000
