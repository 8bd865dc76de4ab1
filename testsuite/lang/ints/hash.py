"""Hash of numbers is the value modulo 2**61 - 1."""
p = 2 ** 61 - 1
print(hash(0), hash(1), hash(-1), hash(-2), hash(p), hash(p + 1), hash(-p))  # expect: 0 1 -2 -2 0 1 0
print(hash(2 ** 61), hash(2 ** 100), hash(-2 ** 100), hash(10 ** 50))  # expect: 1 549755813888 -549755813888 619332571178673746
print(hash(0.5), hash(-0.5), hash(1.5), hash(0.1), hash(1e300))
# expect: 1152921504606846976 -1152921504606846976 1152921504606846977 230584300921369408 1224995262755759164
print(hash(float("inf")), hash(float("-inf")), hash(-0.0))  # expect: 314159 -314159 0
print(hash(1j), hash(1 + 0j), hash(1 + 1j))  # expect: 1000003 1 1000004
print(hash(True), hash(False), hash(2.0 ** 61))  # expect: 1 0 1
print(hash((1, 2)) == hash((1.0, 2.0)), {1: "x"}[1.0], 2 ** 61 in {2.0 ** 61})  # expect: True x True
