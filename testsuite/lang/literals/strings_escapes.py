"""String escapes."""
print("a\tb", repr("a\tb"))  # expect: a	b 'a\tb'
print(repr("\a\b\f\n\r\v\0"))  # expect: '\x07\x08\x0c\n\r\x0b\x00'
print(repr("\x41\u0042\U00000043\103\7\12"))  # expect: 'ABCC\x07\n'
print(repr("\N{LATIN SMALL LETTER A}\N{EURO SIGN}"))  # expect: 'a€'
print(repr('it\'s'), repr("it's"), repr('say "hi"'), repr('both \' and "'))  # expect: "it's" "it's" 'say "hi"' 'both \' and "'
print(repr("\\"), len("\\\\"), len(r"\\"))  # expect: '\\' 2 2
print(repr(r"\n"), repr(R'\''), len(r"\""))  # expect: '\\n' "\\'" 2
print("one \
two")  # expect: one two
print(repr("\ud800"), repr("\x7f\x80\xa0\xad\xff"))  # expect: '\ud800' '\x7f\x80\xa0\xadÿ'
print(repr("\u2028\u200b\ufeff"), repr("é\u0301"))  # expect: '\u2028\u200b\ufeff' 'é́'
print(repr("\U0001F600"), len("\U0001F600"), "\U0001F600" == "😀")  # expect: '😀' 1 True
print("\60\061\1234")  # expect: 01S4
