"""Bytes, bytearrays and characters one by one in a hot loop; a bytearray changes meanwhile."""


def total(data):
    s = 0
    for b in data:
        s = s * 3 + b & 0xFFFF
    return s


for data in (bytes(range(256)), bytearray(range(255, -1, -1)), b"", b"x" * 300, bytearray(b"ab" * 200)):
    print(total(data), end=" ")
print()  # expect: 15488 18816 0 576 38728


def grows(n):
    data = bytearray(b"abc")
    seen = 0
    for b in data:
        seen += b
        if len(data) < n:
            data.append((b + 1) % 256)
        elif b == 200:
            data.clear()
    return seen, len(data)


print(grows(400))  # expect: (65666, 400)


def items(data, n):
    s = 0
    for i in range(n):
        s += data[i] - data[-1 - i]
        try:
            data[len(data) + i]
        except IndexError:
            s += 1
    return s


print(items(bytes(range(100)), 100), items(bytearray(range(100)), 100))  # expect: 100 100


class Mine(bytes):
    def __getitem__(self, at):
        return 1000


def of_class(n):
    s = 0
    for i in range(n):
        data = Mine(b"ab") if i % 60 == 59 else b"ab"
        s += data[0]
        for b in data:
            s += b
    return s


print(of_class(120))  # expect: 36846

TEXT = "".join(map(chr, range(128))) * 2 + "äß٣ǅ²\u2003"


def kinds(text):
    n = [0] * 10
    for c in text:
        n[0] += c.isalpha()
        n[1] += c.isalnum()
        n[2] += c.isdigit()
        n[3] += c.isdecimal()
        n[4] += c.isidentifier()
        n[5] += c.islower()
        n[6] += c.isprintable()
        n[7] += c.isspace()
        n[8] += c.isupper()
        n[9] += c.isnumeric()
    return n


print(kinds(TEXT))  # expect: [107, 129, 22, 21, 109, 54, 195, 21, 52, 22]


def indexed(text):
    n = [0] * 6
    i = 0
    while i < len(text):
        c = text[i]
        if c.isalpha() or c == "_":
            n[0] += 1
        elif c.isspace():
            n[1] += 1
        elif c in "+-*/@~{}\x00\x7f":
            n[2] += 1
        elif c not in "0123456789":
            n[3] += 1
        elif c in "":
            n[4] += 1
        else:
            n[5] += 1
        i += 1
    return n


print(indexed(TEXT), indexed(TEXT[:128] * 3))  # expect: [109, 21, 20, 92, 0, 20] [159, 30, 30, 135, 0, 30]


def words(texts, n):
    s = 0
    for i in range(n):
        t = texts[i % len(texts)]
        s = s * 2 + t.isalpha() + (t in "a b") & 0xFFFF
    return s


print(words(["a", "", "b", "ab", " b", "é", "a"], 300))  # expect: 13415
