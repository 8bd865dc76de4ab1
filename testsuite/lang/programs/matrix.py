"""A matrix class over any numbers."""
from fractions import Fraction
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    @classmethod
    def identity(cls, n): return cls([[int(i == j) for j in range(n)] for i in range(n)])
    @property
    def shape(self): return len(self.rows), len(self.rows[0])
    def __getitem__(self, key):
        i, j = key
        if isinstance(i, slice) or isinstance(j, slice):
            rows = self.rows[i] if isinstance(i, slice) else [self.rows[i]]
            return Matrix([r[j] if isinstance(j, slice) else [r[j]] for r in rows])
        return self.rows[i][j]
    def __setitem__(self, key, value): self.rows[key[0]][key[1]] = value
    def __add__(self, o): return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, o.rows)])
    def __mul__(self, k): return Matrix([[a * k for a in r] for r in self.rows])
    __rmul__ = __mul__
    def __matmul__(self, o):
        if self.shape[1] != o.shape[0]: raise ValueError(f"shapes {self.shape} and {o.shape}")
        cols = list(zip(*o.rows))
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows])
    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1: result @= base
            base @= base
            n >>= 1
        return result
    @property
    def T(self): return Matrix(zip(*self.rows))
    def __eq__(self, o): return self.rows == o.rows
    def det(self):
        m, d = [[Fraction(x) for x in r] for r in self.rows], Fraction(1)
        for i in range(len(m)):
            p = next((r for r in range(i, len(m)) if m[r][i]), None)
            if p is None: return Fraction(0)
            if p != i: m[i], m[p], d = m[p], m[i], -d
            d *= m[i][i]
            for r in range(i + 1, len(m)):
                f = m[r][i] / m[i][i]
                m[r] = [a - f * b for a, b in zip(m[r], m[i])]
        return d
    def __repr__(self): return "[" + "; ".join(" ".join(map(str, r)) for r in self.rows) + "]"
a = Matrix([[1, 2], [3, 4]])
print(a + a, a * 3, 2 * a, a @ a, a ** 10, a.T, a.det(), a[0, 1], a[:, 1], a[1, :], a[::-1, ::-1])
# expect: [2 4; 6 8] [3 6; 9 12] [2 4; 6 8] [7 10; 15 22] [4783807 6972050; 10458075 15241882] [1 3; 2 4] -2 2 [2; 4] [3 4] [4 3; 2 1]
a[0, 0] = 9
print(a, a == Matrix([[9, 2], [3, 4]]), a @ Matrix.identity(2) == a, (Matrix([[1, 1], [1, 0]]) ** 90)[0, 1])
# expect: [9 2; 3 4] True True 2880067194370816120
try:
    a @ Matrix([[1, 2, 3]])
except ValueError as error:
    print(error)  # expect: shapes (2, 2) and (1, 3)
h = Matrix([[Fraction(1, i + j + 1) for j in range(4)] for i in range(4)])
print(h.det(), h[0, :], Matrix([[0, 1], [1, 0]]).det(), Matrix([[1, 2], [2, 4]]).det())  # expect: 1/6048000 [1 1/2 1/3 1/4] -1 0
