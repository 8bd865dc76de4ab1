"""A tokenizer with positions, written as a generator."""
KEYWORDS = {"let", "if", "else", "while", "fn"}
def tokens(source):
    i, line, col = 0, 1, 1
    def advance(n):
        nonlocal i, col, line
        for c in source[i:i + n]:
            if c == "\n": line, col = line + 1, 1
            else: col += 1
        i += n
    while i < len(source):
        c = source[i]
        if c.isspace(): advance(1); continue
        if c == "#":
            end = source.find("\n", i)
            advance((end if end >= 0 else len(source)) - i)
            continue
        start = (line, col)
        if c.isdigit():
            n = 1
            while i + n < len(source) and (source[i + n].isdigit() or source[i + n] == "."): n += 1
            text = source[i:i + n]
            kind, value = "number", float(text) if "." in text else int(text)
        elif c.isalpha() or c == "_":
            n = 1
            while i + n < len(source) and (source[i + n].isalnum() or source[i + n] == "_"): n += 1
            value = source[i:i + n]
            kind = value if value in KEYWORDS else "name"
        elif c == '"':
            end = source.index('"', i + 1)
            n, kind, value = end - i + 1, "string", source[i + 1:end]
        else:
            n = 2 if source[i:i + 2] in ("==", "<=", ">=", "!=", "->") else 1
            kind, value = "op", source[i:i + n]
            if n == 1 and c not in "+-*/=<>(){};,": raise SyntaxError(f"bad {c!r} at {start}")
        advance(n)
        yield kind, value, start
    yield "end", None, (line, col)
for t in tokens('let x1 = 3.5; # comment\nif x1 >= 2 { print("hi there") }\n'): print(t)
# expect: ('let', 'let', (1, 1))
# expect: ('name', 'x1', (1, 5))
# expect: ('op', '=', (1, 8))
# expect: ('number', 3.5, (1, 10))
# expect: ('op', ';', (1, 13))
# expect: ('if', 'if', (2, 1))
# expect: ('name', 'x1', (2, 4))
# expect: ('op', '>=', (2, 7))
# expect: ('number', 2, (2, 10))
# expect: ('op', '{', (2, 12))
# expect: ('name', 'print', (2, 14))
# expect: ('op', '(', (2, 19))
# expect: ('string', 'hi there', (2, 20))
# expect: ('op', ')', (2, 30))
# expect: ('op', '}', (2, 32))
# expect: ('end', None, (3, 1))
try:
    list(tokens("a ? b"))
except SyntaxError as error:
    print(error)  # expect: bad '?' at (1, 3)
print([v for k, v, _ in tokens("fn f(a,b)->c")], len(list(tokens(""))), sum(1 for _ in tokens("x + y * 2 == 10\n" * 100)))
# expect: ['fn', 'f', '(', 'a', ',', 'b', ')', '->', 'c', None] 1 701
