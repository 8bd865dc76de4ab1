"""textwrap."""
import textwrap
text = "The quick brown fox jumped over the lazy dog-house and a verylongwordindeed."
print(textwrap.wrap(text, 20))  # expect: ['The quick brown fox', 'jumped over the lazy', 'dog-house and a', 'verylongwordindeed.']
print(textwrap.fill(text, 25, initial_indent="* ", subsequent_indent="  "))
# expect: * The quick brown fox
# expect:   jumped over the lazy
# expect:   dog-house and a
# expect:   verylongwordindeed.
print(textwrap.wrap(text, 10, break_long_words=False), textwrap.wrap(text, 12, break_on_hyphens=False), textwrap.shorten(text, 30), textwrap.shorten(text, 20, placeholder="..."), textwrap.wrap("", 5), textwrap.wrap("a\n\nb  c", 10), textwrap.wrap("a b c d e f", 3, max_lines=2, placeholder="~"))
# expect: ['The quick', 'brown fox', 'jumped', 'over the', 'lazy dog-', 'house and', 'a', 'verylongwordindeed.'] ['The quick', 'brown fox', 'jumped over', 'the lazy', 'dog-house', 'and a verylo', 'ngwordindeed', '.'] The quick brown fox [...] The quick brown... [] ['a  b  c'] ['a b', 'c~']
print(repr(textwrap.dedent("\n    a\n      b\n\n    c\n")), repr(textwrap.dedent("\ta\n  b")), repr(textwrap.indent("a\n\nb", "> ")), repr(textwrap.indent("a\n\nb", "> ", lambda l: True)), repr(textwrap.dedent("  x")), textwrap.fill("x" * 12, 5))
# expect: '\na\n  b\n\nc\n' '\ta\n  b' '> a\n\n> b' '> a\n> \n> b' 'x' xxxxx
# expect: xxxxx
# expect: xx
w = textwrap.TextWrapper(width=15, fix_sentence_endings=True, drop_whitespace=True, tabsize=4)
print(w.wrap("End. Next\tsentence! More text here"), w.fill("short"), textwrap.wrap("hello", 0 + 1), textwrap.wrap("a  b", 10, replace_whitespace=False))
# expect: ['End.  Next', 'sentence!  More', 'text here'] short ['h', 'e', 'l', 'l', 'o'] ['a  b']
for call in lambda: textwrap.wrap("abc", 0), lambda: textwrap.shorten("abc def", 3, placeholder="[...]"), lambda: textwrap.wrap(5):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: AttributeError
