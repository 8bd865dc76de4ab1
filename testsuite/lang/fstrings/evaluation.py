"""Fields evaluate in order and call __format__ with the spec."""
class T:
    def __init__(self, name):
        self.name = name
    def __format__(self, spec):
        print("format", self.name, repr(spec))
        return self.name
    def __str__(self):
        print("str", self.name)
        return "s" + self.name
    def __repr__(self):
        print("repr", self.name)
        return "r" + self.name
a, b = T("a"), T("b")
print(f"{a}{b!s}{a!r:>4}")
# expect: format a ''
# expect: str b
# expect: repr a
# expect: asb  ra
print(f"{a:x}" f"{b:y}")
# expect: format a 'x'
# expect: format b 'y'
# expect: ab
class Bad:
    def __format__(self, spec):
        return 5
try:
    f"{Bad()}"
except TypeError as error:
    print(error)  # expect: __format__ must return a str, not int
def g():
    yield f"{(yield 1)}"
it = g()
print(next(it), it.send("sent"))  # expect: 1 sent
fs = [f"{i}" for i in range(3)]
print(fs)  # expect: ['0', '1', '2']
print([lambda i=i: f"{i}" for i in range(3)][1]())  # expect: 1
