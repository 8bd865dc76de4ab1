"""Where floats overflow with an exception, and where to infinity."""
import math
print(1e308 + 1e308, 1e200 * 1e200, -1e200 * 1e200)  # expect: inf inf -inf
for expression in "1e200 ** 2", "10.0 ** 400", "(-10.0) ** 401", "math.exp(1000)", "2.0 ** 1024", "math.pow(10, 400)":
    try:
        print(eval(expression))
    except OverflowError as error:
        print(type(error).__name__, expression)
# expect: OverflowError 1e200 ** 2
# expect: OverflowError 10.0 ** 400
# expect: OverflowError (-10.0) ** 401
# expect: OverflowError math.exp(1000)
# expect: OverflowError 2.0 ** 1024
# expect: OverflowError math.pow(10, 400)
print(2.0 ** 1023, 2.0 ** -1074, 2.0 ** -1075, 10.0 ** -400)  # expect: 8.98846567431158e+307 5e-324 0.0 0.0
print(math.ldexp(1, -1074), float(2 ** 1023), sum([1e308, 1e308]))  # expect: 5e-324 8.98846567431158e+307 inf
try:
    float(2 ** 1024)
except OverflowError as error:
    print(error)  # expect: int too large to convert to float
