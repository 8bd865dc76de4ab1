"""A miniature object mapper: metaclass, descriptors, query building."""
class Field:
    kind = object
    def __init__(self, default=None, required=False): self.default, self.required = default, required
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner): return self if obj is None else obj.__dict__.get(self.name, self.default)
    def __set__(self, obj, value):
        if value is not None and not isinstance(value, self.kind): raise TypeError(f"{self.name}: expected {self.kind.__name__}, got {type(value).__name__}")
        obj.__dict__[self.name] = value
    def __eq__(self, o): return Cond(lambda r: getattr(r, self.name) == o, f"{self.name} = {o!r}")
    def __gt__(self, o): return Cond(lambda r: getattr(r, self.name) > o, f"{self.name} > {o!r}")
    def __lt__(self, o): return Cond(lambda r: getattr(r, self.name) < o, f"{self.name} < {o!r}")
    __hash__ = object.__hash__
class Int(Field): kind = int
class Text(Field): kind = str
class Cond:
    def __init__(self, f, text): self.f, self.text = f, text
    def __and__(self, o): return Cond(lambda r: self.f(r) and o.f(r), f"({self.text} AND {o.text})")
    def __or__(self, o): return Cond(lambda r: self.f(r) or o.f(r), f"({self.text} OR {o.text})")
    def __invert__(self): return Cond(lambda r: not self.f(r), f"NOT {self.text}")
class Meta(type):
    def __new__(mcs, name, bases, ns):
        cls = super().__new__(mcs, name, bases, ns)
        cls.fields = {k: v for b in reversed(cls.__mro__) for k, v in vars(b).items() if isinstance(v, Field)}
        cls.rows = []
        return cls
class Model(metaclass=Meta):
    def __init__(self, **kw):
        for k in kw:
            if k not in self.fields: raise AttributeError(f"{type(self).__name__} has no field {k}")
        for k, f in self.fields.items():
            if f.required and kw.get(k) is None: raise ValueError(f"{k} is required")
            setattr(self, k, kw.get(k, f.default))
    def save(self): type(self).rows.append(self); return self
    @classmethod
    def where(cls, cond): return f"SELECT * FROM {cls.__name__.lower()} WHERE {cond.text}", [r for r in cls.rows if cond.f(r)]
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={getattr(self, k)!r}' for k in self.fields)})"
class Person(Model):
    name = Text(required=True)
    age = Int(0)
class Employee(Person):
    salary = Int(100)
for n, a in ("Ada", 36), ("Bob", 20), ("Cy", 50): Person(name=n, age=a).save()
print(Person.where((Person.age > 30) & ~(Person.name == "Cy")))
# expect: ("SELECT * FROM person WHERE (age > 30 AND NOT name = 'Cy')", [Person(name='Ada', age=36)])
print(Person.where((Person.age < 25) | (Person.name == "Cy"))[1], Employee(name="E", salary=5), Employee.rows, list(Employee.fields))
# expect: [Person(name='Bob', age=20), Person(name='Cy', age=50)] Employee(name='E', age=0, salary=5) [] ['name', 'age', 'salary']
for bad in lambda: Person(name=5), lambda: Person(), lambda: Person(name="x", zz=1), lambda: setattr(Person.rows[0], "age", "old"):
    try:
        bad()
    except (TypeError, ValueError, AttributeError) as error:
        print(error)
# expect: name: expected str, got int
# expect: name is required
# expect: Person has no field zz
# expect: age: expected int, got str
