"""An uncaught exception ends the program with status 1."""
print("before")  # expect: before
def f():
    raise LookupError("nobody caught me")
try:
    f()
finally:
    print("finally runs")  # expect: finally runs
print("not printed")
# expect-error: LookupError: nobody caught me
