"""Conway's game of life on sets and on lists."""
from collections import Counter
def step(cells):
    counts = Counter((x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
    return {c for c, n in counts.items() if n == 3 or n == 2 and c in cells}
def step_grid(g):
    h, w = len(g), len(g[0])
    return [[int((n := sum(g[(r + i) % h][(c + j) % w] for i in (-1, 0, 1) for j in (-1, 0, 1)) - g[r][c]) == 3 or n == 2 and g[r][c]) for c in range(w)] for r in range(h)]
glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
def show(cells, size=6): return ["".join(".#"[(x, y) in cells] for x in range(size)) for y in range(size)]
c = glider
for gen in range(5):
    print(gen, *show(c))
    c = step(c)
# expect: 0 .#.... ..#... ###... ...... ...... ......
# expect: 1 ...... #.#... .##... .#.... ...... ......
# expect: 2 ...... ..#... #.#... .##... ...... ......
# expect: 3 ...... .#.... ..##.. .##... ...... ......
# expect: 4 ...... ..#... ...#.. .###.. ...... ......
c = glider
for _ in range(4): c = step(c)
print(c == {(x + 1, y + 1) for x, y in glider})  # expect: True
g = [[int((x, y) in glider) for x in range(6)] for y in range(6)]
for _ in range(24): g = step_grid(g)
print(["".join(map(str, r)) for r in g] == ["".join(str(int((x, y) in glider)) for x in range(6)) for y in range(6)])  # expect: True
blinker = {(0, 1), (1, 1), (2, 1)}
print(sorted(step(blinker)), step(step(blinker)) == blinker, step(set()), len(step({(0, 0), (0, 1), (1, 0), (1, 1)})))
# expect: [(1, 0), (1, 1), (1, 2)] True set() 4
r = {(1, 0), (2, 0), (0, 1), (1, 1), (1, 2)}
sizes = []
for _ in range(60): sizes.append(len(r)); r = step(r)
print(sizes)
# expect: [5, 6, 7, 9, 8, 9, 12, 11, 18, 11, 11, 10, 13, 16, 19, 19, 23, 25, 35, 25, 32, 27, 37, 30, 46, 39, 45, 30, 31, 29, 27, 32, 32, 39, 34, 29, 34, 31, 34, 36, 33, 31, 29, 34, 31, 42, 37, 36, 45, 48, 64, 45, 60, 50, 67, 58, 66, 68, 72, 72]
