# The message of an operator in place names it as it was written, however often it went well before.
def less(a, b):
    a -= b
    return a


def less_one(a):
    a -= 1
    return a


def tried(function, *args):
    try:
        return function(*args)
    except TypeError as error:
        return str(error)


for i in range(60):
    last = tried(less_one, 2 if i % 20 else "x"), tried(less, 2, 1 if i % 20 != 19 else None)
    if i == 40 or i == 59:
        print(last)
# expect: ("unsupported operand type(s) for -=: 'str' and 'int'", 1)
# expect: (1, "unsupported operand type(s) for -=: 'int' and 'NoneType'")
