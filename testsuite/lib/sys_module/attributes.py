"""sys."""
import sys
print(sys.maxsize == 2 ** 63 - 1, sys.byteorder, sys.maxunicode, sys.version_info[:2] >= (3, 13), sys.version_info >= (3, 0), type(sys.version_info).__name__, sys.getrecursionlimit() >= 1000, sys.float_info.radix, sys.int_info.bits_per_digit > 0, sys.hash_info.modulus == 2 ** 61 - 1, sys.hash_info.inf, sys.hash_info.width)
# expect: True little 1114111 True True version_info True 2 True True 314159 64
print(sys.getsizeof([]) > 0, sys.intern("abc") is sys.intern("abc"), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.stdout.encoding.lower(), "sys" in sys.modules, sys.modules["sys"] is sys, "math" in sys.stdlib_module_names, "sys" in sys.builtin_module_names, sys.flags.optimize, sys.platform, sys.is_finalizing(), sys.implementation.name.isidentifier())
# expect: True True utf-8 utf-8 utf-8 True True True True 0 linux False True
def f(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name
print(f(), sys.exc_info(), sys.exception())  # expect: ('f', '<module>') (None, None, None) None
events = []
def trace(frame, event, arg):
    events.append((event, frame.f_code.co_name))
    return None
def traced(): return 1
old = sys.displayhook
sys.displayhook(5)  # expect: 5
print(_, sys.displayhook(None))  # expect: 5 None
for call in lambda: sys.intern(5), lambda: sys.getsizeof(), lambda: sys.setrecursionlimit("x"), lambda: sys._getframe(10 ** 6), lambda: sys.exit(1, 2), lambda: sys.setrecursionlimit(-1):
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: ValueError
out = sys.stdout
class Tee:
    def __init__(self): self.text = []
    def write(self, s): self.text.append(s)
    def flush(self): pass
sys.stdout = tee = Tee()
print("captured", 1)
sys.stdout = out
print(tee.text, sys.stdout is sys.__stdout__, sys.stderr.write("") == 0, sys.stdin is not None)  # expect: ['captured', ' ', '1', '\n'] True True True
sys.excepthook_called = []
hook = sys.unraisablehook
sys.unraisablehook = lambda u: sys.excepthook_called.append(type(u.exc_value).__name__)
class D:
    def __del__(self): raise ValueError
d = D()
del d
__import__("gc").collect()
print(sys.excepthook_called)  # expect: ['ValueError']
sys.unraisablehook = hook
