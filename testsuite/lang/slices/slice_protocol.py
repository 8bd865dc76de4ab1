"""What subscripts pass to __getitem__."""
class Show:
    def __getitem__(self, key):
        return key
    def __setitem__(self, key, value):
        print("set", key, value)
    def __delitem__(self, key):
        print("del", key)
s = Show()
print(s[1], s[1:2], s[:], s[1:2:3], s[::], s["a":"b"])
# expect: 1 slice(1, 2, None) slice(None, None, None) slice(1, 2, 3) slice(None, None, None) slice('a', 'b', None)
print(s[1, 2], s[1:2, ...], s[:, None], s[()], s[(1, 2)], s[1,], s[-1])
# expect: (1, 2) (slice(1, 2, None), Ellipsis) (slice(None, None, None), None) () (1, 2) (1,) -1
print(s[*[1, 2]], s[*[1], 3], s[0, *"ab"])  # expect: (1, 2) (1, 3) (0, 'a', 'b')
s[1:2] = 5  # expect: set slice(1, 2, None) 5
s[::-1, 0] = 6  # expect: set (slice(None, None, -1), 0) 6
del s[1], s[2:]
# expect: del 1
# expect: del slice(2, None, None)
s[0] += (2,) and 0  # expect: set 0 0
x = slice(1, 10, 2)
print(x.start, x.stop, x.step, x, x.indices(5), slice(5), slice(1, 2) == slice(1, 2))
# expect: 1 10 2 slice(1, 10, 2) (1, 5, 2) slice(None, 5, None) True
print(slice(None, None, -1).indices(5), slice(-3, None).indices(2), slice(10, 0, -2).indices(8))  # expect: (4, -1, -1) (0, 2, 1) (7, 0, -2)
print(hash(slice(1)) == hash(slice(1)), slice(1, 2) < slice(1, 3))  # expect: True True
try:
    slice(1, 2, 0).indices(5)
except ValueError as error:
    print(error)  # expect: slice step cannot be zero
try:
    slice()
except TypeError as error:
    print(error)  # expect: slice expected at least 1 argument, got 0
print(list(range(20))[x], "abcdefghij"[x], (1, 2, 3, 4)[x])  # expect: [1, 3, 5, 7, 9] bdfhj (2, 4)
