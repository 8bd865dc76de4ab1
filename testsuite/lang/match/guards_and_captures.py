"""Guards, as-patterns, or-patterns, bindings that survive."""
def f(x):
    match x:
        case int(n) | float(n) if n > 100: return f"big {n}"
        case (1 | 2 | 3) as small: return f"small {small}"
        case [("a" | "b") as letter, int() as number]: return letter * number
        case [x, y] as whole if x == y: return f"pair {whole}"
        case {"k": [_, (5 | 6) as v]}: return v
        case str(s) if s.isupper() or s == "": return f"upper {s!r}"
    return "fell through"
for x in 500, 2, ["a", 3], [4, 4], {"k": [0, 6]}, "ABC", "", "abc", 50, [1, 2]:
    print(f(x))
# expect: big 500
# expect: small 2
# expect: aaa
# expect: pair [4, 4]
# expect: 6
# expect: upper 'ABC'
# expect: upper ''
# expect: fell through
# expect: fell through
# expect: fell through
log = []
def guard(v):
    log.append(v)
    return False
match [1, 2]:
    case [a, b] if guard(("first", a, b)): pass
    case [a, *rest] if guard(("second", rest)): pass
    case other: print(other)  # expect: [1, 2]
print(log, a, b, rest)  # expect: [('first', 1, 2), ('second', [2])] 1 2 [2]
match 5:
    case unused if unused > 10: pass
print(unused)  # expect: 5
for source in "match 1:\n case x: pass\n case 2: pass", "match 1:\n case _: pass\n case 2: pass", "match 1:\n case a | b: pass", "match 1:\n case [a, a]: pass", "match 1:\n case [*a, *b]: pass", "match 1:\n case (1 as a) | 2: pass", "match 1:\n case _ as x: pass", "match 1:\n case x | 1: pass", "match 1:\n case {**rest, 'a': 1}: pass", "match 1:\n case -x: pass", "match 1:\n case 1 + 2: pass", "match 1:\n case f'x': pass", "match 1:\n pass":
    try:
        compile(source, "m", "exec")
        print("compiled")
    except SyntaxError as error:
        print(error.msg)
# expect: name capture 'x' makes remaining patterns unreachable
# expect: wildcard makes remaining patterns unreachable
# expect: name capture 'a' makes remaining patterns unreachable
# expect: multiple assignments to name 'a' in pattern
# expect: multiple starred names in sequence pattern
# expect: alternative patterns bind different names
# expect: compiled
# expect: name capture 'x' makes remaining patterns unreachable
# expect: invalid syntax
# expect: invalid syntax
# expect: imaginary number required in complex literal
# expect: patterns may only match literals and attribute lookups
# expect: invalid syntax
