"""Exceptions through deep recursion and many handlers."""
def down(n):
    if n == 0: raise ValueError("bottom")
    try: down(n - 1)
    finally: trail.append(n)
trail = []
try:
    down(200)
except ValueError as e:
    depth, tb = 0, e.__traceback__
    while tb: depth, tb = depth + 1, tb.tb_next
    print(e, len(trail), trail[:3], depth)  # expect: bottom 200 [1, 2, 3] 202
def wrap(n):
    try:
        if n == 0: raise KeyError(0)
        wrap(n - 1)
    except KeyError as e:
        raise KeyError(n) from e
try:
    wrap(20)
except KeyError as e:
    n, c = 0, e
    while c.__cause__: n, c = n + 1, c.__cause__
    print(e.args, n, c.args)  # expect: (20,) 21 (0,)
def convert(n):
    try:
        if n == 0: raise ValueError(0)
        convert(n - 1)
    except ValueError: raise TypeError(n)
    except TypeError: raise ValueError(n)
try:
    convert(9)
except (ValueError, TypeError) as e:
    names = []
    while e: names.append(type(e).__name__[0]); e = e.__context__
    print("".join(names))  # expect: VTVTVTVTVTV
def nested_handlers():
    out = []
    for i in range(100):
        try:
            try:
                try:
                    if i % 3 == 0: raise ValueError
                    if i % 3 == 1: raise KeyError
                    raise OSError
                except ValueError: out.append("v"); raise KeyError
            except KeyError: out.append("k"); raise OSError
        except OSError: out.append("o")
    return "".join(out[:12]), len(out)
print(nested_handlers())  # expect: ('vkokoovkokoo', 201)
count = 0
for i in range(20000):
    try:
        if i & 1: raise IndexError(i)
    except IndexError as e:
        count += e.args[0] & 3
print(count)  # expect: 20000
def recurse(): recurse()
for _ in range(3):
    try: recurse()
    except RecursionError as e: print(type(e).__name__)
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
