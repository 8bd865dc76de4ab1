"""Case conversion and tests."""
s = "hELLO wORLD's ßtraße ǆ"
print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
# expect: HELLO WORLD'S SSTRASSE Ǆ hello world's ßtraße ǆ Hello World'S Sstraße ǅ Hello world's ßtraße ǆ Hello World'S SSTRASSE Ǆ hello world's sstrasse ǆ
print("ŉ".upper(), "İ".lower().encode(), "ΑΣ".lower(), "ΑΣΑ".lower(), "ﬀ".title(), "ǅ".lower(), "1a".title(), "a1b c_d".title(), "ÿ".upper())
# expect: ʼN b'i\xcc\x87' ας ασα Ff ǆ 1A A1B C_D Ÿ
for name in "isupper", "islower", "istitle", "isalpha", "isalnum", "isdigit", "isdecimal", "isnumeric", "isspace", "isidentifier", "isprintable", "isascii":
    print(name, [getattr(x, name)() for x in ("", "a", "A", "Ab", "aB", "1", "½", "²", "٣", " ", "\t\n", "\u2003", "é", "_x", "a1", "\x00", "Ab Cd", "AB1", "ǅ")])
# expect: isupper [False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False]
# expect: islower [False, True, False, False, False, False, False, False, False, False, False, False, True, True, True, False, False, False, False]
# expect: istitle [False, False, True, True, False, False, False, False, False, False, False, False, False, False, False, False, True, False, True]
# expect: isalpha [False, True, True, True, True, False, False, False, False, False, False, False, True, False, False, False, False, False, True]
# expect: isalnum [False, True, True, True, True, True, True, True, True, False, False, False, True, False, True, False, False, True, True]
# expect: isdigit [False, False, False, False, False, True, False, True, True, False, False, False, False, False, False, False, False, False, False]
# expect: isdecimal [False, False, False, False, False, True, False, False, True, False, False, False, False, False, False, False, False, False, False]
# expect: isnumeric [False, False, False, False, False, True, True, True, True, False, False, False, False, False, False, False, False, False, False]
# expect: isspace [False, False, False, False, False, False, False, False, False, True, True, True, False, False, False, False, False, False, False]
# expect: isidentifier [False, True, True, True, True, False, False, False, False, False, False, False, True, True, True, False, False, True, True]
# expect: isprintable [True, True, True, True, True, True, True, True, True, True, False, False, True, True, True, False, True, True, True]
# expect: isascii [True, True, True, True, True, True, False, False, False, True, True, False, False, True, True, True, True, True, False]
print("ß".casefold() == "ss", "ẞ".lower(), "K".lower(), "ſ".upper(), "ſ".casefold())  # expect: True ß k S s
try:
    "a".upper(1)
except TypeError as error:
    print(error)  # expect: str.upper() takes no arguments (1 given)
