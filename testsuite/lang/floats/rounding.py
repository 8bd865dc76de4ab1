"""round() on floats and ints."""
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5), round(2.675, 2))  # expect: 0 2 2 0 -2 2.67
print(round(1234.5678, 2), round(1234.5678, -2), round(1234.5678, 0), round(5.015, 2))  # expect: 1234.57 1200.0 1235.0 5.01
print(type(round(2.0)).__name__, type(round(2.0, 0)).__name__, round(-0.4), round(-0.4, 0))  # expect: int float 0 -0.0
print(round(15, -1), round(25, -1), round(35, -1), round(-15, -1), round(1234, -5), round(1234, 2))  # expect: 20 20 40 -20 0 1234
print(round(10 ** 30 + 5, -1), round(1e300), round(1e22, 5))
# expect: 1000000000000000000000000000000 1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160 1e+22
print(round(2.5, None), round(number=3.14159, ndigits=3))  # expect: 2 3.142
print(round(1.1, 400), round(1e-5, 3), round(0.0, -3), round(9.999, 2))  # expect: 1.1 0.0 0.0 10.0
class R:
    def __round__(self, n=None):
        return ("rounded", n)
print(round(R()), round(R(), 3))  # expect: ('rounded', None) ('rounded', 3)
try:
    round("a")
except TypeError as error:
    print(error)  # expect: type str doesn't define __round__ method
try:
    round(1.5, 2.0)
except TypeError as error:
    print(error)  # expect: 'float' object cannot be interpreted as an integer
print(round(True), type(round(True)).__name__)  # expect: 1 int
