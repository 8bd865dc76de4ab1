"""Functions, generators and classes that live long get parts that are young, and keep them through collections."""


def make(number):
    def function(a=[number], *, k=(number,)):
        return a, k

    return function


def generator(n):
    try:
        while True:
            x = yield n
            n = [n, x] if len(str(n)) < 50 else 0
    except ValueError as error:
        y = yield repr(error)
        yield y


def churn(n):
    return [[j] * 3 for j in range(n)]


class Base:
    pass


class Other:
    pass


functions = [make(number) for number in range(100)]
generators = [generator(number) for number in range(100)]
classes = [type("C%d" % number, (Base,), {}) for number in range(100)]
for each in generators:
    next(each)
for turn in range(6):
    churn(20000)
    for number, function in enumerate(functions):
        function.__defaults__ = ([turn, number],)
        function.__kwdefaults__ = {"k": (turn, number)}
        function.__doc__ = "d%d" % (turn * number)
        function.__name__ = "n%d" % (turn + number)
        function.__qualname__ = "q%d" % (turn + number)
        function.__annotations__ = {"a": [number]}
        function.note = [number]
    for number, each in enumerate(generators):
        each.send([turn])
        each.__name__ = "g%d" % (turn + number)
    for number, each in enumerate(classes):
        each.__name__ = "D%d" % (turn + number)
        each.__qualname__ = "E%d" % (turn + number)
        each.__init__ = make(number)
        each.__bases__ = (type("B%d" % turn, (Other if turn % 2 else Base,), {"n": [turn]}),)
        each.note = [turn]
    churn(20000)
    print(
        all(f() == ([turn, at], (turn, at)) and f.note == [at] for at, f in enumerate(functions)),
        {f.__doc__ for f in functions} == {"d%d" % (turn * at) for at in range(100)},
        [f.__name__ + f.__qualname__ for f in functions] == ["n%dq%d" % (turn + at, turn + at) for at in range(100)],
        [g.__name__ for g in generators] == ["g%d" % (turn + at) for at in range(100)],
        all(c.n == [turn] and c.note == [turn] and len(c.__mro__) == 4 for c in classes),
        [c.__name__ + c.__qualname__ for c in classes] == ["D%dE%d" % (turn + at, turn + at) for at in range(100)],
        {c.__init__()[0][0] for c in classes} == set(range(100)),
    )
# expect: True True True True True True True
# expect: True True True True True True True
# expect: True True True True True True True
# expect: True True True True True True True
# expect: True True True True True True True
# expect: True True True True True True True
for each in generators:
    try:
        raise KeyError([1])
    except KeyError:
        result = each.throw(ValueError([2]))
    churn(300)
    if result != "ValueError([2])":
        print(result)
