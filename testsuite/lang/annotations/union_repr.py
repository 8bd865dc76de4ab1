# min-python: 3.14
"""Unions made with | and with typing are one type."""
import types
import typing

print(int | str)  # expect: int | str
print(typing.Union[int, str])  # expect: int | str
print(typing.Optional[int])  # expect: int | None
print(type(int | str) is typing.Union)  # expect: True
print(types.UnionType is typing.Union)  # expect: True
print(typing.Union[int, str] == int | str)  # expect: True
print(isinstance(1, typing.Union[int, str]))  # expect: True
print((int | str).__args__)  # expect: (<class 'int'>, <class 'str'>)
print(int | None | list[str])  # expect: int | None | list[str]
