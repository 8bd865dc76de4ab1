"""Class patterns with __match_args__ and attributes."""
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Sub(Point): pass
def f(p):
    match p:
        case Point(0, 0): return "origin"
        case Point(0, y=y): return f"y {y}"
        case Point(x, 0): return f"x {x}"
        case Point(x=a, y=b) if a == b: return f"diagonal {a}"
        case Point(): return "point"
        case int(n): return f"int {n}"
        case str() as s: return f"str {s}"
        case list([a, *_]): return f"list {a}"
        case dict(d): return f"dict {d}"
        case float() | complex(): return "number"
        case type(): return "type"
        case _: return "other"
for p in Point(0, 0), Point(0, 5), Point(3, 0), Sub(2, 2), Point(1, 2), 7, True, "s", [1, 2], [], {"a": 1}, 1.5, 2j, int, None:
    print(f(p))
# expect: origin
# expect: y 5
# expect: x 3
# expect: diagonal 2
# expect: point
# expect: int 7
# expect: int True
# expect: str s
# expect: list 1
# expect: other
# expect: dict {'a': 1}
# expect: number
# expect: number
# expect: type
# expect: other
def error(source):
    try:
        exec(source, {"Point": Point, "p": Point(1, 2), "Bad": Bad, "Bad2": Bad2})
    except Exception as e:
        return f"{type(e).__name__}: {e}"
class Bad: __match_args__ = ["x"]
class Bad2: __match_args__ = (5,)
print(error("match p:\n case Point(1, 2, 3): pass"))  # expect: TypeError: Point() accepts 2 positional sub-patterns (3 given)
print(error("match p:\n case Point(1, x=2): pass"))  # expect: TypeError: Point() got multiple sub-patterns for attribute 'x'
print(error("match 5:\n case int(1, 2): pass"))  # expect: TypeError: int() accepts 1 positional sub-pattern (2 given)
print(error("match p:\n case p(): pass"))  # expect: TypeError: called match pattern must be a class
print(error("match Bad():\n case Bad(1): pass"))  # expect: TypeError: Bad.__match_args__ must be a tuple (got list)
print(error("match Bad2():\n case Bad2(1): pass"))  # expect: TypeError: __match_args__ elements must be strings (got int)
print(error("match object():\n case object(1): pass"))  # expect: TypeError: object() accepts 0 positional sub-patterns (1 given)
print(error("match p:\n case Point(x=1, x=2): pass"))  # expect: SyntaxError: attribute name repeated in class pattern: x (<string>, line 2)
class NoAttr: pass
match NoAttr():
    case NoAttr(missing=_): print("no")
    case NoAttr(): print("attribute missing: no match")  # expect: attribute missing: no match
