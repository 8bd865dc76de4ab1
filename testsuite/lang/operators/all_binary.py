"""Every binary operator and its reflection."""
names = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()
class L: pass
class R: pass
for n in names:
    setattr(L, f"__{n}__", lambda self, *o, n=n: f"{n}{len(o)}")
    setattr(R, f"__r{n}__", lambda self, *o, n=n: f"r{n}{len(o)}")
l, r = L(), R()
print(l + 1, l - 1, l * 1, l @ 1, l / 1, l // 1, l % 1, divmod(l, 1), l ** 1, pow(l, 1, 2), l << 1, l >> 1, l & 1, l ^ 1, l | 1)
# expect: add1 sub1 mul1 matmul1 truediv1 floordiv1 mod1 divmod1 pow1 pow2 lshift1 rshift1 and1 xor1 or1
print(1 + r, 1 - r, 1 * r, 1 @ r, 1 / r, 1 // r, 1 % r, divmod(1, r), 1 ** r, 1 << r, 1 >> r, 1 & r, 1 ^ r, 1 | r)
# expect: radd1 rsub1 rmul1 rmatmul1 rtruediv1 rfloordiv1 rmod1 rdivmod1 rpow1 rlshift1 rrshift1 rand1 rxor1 ror1
print([] + r, b"s" + r, "a" * r, 1.5 ** r, {} | r, None & r)  # expect: radd1 radd1 rmul1 rpow1 ror1 rand1
for op in "+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "&", "^", "|":
    try:
        eval(f"object() {op} None")
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for +: 'object' and 'NoneType'
# expect: unsupported operand type(s) for -: 'object' and 'NoneType'
# expect: unsupported operand type(s) for *: 'object' and 'NoneType'
# expect: unsupported operand type(s) for @: 'object' and 'NoneType'
# expect: unsupported operand type(s) for /: 'object' and 'NoneType'
# expect: unsupported operand type(s) for //: 'object' and 'NoneType'
# expect: unsupported operand type(s) for %: 'object' and 'NoneType'
# expect: unsupported operand type(s) for ** or pow(): 'object' and 'NoneType'
# expect: unsupported operand type(s) for <<: 'object' and 'NoneType'
# expect: unsupported operand type(s) for >>: 'object' and 'NoneType'
# expect: unsupported operand type(s) for &: 'object' and 'NoneType'
# expect: unsupported operand type(s) for ^: 'object' and 'NoneType'
# expect: unsupported operand type(s) for |: 'object' and 'NoneType'
for source in "divmod(1, None)", "pow(1, None)", "pow(1, 2, None)", "pow(1, 'a', 2)", "[] + ()", "() + []", "'a' + 1", "1 + 'a'", "[1] * 'a'", "'a' * 1.5", "b'' + ''", "{} + {}", "[] - []", "'%d' - 1":
    try:
        print(eval(source))
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for divmod(): 'int' and 'NoneType'
# expect: unsupported operand type(s) for ** or pow(): 'int' and 'NoneType'
# expect: 1
# expect: unsupported operand type(s) for ** or pow(): 'int', 'str', 'int'
# expect: can only concatenate list (not "tuple") to list
# expect: can only concatenate tuple (not "list") to tuple
# expect: can only concatenate str (not "int") to str
# expect: unsupported operand type(s) for +: 'int' and 'str'
# expect: can't multiply sequence by non-int of type 'str'
# expect: can't multiply sequence by non-int of type 'float'
# expect: can't concat str to bytes
# expect: unsupported operand type(s) for +: 'dict' and 'dict'
# expect: unsupported operand type(s) for -: 'list' and 'list'
# expect: unsupported operand type(s) for -: 'str' and 'int'
