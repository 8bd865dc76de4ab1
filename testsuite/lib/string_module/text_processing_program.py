"""Word statistics, justification and a Caesar cipher."""
import string, textwrap, collections
text = """It was the best of times, it was the worst of times, it was the age of wisdom,
it was the age of foolishness, it was the epoch of belief..."""
words = text.lower().translate(str.maketrans("", "", string.punctuation)).split()
c = collections.Counter(words)
print(c.most_common(4), len(words), len(c), max(c, key=len))  # expect: [('it', 5), ('was', 5), ('the', 5), ('of', 5)] 30 12 foolishness
for n, ws in sorted({len(w): sorted({x for x in words if len(x) == len(w)}) for w in words}.items()): print(n, ws)
# expect: 2 ['it', 'of']
# expect: 3 ['age', 'the', 'was']
# expect: 4 ['best']
# expect: 5 ['epoch', 'times', 'worst']
# expect: 6 ['belief', 'wisdom']
# expect: 11 ['foolishness']
def justify(text, width):
    out, line = [], []
    for w in text.split():
        if sum(map(len, line)) + len(line) + len(w) > width:
            gaps = width - sum(map(len, line))
            q, r = divmod(gaps, max(1, len(line) - 1))
            out.append("".join(x + " " * (q + (i < r) if i < len(line) - 1 else 0) for i, x in enumerate(line)))
            line = []
        line.append(w)
    return out + [" ".join(line)]
for l in justify(text, 30): print(f"|{l:<30}|")
# expect: |It  was  the best of times, it|
# expect: |was the worst of times, it was|
# expect: |the  age of wisdom, it was the|
# expect: |age of foolishness, it was the|
# expect: |epoch of belief...            |
def caesar(s, k):
    lo, up = string.ascii_lowercase, string.ascii_uppercase
    return s.translate(str.maketrans(lo + up, lo[k:] + lo[:k] + up[k:] + up[:k]))
print(caesar("Hello, World!", 3), caesar(caesar("Zebra", 7), 19), caesar("xyz", 25))  # expect: Khoor, Zruog! Zebra wxy
def is_anagram(a, b): return sorted(a.replace(" ", "").lower()) == sorted(b.replace(" ", "").lower())
print(is_anagram("Dormitory", "dirty room"), "".join(ch for ch, n in collections.Counter("swiss").items() if n == 1), "A man a plan".lower().replace(" ", "")[::-1], string.capwords("o'neil's  dog"), " ".join(w[::-1] for w in "abc def".split()))
# expect: True wi nalpanama O'neil's Dog cba fed
def rle(s):
    out = []
    for ch in s:
        if out and out[-1][0] == ch: out[-1][1] += 1
        else: out.append([ch, 1])
    return "".join(f"{n if n > 1 else ''}{c}" for c, n in out)
print(rle("aaabccd"), rle(""), "%s|%5s|%-5s|" % ("a", "b", "c"), "{:^7}".format("mid").replace(" ", "."))  # expect: 3ab2cd  a|    b|c    | ..mid..
