# min-python: 3.14
"""Text where one character is wanted, as 3.14 words it."""
import unicodedata
for call in lambda: unicodedata.name("ab"), lambda: unicodedata.category(""), lambda: unicodedata.name(5), lambda: "a".center(5, "ab"):
    try:
        call()
    except TypeError as error:
        print(error)
# expect: name(): argument 1 must be a unicode character, not a string of length 2
# expect: category(): argument must be a unicode character, not a string of length 0
# expect: name() argument 1 must be a unicode character, not int
# expect: The fill character must be exactly one character long
