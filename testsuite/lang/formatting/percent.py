"""The % operator of str."""
print("%d %i %u %5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5, 6, 7, 8))  # expect: 1 2 3     4|5    |00006|+7| 8
print("%x %X %#x %o %#o %c %c" % (255, 255, 255, 8, 8, 65, "z"))  # expect: ff FF 0xff 10 0o10 A z
print("%f %.2f %10.3f|%-10.1f|%e %E %g %G %.3g" % (1.5, 2.345, 3.14159, 2.5, 12345.678, 1e-5, 1e10, 1e-10, 1234.5))
# expect: 1.500000 2.35      3.142|2.5       |1.234568e+04 1.000000E-05 1e+10 1E-10 1.23e+03
print("%s %r %a %.2s %5s|%-5s|" % ("é", "é", "é", "abcdef", "ab", "cd"))  # expect: é 'é' '\xe9' ab    ab|cd   |
print("%(a)s-%(b)05d-%(a)r" % {"a": "x", "b": 42}, "%%" % (), "100%%" % {}, "%s" % None)  # expect: x-00042-'x' % 100% None
print("%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159))  # expect:    42|42   |3.14
print("%s" % (1,), "%s" % [1, 2], "%s %s" % ((1, 2), 3), "%d" % 3.99, "%d" % True, "%x" % -255)  # expect: 1 [1, 2] (1, 2) 3 3 1 -ff
print("%d" % 2 ** 3, "%s" % ("%s" % "in"), "%5.1f%%" % 99.55, "%(x)s" % {"x": "%(y)s"})  # expect: 8 in  99.5% %(y)s
def error(template, values):
    try:
        return template % values
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("%d", "a"))  # expect: TypeError: %d format: a real number is required, not str
print(error("%d %d", 1))  # expect: TypeError: not enough arguments for format string
print(error("%d", (1, 2)))  # expect: TypeError: not all arguments converted during string formatting
print(error("%z", 1))  # expect: ValueError: unsupported format character 'z' (0x7a) at index 1
print(error("%", ()))  # expect: ValueError: incomplete format
print(error("%(a)s", 1))  # expect: TypeError: format requires a mapping
print(error("%(a)s", {}))  # expect: KeyError: 'a'
print(error("%c", "ab")[:22])  # expect: TypeError: %c requires
print(error("%c", 1114112))  # expect: OverflowError: %c arg not in range(0x110000)
print(error("%x", 1.5))  # expect: TypeError: %x format: an integer is required, not float
print(error("%f", "1"))  # expect: TypeError: must be real number, not str
print(error("plain", 1))  # expect: TypeError: not all arguments converted during string formatting
print(error("plain", (1,)))  # expect: TypeError: not all arguments converted during string formatting
print(error("%*d", ("a", 1)))  # expect: TypeError: * wants int
print(error("%s", {"a": 1}))  # expect: {'a': 1}
print(error("plain", {"a": 1}))  # expect: plain
