"""Function decorators apply bottom up; expressions evaluate top down."""
log = []
def make(name):
    log.append(f"make {name}")
    def deco(f):
        log.append(f"apply {name}")
        return lambda *a: f"{name}({f(*a)})"
    return deco
@make("outer")
@make("inner")
def f(x):
    return x
print(log)  # expect: ['make outer', 'make inner', 'apply inner', 'apply outer']
print(f(5))  # expect: outer(inner(5))
@lambda f: f.__name__.upper()
def shout():
    pass
print(shout)  # expect: SHOUT
class Registry:
    def __init__(self):
        self.items = {}
    def __call__(self, f):
        self.items[f.__name__] = f
        return f
    def named(self, name):
        def deco(f):
            self.items[name] = f
            return f
        return deco
r = Registry()
@r
def one(): return 1
@r.named("two!")
def two(): return 2
@[r][0]
def three(): return 3
print({k: v() for k, v in r.items.items()})  # expect: {'one': 1, 'two!': 2, 'three': 3}
@(lambda f: (f, "tuple"))
def pair(): return 0
print(pair[1], pair[0]())  # expect: tuple 0
@lambda f: 42
def answer(): pass
print(answer)  # expect: 42
