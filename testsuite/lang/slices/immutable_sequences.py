"""Slices of str, bytes, tuple, range."""
s = "Hällo wörld"
print(s[1:4], s[::-1], s[-3:], s[::3], s[4::-1], s[100:], s[5:5] == "")  # expect: äll dlröw olläH rld Hlwl olläH  True
print("日本語テキスト"[2:5], "a😀b"[1], "a😀b"[::-1], "😀😁😂"[-2:])  # expect: 語テキ 😀 b😀a 😁😂
print(b"bytes"[1:3], b"bytes"[::-1], b"bytes"[0], bytearray(b"bytes")[::2])  # expect: b'yt' b'setyb' 98 bytearray(b'bts')
print((1, 2, 3, 4)[::-2], (1, 2)[5:], ()[:])  # expect: (4, 2) () ()
print(range(10)[2:5], range(10)[::-1], range(10)[::3], range(0, 20, 3)[1:4], range(5)[10:], range(10)[-1])
# expect: range(2, 5) range(9, -1, -1) range(0, 10, 3) range(3, 12, 3) range(5, 5) 9
print(range(10, 0, -1)[::2], list(range(10, 0, -2)[1:]))  # expect: range(10, 0, -2) [8, 6, 4, 2]
for value in "abc", b"abc", (1,), range(3):
    for key in 7, "x", 1.5:
        try:
            value[key]
        except (IndexError, TypeError) as error:
            print(type(error).__name__, error)
# expect: IndexError string index out of range
# expect: TypeError string indices must be integers, not 'str'
# expect: TypeError string indices must be integers, not 'float'
# expect: IndexError index out of range
# expect: TypeError byte indices must be integers or slices, not str
# expect: TypeError byte indices must be integers or slices, not float
# expect: IndexError tuple index out of range
# expect: TypeError tuple indices must be integers or slices, not str
# expect: TypeError tuple indices must be integers or slices, not float
# expect: IndexError range object index out of range
# expect: TypeError range indices must be integers or slices, not str
# expect: TypeError range indices must be integers or slices, not float
try:
    "abc"[0] = "z"
except TypeError as error:
    print(error)  # expect: 'str' object does not support item assignment
try:
    5[0]
except TypeError as error:
    print(error)  # expect: 'int' object is not subscriptable
