# Numbers: conversions from and to those of C, and every operator.
import numeric


def tried(function, *args, show=False):
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__}({error})" if show else type(error).__name__


class Indexed:
    def __index__(self):
        return 42


class Whole:
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5


class Bad:
    def __index__(self):
        raise KeyError("no index")

    def __bool__(self):
        raise KeyError("no truth")


VALUES = [0, -1, True, 1 << 31, -(1 << 31), 1 << 32, (1 << 63) - 1, 1 << 63, -(1 << 63), (1 << 64) - 1, 1 << 64, -(1 << 70),
          Indexed(), Whole(), Bad(), 2.5, "7"]
for name in ("int32", "uint32", "uint32_mask", "int64", "uint64", "uint64_mask", "size", "ssize", "address"):
    print(name, *[tried(getattr(numeric, name), value, show=isinstance(value, int)) for value in VALUES], sep="\n")
# expect: int32
# expect: 0
# expect: -1
# expect: 1
# expect: OverflowError(Python int too large to convert to C int32_t)
# expect: -2147483648
# expect: OverflowError(Python int too large to convert to C int32_t)
# expect: OverflowError(Python int too large to convert to C int32_t)
# expect: OverflowError(Python int too large to convert to C long)
# expect: OverflowError(Python int too large to convert to C int32_t)
# expect: OverflowError(Python int too large to convert to C long)
# expect: OverflowError(Python int too large to convert to C long)
# expect: OverflowError(Python int too large to convert to C long)
# expect: 42
# expect: TypeError
# expect: KeyError
# expect: TypeError
# expect: TypeError
# expect: uint32
# expect: 0
# expect: OverflowError(can't convert negative value to unsigned int)
# expect: 1
# expect: 2147483648
# expect: OverflowError(can't convert negative value to unsigned int)
# expect: OverflowError(Python int too large to convert to C uint32_t)
# expect: OverflowError(Python int too large to convert to C uint32_t)
# expect: OverflowError(Python int too large to convert to C uint32_t)
# expect: OverflowError(can't convert negative value to unsigned int)
# expect: OverflowError(Python int too large to convert to C uint32_t)
# expect: OverflowError(Python int too large to convert to C unsigned long)
# expect: OverflowError(can't convert negative value to unsigned int)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: uint32_mask
# expect: 0
# expect: 4294967295
# expect: 1
# expect: 2147483648
# expect: 2147483648
# expect: 0
# expect: 4294967295
# expect: 0
# expect: 0
# expect: 4294967295
# expect: 0
# expect: 0
# expect: 42
# expect: TypeError
# expect: KeyError
# expect: TypeError
# expect: TypeError
# expect: int64
# expect: 0
# expect: -1
# expect: 1
# expect: 2147483648
# expect: -2147483648
# expect: 4294967296
# expect: 9223372036854775807
# expect: OverflowError(int too big to convert)
# expect: -9223372036854775808
# expect: OverflowError(int too big to convert)
# expect: OverflowError(int too big to convert)
# expect: OverflowError(int too big to convert)
# expect: 42
# expect: TypeError
# expect: KeyError
# expect: TypeError
# expect: TypeError
# expect: uint64
# expect: 0
# expect: OverflowError(can't convert negative int to unsigned)
# expect: 1
# expect: 2147483648
# expect: OverflowError(can't convert negative int to unsigned)
# expect: 4294967296
# expect: 9223372036854775807
# expect: 9223372036854775808
# expect: OverflowError(can't convert negative int to unsigned)
# expect: 18446744073709551615
# expect: OverflowError(int too big to convert)
# expect: OverflowError(can't convert negative int to unsigned)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: uint64_mask
# expect: 0
# expect: 18446744073709551615
# expect: 1
# expect: 2147483648
# expect: 18446744071562067968
# expect: 4294967296
# expect: 9223372036854775807
# expect: 9223372036854775808
# expect: 9223372036854775808
# expect: 18446744073709551615
# expect: 0
# expect: 0
# expect: 42
# expect: TypeError
# expect: KeyError
# expect: TypeError
# expect: TypeError
# expect: size
# expect: 0
# expect: OverflowError(can't convert negative value to size_t)
# expect: 1
# expect: 2147483648
# expect: OverflowError(can't convert negative value to size_t)
# expect: 4294967296
# expect: 9223372036854775807
# expect: 9223372036854775808
# expect: OverflowError(can't convert negative value to size_t)
# expect: 18446744073709551615
# expect: OverflowError(Python int too large to convert to C size_t)
# expect: OverflowError(can't convert negative value to size_t)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ssize
# expect: 0
# expect: -1
# expect: 1
# expect: 2147483648
# expect: -2147483648
# expect: 4294967296
# expect: 9223372036854775807
# expect: OverflowError(Python int too large to convert to C ssize_t)
# expect: -9223372036854775808
# expect: OverflowError(Python int too large to convert to C ssize_t)
# expect: OverflowError(Python int too large to convert to C ssize_t)
# expect: OverflowError(Python int too large to convert to C ssize_t)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: address
# expect: 0
# expect: 18446744073709551615
# expect: 1
# expect: 2147483648
# expect: 18446744071562067968
# expect: 4294967296
# expect: 9223372036854775807
# expect: 9223372036854775808
# expect: 9223372036854775808
# expect: 18446744073709551615
# expect: OverflowError(Python int too large to convert to C unsigned long)
# expect: OverflowError(Python int too large to convert to C long)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError

