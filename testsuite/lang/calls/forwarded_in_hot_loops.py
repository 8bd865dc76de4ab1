"""Calls that pass on their arguments, in hot loops: order, surplus, duplicates, and what is wrong with them."""
from functools import partial, wraps


def counted(f):
    @wraps(f)
    def inner(*args, **kwargs):
        inner.calls += 1
        return f(*args, **kwargs)

    inner.calls = 0
    return inner


@counted
def shown(a, b=1, *rest, c=2, **others):
    return a, b, rest, c, others


def order(n):
    for i in range(n):
        seen = [
            shown(i),
            shown(i, z=1, y=2, x=3),
            shown(i, 2, 3, 4, c=5),
            shown(b=i, a=0),
            shown(*(1, 2), *[3], **{"q": 1}, c=i, **{"p": 2}),
        ]
    return seen, shown.calls


for line in order(100)[0]:
    print(line)
# expect: (99, 1, (), 2, {})
# expect: (99, 1, (), 2, {'z': 1, 'y': 2, 'x': 3})
# expect: (99, 2, (3, 4), 5, {})
# expect: (0, 99, (), 2, {})
# expect: (1, 2, (3,), 99, {'q': 1, 'p': 2})
print(shown.calls, shown.__name__, sorted(shown.__dict__))  # expect: 500 shown ['__wrapped__', 'calls']


def kept(*args, **kwargs):
    """Each call has a tuple and a dict of its own."""
    kwargs["more"] = len(args)
    return args, kwargs


def own(n):
    given, found = {"k": 1}, []
    for i in range(n):
        args, kwargs = kept(i, **given)
        kwargs["k"] = i
        found.append(kwargs)
    return given, found[0], found[-1], found[0] is not found[1]


print(own(100))  # expect: ({'k': 1}, {'k': 0, 'more': 1}, {'k': 99, 'more': 1}, True)


def passed(**kwargs):
    kwargs.pop("gone", None)
    return kept(**kwargs)[1]


def changed(n):
    for i in range(n):
        seen = passed(a=i, gone=1)
    return seen


print(changed(100))  # expect: {'a': 99, 'more': 0}


def extended(n):
    total = 0
    for i in range(n):
        items = [i, 1]
        items.extend((2, 3))
        also = items
        also.append(4)
        items += [5]
        total += len((*items, *also)) + sum(items)
    return total, items


print(extended(100))  # expect: (7650, [99, 1, 2, 3, 4, 5])


def plain(a, b, /, c, *, d=4):
    return a + b + c + d


def errors(n):
    calls = [
        lambda i: plain(*(1,), **{}),
        lambda i: plain(1, 2, 3, 4),
        lambda i: plain(1, 2, **{"c": 3, "e": 4}),
        lambda i: plain(1, b=2, c=3),
        lambda i: plain(*(1, 2, 3), **{"c": 3}),
        lambda i: plain(**{"a": 1}, **{"a": 2}),
        lambda i: plain(1, 2, c=3, **{"c": 4}),
        lambda i: plain(*i),
        lambda i: plain(**i),
        lambda i: plain(1, 2, **{1: 2}),
        lambda i: partial(plain, 1, c=2)(c=3),
    ]
    texts = []
    for call in calls:
        for i in range(n):
            try:
                call(i)
            except TypeError as error:
                text = str(error)
        texts.append(text)
    return texts


for text in errors(80):
    print(text.replace("__main__.", ""))
# expect: plain() missing 2 required positional arguments: 'b' and 'c'
# expect: plain() takes 3 positional arguments but 4 were given
# expect: plain() got an unexpected keyword argument 'e'
# expect: plain() got some positional-only arguments passed as keyword arguments: 'b'
# expect: plain() got multiple values for argument 'c'
# expect: plain() got multiple values for keyword argument 'a'
# expect: plain() got multiple values for keyword argument 'c'
# expect: plain() argument after * must be an iterable, not int
# expect: plain() argument after ** must be a mapping, not int
# expect: keywords must be strings
# expect: plain() missing 1 required positional argument: 'b'


def partials(n):
    total = 0
    for i in range(n):
        add = partial(plain, 1, d=i)
        total += add(2, 3) + add(2, c=5) + add(2, 3, d=0)
        total += partial(partial(plain, 1), 2, c=3)(d=1)
    return total, add.keywords, add.args


print(partials(100))  # expect: (12600, {'d': 99}, (1,))


def one(x):
    return x


def counts(n):
    """A counter on a function that is made anew; one without the attribute."""
    found = []
    for i in range(n):
        f = counted(one)
        f(i)
        f(i)
        found.append(f.calls)
    return set(found)


print(counts(100))  # expect: {2}


@counted
def other(x):
    return x


def lost(n):
    missing = 0
    for i in range(n):
        if i == n - 2:
            del other.calls
        try:
            other(i)
        except AttributeError as error:
            missing += 1
            text = str(error)
    return missing, text


print(lost(100))  # expect: (2, "'function' object has no attribute 'calls'")
