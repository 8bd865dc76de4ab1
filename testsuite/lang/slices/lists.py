"""Slicing lists."""
l = list(range(10))
print(l[2:5], l[:3], l[7:], l[:], l[::2], l[1::3], l[::-1], l[8:2:-2])
# expect: [2, 3, 4] [0, 1, 2] [7, 8, 9] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [0, 2, 4, 6, 8] [1, 4, 7] [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] [8, 6, 4]
print(l[-3:], l[:-7], l[-3:-1], l[5:2], l[100:], l[:100], l[-100:2], l[-1:-100:-4])
# expect: [7, 8, 9] [0, 1, 2] [7, 8] [] [] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [0, 1] [9, 5, 1]
print(l[None:None:None], l[True:3], l[10:0:-3], l[0:0], l[:0:-1])
# expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [1, 2] [9, 6, 3] [] [9, 8, 7, 6, 5, 4, 3, 2, 1]
l[2:4] = ["a", "b", "c"]
print(l)  # expect: [0, 1, 'a', 'b', 'c', 4, 5, 6, 7, 8, 9]
l[1:1] = [99]
print(l)  # expect: [0, 99, 1, 'a', 'b', 'c', 4, 5, 6, 7, 8, 9]
l[:2] = []
print(l)  # expect: [1, 'a', 'b', 'c', 4, 5, 6, 7, 8, 9]
l[::3] = "WXYZ"[:len(l[::3])]
print(l)  # expect: ['W', 'a', 'b', 'X', 4, 5, 'Y', 7, 8, 'Z']
l[5:2] = ["ins"]
print(l)  # expect: ['W', 'a', 'b', 'X', 4, 'ins', 5, 'Y', 7, 8, 'Z']
del l[-4:]
del l[::2]
print(l)  # expect: ['a', 'X', 'ins']
l[:] = range(3)
print(l)  # expect: [0, 1, 2]
l[len(l):] = [3]
l[:0] = [-1]
l[2:2] = l
print(l)  # expect: [-1, 0, -1, 0, 1, 2, 3, 1, 2, 3]
def error(source):
    try:
        exec(source, {"l": list(range(6)), "t": (1, 2)})
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("l[::2] = [1]"))  # expect: ValueError: attempt to assign sequence of size 1 to extended slice of size 3
print(error("l[1:2] = 5"))  # expect: TypeError: must assign iterable to extended slice
print(error("l[::0]"))  # expect: ValueError: slice step cannot be zero
print(error("l['a':]"))  # expect: TypeError: slice indices must be integers or None or have an __index__ method
print(error("l[1.5:2]"))  # expect: TypeError: slice indices must be integers or None or have an __index__ method
print(error("l['a']"))  # expect: TypeError: list indices must be integers or slices, not str
print(error("l[1.0]"))  # expect: TypeError: list indices must be integers or slices, not float
print(error("l[10]"))  # expect: IndexError: list index out of range
print(error("l[10] = 1"))  # expect: IndexError: list assignment index out of range
print(error("t[0:1] = (1,)"))  # expect: TypeError: 'tuple' object does not support item assignment
print(error("l[::-1] = [1, 2]"))  # expect: ValueError: attempt to assign sequence of size 2 to extended slice of size 6
print(error("l[1, 2]"))  # expect: TypeError: list indices must be integers or slices, not tuple
