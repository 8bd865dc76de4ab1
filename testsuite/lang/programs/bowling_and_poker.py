"""Scoring rules as tests of careful logic."""
from collections import Counter
def bowling(rolls):
    score = i = 0
    for _ in range(10):
        if rolls[i] == 10: score += 10 + rolls[i + 1] + rolls[i + 2]; i += 1
        elif rolls[i] + rolls[i + 1] == 10: score += 10 + rolls[i + 2]; i += 2
        else: score += rolls[i] + rolls[i + 1]; i += 2
    return score
print(bowling([10] * 12), bowling([9, 0] * 10), bowling([5] * 21), bowling([10, 7, 3, 7, 2, 9, 1, 10, 10, 10, 2, 3, 6, 4, 7, 3, 3]))
# expect: 300 90 150 168
def rank(hand):
    vals = sorted(("--23456789TJQKA".index(c[0]) for c in hand), reverse=True)
    groups = sorted(((n, v) for v, n in Counter(vals).items()), reverse=True)
    counts, ranks = zip(*groups)
    if ranks == (14, 5, 4, 3, 2): ranks = (5, 4, 3, 2, 1)
    straight = len(ranks) == 5 and max(ranks) - min(ranks) == 4
    flush = len({c[1] for c in hand}) == 1
    kind = 9 if straight and flush else 8 if counts == (4, 1) else 7 if counts == (3, 2) else 6 if flush else 5 if straight else 4 if counts == (3, 1, 1) else 3 if counts == (2, 2, 1) else 2 if counts == (2, 1, 1, 1) else 1
    return kind, ranks
hands = {n: h.split() for n, h in {"straight flush": "6C 7C 8C 9C TC", "four": "9D 9H 9S 9C 7D", "full": "TD TC TH 7C 7D", "flush": "2H 9H 4H KH JH", "wheel": "AC 2D 4H 3D 5S", "three": "7D 7C 7H 2S 9D", "pairs": "AC AD KC KD 2S", "pair": "AC AD KC QD 2S", "high": "AC 9D KC QD 2S"}.items()}
for n, h in sorted(hands.items(), key=lambda kv: rank(kv[1]), reverse=True): print(n, rank(h))
# expect: straight flush (9, (10, 9, 8, 7, 6))
# expect: four (8, (9, 7))
# expect: full (7, (10, 7))
# expect: flush (6, (13, 11, 9, 4, 2))
# expect: wheel (5, (5, 4, 3, 2, 1))
# expect: three (4, (7, 9, 2))
# expect: pairs (3, (14, 13, 2))
# expect: pair (2, (14, 13, 12, 2))
# expect: high (1, (14, 13, 12, 9, 2))
print(max(hands.values(), key=rank) == hands["straight flush"], rank("AC KD 2H 3S 4C".split()) < rank("2C 2D 3H 4S 5C".split()))  # expect: True True
def tennis(points):
    a = points.count("a"); b = points.count("b")
    names = ("love", "fifteen", "thirty", "forty")
    if max(a, b) >= 4 and abs(a - b) >= 2: return f"game {'a' if a > b else 'b'}"
    if min(a, b) >= 3: return "deuce" if a == b else f"advantage {'a' if a > b else 'b'}"
    return f"{names[a]}-{names[b]}" if a != b else f"{names[a]} all"
print([tennis(p) for p in ("", "a", "aab", "ababab", "abababa", "ababaabb", "aaaa", "abbbb")])
# expect: ['love all', 'fifteen-love', 'thirty-fifteen', 'deuce', 'advantage a', 'deuce', 'game a', 'game b']
def fizz(n): return "Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or str(n)
print(*map(fizz, range(1, 16)))  # expect: 1 2 Fizz 4 Buzz Fizz 7 8 Fizz Buzz 11 Fizz 13 14 FizzBuzz
def yahtzee(d):
    c = Counter(d)
    return {"ones": d.count(1), "three": sum(d) * (max(c.values()) >= 3), "full": 25 * (sorted(c.values()) == [2, 3]), "large": 40 * (sorted(d) in ([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])), "yahtzee": 50 * (len(c) == 1), "chance": sum(d)}
for d in [1, 1, 1, 2, 2], [2, 3, 4, 5, 6], [6] * 5, [1, 2, 2, 5, 6]: print(d, yahtzee(d))
# expect: [1, 1, 1, 2, 2] {'ones': 3, 'three': 7, 'full': 25, 'large': 0, 'yahtzee': 0, 'chance': 7}
# expect: [2, 3, 4, 5, 6] {'ones': 0, 'three': 0, 'full': 0, 'large': 40, 'yahtzee': 0, 'chance': 20}
# expect: [6, 6, 6, 6, 6] {'ones': 0, 'three': 30, 'full': 0, 'large': 0, 'yahtzee': 50, 'chance': 30}
# expect: [1, 2, 2, 5, 6] {'ones': 1, 'three': 0, 'full': 0, 'large': 0, 'yahtzee': 0, 'chance': 16}
