"""global binds module names from inner scopes."""
x = 1
def read():
    return x
def write():
    global x
    x = 2
def shadow():
    x = 10
    def inner():
        global x
        x += 5
        return x
    return inner(), x
write()
print(x, read())  # expect: 2 2
print(shadow(), x)  # expect: (7, 10) 7
def create():
    global created, other
    created = other = "new"
create()
print(created, other)  # expect: new new
class C:
    global from_class
    from_class = "module level"
print(from_class, hasattr(C, "from_class"))  # expect: module level False
def delete():
    global created
    del created
delete()
try:
    created
except NameError as error:
    print(error)  # expect: name 'created' is not defined
def loop():
    global i
    for i in range(4):
        pass
loop()
print(i)  # expect: 3
def imports():
    global math
    import math
    def f(): pass
imports()
print(math.floor(2.5))  # expect: 2
