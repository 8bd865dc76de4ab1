"""TypeErrors of comparisons name operator and types."""
class Thing:
    pass
cases = ["1 < 'a'", "'a' >= 1", "None < None", "[] < ()", "{} < {}", "1j < 2j", "Thing() > Thing()", "object() <= 3", "[1] < [None]", "(1, 'a') < (1, 2)", "len < max", "int < str", "range(3) < range(4)", "b'a' < 'a'", "... < 1", "{1} < [1]"]
for case in cases:
    try:
        print(eval(case))
    except TypeError as error:
        print(case, "->", error)
# expect: 1 < 'a' -> '<' not supported between instances of 'int' and 'str'
# expect: 'a' >= 1 -> '>=' not supported between instances of 'str' and 'int'
# expect: None < None -> '<' not supported between instances of 'NoneType' and 'NoneType'
# expect: [] < () -> '<' not supported between instances of 'list' and 'tuple'
# expect: {} < {} -> '<' not supported between instances of 'dict' and 'dict'
# expect: 1j < 2j -> '<' not supported between instances of 'complex' and 'complex'
# expect: Thing() > Thing() -> '>' not supported between instances of 'Thing' and 'Thing'
# expect: object() <= 3 -> '<=' not supported between instances of 'object' and 'int'
# expect: [1] < [None] -> '<' not supported between instances of 'int' and 'NoneType'
# expect: (1, 'a') < (1, 2) -> '<' not supported between instances of 'str' and 'int'
# expect: len < max -> '<' not supported between instances of 'builtin_function_or_method' and 'builtin_function_or_method'
# expect: int < str -> '<' not supported between instances of 'type' and 'type'
# expect: range(3) < range(4) -> '<' not supported between instances of 'range' and 'range'
# expect: b'a' < 'a' -> '<' not supported between instances of 'bytes' and 'str'
# expect: ... < 1 -> '<' not supported between instances of 'ellipsis' and 'int'
# expect: {1} < [1] -> '<' not supported between instances of 'set' and 'list'
print([1, "a"] == [1, 2], [1, "a"] < [2, 1], (1, None) == (1, None))  # expect: False True True
print("a" == 1, None == 0, [] == (), b"a" == "a", range(2) == [0, 1])  # expect: False False False False False
