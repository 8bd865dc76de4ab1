"""Lists that hot loops change by pop, insert and repetition, and that are searched and walked backward."""


def stack(n):
    s, out = [], 0
    for i in range(n):
        s.append(i)
        if i % 3 == 2 and len(s) > 1:
            out = out * 7 + s.pop() - s.pop() & 0xFFFFFF
        if i % 50 == 49:
            s.clear()
            try:
                s.pop()
            except IndexError as e:
                out += len(str(e))
    return out, s[-5:]


print(stack(400))  # expect: (4220182, [])


def popped_kinds(n):
    s, out = [], []
    for i in range(n):
        s.append((i, 0.5 * i, None, "s", True)[i % 5])
        s.append([i])
        a, b = s.pop(), s.pop()
        if i > n - 7:
            out.append((a, b))
    return out


print(popped_kinds(300))  # expect: [([294], True), ([295], 295), ([296], 148.0), ([297], None), ([298], 's'), ([299], True)]


def places(n):
    s, out = list(range(6)), 0
    for i in range(n):
        s.insert(i % 17 - 8, i)
        k = i % 13 - 6
        try:
            out = out * 5 + s.pop(k) & 0xFFFF
        except IndexError:
            out += 1
            del s[6:]
    return out, s


print(places(500))  # expect: (43714, [495, 496, 497, 498, 499, 494])


def repeated(n):
    out = []
    for i in range(n):
        a = [0] * (i % 5 - 1)
        b = [i, None] * 3
        b[0] = "x"
        a.append(b)
        if i > n - 4:
            out.append(a)
    return out


print(repeated(300))  # expect: [[0, ['x', None, 297, None, 297, None]], [0, 0, ['x', None, 298, None, 298, None]], [0, 0, 0, ['x', None, 299, None, 299, None]]]


class Loud:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other


def search(n):
    box = [1, 2.0, True, "a", None, "bc", 1 << 70, (1, 2)]
    numbers = tuple(range(2, 12))
    out = [0] * 8
    loud = [0, Loud(3), 5]
    for i in range(n):
        out[0] += i % 14 in numbers
        out[1] += ("a", "bc", "z", "")[i % 4] in box
        out[2] += (2, 1.0, 3, 1 << 70)[i % 4] in box
        out[3] += i % 7 not in [1, 3, 5]
        out[4] += i % 6 in loud
        out[5] += (None, False, True)[i % 3] in [0, 1]
        out[6] += "abc"[i % 3] in ("a", "c", 7)
        out[7] += float(i % 4) in [1, 2]
    return out


print(search(420))  # expect: [300, 210, 315, 240, 210, 280, 280, 210]


def backward(n):
    v, out = [1, 2, 3, 4, 5], 0
    for i in range(n):
        for x in reversed(v):
            out = out * 3 + x & 0xFFFFF
            if i % 60 == 59 and x == 4:
                del v[2:]
        if len(v) < 5:
            v.extend((3, 4, 5))
    it = reversed(v)
    return out, list(it), list(it)


print(backward(300))  # expect: (605602, [5, 4, 3, 2, 1], [])
