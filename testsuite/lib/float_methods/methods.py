"""Methods and attributes of float."""
print((0.5).as_integer_ratio(), (-2.75).as_integer_ratio(), (0.1).as_integer_ratio(), (1e20).as_integer_ratio(), (2.0).is_integer(), (2.5).is_integer(), float("inf").is_integer(), (1.5).real, (1.5).imag, (1.5).conjugate())
# expect: (1, 2) (-11, 4) (3602879701896397, 36028797018963968) (100000000000000000000, 1) True False False 1.5 0.0 1.5
print((255.5).hex(), (-0.0).hex(), (0.1).hex(), (5e-324).hex(), float("inf").hex(), float("nan").hex(), (1e300).hex())
# expect: 0x1.ff00000000000p+7 -0x0.0p+0 0x1.999999999999ap-4 0x0.0000000000001p-1022 inf nan 0x1.7e43c8800759cp+996
print(float.fromhex("0x1.8p1"), float.fromhex("-0x.8"), float.fromhex("ff"), float.fromhex("0x1p-1074"), float.fromhex("inf"), float.fromhex(" 1.0 "), float.fromhex("0x1.fffffffffffff8p0"))
# expect: 3.0 -0.5 255.0 5e-324 inf 1.0 2.0
print((2.5).__round__(), (2.567).__round__(1), (2.7).__trunc__(), (-2.7).__floor__(), (2.1).__ceil__(), (7.5).__divmod__(2), (7.5).__mod__(-2), (2.0).__pow__(3), (1.5).__eq__(1.5), (1.5).__add__(1), (1.5).__bool__(), (2.0).__int__())
# expect: 2 2.6 2 -3 3 (3.0, 1.5) -0.5 8.0 True 2.5 True 2
for source in "float('inf').as_integer_ratio()", "float('nan').as_integer_ratio()", "float.fromhex('xyz')", "float.fromhex('0x1p5000')", "float.fromhex(5)", "(1.5).nope", "1.5[0]", "(1.5)()", "1.5 << 1", "1.5 & 1", "~1.5", "[1][1.0]", "range(1.5)", "'a' * 1.0", "float(1, 2)", "float(x=1)", "1.5 @ 2":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: OverflowError cannot convert Infinity to integer ratio
# expect: ValueError cannot convert NaN to integer ratio
# expect: ValueError invalid hexadecimal floating-point string
# expect: OverflowError hexadecimal value too large to represent as a float
# expect: TypeError bad argument type for built-in operation
# expect: AttributeError 'float' object has no attribute 'nope'
# expect: TypeError 'float' object is not subscriptable
# expect: TypeError 'float' object is not callable
# expect: TypeError unsupported operand type(s) for <<: 'float' and 'int'
# expect: TypeError unsupported operand type(s) for &: 'float' and 'int'
# expect: TypeError bad operand type for unary ~: 'float'
# expect: TypeError list indices must be integers or slices, not float
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: TypeError can't multiply sequence by non-int of type 'float'
# expect: TypeError float expected at most 1 argument, got 2
# expect: TypeError float() takes no keyword arguments
# expect: TypeError unsupported operand type(s) for @: 'float' and 'int'
import sys
print(sys.float_info.max, sys.float_info.min, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.float_repr_style, sys.float_info.max_exp)
# expect: 1.7976931348623157e+308 2.2250738585072014e-308 2.220446049250313e-16 15 53 short 1024
