"""string constants, Template, Formatter, capwords."""
import string
from string import Template, Formatter
print(string.ascii_lowercase, string.digits, string.hexdigits, string.punctuation, repr(string.whitespace), len(string.printable), string.capwords("hello  big world"), string.capwords("a-b", "-"))
# expect: abcdefghijklmnopqrstuvwxyz 0123456789 0123456789abcdefABCDEF !"#$%&'()*+,-./:;<=>?@[\]^_`{|}~ ' \t\n\r\x0b\x0c' 100 Hello Big World A-B
t = Template("$who likes ${what}s, $$5 and $other")
print(t.safe_substitute(who="tim", what="dog"), Template("$a$b").substitute({"a": 1}, b=2), t.get_identifiers(), t.is_valid(), Template("$").is_valid(), t.template[:4])
# expect: tim likes dogs, $5 and $other 12 ['who', 'what', 'other'] True False $who
for call in lambda: t.substitute(who=1), lambda: Template("$").substitute(), lambda: Template("${a").substitute(a=1), lambda: Template("line\n$-").substitute():
    try:
        call()
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)
# expect: KeyError 'what'
# expect: ValueError Invalid placeholder in string: line 1, col 1
# expect: ValueError Invalid placeholder in string: line 1, col 1
# expect: ValueError Invalid placeholder in string: line 2, col 1
class At(Template):
    delimiter = "@"
    idpattern = "[a-z]+"
print(At("@x $y @@").substitute(x=1))  # expect: 1 $y @
f = Formatter()
print(f.format("{0} {k:>5} {1!r}", 1, "a", k=2), list(f.parse("a{b!r:c}d{}")), f.vformat("{x}", (), {"x": 5}))
# expect: 1     2 'a' [('a', 'b', 'c', 'r'), ('d', '', '', None)] 5
class Default(Formatter):
    def get_value(self, key, args, kw): return kw.get(key, f"<{key}>") if isinstance(key, str) else args[key]
    def format_field(self, v, spec): return super().format_field(v, spec).upper()
    def convert_field(self, v, c): return "conv" if c == "z" else super().convert_field(v, c)
print(Default().format("{a} {b} {0!z}", "q", a="x"))  # expect: X <B> CONV