for value in (3, 1 << 70, 2.5, True, Indexed(), Whole(), "2.5", None, 1 << 2000):
    print(*[tried(getattr(numeric, name), value) for name in ("as_double", "real", "truth", "is_number", "index", "as_long", "as_float")])
# expect: 3.0 3.0 True True 3 3 3.0
# expect: 1.1805916207174113e+21 1.1805916207174113e+21 True True 1180591620717411303424 1180591620717411303424 1.1805916207174113e+21
# expect: TypeError 2.5 True True TypeError 2 2.5
# expect: 1.0 1.0 True True 1 1 1.0
# expect: TypeError 42.0 True True 42 42 42.0
# expect: TypeError 7.5 True True TypeError 7 7.5
# expect: TypeError TypeError True False TypeError ValueError 2.5
# expect: TypeError TypeError False False TypeError TypeError TypeError
# expect: OverflowError OverflowError True True 114813069527425452423283320117768198402231770208869520047764273682576626139237031385665948631650626991844596463898746277344711896086305533142593135616665318539129989145312280000688779148240044871428926990063486244781615463646388363947317026040466353970904996558162398808944629605623311649536164221970332681344168908984458505602379484807914058900934776500429002716706625830522008132236281291761267883317206598995396418127021779858404042159853183251540889433902091920554957783589672039160081957216630582755380425583726015528348786419432054508915275783882625175435528800822842770817965453762184851149029376 114813069527425452423283320117768198402231770208869520047764273682576626139237031385665948631650626991844596463898746277344711896086305533142593135616665318539129989145312280000688779148240044871428926990063486244781615463646388363947317026040466353970904996558162398808944629605623311649536164221970332681344168908984458505602379484807914058900934776500429002716706625830522008132236281291761267883317206598995396418127021779858404042159853183251540889433902091920554957783589672039160081957216630582755380425583726015528348786419432054508915275783882625175435528800822842770817965453762184851149029376 OverflowError
print(tried(numeric.truth, Bad()), tried(numeric.truth, []), tried(numeric.truth, "x"), tried(numeric.index, Bad()))
# expect: KeyError False True KeyError


class Matrix:
    def __matmul__(self, other):
        return "matmul"

    def __rmatmul__(self, other):
        return "rmatmul"

    def __imatmul__(self, other):
        return "imatmul"


class Only:
    """Answers every operator with its name."""


for operator in "add sub mul floordiv truediv mod divmod lshift rshift and xor or pow".split():
    for prefix in "", "r", "i":
        name = f"__{prefix}{operator}__"
        setattr(Only, name, lambda self, other, *rest, name=name: (name, other, *rest))
for operator in "neg pos abs invert".split():
    setattr(Only, f"__{operator}__", lambda self, operator=operator: operator)

UNARY = "negative positive absolute invert".split()
for value in (5, -(1 << 70), -2.5, 3j, Only(), "x"):
    print(*[tried(getattr(numeric, name), value) for name in UNARY])
# expect: -5 5 5 -6
# expect: 1180591620717411303424 -1180591620717411303424 1180591620717411303424 1180591620717411303423
# expect: 2.5 -2.5 2.5 TypeError
# expect: (-0-3j) 3j 3.0 TypeError
# expect: 'neg' 'pos' 'abs' 'invert'
# expect: TypeError TypeError TypeError TypeError

BINARY = "add subtract multiply floordiv truediv remainder divmod lshift rshift and xor or".split()
PAIRS = [(7, 3), (-7, 2), (1 << 70, 5), (7.5, 2), (2, 0), (True, False), ("ab", 3), ([1], [2]), ({1}, {1})]
for name in BINARY:
    print(name, *[tried(getattr(numeric, name), *pair) for pair in PAIRS], sep="\n")
    print(name, tried(getattr(numeric, name), Only(), 1), tried(getattr(numeric, name), 1, Only()))
    if name != "divmod":
        print(name, tried(getattr(numeric, "i" + name), Only(), 1))
