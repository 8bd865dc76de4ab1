"""Breadth first search, A*, flood fill on character grids."""
from collections import deque
import heapq
maze = """
#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#......E#
#########""".split()
def find(c): return next((y, x) for y, r in enumerate(maze) for x, v in enumerate(r) if v == c)
def near(p):
    for dy, dx in (-1, 0), (0, 1), (1, 0), (0, -1):
        q = (p[0] + dy, p[1] + dx)
        if maze[q[0]][q[1]] != "#": yield q
def bfs(a, b):
    prev, q = {a: None}, deque([a])
    while q:
        p = q.popleft()
        if p == b: break
        for n in near(p):
            if n not in prev: prev[n] = p; q.append(n)
    else: return None
    path = []
    while p: path.append(p); p = prev[p]
    return path[::-1]
def astar(a, b):
    h = lambda p: abs(p[0] - b[0]) + abs(p[1] - b[1])
    q, cost = [(h(a), 0, a)], {a: 0}
    expanded = 0
    while q:
        _, g, p = heapq.heappop(q)
        expanded += 1
        if p == b: return g, expanded
        for n in near(p):
            if g + 1 < cost.get(n, 1e9):
                cost[n] = g + 1
                heapq.heappush(q, (g + 1 + h(n), g + 1, n))
s, e = find("S"), find("E")
path = bfs(s, e)
print(len(path), path[0], path[-1], astar(s, e)[0] == len(path) - 1)  # expect: 11 (1, 1) (5, 7) True
for y, row in enumerate(maze): print("".join("*" if (y, x) in path and c == "." else c for x, c in enumerate(row)))
# expect: #########
# expect: #S..#...#
# expect: #*#.#.#.#
# expect: #*#...#.#
# expect: #*#####.#
# expect: #******E#
# expect: #########
def fill(grid, y, x, new):
    old = grid[y][x]
    if old == new: return 0
    stack, n = [(y, x)], 0
    while stack:
        y, x = stack.pop()
        if 0 <= y < len(grid) and 0 <= x < len(grid[0]) and grid[y][x] == old:
            grid[y][x] = new
            n += 1
            stack += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    return n
g = [list(r) for r in ("aab", "aba", "abb")]
print(fill(g, 0, 0, "z"), fill(g, 0, 2, "y"), ["".join(r) for r in g], fill(g, 0, 0, "z"))  # expect: 4 1 ['zzy', 'zba', 'zbb'] 0
def islands(rows):
    cells = {(y, x) for y, r in enumerate(rows) for x, c in enumerate(r) if c == "1"}
    n = 0
    while cells:
        n += 1
        stack = [cells.pop()]
        while stack:
            y, x = stack.pop()
            for q in (y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1):
                if q in cells: cells.remove(q); stack.append(q)
    return n
print(islands(["11000", "11000", "00100", "00011"]), islands(["0"]), islands(["101", "010", "101"]))  # expect: 3 0 5
