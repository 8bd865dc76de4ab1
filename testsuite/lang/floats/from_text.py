"""float() of strings."""
print(float("1.5"), float("-.5"), float("5."), float("1e3"), float("1_000.5"), float("  7  "))  # expect: 1.5 -0.5 5.0 1000.0 1000.5 7.0
print(float("1e400"), float("-1e400"), float("1e-400"), "no hex")  # expect: inf -inf 0.0 no hex
print(float("٣.١٤"), float(b"2.5"), float())  # expect: 3.14 2.5 0.0
print(float("0." + "0" * 400 + "1"), float("1" + "0" * 308), float("179769313486231580793e289"))  # expect: 0.0 1e+308 inf
def error(x):
    try:
        return float(x)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(""))  # expect: ValueError: could not convert string to float: ''
print(error("1.5.2"))  # expect: ValueError: could not convert string to float: '1.5.2'
print(error("1e"))  # expect: ValueError: could not convert string to float: '1e'
print(error("_1"))  # expect: ValueError: could not convert string to float: '_1'
print(error("1__0"))  # expect: ValueError: could not convert string to float: '1__0'
print(error("0x10"))  # expect: ValueError: could not convert string to float: '0x10'
print(error("nan(1)"))  # expect: ValueError: could not convert string to float: 'nan(1)'
print(error(None))  # expect: TypeError: float() argument must be a string or a real number, not 'NoneType'
print(error([]))  # expect: TypeError: float() argument must be a string or a real number, not 'list'
print(error(1j))  # expect: TypeError: float() argument must be a string or a real number, not 'complex'
print(error("a" * 20))  # expect: ValueError: could not convert string to float: 'aaaaaaaaaaaaaaaaaaaa'
class F:
    def __float__(self):
        return 2.5
class I:
    def __index__(self):
        return 7
print(float(F()), float(I()))  # expect: 2.5 7.0
