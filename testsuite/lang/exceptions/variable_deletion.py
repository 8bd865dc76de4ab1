"""The except variable is deleted after its block."""
e = "before"
try:
    raise ValueError("x")
except ValueError as e:
    kept = e
try:
    e
except NameError as error:
    print(error)  # expect: name 'e' is not defined
print(repr(kept))  # expect: ValueError('x')
def f():
    try:
        1 / 0
    except ZeroDivisionError as err:
        pass
    try:
        return err
    except UnboundLocalError as u:
        return str(u)
print(f())  # expect: cannot access local variable 'err' where it is not associated with a value
try:
    raise KeyError
except KeyError as e:
    del e
print("e" in globals())  # expect: False
try:
    raise KeyError
except KeyError as e:
    e = 5
print("e" in globals())  # expect: False
class C:
    try:
        raise ValueError
    except ValueError as attr:
        pass
print(hasattr(C, "attr"))  # expect: False
def early():
    try:
        raise ValueError("r")
    except ValueError as v:
        return v
print(repr(early()))  # expect: ValueError('r')
def g():
    for i in range(2):
        try:
            raise ValueError(i)
        except ValueError as exc:
            if i == 0: continue
            break
    return "exc" in locals()
print(g())  # expect: False
def inner_function():
    try:
        raise ValueError("closure")
    except ValueError as x:
        get = lambda: x
        print(get())
    try:
        get()
    except NameError as error:
        print(error)
inner_function()
# expect: closure
# expect: cannot access free variable 'x' where it is not associated with a value in enclosing scope
