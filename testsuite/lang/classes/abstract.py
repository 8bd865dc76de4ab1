"""Abstract base classes."""
from abc import ABC, abstractmethod, ABCMeta
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def describe(self): return f"{self.name} {self.area()}"
class Square(Shape):
    name = "square"
    def area(self): return 4
class Partial(Shape):
    def area(self): return 0
class Empty(Shape): pass
print(Square().describe(), sorted(Shape.__abstractmethods__), Square.__abstractmethods__)  # expect: square 4 ['area', 'name'] frozenset()
for cls in Shape, Partial, Empty:
    try:
        cls()
    except TypeError as error:
        print(error)
# expect: Can't instantiate abstract class Shape without an implementation for abstract methods 'area', 'name'
# expect: Can't instantiate abstract class Partial without an implementation for abstract method 'name'
# expect: Can't instantiate abstract class Empty without an implementation for abstract methods 'area', 'name'
class Duck: 
    def quack(self): return "quack"
class Quacker(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Quacker:
            return any("quack" in b.__dict__ for b in other.__mro__) or NotImplemented
        return NotImplemented
print(issubclass(Duck, Quacker), isinstance(Duck(), Quacker), isinstance(5, Quacker))  # expect: True True False
class Virtual(ABC): pass
@Virtual.register
class Concrete: pass
print(issubclass(Concrete, Virtual), isinstance(Concrete(), Virtual), Virtual in Concrete.__mro__)  # expect: True True False
try:
    Virtual.register(5)
except TypeError as error:
    print(error)  # expect: Can only register classes
class WithBody(ABC):
    @abstractmethod
    def f(self): return "base body"
    @classmethod
    @abstractmethod
    def c(cls): ...
class Impl(WithBody):
    def f(self): return super().f() + "!"
    @classmethod
    def c(cls): return cls.__name__
print(Impl().f(), Impl.c())  # expect: base body! Impl
Partial.name = "patched"
try:
    Partial()
except TypeError as error:
    print(error)  # expect: Can't instantiate abstract class Partial without an implementation for abstract method 'name'
