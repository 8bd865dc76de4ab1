"""traceback objects and formatting helpers."""
import traceback, sys, io
def a(): b()
def b(): raise ValueError("deep")
try:
    a()
except ValueError as e:
    te = traceback.TracebackException.from_exception(e)
    print(te.exc_type_str if hasattr(te, "exc_type_str") else "ValueError", str(te), len(te.stack), [f.name for f in te.stack])
    # expect: ValueError deep 3 ['<module>', 'a', 'b']
    out = io.StringIO()
    traceback.print_exc(file=out)
    lines = out.getvalue().splitlines()
    print(lines[0], lines[-1], len([l for l in lines if l.startswith("  File")]))  # expect: Traceback (most recent call last): ValueError: deep 3
    print(traceback.format_exc().splitlines()[-1], [f.name for f in traceback.extract_tb(e.__traceback__, limit=1)], [f.name for f in traceback.extract_tb(e.__traceback__, limit=-1)])
    # expect: ValueError: deep ['<module>'] ['b']
    fs = traceback.extract_tb(e.__traceback__)[-1]
    print(fs.name, fs.line, fs.lineno - b.__code__.co_firstlineno, tuple(fs)[2])  # expect: b def b(): raise ValueError("deep") 0 b
    print(traceback.format_tb(e.__traceback__)[-1].splitlines()[1].strip())  # expect: def b(): raise ValueError("deep")
print(traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(ValueError, ValueError("x")), traceback.format_exception_only(None), repr(traceback.format_exc()))
# expect: ["KeyError: 'k'\n"] ['ValueError: x\n'] ['NoneType: None\n'] 'NoneType: None\n'
def chain():
    try:
        a()
    except ValueError as e:
        raise TypeError("second") from e
try:
    chain()
except TypeError as e:
    text = "".join(traceback.format_exception(e))
    print("direct cause" in text, text.count("Traceback (most recent"), "".join(traceback.format_exception(e, chain=False)).count("Traceback"))
    # expect: True 2 1
try:
    raise ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [KeyError("k")])])
except ExceptionGroup as e:
    print([l.strip() for l in traceback.format_exception(e) if "Error" in l or "sub-exceptions" in l] != [])  # expect: True
def stack(): return [f.name for f in traceback.extract_stack()][-2:]
print(stack())  # expect: ['<module>', 'stack']
def rec(n): return rec(n - 1) if n else 1 / 0
try:
    rec(20)
except ZeroDivisionError as e:
    t = "".join(traceback.format_exception(e))
    print("[Previous line repeated 17 more times]" in t, len(traceback.extract_tb(e.__traceback__)))  # expect: False 22
f = traceback.FrameSummary("file.py", 3, "name", line="x = 1")
print(f, traceback.StackSummary.from_list([f]).format())
# expect: <FrameSummary file file.py, line 3 in name> ['  File "file.py", line 3, in name\n    x = 1\n']
