"""print with sep, end, file, flush."""
import io, sys
print()  # expect:
print(1, "a", None, [1], sep="-")  # expect: 1-a-None-[1]
print("no newline", end="")
print("", "joined")  # expect: no newline joined
print(*range(3), sep=", ", end="!\n")  # expect: 0, 1, 2!
print(sep="x")  # expect:
print("a", "b", sep="")  # expect: ab
print("a", "b", sep=None, end=None)  # expect: a b
buffer = io.StringIO()
print("to", "buffer", file=buffer, flush=True)
print(repr(buffer.getvalue()))  # expect: 'to buffer\n'
class Writer:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
w = Writer()
print("x", 1, file=w)
print(w.parts)  # expect: ['x', ' ', '1', '\n']
for kw in {"sep": 5}, {"end": 1}, {"file": 5}, {"bad": 1}:
    try:
        print("x", **kw)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
# expect: TypeError sep must be None or a string, not int
# expect: TypeError end must be None or a string, not int
# expect: AttributeError 'int' object has no attribute 'write'
# expect: TypeError print() got an unexpected keyword argument 'bad'
class S:
    def __str__(self): return "S.__str__"
print(S(), [S].__len__(), f"{S()}")  # expect: S.__str__ 1 S.__str__
old = sys.stdout
sys.stdout = io.StringIO()
print("captured")
text, sys.stdout = sys.stdout.getvalue(), old
print(repr(text))  # expect: 'captured\n'
print("two\nlines")
# expect: two
# expect: lines
print("tab\there", 'quote"s')  # expect: tab	here quote"s
