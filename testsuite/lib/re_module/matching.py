"""re.match, search, fullmatch, groups."""
import re
m = re.match(r"(\w+)-(\d+)(?P<tail>!)?", "abc-123 rest")
print(m.group(), m.group(1), m.group(1, 2), m.groups(), m.groups("none"), m.groupdict(), m.start(), m.end(2), m.span(1), m.lastindex, m.lastgroup, m[0], m["tail"], m.string[:3], m.pos, m.endpos)
# expect: abc-123 abc ('abc', '123') ('abc', '123', None) ('abc', '123', 'none') {'tail': None} 0 7 (0, 3) 2 None abc-123 None abc 0 12
print(re.search(r"\d+", "a12b3").group(), re.search("x", "abc"), re.fullmatch("a*", "aab"), re.fullmatch("a*b", "aab").span(), re.match("b", "ab"), bool(re.match("", "x")))
# expect: 12 None None (0, 3) None True
print(re.match(r"(a)|(b)", "b").groups(), re.match(r"(?:(a)|b)*", "ab").group(1), re.match(r"(a(b)?)+", "aba").groups(), re.search(r"(?<=x)y(?!z)", "xyz xy").span(), re.match(r"(?i)ABC", "abc").group(), re.match(r"(.)\1", "aab").group(), re.match(r"(?P<q>['\"]).*?(?P=q)", "'a\"b' c'").group())
# expect: (None, 'b') a ('a', 'b') (5, 6) abc aa 'a"b'
print(re.match(r"a{2,3}", "aaaa").group(), re.match(r"a{2,3}?", "aaaa").group(), re.match(r"a{,2}b", "aab").group(), re.match(r"(?>a+)ab", "aaab"), re.match(r"a++b", "aab").group(), re.match(r"[^\W\d_]+", "ab1").group(), re.match(r"\A\b\w+\Z", "é1").group())
# expect: aaa aa aab None aab ab é1
print(re.search(r"^b", "a\nb", re.M).start(), re.match(r"a.b", "a\nb"), re.match(r"a.b", "a\nb", re.S).group() == "a\nb", re.match(r"""a  # comment
  \ b""", "a b", re.X).group(), re.match(r"\w", "é", re.A), re.match(r"(?x: a b )c", "abc").group(), re.match("(?s:.)", "\n") is not None, re.match("(?-i:a)b", "aB", re.I).group())
# expect: 2 None True a b None abc True aB
print(repr(m), m.expand(r"\2-\g<1>"), re.match("(?P<a>.)(?P<b>.)", "xy").groupdict(), re.match(r"(<)?a(?(1)>)", "<a>").group())
# expect: <re.Match object; span=(0, 7), match='abc-123'> 123-abc {'a': 'x', 'b': 'y'} <a>
for call in lambda: m.group(5), lambda: m["nope"], lambda: m.group("x"), lambda: re.match(5, "a"), lambda: re.match("a", 5), lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"):
    try:
        call()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
# expect: IndexError no such group
# expect: IndexError no such group
# expect: IndexError no such group
# expect: TypeError first argument must be string or compiled pattern
# expect: TypeError expected string or bytes-like object, got 'int'
# expect: TypeError cannot use a string pattern on a bytes-like object
# expect: TypeError cannot use a bytes pattern on a string-like object
