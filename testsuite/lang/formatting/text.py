"""Format specifications of str and other objects."""
print(format("abc", "5") + "|", format("abc", ">5"), format("abc", "^6") + "|", format("abc", "*<5"), format("abc", ".2"), format("abc", "6.1s") + "|", format("abc", "05"))
# expect: abc  |   abc  abc  | abc** ab a     | abc00
print(format(True, ""), format(True, "d"), format(True, "5"), format(None, ""), format([1], ""))  # expect: True 1     1 None [1]
for value, spec in ("a", "="), ("a", "d"), ("a", " "), ("a", ","), (None, "5"), ([1], "x"), ((), ">3"), ("a", "#"), ({}, "s"):
    try:
        print(format(value, spec))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
# expect: ValueError '=' alignment not allowed in string format specifier
# expect: ValueError Unknown format code 'd' for object of type 'str'
# expect: ValueError Space not allowed in string format specifier
# expect: ValueError Cannot specify ',' with 's'.
# expect: TypeError unsupported format string passed to NoneType.__format__
# expect: TypeError unsupported format string passed to list.__format__
# expect: TypeError unsupported format string passed to tuple.__format__
# expect: ValueError Alternate form (#) not allowed in string format specifier
# expect: TypeError unsupported format string passed to dict.__format__
print("{:>{}}|{:{}}|{:{w}}".format("a", 3, "b", 4, "c", w=2) + "|")  # expect:   a|b   |c |
print(format("é", "é^3"), format("😀", ">3"), format("x", "{<3"), format("x", "}>3"))  # expect: ééé   😀 x{{ }}x
try:
    format("a", 5)
except TypeError as error:
    print(error)  # expect: format() argument 2 must be str, not int
