"""Laws of bytes, bytearray, memoryview and int conversions over many values."""
import itertools
n = 0
for k in range(5):
    for t in itertools.product((0, 97, 255, 44), repeat=k):
        b = bytes(t)
        assert bytes(bytearray(b)) == b == bytes(memoryview(b)) and list(b) == list(t)
        assert bytes.fromhex(b.hex()) == b and b",".join(b.split(b",")) == b
        assert b[::-1][::-1] == b and b"".join(bytes([x]) for x in b) == b
        assert int.from_bytes(b, "big").to_bytes(k, "big") == b == int.from_bytes(b, "little").to_bytes(k, "little")
        assert b.decode("latin-1").encode("latin-1") == b and b.replace(b"a", b"") == bytes(x for x in b if x != 97)
        assert eval(repr(b)) == b and hash(b) == hash(bytes(b)) and b.find(b"a") == (b.index(b"a") if b"a" in b else -1)
        m = bytearray(b)
        m.reverse(); m.reverse(); m.append(1); assert m.pop() == 1 and m == b
        assert memoryview(b)[::-1].tolist() == list(reversed(t)) and b.count(b"") == k + 1
        assert b.partition(b",")[0] == b.split(b",")[0] and b.strip(b"a") == b.lstrip(b"a").rstrip(b"a")
        assert (b < bytes([98]) * 5) == (list(b) < [98] * 5) and b.translate(bytes(range(256))) == b
        n += 1
print(n)  # expect: 341
b = bytearray(b"0123456789")
m = memoryview(b)
m[2:5] = b"abc"
m[::-2][0:1] = m[0:1]
print(b, m[2:8].tobytes(), bytes(m[::3]), m.tolist()[:3], len(m[8:]), m[1:][1:][0])
# expect: bytearray(b'01abc56780') b'abc567' b'0b60' [48, 49, 97] 2 97
x = bytearray()
for i in range(300): x += bytes([i % 256]) if i % 2 else bytearray([i % 256])
print(len(x), x[255], x[256:260], x.count(0), sum(x))  # expect: 300 255 bytearray(b'\x00\x01\x02\x03') 2 33586
