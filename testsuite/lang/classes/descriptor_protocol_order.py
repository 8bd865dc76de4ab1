"""Which of data descriptor, instance dict, non-data descriptor, class attribute, __getattr__ wins."""
log = []
class Data:
    def __get__(s, o, t): log.append("data get"); return "data"
    def __set__(s, o, v): log.append(f"data set {v}")
    def __delete__(s, o): log.append("data delete")
class NonData:
    def __get__(s, o, t): log.append("nondata get"); return "nondata"
class SetOnly:
    def __set__(s, o, v): log.append(f"setonly {v}")
class DelOnly:
    def __delete__(s, o): log.append("delonly")
class C:
    d, n, s, x = Data(), NonData(), SetOnly(), DelOnly()
    plain = "class"
    def __getattr__(self, k): log.append(f"getattr {k}"); return "fallback"
c = C()
vars(c).update(d="inst", n="inst", s="inst", x="inst", plain="inst")
print([getattr(c, k) for k in ("d", "n", "s", "x", "plain", "none")], log); log.clear()
# expect: ['data', 'inst', 'inst', 'inst', 'inst', 'fallback'] ['data get', 'getattr none']
for k in "d", "n", "s", "plain": setattr(c, k, "new")
try: c.x = "new"
except AttributeError as e: print(e)  # expect: __set__
print({k: v for k, v in vars(c).items()}, log); log.clear()
# expect: {'d': 'inst', 'n': 'new', 's': 'inst', 'x': 'inst', 'plain': 'new'} ['data set new', 'setonly new']
del c.d, c.n, c.x
try: del c.s
except AttributeError as e: print(e)  # expect: __delete__
print(sorted(vars(c)), log); log.clear()  # expect: ['d', 'plain', 's', 'x'] ['data delete', 'delonly']
print(c.n, c.s.__class__.__name__ if not isinstance(c.s, str) else c.s, log); log.clear()  # expect: nondata inst ['nondata get']
class Meta(type):
    md, mn = Data(), NonData()
    mp = "meta plain"
class K(metaclass=Meta):
    md, mn, mp, own = "k", "k", "k", NonData()
print(K.md, K.mn, K.mp, K.own, K().own, log); log.clear()  # expect: data k k nondata nondata ['data get', 'nondata get', 'nondata get']
K.md = 1
K.mn = 2
print(log, K.mn, vars(K)["mn"]); log.clear()  # expect: ['data set 1'] 2 2
class Raises:
    def __get__(s, o, t): raise AttributeError("from get")
class L:
    r = Raises()
    def __getattr__(self, k): return f"rescued {k}"
class M: r = Raises()
print(L().r, hasattr(M(), "r"), getattr(M(), "r", "default"))  # expect: rescued r False default
try: M.r
except AttributeError as e: print(e)  # expect: from get
class Bound:
    def __get__(s, o, t=None): return s if o is None else (type(o).__name__, t.__name__)
class N: b = Bound()
class O(N): pass
print(N().b, O().b, isinstance(N.b, Bound), N.__dict__["b"].__get__(5, int), super(O, O()).b)
# expect: ('N', 'N') ('O', 'O') True ('int', 'int') ('O', 'O')
f = lambda self, k: (self, k)
print(f.__get__("s")("k"), f.__get__(None, int) is f, classmethod(f).__get__(None, int)(1), staticmethod(f).__get__(1)("a", "b"), property(lambda s: s).__get__(7), type(f.__get__(1)).__name__)
# expect: ('s', 'k') True (<class 'int'>, 1) ('a', 'b') 7 method
