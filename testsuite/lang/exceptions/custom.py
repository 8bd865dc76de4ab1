"""User defined exceptions."""
class AppError(Exception):
    code = 0
    def __init__(self, message="app", *, code=None):
        super().__init__(message)
        if code is not None: self.code = code
    def __str__(self): return f"[{self.code}] {self.args[0]}"
class NotFound(AppError):
    code = 404
for e in AppError(), AppError("m", code=5), NotFound("page"):
    print(e, repr(e), e.args, e.code)
# expect: [0] app AppError('app') ('app',) 0
# expect: [5] m AppError('m') ('m',) 5
# expect: [404] page NotFound('page') ('page',) 404
class NoSuper(Exception):
    def __init__(self, a, b):
        self.a = a
print(NoSuper(1, 2).args, repr(NoSuper(1, 2)), str(NoSuper("x", "y")))  # expect: (1, 2) NoSuper(1, 2) ('x', 'y')
class Rich(Exception):
    def __init__(self, **kw): self.__dict__.update(kw)
    def __eq__(self, o): return vars(self) == vars(o)
print(Rich(a=1) == Rich(a=1), Rich(a=1).args)  # expect: True ()
try:
    raise NotFound("deep", code=410)
except AppError as e:
    print(type(e).__name__, e)  # expect: NotFound [410] deep
class Meta(type):
    def __instancecheck__(cls, o): return True
    def __subclasscheck__(cls, o): return True
class CatchAll(Exception, metaclass=Meta): pass
try:
    try:
        raise ValueError("v")
    except CatchAll:
        print("instancecheck used")
except ValueError:
    print("real subclassing only")  # expect: real subclassing only
class Multi(KeyError, AttributeError): pass
try:
    raise Multi("m")
except AttributeError as e:
    print(repr(e), str(e), isinstance(e, LookupError))  # expect: Multi('m') 'm' True
import pickle, copy
c = copy.copy(AppError("copied"))
print(c, type(c).__name__)  # expect: [0] copied AppError
e = ValueError("state")
e.extra = [1]
print(copy.copy(e).extra, pickle.loads(pickle.dumps(e)).args)  # expect: [1] ('state',)
