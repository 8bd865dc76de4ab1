"""re.sub, subn, split, findall, finditer, escape."""
import re
print(re.sub(r"\d", "#", "a1b22"), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.sub(r"(?P<x>\w)", r"<\g<x>>", "ab"), re.sub("a", lambda m: m.group().upper() + str(m.start()), "banana"), re.sub("a", "b", "aaa", count=2), re.subn("a", "b", "banana"), re.sub("", "-", "abc"), re.sub("x*", "-", "abxd"), re.sub(r"a", r"\\", "a"), re.sub("a", r"\g<0>\g<0>", "a"), re.sub("a", "\\n", "a") == "\n", re.sub(r"(a)|b", r"[\1]", "ab"))
# expect: a#b## 1a 2b <a><b> bA1nA3nA5 bba ('bbnbnb', 3) -a-b-c- -a-b--d- \ aa True [a][]
print(re.split(r"[,;]", "a,b;c"), re.split(r"([,;])", "a,b;c"), re.split(",", "a,b,c", maxsplit=1), re.split(r"\s*", "a b"), re.split("x", "abc"), re.split("(x)?b", "abc"), re.split("", "ab"))
# expect: ['a', 'b', 'c'] ['a', ',', 'b', ';', 'c'] ['a', 'b,c'] ['', 'a', '', 'b', ''] ['abc'] ['a', None, 'c'] ['', 'a', 'b', '']
print(re.findall(r"\d+", "1 22 333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall(r"(\w)\d", "a1 b2"), re.findall("", "ab"), re.findall(r"a|(b)", "ab"), [m.span() for m in re.finditer(r"\w+", "ab cd")], re.findall(r"(?=(aa))", "aaa"))
# expect: ['1', '22', '333'] [('a', '1'), ('b', '2')] ['a', 'b'] ['', '', ''] ['', 'b'] [(0, 2), (3, 5)] ['aa', 'aa']
print(re.escape("a.b*c[d]-e f\n"), re.escape("é_1"), re.escape(b"a+b"), re.compile("é").sub("e", "été"))
# expect: a\.b\*c\[d\]\-e\ f\
# expect:  é_1 b'a\\+b' ete
p = re.compile(r"(\d+)(?P<n>x)?", re.I)
print(p.pattern, p.groups, p.groupindex["n"], p.flags & re.I != 0, p, p.search("a12X", 2).span(), p.match("ab12", 2).group(), p.fullmatch("12x", 0, 2).group(), p.findall("1x2"), p == re.compile(r"(\d+)(?P<n>x)?", re.I), p.sub("", "a1b"))
# expect: (\d+)(?P<n>x)? 2 2 True re.compile('(\\d+)(?P<n>x)?', re.IGNORECASE) (2, 4) 12 12 [('1', 'x'), ('2', '')] True ab
for pattern in "(", ")", "[", "a**", "*a", "(?P<1>a)", "(?P<a>.)(?P<a>.)", r"\1", "(?<=a*)b", "a{3,2}", "[z-a]", "(?Pa)", "(?z)", r"\q", "(?P=x)", "a(?i)b", "(?(2)a)", "\\":
    try:
        re.compile(pattern)
        print("ok")
    except re.error as error:
        print(pattern, "|", error, "|", error.pos)
# expect: ( | missing ), unterminated subpattern at position 0 | 0
# expect: ) | unbalanced parenthesis at position 0 | 0
# expect: [ | unterminated character set at position 0 | 0
# expect: a** | multiple repeat at position 2 | 2
# expect: *a | nothing to repeat at position 0 | 0
# expect: (?P<1>a) | bad character in group name '1' at position 4 | 4
# expect: (?P<a>.)(?P<a>.) | redefinition of group name 'a' as group 2; was group 1 at position 12 | 12
# expect: \1 | invalid group reference 1 at position 1 | 1
# expect: (?<=a*)b | look-behind requires fixed-width pattern | None
# expect: a{3,2} | min repeat greater than max repeat at position 2 | 2
# expect: [z-a] | bad character range z-a at position 1 | 1
# expect: (?Pa) | unknown extension ?Pa at position 1 | 1
# expect: (?z) | unknown extension ?z at position 1 | 1
# expect: \q | bad escape \q at position 0 | 0
# expect: (?P=x) | unknown group name 'x' at position 4 | 4
# expect: a(?i)b | global flags not at the start of the expression at position 1 | 1
# expect: (?(2)a) | invalid group reference 2 at position 3 | 3
# expect: \ | bad escape (end of pattern) at position 0 | 0
for repl in r"\9", r"\g<x", r"\g<nope>", r"\q":
    try:
        re.sub("(a)", repl, "a")
    except (re.error, IndexError) as error:
        print(type(error).__name__, error)
# expect: PatternError invalid group reference 9 at position 1
# expect: PatternError missing >, unterminated name at position 3
# expect: IndexError unknown group name 'nope'
# expect: PatternError bad escape \q at position 0
