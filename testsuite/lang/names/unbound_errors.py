"""NameError, UnboundLocalError and free variable errors."""
def local():
    print(early)
    early = 1
def conditional(flag):
    if flag:
        value = 1
    return value
def free():
    def inner():
        return later
    inner()
    later = 1
def deleted():
    x = 1
    del x
    return x
def delete_twice():
    x = 1
    del x
    del x
def augmented():
    total += 1
def loop_variable():
    for item in []:
        pass
    return item
def excepted():
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    return e
def missing():
    return no_such_name_at_all
def delete_missing():
    global zzz_missing
    del zzz_missing
total = 0
for f in local, lambda: conditional(False), free, deleted, delete_twice, augmented, loop_variable, excepted, missing, delete_missing:
    try:
        f()
    except NameError as error:
        print(type(error).__name__, "|", error, "|", error.name)
# expect: UnboundLocalError | cannot access local variable 'early' where it is not associated with a value | None
# expect: UnboundLocalError | cannot access local variable 'value' where it is not associated with a value | None
# expect: NameError | cannot access free variable 'later' where it is not associated with a value in enclosing scope | later
# expect: UnboundLocalError | cannot access local variable 'x' where it is not associated with a value | None
# expect: UnboundLocalError | cannot access local variable 'x' where it is not associated with a value | None
# expect: UnboundLocalError | cannot access local variable 'total' where it is not associated with a value | None
# expect: UnboundLocalError | cannot access local variable 'item' where it is not associated with a value | None
# expect: UnboundLocalError | cannot access local variable 'e' where it is not associated with a value | None
# expect: NameError | name 'no_such_name_at_all' is not defined | no_such_name_at_all
# expect: NameError | name 'zzz_missing' is not defined | zzz_missing
print(conditional(True))  # expect: 1
