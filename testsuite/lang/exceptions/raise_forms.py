"""raise with classes, instances, from, and wrong values."""
def error(call):
    try:
        call()
    except BaseException as e:
        return repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__
def r(source):
    return error(lambda: exec(source, {"E": E, "NoInit": NoInit, "NotExc": NotExc, "Factory": Factory}))
class E(Exception): pass
class NoInit(Exception):
    def __init__(self, a): super().__init__(a)
class NotExc: pass
class Factory(Exception):
    def __new__(cls, *a): return 5
print(r("raise E"))  # expect: ('E()', 'None', 'None', False)
print(r("raise E()"))  # expect: ('E()', 'None', 'None', False)
print(r("raise E(1) from E(2)"))  # expect: ('E(1)', 'E(2)', 'None', True)
print(r("raise E from KeyError"))  # expect: ('E()', 'KeyError()', 'None', True)
print(r("raise E from None"))  # expect: ('E()', 'None', 'None', True)
print(r("raise NoInit"))  # expect: ('TypeError("NoInit.__init__() missing 1 required positional argument: \'a\'")', 'None', 'None', False)
print(r("raise NotExc"))  # expect: ("TypeError('exceptions must derive from BaseException')", 'None', 'None', False)
print(r("raise NotExc()"))  # expect: ("TypeError('exceptions must derive from BaseException')", 'None', 'None', False)
print(r("raise 5"))  # expect: ("TypeError('exceptions must derive from BaseException')", 'None', 'None', False)
print(r("raise 'text'"))  # expect: ("TypeError('exceptions must derive from BaseException')", 'None', 'None', False)
print(r("raise E from 5"))  # expect: ("TypeError('exception causes must derive from BaseException')", 'None', 'None', False)
print(r("raise E from int"))  # expect: ("TypeError('exception causes must derive from BaseException')", 'None', 'None', False)
print(r("raise None"))  # expect: ("TypeError('exceptions must derive from BaseException')", 'None', 'None', False)
print(r("raise Factory"))
# expect: ('TypeError("calling <class \'__main__.Factory\'> should have returned an instance of BaseException, not <class \'int\'>")', 'None', 'None', False)
print(r("raise"))  # expect: ("RuntimeError('No active exception to reraise')", 'None', 'None', False)
print(r("try:\n raise E(1)\nexcept E:\n raise E(2)"))  # expect: ('E(2)', 'None', 'E(1)', False)
print(r("try:\n raise E(1)\nexcept E:\n raise E(2) from None"))  # expect: ('E(2)', 'None', 'E(1)', True)
print(r("try:\n raise E(1)\nexcept E as e:\n raise e"))  # expect: ('E(1)', 'None', 'None', False)
print(r("try:\n raise E(1)\nexcept E as e:\n raise E(2) from e"))  # expect: ('E(2)', 'E(1)', 'E(1)', True)
print(r("try:\n raise E(1)\nfinally:\n undefined_name_here"))
# expect: ('NameError("name \'undefined_name_here\' is not defined")', 'None', 'E(1)', False)
