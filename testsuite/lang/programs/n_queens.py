"""N queens by backtracking, generators and bit masks."""
def solve(n, placed=()):
    row = len(placed)
    if row == n:
        yield placed
        return
    for c in range(n):
        if all(c != p and abs(c - p) != row - r for r, p in enumerate(placed)):
            yield from solve(n, (*placed, c))
def count(n, row=0, cols=0, left=0, right=0):
    if row == n: return 1
    total, free = 0, ~(cols | left | right) & ((1 << n) - 1)
    while free:
        bit = free & -free
        free ^= bit
        total += count(n, row + 1, cols | bit, (left | bit) << 1, (right | bit) >> 1)
    return total
print([sum(1 for _ in solve(n)) for n in range(1, 7)], [count(n) for n in range(1, 9)], next(solve(8)))
# expect: [1, 0, 0, 2, 10, 4] [1, 0, 0, 2, 10, 4, 40, 92] (0, 4, 7, 5, 2, 6, 1, 3)
for c in next(solve(6)): print("." * c + "Q" + "." * (5 - c))
# expect: .Q....
# expect: ...Q..
# expect: .....Q
# expect: Q.....
# expect: ..Q...
# expect: ....Q.
import itertools
print(sum(1 for p in itertools.permutations(range(6)) if len({p[i] + i for i in range(6)}) == len({p[i] - i for i in range(6)}) == 6))  # expect: 4
