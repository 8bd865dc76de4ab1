"""Type parameters of functions, classes and aliases (PEP 695)."""
def first[T](items: list[T]) -> T: return items[0]
class Stack[T]:
    def __init__(self): self.items: list[T] = []
    def push(self, x: T) -> None: self.items.append(x)
class Pair[A, B: (int, str), *Ts, **P]: pass
type Alias[T] = dict[str, T]
type Simple = int | Later
print(first([1, 2]), first.__type_params__, Stack.__type_params__, Stack[int], Pair.__type_params__)
# expect: 1 (T,) (T,) __main__.Stack[int] (A, B, Ts, P)
print(Alias, Alias.__name__, Alias.__type_params__, Alias[int], Alias.__value__)  # expect: Alias Alias (T,) Alias[int] dict[str, T]
T, = first.__type_params__
print(T.__name__, T.__bound__, Pair.__type_params__[1].__constraints__, T.__module__)  # expect: T None (<class 'int'>, <class 'str'>) typing
try:
    Simple.__value__
except NameError as error:
    print(error)  # expect: name 'Later' is not defined
Later = str
print(Simple.__value__)  # expect: int | str
s = Stack[int]()
s.push(1)
print(s.items, type(s).__name__, [b.__name__ for b in Stack.__mro__])  # expect: [1] Stack ['Stack', 'Generic', 'object']
def bounded[T: int = bool](x: T) -> T: return x
print(bounded.__type_params__[0].__bound__, bounded.__type_params__[0].__default__)  # expect: <class 'int'> <class 'bool'>
try:
    T
    print(T)  # expect: T
except NameError as error:
    print(error)
class Scope[X]:
    y = X
    def m(self): return X
print(Scope.y is Scope().m(), Scope.y)  # expect: True X
