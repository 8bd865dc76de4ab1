"""Huffman coding, run lengths, LZ77, base conversion."""
import heapq
from collections import Counter
def huffman(text):
    heap = [[n, [c, ""]] for c, n in sorted(Counter(text).items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        lo, hi = heapq.heappop(heap), heapq.heappop(heap)
        for p in lo[1:]: p[1] = "0" + p[1]
        for p in hi[1:]: p[1] = "1" + p[1]
        heapq.heappush(heap, [lo[0] + hi[0], *lo[1:], *hi[1:]])
    return dict(heap[0][1:])
text = "abracadabra alakazam"
code = huffman(text)
bits = "".join(code[c] for c in text)
print(sorted(code.items(), key=lambda kv: (len(kv[1]), kv)), len(bits))
# expect: [('a', '0'), ('r', '101'), ('b', '1110'), ('l', '1000'), ('m', '1001'), ('z', '1100'), (' ', '11010'), ('c', '11011'), ('d', '11110'), ('k', '11111')] 55
def decode(bits, code):
    back, cur, out = {v: k for k, v in code.items()}, "", []
    for b in bits:
        cur += b
        if cur in back: out.append(back[cur]); cur = ""
    return "".join(out)
print(decode(bits, code) == text, all(not a.startswith(b) for a in code.values() for b in code.values() if a != b))  # expect: True True
def pack(bits):
    bits += "1"
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
def unpack(data): return "".join(f"{b:08b}" for b in data).rstrip("0")[:-1]
print(pack(bits).hex(), unpack(pack(bits)) == bits, [unpack(pack(s)) == s for s in ("", "0", "1", "00000000", "101")])
# expect: 756de75690fb13 True [True, True, True, True, True]
def lz(s, window=16):
    i, out = 0, []
    while i < len(s):
        best = (0, 0)
        for d in range(1, min(i, window) + 1):
            n = 0
            while i + n < len(s) and s[i + n] == s[i + n - d]: n += 1
            best = max(best, (n, -d))
        if best[0] > 2: out.append((-best[1], best[0])); i += best[0]
        else: out.append(s[i]); i += 1
    return out
def unlz(tokens):
    out = []
    for t in tokens:
        if isinstance(t, tuple):
            for _ in range(t[1]): out.append(out[-t[0]])
        else: out.append(t)
    return "".join(out)
for s in "aaaaaaaaab", "abcabcabcabd", "no repeats", "": print(lz(s), unlz(lz(s)) == s)
# expect: ['a', (1, 8), 'b'] True
# expect: ['a', 'b', 'c', (3, 8), 'd'] True
# expect: ['n', 'o', ' ', 'r', 'e', 'p', 'e', 'a', 't', 's'] True
# expect: [] True
def bwt(s):
    s += "$"
    return "".join(r[-1] for r in sorted(s[i:] + s[:i] for i in range(len(s))))
def unbwt(b):
    t = [""] * len(b)
    for _ in b: t = sorted(c + r for c, r in zip(b, t))
    return next(r for r in t if r.endswith("$"))[:-1]
print(bwt("banana"), unbwt(bwt("mississippi")))  # expect: annb$aa mississippi
