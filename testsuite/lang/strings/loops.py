"""Hot loops over strings."""
vowels = 0
for c in "programming language implementation" * 20:
    if c in "aeiou": vowels += 1
print(vowels)  # expect: 260
out = []
for i in range(1000): out.append(chr(97 + i % 26))
s = "".join(out)
print(len(s), s[:30], s.count("abc"), s.find("xyz", 100))  # expect: 1000 abcdefghijklmnopqrstuvwxyzabcd 39 101
counts = {}
for c in s: counts[c] = counts.get(c, 0) + 1
print(counts["a"], len(counts), max(counts, key=counts.get))  # expect: 39 26 a
r = ""
for c in "reverse me": r = c + r
print(r)  # expect: em esrever
words = ("the quick brown fox " * 50).split()
longest = ""
for w in words:
    if len(w) > len(longest): longest = w
print(longest, len(words), len(set(words)))  # expect: quick 200 4
n = 0
for i in range(len(s) - 1):
    if s[i] < s[i + 1]: n += 1
print(n)  # expect: 961
def caesar(t, k):
    o = ""
    for c in t: o += chr((ord(c) - 97 + k) % 26 + 97) if c.isalpha() else c
    return o
print(caesar("hello world", 13), caesar(caesar("abc xyz", 5), 21))  # expect: uryyb jbeyq abc xyz
p = 0
for w in words:
    if w == w[::-1]: p += 1
    if w.startswith("q") and w.endswith("k"): p += 10
print(p)  # expect: 500
u = ""
for i in range(300): u += "é" if i % 3 else "😀"
print(len(u), len(u.encode()), u.count("😀"), u[150], u[-1])  # expect: 300 800 100 😀 é
lines = "\n".join(f"{i},{i * i}" for i in range(100))
t = 0
for line in lines.split("\n"):
    a, b = line.split(",")
    t += int(a) + int(b)
print(t)  # expect: 333300
