"""Ways through a graph and a maze: heapq, deque, dicts and sets with ints and pairs as keys. scale = nodes."""
import heapq
import sys
import time
from collections import deque

SCALE = 3000


def graph(n):
    edges = {i: [] for i in range(n)}
    x = 3
    for i in range(n):
        for _ in range(4):
            x = (x * 1103515245 + 12345) & 0x7FFFFFFF
            edges[i].append(((x >> 8) % n, (x >> 4) % 50 + 1))
    return edges


def dijkstra(edges, start):
    dist, seen, heap = {start: 0}, set(), [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if node in seen:
            continue
        seen.add(node)
        for other, weight in edges[node]:
            new = d + weight
            if other not in dist or new < dist[other]:
                dist[other] = new
                heapq.heappush(heap, (new, other))
    return dist


def maze(n):
    cells = [["#"] * n for _ in range(n)]
    stack, x = [(1, 1)], 77
    cells[1][1] = " "
    while stack:
        r, c = stack[-1]
        ways = []
        for dr, dc in ((0, 2), (2, 0), (0, -2), (-2, 0)):
            a, b = r + dr, c + dc
            if 0 < a < n - 1 and 0 < b < n - 1 and cells[a][b] == "#":
                ways.append((a, b, r + dr // 2, c + dc // 2))
        if not ways:
            stack.pop()
            continue
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        a, b, p, q = ways[(x >> 10) % len(ways)]
        cells[a][b] = cells[p][q] = " "
        stack.append((a, b))
    return cells


def shortest(cells, start, end):
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        (r, c), d = queue.popleft()
        if (r, c) == end:
            return d
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            key = (r + dr, c + dc)
            if cells[key[0]][key[1]] != "#" and key not in seen:
                seen.add(key)
                queue.append((key, d + 1))


def fill(cells):
    n, filled = len(cells), 0
    stack = [(1, 1)]
    seen = [[False] * n for _ in range(n)]
    while stack:
        r, c = stack.pop()
        if seen[r][c] or cells[r][c] != " ":
            continue
        seen[r][c] = True
        filled += 1
        stack += [(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)]
    return filled


def run(scale):
    edges, side = graph(scale), 101
    cells = maze(side)
    ways = [sum(dijkstra(edges, start).values()) for start in range(3)]
    return "%s %s %s" % (ways, shortest(cells, (1, 1), (side - 2, side - 2)), fill(cells))


def main(argv):
    """argv: [scale [warm_seconds [measure_seconds [spawn_time]]]] -- the same text in every program of this folder."""
    scale = int(argv[1]) if len(argv) > 1 and int(argv[1]) else SCALE
    warm = float(argv[2]) if len(argv) > 2 else 0.0
    measure = float(argv[3]) if len(argv) > 3 else 0.15
    wall, cpu = time.perf_counter, time.process_time
    w, c = wall(), cpu()
    check = run(scale)
    print("cold %.6f %.6f" % (wall() - w, cpu() - c))
    if len(argv) > 4:
        print("first_result_after %.6f %.6f" % (time.time() - float(argv[4]), cpu()))
    print("check %s" % check)
    if warm > 0.0:
        end = cpu() + warm
        while cpu() < end:
            if run(scale) != check:
                print("check unstable")
        n = 0
        w, c = wall(), cpu()
        while True:
            run(scale)
            n += 1
            c1 = cpu() - c
            if c1 >= measure:
                break
        print("warm %.6f %.6f %d" % ((wall() - w) / n, c1 / n, n))


if __name__ == "__main__":
    main(sys.argv)
