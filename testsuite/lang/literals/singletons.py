"""None, Ellipsis, NotImplemented, True and False."""
print(None, ..., Ellipsis, NotImplemented, True, False)  # expect: None Ellipsis Ellipsis NotImplemented True False
print(type(None).__name__, type(...).__name__, type(NotImplemented).__name__)  # expect: NoneType ellipsis NotImplementedType
print(type(None)() is None, type(...)() is ...)  # expect: True True
print(bool(None), bool(...))  # expect: False True
print(... is Ellipsis, repr(...), str(None))  # expect: True Ellipsis None
for name in "None", "True", "__debug__":
    try:
        exec(f"{name} = 1")
    except SyntaxError as error:
        print(error.msg)
# expect: cannot assign to None
# expect: cannot assign to True
# expect: cannot assign to __debug__
try:
    None.x = 1
except AttributeError as error:
    print(error)  # expect: 'NoneType' object has no attribute 'x' and no __dict__ for setting new attributes
try:
    type(None)(1)
except TypeError as error:
    print(error)  # expect: NoneType takes no arguments
print(None == None, None != 0, None is not False)  # expect: True True True
print(hash(None) == hash(None), {None: 1}[None])  # expect: True 1
