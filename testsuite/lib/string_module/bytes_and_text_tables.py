"""Hex dumps, tables and translation between bytes and text."""
data = bytes(range(40)) + "héllo".encode() + b"\xff\x7f"
def dump(b, width=16):
    for i in range(0, len(b), width):
        row = b[i:i + width]
        yield f"{i:04x}  {row.hex(' '):<{width * 3 - 1}}  |{''.join(chr(c) if 32 <= c < 127 else '.' for c in row)}|"
print(*dump(data), sep="\n")
# expect: 0000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  |................|
# expect: 0010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  |................|
# expect: 0020  20 21 22 23 24 25 26 27 68 c3 a9 6c 6c 6f ff 7f  | !"#$%&'h..llo..|
def undump(lines): return b"".join(bytes.fromhex(l[6:53]) for l in lines)
print(undump(dump(data)) == data)  # expect: True
table = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": None})
print("a<b>\n&c".translate(table), bytes.maketrans(b"abc", b"xyz")[97:100], b"aabbcc".translate(bytes.maketrans(b"ab", b"12"), b"c"))
# expect: a&lt;b&gt;&amp;c b'xyz' b'1122'
print([f"{c!r}:{ord(c):#06x}:{c.encode()!r}" for c in "aé日😀"], "".join(map(chr, b"bytes")), bytes(map(ord, "text")), int.from_bytes("abc".encode(), "big"), (6382179).to_bytes(3, "big").decode())
# expect: ["'a':0x0061:b'a'", "'é':0x00e9:b'\\xc3\\xa9'", "'日':0x65e5:b'\\xe6\\x97\\xa5'", "'😀':0x1f600:b'\\xf0\\x9f\\x98\\x80'"] bytes b'text' 6382179 abc
print("ünïcödé".encode("ascii", "xmlcharrefreplace").decode(), "naïve".encode("latin-1").decode("cp1252"), b"\xe9".decode("latin-1"), "é".encode("utf-8").decode("latin-1"), "Ã©".encode("latin-1").decode("utf-8"))
# expect: &#252;n&#239;c&#246;d&#233; naïve é Ã© é
rows = [["id", "name", "ratio"], [1, "ada", 0.5], [22, "grace hopper", 12.345]]
w = [max(len(str(r[i])) for r in rows) for i in range(3)]
for r in rows: print("|".join(f"{v:>{n}}" if isinstance(v, (int, float)) else f"{v:<{n}}" for v, n in zip(r, w)) + "|")
# expect: id|name        |ratio |
# expect:  1|ada         |   0.5|
# expect: 22|grace hopper|12.345|
print(str(b"abc", "ascii").title(), "A-B_c d".replace("-", " ").replace("_", " ").split(), "%08.3f|%-6s|%+x" % (3.14159, "ab", 255), "{:>08b}".format(37), "ab\tc".expandtabs(4), "x".join(["1", "2"]).zfill(6))
# expect: Abc ['A', 'B', 'c', 'd'] 0003.142|ab    |+ff 00100101 ab  c 0001x2
