"""Writes matches.txt: programs, subjects, and what CPython's engine makes of them.

    python3.13 generate.py LIB > matches.txt

LIB is the Lib directory whose re/_compiler.py is to make the programs (CPython 3.14's). The programs are run
by the `_sre` of the running Python, whose codes are the same.

    P flags groups kind codes…      # pattern
    S subject                       bytes, \\xNN for all but printable ASCII
    m|f|s pos end result            match, fullmatch, search within the characters pos..end
    i results                       finditer
A result is "-" or spans "start,end" of all groups joined by ";" ("-" for none), then "@lastindex".
Offsets count bytes of the subject.
"""

import importlib.util
import random
import sys
import warnings

warnings.simplefilter("ignore")


def load(lib):
    spec = importlib.util.spec_from_file_location(
        "re314", lib + "/re/__init__.py", submodule_search_locations=[lib + "/re"]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["re314"] = module
    spec.loader.exec_module(module)
    return module


RE = load(sys.argv[1])
COMPILER = RE._compiler
import _sre

I, L, M, S, U, X, A = 2, 4, 8, 16, 32, 64, 256

TABLE = [
    # literals, classes, anchors
    ("abc", 0, ["abc", "xabcx", "ab", "", "aabcabc"]),
    ("", 0, ["", "ab", "é"]),
    ("a.c", 0, ["abc", "a\nc", "aéc", "a\U00010400c", "ac"]),
    ("a.c", S, ["abc", "a\nc"]),
    ("a[^b]c", 0, ["abc", "adc", "a\nc", "aéc"]),
    ("[a-c]+", 0, ["xxabcabcx", "ABC", ""]),
    ("[^a-c]+", 0, ["xxabcabcx", "ABC", "éabcé"]),
    ("[]a]+", 0, ["]a]", "b"]),
    ("[a\\-z]+", 0, ["a-z", "m"]),
    ("[\\w.-]+@[\\w-]+\\.com", 0, ["mail joe.x-y@some-host.com now", "@.com", "ü@ö.com"]),
    ("\\d+", 0, ["a12b345", "٣٤", "①", "²"]),
    ("\\d+", A, ["a12b345", "٣٤"]),
    ("\\D+", 0, ["12ab34", "٣"]),
    ("\\s+", 0, ["a \t\n b", "a\u00a0\u2003b", "a\x1cb"]),
    ("\\s+", A, ["a \t\n b", "a\u00a0b", "a\x1cb"]),
    ("\\S+", 0, [" ab c ", "\u3000é"]),
    ("\\w+", 0, ["héllo wörld_1", "日本語 テスト", "a\u0301", "--", "x²½"]),
    ("\\w+", A, ["héllo wörld_1", "日本語"]),
    ("\\W+", 0, ["a--b", "é!é"]),
    ("[\\s\\S]", 0, ["\n", "a", ""]),
    ("[^\\s\\S]", 0, ["\n", "a", ""]),
    ("[^\\s\\S]*x", 0, ["x", "ax"]),
    ("[\\s\\S]+", 0, ["a\nb", "é\n"]),
    ("[\\W\\d]+", 0, ["ab1-2c", "é٣-"]),
    ("^abc$", 0, ["abc", "abc\n", "abc\n\n", "xabc", "abcx"]),
    ("^abc$", M, ["abc", "x\nabc\ny", "abc\n", "\nabc"]),
    ("^", 0, ["", "a", "a\nb"]),
    ("^", M, ["", "a", "a\nb", "a\n", "\n\n"]),
    ("$", 0, ["", "a", "a\n", "a\n\n"]),
    ("$", M, ["", "a", "a\nb\n"]),
    ("a$", 0, ["a", "a\n", "ba\nba\n", "a\nb"]),
    ("\\Aab\\Z", 0, ["ab", "ab\n", "cab"]),
    ("\\Aab\\z", 0, ["ab", "ab\n", "cab"]),
    ("\\bfoo\\b", 0, ["foo", "a foo b", "foobar", "éfoo", "foo é", "afoo"]),
    ("\\bfoo\\b", A, ["foo", "éfoo", "fooé"]),
    ("\\b", 0, ["", "a", "ab cd", "é!"]),
    ("\\Boo\\B", 0, ["foox", "foo", "oo", "éooé"]),
    ("\\B", 0, ["a", "ab cd", "!!", "é"]),
    ("\\b\\w", 0, ["ab cd", "é à"]),
    # alternation
    ("a|b", 0, ["a", "b", "c", "ba"]),
    ("ab|abc", 0, ["abc", "ab", "xabc"]),
    ("(?:ab|abc)d", 0, ["abcd", "abd"]),
    ("abc|ab|a", 0, ["a", "ab", "abc", "abab"]),
    ("(a)|(b)|(c)", 0, ["a", "b", "c", "d", "cba"]),
    ("(a|ab)(c|bcd)(d*)", 0, ["abcd", "acd", "abcdd"]),
    ("a||b", 0, ["", "b", "ab"]),
    ("|a", 0, ["a", ""]),
    ("(?:x|[a-c]|\\d)+", 0, ["xab1y", "-"]),
    ("foo|bar|baz", 0, ["a bar baz", "foobaz", "ba"]),
    ("(foo|bar)+?x", 0, ["foobarx", "foox", "barbar"]),
    # repeats
    ("a*", 0, ["", "aaa", "baaac", "bbb"]),
    ("a+", 0, ["", "aaa", "baaac"]),
    ("a?", 0, ["", "aa", "b"]),
    ("a{2}", 0, ["a", "aa", "aaa", "aaaa"]),
    ("a{2,3}", 0, ["a", "aa", "aaaaa"]),
    ("a{,2}", 0, ["", "aaa"]),
    ("a{2,}", 0, ["a", "aaaa"]),
    ("a*?", 0, ["", "aaa"]),
    ("a+?", 0, ["aaa"]),
    ("a??", 0, ["aa"]),
    ("a{2,3}?", 0, ["aaaaa"]),
    ("a*?b", 0, ["aaab", "b", "aa"]),
    (".*?b", 0, ["aabab", "é\U0001F600b", "x\nb"]),
    (".*b", 0, ["aabab", "ébéb", "x\nb"]),
    (".*", 0, ["ab\ncd", "é", ""]),
    (".+", S, ["ab\ncd"]),
    (".{2}", 0, ["éàü", "abc", "a"]),
    (".{1,2}?x", 0, ["abx", "éàx"]),
    ("<.*>", 0, ["<a><b>", "<>"]),
    ("<.*?>", 0, ["<a><b>", "<>"]),
    ("<[^>]*>", 0, ["<a><b>", "<é>"]),
    ("(ab)*", 0, ["", "ababa", "xab"]),
    ("(ab)+", 0, ["ababa", "b"]),
    ("(ab){2}", 0, ["ab", "abab", "ababab"]),
    ("(ab){1,2}?x", 0, ["ababx", "abx", "abababx"]),
    ("(ab)*?x", 0, ["ababx", "x"]),
    ("(a|b)*", 0, ["abba", ""]),
    ("(?:(a)|b)*", 0, ["ab", "ba", "aab"]),
    ("(?:(a)|(b))*", 0, ["ab", "ba"]),
    ("(a*)*", 0, ["", "aaa", "b"]),
    ("(a*)+", 0, ["", "aaa", "b"]),
    ("(a*?)*", 0, ["aaa"]),
    ("(a|)*", 0, ["aa", "b"]),
    ("(|a)*", 0, ["aa", "b"]),
    ("(|a)+", 0, ["aa", "b"]),
    ("(?:a?)*?b", 0, ["aab", "b"]),
    ("(?:a*)*c", 0, ["aac", "c"]),
    ("(?:a?){3}a{3}", 0, ["aaa", "aaaa"]),
    ("((a)|(b)|c)*d", 0, ["abcd", "d", "cbad"]),
    ("(a(b)?)+", 0, ["aba", "ab"]),
    ("(a(b)?)+?c", 0, ["abac"]),
    ("(?:a(b)?c)*", 0, ["abcac"]),
    ("((a{2}){2}){2}", 0, ["aaaaaaaa"]),
    ("(?:ab|cd)+ef", 0, ["abcdabef", "ef"]),
    ("(.)(.)(.)", 0, ["abc", "éàü"]),
    ("(((((a)))))", 0, ["a"]),
    ("(a)(b)?(c)?", 0, ["a", "ab", "abc", "ac"]),
    ("((x)|y)z", 0, ["yz", "xz"]),
    # possessive and atomic
    ("a*+a", 0, ["aaa"]),
    ("a*+b", 0, ["aaab", "b"]),
    ("a++b", 0, ["aaab", "b"]),
    ("a?+a", 0, ["a", "aa"]),
    ("a{1,2}+a", 0, ["aa", "aaa"]),
    ("(?:ab)*+ab", 0, ["abab"]),
    ("(?:ab)*+c", 0, ["ababc", "c"]),
    ("(?:ab){1,2}+ab", 0, ["abab", "ababab"]),
    ("(?:a|ab)*+c", 0, ["aabc", "aac"]),
    ("(?:ab?)++c", 0, ["aabc", "ababc"]),
    ("(?:a*)*+b", 0, ["aab", "b"]),
    ("(?:){2,5}+x", 0, ["x"]),
    ("(ab)*+c", 0, ["ababc"]),
    ("(?:(a)b)++", 0, ["abab"]),
    ("(?>a*)a", 0, ["aaa"]),
    ("(?>a*)b", 0, ["aab"]),
    ("(?>a|ab)c", 0, ["abc", "ac"]),
    ("(?>(a+))b", 0, ["aab", "aac"]),
    ("(?>(?:a|b)*c|d)x", 0, ["abcx", "dx", "abx"]),
    ("(?:(?>a+)b)*c", 0, ["aabaabc"]),
    ("((?>a(b)?))*c", 0, ["abac", "aabc"]),
    ("'[^']*+'", 0, ["it is 'quoted' here", "'open"]),
    # references and conditions
    ("(a+)b\\1", 0, ["aabaa", "aaba", "ab"]),
    ("(.)\\1", 0, ["abba", "éé", "ab"]),
    ("(.)\\1", I, ["aA", "éÉ", "ßẞ", "ab"]),
    ("(.)\\1", I | A, ["aA", "éÉ"]),
    ("(?P<q>['\"]).*?(?P=q)", 0, ["say 'it' \"x\"", "'\""]),
    ("(a)?\\1", 0, ["aa", "a", ""]),
    ("(?:(a)|b)\\1", 0, ["aa", "b"]),
    ("(a*)\\1", 0, ["aaaa", "aaa", ""]),
    ("((a)\\2)+", 0, ["aaaa"]),
    ("(?:(.)\\1)+", 0, ["aabbc"]),
    ("(\\w+) \\1", 0, ["the the", "an ant", "é é"]),
    ("(a)?(?(1)b|c)", 0, ["ab", "c", "ac", "b"]),
    ("(a)?(?(1)b)", 0, ["ab", "b", "a"]),
    ("(<)?[a-z]+(?(1)>)$", 0, ["<ab>", "ab", "<ab", "ab>"]),
    ("(?:(a)|(b))(?(1)x|(?(2)y))", 0, ["ax", "by", "ay"]),
    ("(a)?(?(1)[b\x0f]|[c\x0f])", 0, ["ab", "c", "a\x0f", "\x0f"]),
    ("(a)?(?(1)\x0f)", 0, ["a\x0f", "a", ""]),
    # look-around
    ("a(?=b)", 0, ["ab", "ac", "aab"]),
    ("a(?!b)", 0, ["ab", "ac", "aba"]),
    ("(?<=a)b", 0, ["ab", "b", "cb", "bab"]),
    ("(?<!a)b", 0, ["ab", "b", "cb"]),
    ("(?<=éa)b", 0, ["éab", "ab"]),
    ("(?<=\\b)a", 0, ["a ba a"]),
    ("(?=(a+))a*b\\1", 0, ["baaabac", "aab"]),
    ("(?=(a))(?!b)", 0, ["a", "b"]),
    ("(?!(a)b)(a)", 0, ["ab", "ac"]),
    ("(?<=(a))(b)", 0, ["ab"]),
    ("(?<!(a))b", 0, ["b", "ab"]),
    ("(?=a|(b))", 0, ["a", "b"]),
    ("(?:(?=(a))a|b)*", 0, ["ab", "ba"]),
    ("(?:(?!c)(.))*", 0, ["abcd"]),
    ("(?!)", 0, ["a", ""]),
    ("a(?!)|b", 0, ["ab"]),
    ("^(?=.*\\d)(?=.*[a-z])\\w{4,8}$", 0, ["ab12", "abcd", "1234", "pass1word"]),
    ("(?<=,)[^,]*(?=,|$)", 0, ["a,,b"]),
    # case
    ("abc", I, ["ABC", "aBc", "xabC"]),
    ("é", I, ["É", "é", "e"]),
    ("É+", I, ["ÉéÉ"]),
    ("ß", I, ["ß", "ẞ", "SS"]),
    ("ẞ", I, ["ß"]),
    ("s", I, ["ſ", "S", "s"]),
    ("ſ", I, ["ſ", "S", "s"]),
    ("s+", I, ["sSſ"]),
    ("[s]", I, ["ſ", "S"]),
    ("[^s]", I, ["ſ", "S", "x"]),
    ("[a-z]+", I, ["aKſZ\u212a", "ABC"]),
    ("[a-z]+", I | A, ["aKſZ\u212a"]),
    ("[^a-z]+", I, ["12aK\u212a", "É"]),
    ("k", I, ["\u212a", "K"]),
    ("i", I, ["İ", "ı", "I"]),
    ("İ", I, ["İ", "i", "I"]),
    ("σ", I, ["Σ", "ς", "σ"]),
    ("[Α-Ω]+", I, ["αβγς", "ΩΩ"]),
    ("[\U00010400-\U00010427]+", I, ["\U00010428\U00010400", "x"]),
    ("\U00010400", I, ["\U00010428", "\U00010400"]),
    ("[\U00010428x]+", I, ["\U00010400X"]),
    ("[à-ÿ]+", I, ["ÀÉ×", "àÿ"]),
    ("[б-я]+", I, ["БЯа", "бв"]),
    ("[бдж]+", I, ["БДЖ", "а"]),
    ("Straße", I, ["STRAßE", "straẞe"]),
    ("(?i:a)b", 0, ["Ab", "AB", "ab"]),
    ("(?i)a(?-i:b)", 0, ["Ab", "AB"]),
    ("(?a:\\w)\\w", 0, ["aé", "éa"]),
    ("ŉ", I, ["ŉ", "ʼN"]),
    ("[^é]", I, ["É", "e"]),
    # sets
    ("[aeiou]", 0, ["xyzu", "xyz"]),
    ("[acegikmoqsuwy]+", 0, ["bacd", "zzz"]),
    ("[acegikmoqsuwy]+", I, ["BACD", "zzz"]),
    ("[aéĀ日\U0001F600]+", 0, ["日\U0001F600éa", "b"]),
    ("[^aéĀ日]+", 0, ["日b\U0001F600éa"]),
    ("[Āāß日本語]+", 0, ["本語ā", "x"]),
    ("[Āāß日本語a-c\\d]+", 0, ["本1語cā", "x"]),
    ("[一-龥]+", 0, ["漢字 kanji", "x"]),
    ("[\ud800-\udfff]+", 0, ["a\ud800\udc00b", "x"]),
    (".", 0, ["\ud800", "\udfff\ud800"]),
    ("[^a]+", 0, ["\ud800a\udfff"]),
    ("\udc80", 0, ["\udc80", "x\udc80"]),
    ("[\\d\\-.]+", 0, ["v1.2-3", "x"]),
    ("[^\\d\\s]+", 0, ["1 ab 2"]),
    ("[\\x00-\\x1f]", 0, ["a\x00b", "\x1f", " "]),
    ("[\\u0100-\\uffff]+", 0, ["aĀ日", "é"]),
    ("[^\\u0100-\\uffff]+", 0, ["aĀ日é\U0001F600"]),
    # verbose and flags
    (" a b # comment\n c", X, ["abc", "a b c"]),
    ("a [ ] b", X, ["a b", "ab"]),
    ("(?x) \\d + ( \\. \\d * )?", 0, ["3.14", "42"]),
    ("(?s).(?-s:.)", 0, ["\n\n", "\na"]),
    ("(?m)^a$", 0, ["b\na\nc"]),
    ("(?#note)a", 0, ["a"]),
    # typical
    ("\\d{4}-\\d{2}-\\d{2}", 0, ["on 2024-05-06.", "20-1-1"]),
    ("(\\d+)-(\\d+)(?:-(\\d+))?", 0, ["1-22", "1-22-333", "a"]),
    ("(?P<y>\\d{4})/(?P<m>\\d\\d)", 0, ["x 2020/12"]),
    ("\\s*(\\w+)\\s*=\\s*(.*?)\\s*$", 0, [" key = some value  ", "x=", "=y"]),
    ("([a-zA-Z_]\\w*)\\s*\\(", 0, ["if (foo(bar))", "1(", "é("]),
    ("\"(?:\\\\.|[^\"\\\\])*\"", 0, ['say "a\\"b" ok', '"open', '""']),
    ("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?", 0, ["-1.5e10", ".5", "x", "3."]),
    ("(?:(\\w)(\\w))*", 0, ["abcd", "abc"]),
    ("(\\w+)\\s(?:\\w+\\s)*(\\w+)", 0, ["one two three four"]),
    ("x*", 0, ["axbc", "xx"]),
    ("\\b|:+", 0, ["a::bc"]),
    ("(\\b|:+)", 0, ["a::bc"]),
    ("^|\\w+", 0, ["ab cd"]),
    ("(?:a|b|)+?$", 0, ["abab", "c"]),
    ("(a+|b+|c+)*d", 0, ["aabbccd", "aabbcc"]),
    ("(?:x+x+)+y", 0, ["xxxxxxy", "xxxxxx"]),
    ("(a?)*?$", 0, ["aaa", "ab"]),
    ("((a)*)*", 0, ["aa", ""]),
    ("((a)?b)*", 0, ["abb", "bab"]),
    ("(?:(a)?(b)?c)*", 0, ["acbcc"]),
    ("(.*)(\\d+)(.*)", 0, ["ab123cd"]),
    ("(.*?)(\\d+)(.*?)", 0, ["ab123cd"]),
    ("a{0}b", 0, ["ab", "b"]),
    ("(a){0}b", 0, ["ab"]),
    ("(?:a{2}|b){3}", 0, ["aabaa", "bbb"]),
    # bytes
    (b"abc", 0, [b"abc", b"xabcx", b"\xffabc"]),
    (b".", 0, [b"\xff", b"\n", b"a"]),
    (b"[\x80-\xff]+", 0, [b"a\x80\xffb", b"abc"]),
    (b"[^\x80-\xff]+", 0, [b"a\x80\xffb"]),
    (b"\\w+", 0, [b"ab_1\xe9", b"\xe9"]),
    (b"\\W+", 0, [b"ab\xe9-"]),
    (b"\\s+\\d", 0, [b"a \t1", b"\xa01"]),
    (b"\\bx\\b", 0, [b"x", b"\xe9x", b"xx"]),
    (b"\xe9", I, [b"\xc9", b"\xe9"]),
    (b"[a-z]+", I, [b"ABz1"]),
    (b"abc", I, [b"ABC"]),
    (b"[^a-c]+", I, [b"XABY"]),
    (b"(\xff+)\\1", 0, [b"\xff\xff\xff"]),
    (b"(a)\\1", I, [b"aA", b"ab"]),
    (b"abc", L | I, [b"ABC", b"abd"]),
    (b"[a-c]+", L | I, [b"ABCd"]),
    (b"[^a-c]+", L | I, [b"ABCd", b"e"]),
    (b"\\w+\\b", L, [b"ab1 c"]),
    (b"x\\B", L, [b"xx x"]),
    (b"(a)\\1", L | I, [b"aA"]),
    (b"[^a]b*?", L | I, [b"Abb", b"cBB"]),
    (b"(?>a+)b|\\x00", 0, [b"aab", b"\x00"]),
]

WINDOWS = [
    ("^a", 0, "aaa", 1, 3),
    ("a$", 0, "aaa", 0, 2),
    ("\\ba", 0, "aaa", 1, 3),
    ("(?<=a)a", 0, "aaa", 1, 3),
    ("a(?=a)", 0, "aaa", 0, 2),
    (".", 0, "aéb", 1, 2),
    ("é*", 0, "éééé", 1, 3),
    ("b", 0, "éab", 2, 99),
    ("b", 0, "éab", 3, 2),
    ("", 0, "ab", 2, 2),
    ("", 0, "é", 9, 9),
    ("\\Bé", 0, "éé", 1, 2),
    ("a*", 0, "aaaa", -3, 2),
    ("^", M, "a\nb", 2, 3),
]


def escape(data):
    return "".join(
        chr(b) if 0x20 <= b < 0x7F and b != 0x5C else "\\x%02x" % b for b in data
    )


def raw(text):
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def offset(subject, index):
    if index < 0 or isinstance(subject, bytes):
        return index
    # A pair of surrogates is two characters here, six bytes.
    return sum(len(c.encode("utf-8", "surrogatepass")) for c in subject[:index])


def result(subject, match):
    if match is None:
        return "-"
    spans = []
    for start, end in match.regs:
        spans.append("-" if start < 0 else "%d,%d" % (offset(subject, start), offset(subject, end)))
    return ";".join(spans) + ("@%d" % match.lastindex if match.lastindex else "")


def program(pattern, flags):
    tree = COMPILER._parser.parse(pattern, flags)
    code = COMPILER._code(tree, flags)
    all_flags = flags | tree.state.flags
    groups = tree.state.groups - 1
    return code, all_flags, groups, _sre.compile(pattern, all_flags, code, groups, {}, (None,) * (groups + 1))


def show_program(pattern, code, flags, groups):
    kind = "bytes" if isinstance(pattern, bytes) else "str"
    print("P", flags, groups, kind, *map(int, code), "#", escape(raw(pattern)))


def show(pattern, flags, subjects, windows=()):
    code, all_flags, groups, compiled = program(pattern, flags)
    show_program(pattern, code, all_flags, groups)
    for subject in subjects:
        if not subject and "\\B" in str(pattern):
            continue  # 3.14 changed this; a row by hand tests it
        print("S", escape(raw(subject)))
        for letter, method in ("m", compiled.match), ("f", compiled.fullmatch), ("s", compiled.search):
            print(letter, 0, len(subject), result(subject, method(subject)))
        print("i", " ".join(result(subject, m) for m in compiled.finditer(subject)) or "-")
    for subject, pos, end in windows:
        print("S", escape(raw(subject)))
        for letter, method in ("m", compiled.match), ("f", compiled.fullmatch), ("s", compiled.search):
            print(letter, pos, end, result(subject, method(subject, pos, end)))


class Maker:
    """Random patterns over a small alphabet."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pattern(self):
        self.groups = 0
        self.closed = []
        self.regular = self.random.random() < 0.6
        return self.branch(2)

    def branch(self, depth):
        return "|".join(
            self.sequence(depth) for _ in range(self.random.choice([1, 1, 1, 2, 2, 3]))
        )

    def sequence(self, depth):
        return "".join(self.piece(depth) for _ in range(self.random.choice([0, 1, 1, 2, 2, 3, 4])))

    def piece(self, depth):
        choice = self.random.random()
        if choice < 0.1:
            return self.random.choice(["^", "$", "\\b", "\\B", "\\A", "\\z"])
        if choice < 0.6 or depth == 0:
            return self.atom() + self.quantifier(True)
        if choice < 0.8:
            self.groups += 1
            number = self.groups
            body = "(" + self.branch(depth - 1) + ")"
            self.closed.append(number)
            return body + self.quantifier(False)
        if choice < 0.9 or self.regular:
            before = self.groups
            body = "(?:" + self.branch(depth - 1) + ")"
            return body + self.quantifier(before == self.groups)
        if choice < 0.93 and self.closed:
            return "\\%d" % self.random.choice(self.closed) + self.quantifier(True)
        if choice < 0.95 and self.closed:
            yes, no = self.sequence(depth - 1), self.sequence(depth - 1)
            return "(?(%d)%s|%s)" % (self.random.choice(self.closed), yes, no)
        kind = self.random.choice(["(?=", "(?!", "(?>", "(?<=", "(?<!"])
        if "<" in kind:
            return kind + self.atom() + ")"
        return kind + self.branch(depth - 1) + ")"

    def atom(self):
        return self.random.choice(
            ["a", "b", "c", "ab", "é", ".", "[ab]", "[^a]", "[a-cé]", "\\w", "\\d", "\\s", "\\W", "[^b\\d]", "S", "[k-t]"]
        )

    def quantifier(self, may_possess):
        kinds = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?"]
        if may_possess and not self.regular:
            kinds += ["*+", "++", "?+"]
        return self.random.choice(kinds)

    def subject(self):
        alphabet = self.random.choice(["ab", "abc", "abc1 \n", "aébS", "aséſ\u212aK", "ab\ud800\U00010400c"])
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randrange(9)))


def main():
    sys.stdout.reconfigure(newline="\n")
    for pattern, flags, subjects in TABLE:
        show(pattern, flags, subjects)
    for pattern, flags, subject, pos, end in WINDOWS:
        show(pattern, flags, [], [(subject, pos, end)])
    maker = Maker(314)
    made = 0
    while made < 900:
        pattern = maker.pattern()
        if len(pattern) > 50:
            continue  # it may take exponential time
        flags = maker.random.choice([0, 0, 0, I, M, S, A, I | A, I | M])
        try:
            program(pattern, flags)
        except Exception:
            continue
        made += 1
        show(pattern, flags, [maker.subject() for _ in range(3)])


main()
