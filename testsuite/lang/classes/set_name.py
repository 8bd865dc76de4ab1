"""__set_name__ is called in definition order, once."""
class Field:
    def __init__(self, default):
        self.default = default
    def __set_name__(self, owner, name):
        print(owner.__name__, name)
        self.name = "_" + name
    def __get__(self, obj, owner):
        if obj is None:
            return self
        return getattr(obj, self.name, self.default)
    def __set__(self, obj, value):
        setattr(obj, self.name, value)
class Model:
    b = Field(1)
    a = Field(2)
    same = b
# expect: Model b
# expect: Model a
# expect: Model same
m = Model()
print(m.b, m.a)  # expect: 1 2
m.a = 5
print(m.a, vars(m), Model.a.name, Model.b.name)  # expect: 5 {'_a': 5} _a _same
Model.later = Field(3)
try:
    m.later
except AttributeError as error:
    print(error)  # expect: 'Field' object has no attribute 'name'
class Bad:
    def __set_name__(self, owner, name):
        raise ValueError("no name")
try:
    class Broken:
        attribute = Bad()
except ValueError as error:
    print(error, error.__notes__)  # expect: no name ["Error calling __set_name__ on 'Bad' instance 'attribute' in 'Broken'"]
class Instance:
    pass
i = Instance()
i.__set_name__ = lambda *a: print("not called")
class Host:
    x = i
print("done")  # expect: done
