"""wc, grep, sort -u, cut, diff and markdown as small functions."""
text = """# Title
some *emphasised* text and `code`

- item one
- item **two**

## Sub
last line"""
def wc(t): return len(t.splitlines()), len(t.split()), len(t)
def grep(pattern, t, invert=False): return [f"{i}:{l}" for i, l in enumerate(t.splitlines(), 1) if (pattern in l) != invert]
def cut(t, field, sep=" "): return [p[field] if len(p := l.split(sep)) > field else "" for l in t.splitlines()]
print(wc(text), grep("item", text), len(grep("e", text, invert=True)), cut("a b c\nd\ne f", 1))
# expect: (8, 17, 86) ['4:- item one', '5:- item **two**'] 3 ['b', '', 'f']
import re
def inline(s):
    for p, tag in (r"\*\*(.+?)\*\*", "b"), (r"\*(.+?)\*", "i"), (r"`(.+?)`", "code"): s = re.sub(p, rf"<{tag}>\1</{tag}>", s)
    return s
def markdown(t):
    out, in_list = [], False
    for l in t.splitlines():
        item = l.startswith("- ")
        if item != in_list: out.append("<ul>" if item else "</ul>"); in_list = item
        if item: out.append(f"<li>{inline(l[2:])}</li>")
        elif m := re.match(r"(#+) (.*)", l): out.append(f"<h{len(m[1])}>{inline(m[2])}</h{len(m[1])}>")
        elif l: out.append(f"<p>{inline(l)}</p>")
    return out + ["</ul>"] * in_list
for l in markdown(text): print(l)
# expect: <h1>Title</h1>
# expect: <p>some <i>emphasised</i> text and <code>code</code></p>
# expect: <ul>
# expect: <li>item one</li>
# expect: <li>item <b>two</b></li>
# expect: </ul>
# expect: <h2>Sub</h2>
# expect: <p>last line</p>
def diff(a, b):
    t = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1): t[i][j] = t[i + 1][j + 1] + 1 if a[i] == b[j] else max(t[i + 1][j], t[i][j + 1])
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]: yield "  " + a[i]; i += 1; j += 1
        elif j == len(b) or i < len(a) and t[i + 1][j] >= t[i][j + 1]: yield "- " + a[i]; i += 1
        else: yield "+ " + b[j]; j += 1
print(*diff("a b c d".split(), "a c x d e".split()), sep=",")  # expect:   a,- b,  c,+ x,  d,+ e
def columns(rows):
    widths = [max(map(len, c)) for c in zip(*rows)]
    return [" | ".join(v.ljust(w) for v, w in zip(r, widths)).rstrip() for r in rows]
print(*columns([["name", "qty", "note"], ["apple", "10", ""], ["fig", "2", "ripe"]]), sep="\n")
# expect: name  | qty | note
# expect: apple | 10  |
# expect: fig   | 2   | ripe
def natural(s): return [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", s)]
print(sorted(["f10", "f2", "f1a", "f01"], key=natural), sorted(set("banana")), "".join(dict.fromkeys("banana")))
# expect: ['f01', 'f1a', 'f2', 'f10'] ['a', 'b', 'n'] ban
def wrap(t, w):
    line = ""
    for word in t.split():
        if line and len(line) + 1 + len(word) > w: yield line; line = word
        else: line = f"{line} {word}".strip()
    if line: yield line
print(list(wrap("the quick brown fox jumps over the lazy dog", 12)), list(wrap("", 5)))
# expect: ['the quick', 'brown fox', 'jumps over', 'the lazy dog'] []
