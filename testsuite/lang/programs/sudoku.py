"""Sudoku by constraint propagation and search."""
digits, rows = "123456789", "ABCDEFGHI"
def cross(a, b): return [x + y for x in a for y in b]
squares = cross(rows, digits)
units_all = [cross(rows, c) for c in digits] + [cross(r, digits) for r in rows] + [cross(r, c) for r in ("ABC", "DEF", "GHI") for c in ("123", "456", "789")]
units = {s: [u for u in units_all if s in u] for s in squares}
peers = {s: set(sum(units[s], [])) - {s} for s in squares}
def parse(grid):
    values = {s: digits for s in squares}
    for s, d in zip(squares, grid):
        if d in digits and not assign(values, s, d): return False
    return values
def assign(values, s, d): return values if all(eliminate(values, s, e) for e in values[s].replace(d, "")) else False
def eliminate(values, s, d):
    if d not in values[s]: return values
    values[s] = values[s].replace(d, "")
    if not values[s]: return False
    if len(values[s]) == 1 and not all(eliminate(values, p, values[s]) for p in peers[s]): return False
    for u in units[s]:
        places = [x for x in u if d in values[x]]
        if not places: return False
        if len(places) == 1 and not assign(values, places[0], d): return False
    return values
def search(values):
    if values is False: return False
    if all(len(v) == 1 for v in values.values()): return values
    n, s = min((len(values[s]), s) for s in squares if len(values[s]) > 1)
    for d in values[s]:
        if found := search(assign(values.copy(), s, d)): return found
    return False
puzzle = "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......"
solved = search(parse(puzzle))
for r in rows: print("".join(solved[r + c] for c in digits))
# expect: 417369825
# expect: 632158947
# expect: 958724316
# expect: 825437169
# expect: 791586432
# expect: 346912758
# expect: 289643571
# expect: 573291684
# expect: 164875293
print(all({solved[s] for s in u} == set(digits) for u in units_all), parse("11" + "." * 79))  # expect: True False
