"""warnings."""
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("one")
    warnings.warn("two", DeprecationWarning, stacklevel=1)
    warnings.warn(UserWarning("three"))
    print([(str(x.message), x.category.__name__) for x in w], w[0].lineno > 0)
    # expect: [('one', 'UserWarning'), ('two', 'DeprecationWarning'), ('three', 'UserWarning')] True
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("default")
    def f(): warnings.warn("repeated")
    for _ in range(3): f()
    print(len(w))  # expect: 1
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("fatal", RuntimeWarning)
    except RuntimeWarning as e:
        print(repr(e))  # expect: RuntimeWarning('fatal')
    warnings.filterwarnings("ignore", "quiet.*")
    warnings.warn("quiet please")
    try:
        warnings.warn("loud")
    except UserWarning as e:
        print(e)  # expect: loud
for args in (5, "x"), ("m", int), ("m", 5):
    try:
        warnings.warn(*args)
    except TypeError as e:
        print(type(e).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    @warnings.deprecated("use new")
    def old(): return "old result"
    print(old(), w[0].message, w[0].category.__name__, old.__deprecated__)  # expect: old result use new DeprecationWarning use new
    compile("x = '\\d'", "f", "exec")
    print(w[-1].category.__name__)  # expect: SyntaxWarning
try:
    warnings.simplefilter("bogus")
except ValueError as e:
    print(type(e).__name__)  # expect: ValueError
print(warnings.formatwarning("m", UserWarning, "f.py", 3, "src"), end="")
# expect: f.py:3: UserWarning: m
# expect:   src
print(issubclass(DeprecationWarning, Warning), issubclass(Warning, Exception))  # expect: True True
