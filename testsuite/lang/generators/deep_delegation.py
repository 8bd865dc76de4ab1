"""Long chains of yield from, and generators calling generators."""
def chain(n):
    if n == 0:
        x = yield "bottom"
        return x
    return (yield from chain(n - 1)) + 1
g = chain(100)
print(next(g))  # expect: bottom
try:
    g.send(5)
except StopIteration as s:
    print(s.value)  # expect: 105
def tree(depth, path=""):
    if depth == 0:
        yield path
    else:
        for d in "lr": yield from tree(depth - 1, path + d)
print(list(tree(3)), sum(1 for _ in tree(8)))  # expect: ['lll', 'llr', 'lrl', 'lrr', 'rll', 'rlr', 'rrl', 'rrr'] 256
def flatten(x): 
    for i in x:
        if isinstance(i, (list, tuple)): yield from flatten(i)
        else: yield i
nested = 1
for _ in range(50): nested = [nested, 2]
print(sum(flatten(nested)))  # expect: 101
def inner():
    try:
        while True: yield 1
    except ValueError as e:
        return f"inner handled {e}"
    finally: print("inner finally")
def outer():
    try:
        r = yield from inner()
        yield r
    finally: print("outer finally")
g = outer()
next(g)
print(g.throw(ValueError("V")))
# expect: inner finally
# expect: inner handled V
g.close()  # expect: outer finally
g = chain(3)
next(g)
try:
    g.throw(KeyError("K"))
except KeyError as e:
    tb, n = e.__traceback__, 0
    while tb: n, tb = n + 1, tb.tb_next
    print(repr(e), n)  # expect: KeyError('K') 5
def perms(items):
    if not items: yield ()
    for i, x in enumerate(items):
        for rest in perms(items[:i] + items[i + 1:]): yield (x, *rest)
print([*map("".join, perms("abc"))], sum(1 for _ in perms("abcdef")))  # expect: ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'] 720
print(g.gi_frame, g.gi_yieldfrom, g.gi_running)  # expect: None None False
