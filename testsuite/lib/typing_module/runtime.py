"""typing at run time."""
import typing
from typing import *
T = TypeVar("T")
print(List[int], Dict[str, int], Callable[[int], str], Callable[..., Any], Tuple[int, ...], Type[int], ClassVar[int], Literal[1, "a"], Annotated[int, "m"], Any, T, NoReturn, Final[int])
# expect: typing.List[int] typing.Dict[str, int] typing.Callable[[int], str] typing.Callable[..., typing.Any] typing.Tuple[int, ...] typing.Type[int] typing.ClassVar[int] typing.Literal[1, 'a'] typing.Annotated[int, 'm'] typing.Any ~T typing.NoReturn typing.Final[int]
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(list[int]), get_args(Callable[[int], str]), get_args(Literal[1, 2]), get_origin(Annotated[int, 1]), cast(int, "x"), get_origin(int))
# expect: <class 'list'> (<class 'str'>, <class 'int'>) <class 'list'> ([<class 'int'>], <class 'str'>) (1, 2) typing.Annotated x None
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
print(Box[int], Box[int](5).v, Box[int].__origin__ is Box, Box.__parameters__, Box[T][str], Box[int] == Box[int])
# expect: __main__.Box[int] 5 True (~T,) __main__.Box[str] True
class P(Protocol):
    def run(self) -> int: ...
@runtime_checkable
class R(Protocol):
    def run(self): ...
class Impl:
    def run(self): return 1
print(isinstance(Impl(), R), isinstance(5, R), issubclass(Impl, R))  # expect: True False True
try:
    isinstance(Impl(), P)
except TypeError as error:
    print(error)  # expect: Instance and class checks can only be used with @runtime_checkable protocols
class TD(TypedDict, total=False):
    a: int
    b: Required[str]
print(TD(a=1, b="x"), TD.__required_keys__, TD.__optional_keys__, type(TD(b="q")).__name__)
# expect: {'a': 1, 'b': 'x'} frozenset({'b'}) frozenset({'a'}) dict
N = NewType("N", int)
print(N(5), N.__name__, N.__supertype__)  # expect: 5 N <class 'int'>
def f(a: int, b: "str" = "") -> list[int]: ...
print(get_type_hints(f))  # expect: {'a': <class 'int'>, 'b': <class 'str'>, 'return': list[int]}
@overload
def o(a: int) -> int: ...
@overload
def o(a: str) -> str: ...
def o(a): return a
print(o(1), len(get_overloads(o)), TYPE_CHECKING, final(Box) is Box, no_type_check(f) is f)  # expect: 1 2 False True True
for call in lambda: List[5, 6], lambda: Box[int, str], lambda: Any(), lambda: TypeVar("X", int), lambda: Generic[int], lambda: isinstance(1, List[int]), lambda: assert_never(5), lambda: Literal[1]():
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: AssertionError
# expect: TypeError
print(reveal_type is not None, assert_type(5, int), Self, Never, LiteralString, Concatenate is not None)
# expect: True 5 typing.Self typing.Never typing.LiteralString True
