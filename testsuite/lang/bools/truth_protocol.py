"""__bool__ first, then __len__, else true."""
class Both:
    def __bool__(self):
        print("bool")
        return True
    def __len__(self):
        print("len")
        return 0
class OnlyLength:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        print("len", self.n)
        return self.n
if Both():
    print("true")
# expect: bool
# expect: true
print(bool(OnlyLength(0)))
# expect: len 0
# expect: False
print(not OnlyLength(3))
# expect: len 3
# expect: False
print(OnlyLength(0) or "fallback")
# expect: len 0
# expect: fallback
print([] and 1 / 0, 0 or None, 1 and "x", "" or [] or {}, 1 or 1 / 0)  # expect: [] None x {} 1
class Bad:
    def __bool__(self):
        return 1
class Negative:
    def __len__(self):
        return -1
class NoneBool:
    __bool__ = None
for value in Bad(), Negative(), NoneBool():
    try:
        bool(value)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError __bool__ should return bool, returned int
# expect: ValueError __len__() should return >= 0
# expect: TypeError 'NoneType' object is not callable
class Instance:
    pass
i = Instance()
i.__bool__ = lambda: False
print(bool(i))  # expect: True
