# min-python: 3.14
"""A fill byte that is not one byte, as 3.14 words it."""
for call in lambda: b"a".center(5, b"ab"), lambda: b"a".ljust(5, "x"), lambda: bytearray(b"a").rjust(5, bytearray(b"")):
    try:
        call()
    except TypeError as error:
        print(error)
# expect: center(): argument 2 must be a byte string of length 1, not a bytes object of length 2
# expect: ljust() argument 2 must be a byte string of length 1, not str
# expect: rjust(): argument 2 must be a byte string of length 1, not a bytearray object of length 0