# expect: add
# expect: 10
# expect: -5
# expect: 1180591620717411303429
# expect: 9.5
# expect: 2
# expect: 1
# expect: TypeError
# expect: [1, 2]
# expect: TypeError
# expect: add ('__add__', 1) ('__radd__', 1)
# expect: add ('__iadd__', 1)
# expect: subtract
# expect: 4
# expect: -9
# expect: 1180591620717411303419
# expect: 5.5
# expect: 2
# expect: 1
# expect: TypeError
# expect: TypeError
# expect: set()
# expect: subtract ('__sub__', 1) ('__rsub__', 1)
# expect: subtract ('__isub__', 1)
# expect: multiply
# expect: 21
# expect: -14
# expect: 5902958103587056517120
# expect: 15.0
# expect: 0
# expect: 0
# expect: 'ababab'
# expect: TypeError
# expect: TypeError
# expect: multiply ('__mul__', 1) ('__rmul__', 1)
# expect: multiply ('__imul__', 1)
# expect: floordiv
# expect: 2
# expect: -4
# expect: 236118324143482260684
# expect: 3.0
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: floordiv ('__floordiv__', 1) ('__rfloordiv__', 1)
# expect: floordiv ('__ifloordiv__', 1)
# expect: truediv
# expect: 2.3333333333333335
# expect: -3.5
# expect: 2.3611832414348227e+20
# expect: 3.75
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: truediv ('__truediv__', 1) ('__rtruediv__', 1)
# expect: truediv ('__itruediv__', 1)
# expect: remainder
# expect: 1
# expect: 1
# expect: 4
# expect: 1.5
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: remainder ('__mod__', 1) ('__rmod__', 1)
# expect: remainder ('__imod__', 1)
# expect: divmod
# expect: (2, 1)
# expect: (-4, 1)
# expect: (236118324143482260684, 4)
# expect: (3.0, 1.5)
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: divmod ('__divmod__', 1) ('__rdivmod__', 1)
# expect: lshift
# expect: 56
# expect: -28
# expect: 37778931862957161709568
# expect: TypeError
# expect: 2
# expect: 1
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: lshift ('__lshift__', 1) ('__rlshift__', 1)
# expect: lshift ('__ilshift__', 1)
# expect: rshift
# expect: 0
# expect: -2
# expect: 36893488147419103232
# expect: TypeError
# expect: 2
# expect: 1
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: rshift ('__rshift__', 1) ('__rrshift__', 1)
# expect: rshift ('__irshift__', 1)
# expect: and
# expect: 3
# expect: 0
# expect: 0
# expect: TypeError
# expect: 0
# expect: False
# expect: TypeError
# expect: TypeError
# expect: {1}
# expect: and ('__and__', 1) ('__rand__', 1)
# expect: and ('__iand__', 1)
# expect: xor
# expect: 4
# expect: -5
# expect: 1180591620717411303429
# expect: TypeError
# expect: 2
# expect: True
# expect: TypeError
# expect: TypeError
# expect: set()
# expect: xor ('__xor__', 1) ('__rxor__', 1)
# expect: xor ('__ixor__', 1)
# expect: or
# expect: 7
# expect: -5
# expect: 1180591620717411303429
# expect: TypeError
# expect: 2
# expect: True
# expect: TypeError
# expect: TypeError
# expect: {1}
# expect: or ('__or__', 1) ('__ror__', 1)
# expect: or ('__ior__', 1)

left = [1]
print(numeric.iadd(left, (2, 3)), left, numeric.imultiply(left, 2) is left, left)
# expect: [1, 2, 3, 1, 2, 3] [1, 2, 3, 1, 2, 3] True [1, 2, 3, 1, 2, 3]
members = {1, 2, 3}
print(numeric.iand(members, {1, 2}) is members, numeric.ixor(members, {2, 5}) is members, numeric.ior(members, {9}) is members, sorted(members))
# expect: True True True [1, 5, 9]
for name in ["i" + name for name in BINARY if name != "divmod"]:
    print(name, *[tried(getattr(numeric, name), *pair) for pair in PAIRS[:3]])
# expect: iadd 10 -5 1180591620717411303429
# expect: isubtract 4 -9 1180591620717411303419
# expect: imultiply 21 -14 5902958103587056517120
# expect: ifloordiv 2 -4 236118324143482260684
# expect: itruediv 2.3333333333333335 -3.5 2.3611832414348227e+20
# expect: iremainder 1 1 4
# expect: ilshift 56 -28 37778931862957161709568
# expect: irshift 0 -2 36893488147419103232
# expect: iand 3 0 0
# expect: ixor 4 -5 1180591620717411303429
# expect: ior 7 -5 1180591620717411303429

print(numeric.matmul(Matrix(), 1), numeric.matmul(1, Matrix()), numeric.imatmul(Matrix(), 1), tried(numeric.matmul, 1, 2))
# expect: matmul rmatmul imatmul TypeError
print(numeric.power(3, 4), numeric.power(3, 4, 5), numeric.power(2.0, -1), tried(numeric.power, 3, 4, 0), tried(numeric.power, "a", 2))
# expect: 81 1 0.5 ValueError TypeError
print(numeric.ipower(3, 4), numeric.power(Only(), 2), numeric.power(2, Only()), numeric.ipower(Only(), 2), tried(numeric.power, 2.5, 2, 3))
# expect: 81 ('__pow__', 2) ('__rpow__', 2) ('__ipow__', 2) TypeError
