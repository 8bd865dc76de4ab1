"""match with break, continue, return, nested match and else-like fallthrough."""
def commands(lines):
    state = {"pos": 0, "items": []}
    for line in lines:
        match line.split():
            case []: continue
            case ["quit" | "exit"]: break
            case ["go", ("north" | "south") as d, *steps]:
                match steps:
                    case []: n = 1
                    case [s] if s.isdigit(): n = int(s)
                    case _:
                        print("bad steps", steps)
                        continue
                state["pos"] += n if d == "north" else -n
            case ["take", *things] if things: state["items"] += things
            case [cmd, *_]: print("unknown", cmd)
    else:
        return "ran out", state
    return "quit", state
print(commands(["go north 3", "", "take lamp key", "go south", "jump high", "go north a b", "quit", "take x"]))
# expect: unknown jump
# expect: bad steps ['a', 'b']
# expect: ('quit', {'pos': 2, 'items': ['lamp', 'key']})
print(commands(["take"]))
# expect: unknown take
# expect: ('ran out', {'pos': 0, 'items': []})
def gen(xs):
    for x in xs:
        match x:
            case [a, b]: yield a + b
            case (yielded) if isinstance(yielded, str): yield yielded.upper()
            case _: yield None
print(list(gen([(1, 2), "s", 5])))  # expect: [3, 'S', None]
def closure():
    match (1, 2):
        case (a, b):
            f = lambda: a + b
    return f()
print(closure())  # expect: 3
total = 0
for v in [1, "2", 3.0, None, [4]]:
    match v:
        case int() | float(): total += v
        case str(): total += int(v)
        case [inner]: total += inner
print(total)  # expect: 10.0
