"""Every combination of slice assignment and deletion on a list, checked against a model."""
def model_set(l, s, v):
    idx = range(*s.indices(len(l)))
    v = list(v)
    if s.step in (None, 1):
        start = idx.start
        stop = max(start, idx.stop)
        return l[:start] + v + l[stop:]
    if len(v) != len(idx): raise ValueError
    out = l[:]
    for i, x in zip(idx, v): out[i] = x
    return out
def model_del(l, s):
    gone = set(range(*s.indices(len(l))))
    return [x for i, x in enumerate(l) if i not in gone]
n = bad = 0
ends = (None, -7, -3, -1, 0, 1, 3, 5, 9)
for a in ends:
    for b in ends:
        for c in (None, 1, 2, 3, -1, -2):
            s = slice(a, b, c)
            base = list(range(6))
            assert [base[i] for i in range(*s.indices(6))] == base[s]
            m = base[:]
            del m[s]
            assert m == model_del(base, s), s
            for v in ([], ["x"], ["x", "y"], ["p", "q", "r"], list("abcdef")):
                m = base[:]
                try: expected = model_set(base, s, v)
                except ValueError: expected = None
                try: m[s] = iter(v)
                except ValueError:
                    assert expected is None and m == base, s
                    bad += 1
                else: assert m == expected, (s, v)
                n += 1
print(n, bad)  # expect: 2430 1308
l = list(range(5))
l[1:3] = l
print(l)  # expect: [0, 0, 1, 2, 3, 4, 3, 4]
l[::2] = l[1::2]
print(l)  # expect: [0, 0, 2, 2, 4, 4, 4, 4]
l[:] = (x for x in "gen")
l[5:10] = "end"
l[-1:] = [["nested"]]
print(l)  # expect: ['g', 'e', 'n', 'e', 'n', ['nested']]
l[2:2] = l[:2]
del l[::-2]
print(l)  # expect: ['g', 'g', 'n', 'n']
try: l[::2] = 5
except TypeError as e: print(e)  # expect: must assign iterable to extended slice
try: l[0:1] = 5
except TypeError as e: print(e)  # expect: must assign iterable to extended slice
b = bytearray(range(8))
b[2:4] = b"XYZ"; b[::3] = bytes(len(b[::3])); del b[1:3]
print(b)  # expect: bytearray(b'\x00\x00Z\x04\x00\x06\x07')
