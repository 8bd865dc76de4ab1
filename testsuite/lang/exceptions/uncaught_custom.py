"""The last line of stderr has the qualified class name."""
class Outer:
    class Failure(Exception):
        def __str__(self): return "custom text"
print("start")  # expect: start
raise Outer.Failure(1, 2)
# expect-error: Outer.Failure: custom text
