"""Text made by the traceback module."""
import traceback, re
def clean(text):
    return re.sub(r'File ".*?", line \d+', 'File "F", line N', text)
def f(): raise ValueError("bad\nsecond line")
def g():
    try:
        f()
    except ValueError as e:
        raise KeyError("wrapped") from e
def h():
    try:
        f()
    except ValueError:
        undefined_thing
for call in f, g, h:
    try:
        call()
    except Exception as e:
        text = clean("".join(traceback.format_exception(e)))
        print(*[l for l in text.splitlines() if not set(l.strip()) <= set("^~")], sep="\n")
# expect: Traceback (most recent call last):
# expect:   File "F", line N, in <module>
# expect:     call()
# expect:   File "F", line N, in f
# expect:     def f(): raise ValueError("bad\nsecond line")
# expect: ValueError: bad
# expect: second line
# expect: Traceback (most recent call last):
# expect:   File "F", line N, in g
# expect:     f()
# expect:   File "F", line N, in f
# expect:     def f(): raise ValueError("bad\nsecond line")
# expect: ValueError: bad
# expect: second line
# expect: The above exception was the direct cause of the following exception:
# expect: Traceback (most recent call last):
# expect:   File "F", line N, in <module>
# expect:     call()
# expect:   File "F", line N, in g
# expect:     raise KeyError("wrapped") from e
# expect: KeyError: 'wrapped'
# expect: Traceback (most recent call last):
# expect:   File "F", line N, in h
# expect:     f()
# expect:   File "F", line N, in f
# expect:     def f(): raise ValueError("bad\nsecond line")
# expect: ValueError: bad
# expect: second line
# expect: During handling of the above exception, another exception occurred:
# expect: Traceback (most recent call last):
# expect:   File "F", line N, in <module>
# expect:     call()
# expect:   File "F", line N, in h
# expect:     undefined_thing
# expect: NameError: name 'undefined_thing' is not defined
print(traceback.format_exception_only(ValueError()))  # expect: ['ValueError\n']
print(traceback.format_exception_only(KeyError("k"))[-1].strip())  # expect: KeyError: 'k'
print(traceback.format_exception_only(type("Odd", (Exception,), {"__module__": "pkg.mod"})("m")))  # expect: ['pkg.mod.Odd: m\n']
class NoStr(Exception):
    def __str__(self): raise RuntimeError
print(traceback.format_exception_only(NoStr()))  # expect: ['NoStr: <exception str() failed>\n']
try:
    exec("def broken(:\n  pass")
except SyntaxError as e:
    print(traceback.format_exception_only(e)[-1].strip(), e.lineno)  # expect: SyntaxError: invalid syntax 1
