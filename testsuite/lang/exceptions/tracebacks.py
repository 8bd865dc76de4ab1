"""Traceback objects: line numbers and names."""
import sys, traceback
def a():
    b()
def b():
    x = 1
    raise ValueError("deep")
try:
    a()
except ValueError as e:
    tb = e.__traceback__
base = a.__code__.co_firstlineno
tb = tb.tb_next
while tb:
    print(tb.tb_frame.f_code.co_name, tb.tb_lineno - base)
    last, tb = tb, tb.tb_next
# expect: a 1
# expect: b 4
print(last.tb_frame.f_locals, last.tb_frame.f_back.f_code.co_name)  # expect: {'x': 1} a
try:
    a()
except ValueError as e:
    for f in traceback.extract_tb(e.__traceback__)[1:]:
        print(f.name, f.lineno - base, f.line)
    # expect: a 1 b()
    # expect: b 4 raise ValueError("deep")
def multi():
    return (1 +
            2 /
            0)
try:
    multi()
except ZeroDivisionError as e:
    print(e.__traceback__.tb_next.tb_lineno - multi.__code__.co_firstlineno)  # expect: 2
def loop():
    for i in [1, 0]:
        1 / i
def comp():
    return [1 / i for i in [0]]
def lam():
    return (lambda: 1 / 0)()
def meth():
    class K:
        def m(self): raise KeyError
    K().m()
def gen():
    yield 1 / 0
for f in loop, comp, lam, meth, lambda: next(gen()):
    try:
        f()
    except Exception as e:
        print([s.name for s in traceback.extract_tb(e.__traceback__)][1:], e.__traceback__.tb_next.tb_lineno - f.__code__.co_firstlineno)
# expect: ['loop'] 2
# expect: ['comp'] 1
# expect: ['lam', '<lambda>'] 1
# expect: ['meth', 'm'] 3
# expect: ['<lambda>', 'gen'] 0
try:
    raise ValueError("again").with_traceback(last)
except ValueError as v:
    print([s.name for s in traceback.extract_tb(v.__traceback__)])  # expect: ['<module>', 'b']
