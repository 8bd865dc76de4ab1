"""Subclassing Random; shuffles and samples stay inside their domain."""
import random
class Fixed(random.Random):
    def random(self): return 0.25
f = Fixed()
print(f.random(), f.randrange(100), f.choice("abcd"), f.uniform(0, 8), f.sample(range(10), 2), f.randint(1, 4))  # expect: 0.25 48 a 2.0 [8, 9] 1
class Bits(random.Random):
    def getrandbits(self, k): return (1 << k) - 1 >> 1
    def random(self): return 0.5
print(Bits().randrange(10), Bits().choice([1, 2, 3]))  # expect: 7 2
r = random.Random(99)
xs = list(range(20))
r.shuffle(xs)
print(sorted(xs) == list(range(20)), len(set(r.sample(range(1000), 50))), all(1 <= r.randint(1, 6) <= 6 for _ in range(200)), all(0 <= r.random() < 1 for _ in range(200)), {r.choice("ab") for _ in range(50)} == {"a", "b"}, all(-1 <= r.uniform(-1, 1) <= 1 for _ in range(100)))
# expect: True 50 True True True True
s = random.SystemRandom()
print(0 <= s.random() < 1, s.randrange(5) in range(5), len(s.randbytes(4)))  # expect: True True 4
for call in lambda: s.getstate(), lambda: random.Random().setstate((1, 2, 3)), lambda: random.Random().setstate(5):
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
# expect: NotImplementedError
# expect: ValueError
# expect: TypeError
a, b = random.Random(1), random.Random(1)
print([a.getrandbits(8) for _ in range(5)] == [b.getrandbits(8) for _ in range(5)], a.random() == b.random(), a.randbytes(3) == b.randbytes(3))
# expect: True True True
