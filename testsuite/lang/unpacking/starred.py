"""Starred targets."""
a, *b = 1, 2, 3
print(a, b)  # expect: 1 [2, 3]
*a, b = "xyz"
print(a, b)  # expect: ['x', 'y'] z
a, *b, c = range(6)
print(a, b, c)  # expect: 0 [1, 2, 3, 4] 5
a, *b, c = 1, 2
print(a, b, c)  # expect: 1 [] 2
*a, = ()
print(a)  # expect: []
[*a] = "hi"
print(a)  # expect: ['h', 'i']
(a, *b), *c = "ab", "cd", "ef"
print(a, b, c)  # expect: a ['b'] ['cd', 'ef']
*(a, b), c = 1, 2, 3
print(a, b, c)  # expect: 1 2 3
d = [0, 0, 0]
d[0], *d[1:], last = range(5)
print(d, last)  # expect: [0, 1, 2, 3] 4
class N: pass
n = N()
*n.rest, n.last = "abc"
print(n.rest, n.last)  # expect: ['a', 'b'] c
for first, *rest in [(1,), (1, 2), "abc"]:
    print(first, rest)
# expect: 1 []
# expect: 1 [2]
# expect: a ['b', 'c']
print([(head, tail) for head, *tail in ["abc", "d"]])  # expect: [('a', ['b', 'c']), ('d', [])]
print(*[1], *(2,), *"3", sep="-")  # expect: 1-2-3
print([*"ab", *range(2)], {*[1, 2], *[2]}, (*{}, 1), {**{"a": 1}, **{"a": 2}})  # expect: ['a', 'b', 0, 1] {1, 2} (1,) {'a': 2}
for source in "*a = 1", "*a, *b = 1", "a = *b", "print(*)", "*a", "del *a, b", "[*a for a in b]", "x = (*a)":
    try:
        compile(source, "s", "exec")
        print(source, "compiled")
    except SyntaxError as error:
        print(error.msg)
# expect: starred assignment target must be in a list or tuple
# expect: multiple starred expressions in assignment
# expect: can't use starred expression here
# expect: Invalid star expression
# expect: can't use starred expression here
# expect: cannot delete starred
# expect: iterable unpacking cannot be used in comprehension
# expect: cannot use starred expression here
