# A class with a `__getattr__`, in a loop: attributes that are found, lost, and shown by getters that fail.


class H:
    def __init__(self):
        self.a = 1

    def __getattr__(self, name):
        return name

    @property
    def bad(self):
        raise AttributeError("x")

    @property
    def good(self):
        return 7

    def m(self, k):
        return k + self.a


def f():
    h, total, seen = H(), 0, []
    for i in range(300):
        total += h.a + h.m(i) + h.good
        if i % 50 == 0:
            seen += [h.bad, h.zzz]
        if i == 120:
            h.zzz = "own"
        if i == 220:
            del h.zzz
        if i == 260:
            H.__getattribute__ = lambda self, name: 5 if name == "a" else object.__getattribute__(self, name)
    return total, seen


print(f())  # expect: (47862, ['bad', 'zzz', 'bad', 'zzz', 'bad', 'zzz', 'bad', 'own', 'bad', 'own', 'bad', 'zzz'])
