"""Exception groups: split, derive, nested except*, naked re-raise."""
def tree(e): return [tree(x) for x in e.exceptions] if isinstance(e, BaseExceptionGroup) else type(e).__name__
eg = ExceptionGroup("top", [ValueError(1), ExceptionGroup("a", [KeyError(2), TypeError(3)]), ExceptionGroup("b", [ExceptionGroup("c", [KeyError(4)])])])
print(tree(eg), tree(eg.subgroup(KeyError)), tree(eg.split(KeyError)[1]), eg.subgroup(OSError), tree(eg.subgroup((KeyError, ValueError))))
# expect: ['ValueError', ['KeyError', 'TypeError'], [['KeyError']]] [['KeyError'], [['KeyError']]] ['ValueError', ['TypeError']] None ['ValueError', ['KeyError'], [['KeyError']]]
seen = []
try: raise eg
except* KeyError as g: seen.append(tree(g))
except* (ValueError, TypeError) as g: seen.append(tree(g))
print(seen)  # expect: [[['KeyError'], [['KeyError']]], ['ValueError', ['TypeError']]]
try:
    try: raise eg
    except* KeyError: pass
except ExceptionGroup as rest: print(rest.message, tree(rest), rest.__context__ is None or type(rest.__context__).__name__)
# expect: top ['ValueError', ['TypeError']] True
try:
    try: raise ExceptionGroup("x", [ValueError("v")])
    except* ValueError: raise
except ExceptionGroup as g: print(repr(g))  # expect: ExceptionGroup('x', [ValueError('v')])
try:
    try: raise ExceptionGroup("x", [ValueError("v"), KeyError("k")])
    except* ValueError as g: raise OSError("new") from g
    except* KeyError: print("key handled")  # expect: key handled
except OSError as g: print(repr(g), repr(g.__cause__))  # expect: OSError('new') ExceptionGroup('x', [ValueError('v')])
def f():
    for i in range(3):
        try: raise ExceptionGroup("l", [ValueError(i)])
        except* ValueError as g:
            if g.exceptions[0].args[0] == 1: log.append("one")
        else: log.append("else")
        finally: log.append("fin")
log = []
f()
print(log)  # expect: ['fin', 'one', 'fin', 'fin']
try:
    try: raise ValueError("naked")
    except* TypeError: print("no")
except ValueError as e: print(type(e).__name__, e)  # expect: ValueError naked
try: raise ValueError("naked")
except* ValueError as g: print(type(g).__name__, g.message == "", g.exceptions)  # expect: ExceptionGroup True (ValueError('naked'),)
for source in "try: pass\nexcept* ValueError: pass\nexcept KeyError: pass", "try: pass\nexcept*: pass", "for i in []:\n try: pass\n except* ValueError: continue", "def f():\n try: pass\n except* ValueError: return 1":
    try: compile(source, "s", "exec"); print("compiled")
    except SyntaxError as e: print(e.msg)
# expect: cannot have both 'except' and 'except*' on the same 'try'
# expect: expected one or more exception types
# expect: 'break', 'continue' and 'return' cannot appear in an except* block
# expect: 'break', 'continue' and 'return' cannot appear in an except* block
try:
    try: raise ValueError
    except* ExceptionGroup: pass
except TypeError as e: print(e)  # expect: catching ExceptionGroup with except* is not allowed. Use except instead.
eg.add_note("noted")
a, b = eg.split(KeyError)
print(a.__notes__, b.__notes__, a.message, eg.derive([ValueError()]).message, isinstance(eg, Exception), BaseExceptionGroup("b", [KeyboardInterrupt()]).subgroup(Exception))
# expect: ['noted'] ['noted'] top top True None
