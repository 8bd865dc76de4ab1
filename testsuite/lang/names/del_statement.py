"""del of names, items, slices, attributes."""
a = b = [1, 2, 3, 4, 5, 6]
del a
print(b)  # expect: [1, 2, 3, 4, 5, 6]
del b[0], b[-1]
print(b)  # expect: [2, 3, 4, 5]
del b[::2]
print(b)  # expect: [3, 5]
d = {"x": 1, "y": 2}
del d["x"]
print(d)  # expect: {'y': 2}
class O:
    pass
o = O()
o.p = o.q = 1
del o.p, o.q
print(vars(o))  # expect: {}
x, y, z = 1, 2, 3
del (x, [y])
try:
    x
except NameError as error:
    print(error)  # expect: name 'x' is not defined
print(z)  # expect: 3
def error(source):
    try:
        exec(source, {"l": [1], "t": (1,), "s": "a", "d": {}, "O": O})
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("del l[5]"))  # expect: IndexError: list assignment index out of range
print(error("del t[0]"))  # expect: TypeError: 'tuple' object doesn't support item deletion
print(error("del s[0]"))  # expect: TypeError: 'str' object doesn't support item deletion
print(error("del d['k']"))  # expect: KeyError: 'k'
print(error("del O().p"))  # expect: AttributeError: 'O' object has no attribute 'p'
print(error("del undefined_name_q"))  # expect: NameError: name 'undefined_name_q' is not defined
print(error("del l[0], l[0]"))  # expect: IndexError: list assignment index out of range
print(error("del (1).real"))  # expect: AttributeError: attribute 'real' of 'int' objects is not writable
print(error("del 5[0]"))  # expect: TypeError: 'int' object does not support item deletion
for source in "del f()", "del 1", "del a + b", "del *a", "del None", "del (a, 1)":
    try:
        compile(source, "x", "exec")
    except SyntaxError as e:
        print(e.msg)
# expect: cannot delete function call
# expect: cannot delete literal
# expect: cannot delete expression
# expect: cannot delete starred
# expect: cannot delete None
# expect: cannot delete literal
