"""Methods and attributes of int."""
print((5).bit_length(), (0).bit_length(), (-8).bit_length(), (2 ** 70).bit_length(), (255).bit_count(), (-7).bit_count(), (2 ** 100 - 1).bit_count())
# expect: 3 0 4 71 8 3 100
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-1).to_bytes(2, "big", signed=True), (0).to_bytes(0), (5).to_bytes(), (2 ** 80).to_bytes(11, "big"))
# expect: b'\x04\x00' b'\x00\x04\x00\x00' b'\xff\xff' b'' b'\x05' b'\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00'
print(int.from_bytes(b"\x04\x00"), int.from_bytes(b"\x00\x04", "little"), int.from_bytes(b"\xff\xff", "big", signed=True), int.from_bytes([1, 2]), int.from_bytes(b""), int.from_bytes(b"\x80", signed=True), int.from_bytes(b"\xff" * 10, "little"))
# expect: 1024 1024 -1 258 0 -128 1208925819614629174706175
print((7).as_integer_ratio(), (7).conjugate(), (7).real, (7).imag, (7).numerator, (7).denominator, (5).is_integer(), (7).__index__(), (-7).__abs__(), (7).__floordiv__(2), (7).__divmod__(-2), (7).__rsub__(10), (1).__add__(1.5), (3).__pow__(2, 5), (7).__round__(-1), (7).__bool__(), (7).__ceil__())
# expect: (7, 1) 7 7 0 7 1 True 7 7 3 (-4, -1) 3 NotImplemented 4 10 True 7
for source in "(256).to_bytes(1)", "(-1).to_bytes(1)", "(1).to_bytes(1, 'middle')", "(128).to_bytes(1, signed=True)", "(1).to_bytes(-1)", "int.from_bytes('a')", "int.from_bytes(b'a', 'x')", "int.from_bytes(5)", "(5).nope", "(1).to_bytes('a')", "int.from_bytes([300])", "(5)()", "5[0]", "int('5', x=1)":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: OverflowError int too big to convert
# expect: OverflowError can't convert negative int to unsigned
# expect: ValueError byteorder must be either 'little' or 'big'
# expect: OverflowError int too big to convert
# expect: ValueError length argument must be non-negative
# expect: TypeError cannot convert 'str' object to bytes
# expect: ValueError byteorder must be either 'little' or 'big'
# expect: TypeError cannot convert 'int' object to bytes
# expect: AttributeError 'int' object has no attribute 'nope'
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: ValueError bytes must be in range(0, 256)
# expect: TypeError 'int' object is not callable
# expect: TypeError 'int' object is not subscriptable
# expect: TypeError int() got an unexpected keyword argument 'x'
print(int.__name__, int.from_bytes.__name__, int is type(5), issubclass(bool, int), int.__doc__[:12], (10 ** 20).__hash__() == hash(10 ** 20), (12).__format__("04x"), (3).__repr__(), (5).__eq__("5"), (5).__lt__(6.0))
# expect: int from_bytes True True int([x]) ->  True 000c 3 NotImplemented NotImplemented
