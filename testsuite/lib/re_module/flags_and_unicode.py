"""Flags, Unicode classes, verbose patterns, bytes patterns."""
import re
print(re.findall(r"\w+", "naïve Ωmega _x 日本 ٣"), re.findall(r"\w+", "naïve", re.A), re.findall(r"\d", "1٣²"), re.findall(r"\s", "a\u00a0b\u2003c"), re.findall(r"[a-z]", "aÅéſK", re.I), re.findall("ß", "ẞ", re.I), re.findall("(?i)é", "É"), re.findall(r"\b\w", "été ab", re.A))
# expect: ['naïve', 'Ωmega', '_x', '日本', '٣'] ['na', 've'] ['1', '٣'] ['\xa0', '\u2003'] ['a', 'ſ', 'K'] ['ẞ'] ['É'] ['t', 'a']
print(re.findall(rb"\w+", b"ab \xff c"), re.sub(rb"(a)", rb"<\1>", b"banana"), re.split(rb",", b"a,b"), re.match(rb"(?L)\w", b"a") is not None)
# expect: [b'ab', b'c'] b'b<a>n<a>n<a>' [b'a', b'b'] True
v = re.compile(r"""
    (?P<int>\d+)      # integer part
    (?:\.(?P<frac>\d*))?  # optional fraction
    [ ]? \#           # literal blank and hash
""", re.VERBOSE)
print(v.match("12.5 #").groupdict(), v.match("7#").groupdict(), v.flags & re.X > 0, re.compile("a", re.I | re.M).flags, repr(re.I), re.NOFLAG, re.RegexFlag(2))
# expect: {'int': '12', 'frac': '5'} {'int': '7', 'frac': None} True 42 re.IGNORECASE re.NOFLAG re.IGNORECASE
print(re.findall(r"^\w", "a\nb\nc", re.M), re.findall(r"\w$", "a\nb\n"), re.findall(r"\w\Z", "a\nb"), re.findall(r"a.c", "a\nc", re.S), re.findall("(?m)^x", "x\nx"), re.findall(r"(?s:a.)b", "a\nb"), re.search("(?-s:.)", "\n", re.S), re.findall("[\\]\\-^]", "]-^"), re.findall("[^]]", "]a"), re.findall(r"[\w.-]+", "a.b-c d"))
# expect: ['a', 'b', 'c'] ['b'] ['b'] ['a\nc'] ['x', 'x'] ['a\nb'] None [']', '-', '^'] ['a'] ['a.b-c', 'd']
print(re.findall(r"\x41\u0042\U00000043\103\t?", "ABCC"), re.findall(r"\N{DIGIT ONE}", "1"), re.findall("\0", "a\0b"), re.findall(r"\\", "a\\b"), re.findall(r"(?#comment)a", "a"), re.findall(r"x{0}y{1}", "xy"), re.findall("a{", "a{"), re.findall("a{1,2", "a{1,2"))
# expect: ['ABCC'] ['1'] ['\x00'] ['\\'] ['a'] ['y'] ['a{'] ['a{1,2']
for args in ("a", re.L), ("(?L)a", 0), (b"(?u)a", 0), ("a", re.A | re.U):
    try:
        re.compile(*args)
        print("ok")
    except (ValueError, re.error) as error:
        print(error)
# expect: cannot use LOCALE flag with a str pattern
# expect: bad inline flags: cannot use 'L' flag with a str pattern at position 3
# expect: bad inline flags: cannot use 'u' flag with a bytes pattern at position 3
# expect: ASCII and UNICODE flags are incompatible
print(re.purge(), len(re.findall("(a)?b", "ab b")), re.match("(?:)*", "x").span(), re.match("(a*)*", "aaa").span(), re.match("(a*)+", "b").groups(), re.findall("(?=a)|b", "ab"), re.sub(r"(?<=\d)(?=(\d{3})+\b)", ",", "1234567"))
# expect: None 2 (0, 0) (0, 3) ('',) ['', 'b'] 1,234,567
