"""Records grouped, totalled and formatted as a table."""
from collections import defaultdict, namedtuple
from itertools import groupby
from operator import attrgetter
Item = namedtuple("Item", "name kind price count")
data = """widget,tool,2.50,10
gadget,tool,13.99,3
apple,food,0.4,120
bread,food,2.2,0
novel,book,8.75,7"""
items = [Item(n, k, float(p), int(c)) for n, k, p, c in (line.split(",") for line in data.splitlines())]
print(f"{'name':<10}{'kind':^8}{'price':>8}{'count':>7}{'value':>10}")  # expect: name        kind     price  count     value
print("-" * 43)  # expect: -------------------------------------------
for i in sorted(items, key=lambda i: (i.kind, -i.price)): print(f"{i.name:<10}{i.kind:^8}{i.price:>8.2f}{i.count:>7d}{i.price * i.count:>10,.2f}")
# expect: novel       book      8.75      7     61.25
# expect: bread       food      2.20      0      0.00
# expect: apple       food      0.40    120     48.00
# expect: gadget      tool     13.99      3     41.97
# expect: widget      tool      2.50     10     25.00
totals = defaultdict(lambda: [0, 0.0])
for i in items:
    totals[i.kind][0] += i.count
    totals[i.kind][1] += i.count * i.price
for kind, (n, v) in sorted(totals.items(), key=lambda kv: kv[1][1], reverse=True): print(f"{kind:.<12}{n:4} {v:8.2f} {v / sum(t[1] for t in totals.values()):6.1%} {'#' * round(v / 5)}")
# expect: tool........  13    66.97  38.0% #############
# expect: book........   7    61.25  34.8% ############
# expect: food........ 120    48.00  27.2% ##########
print({k: [i.name for i in g] for k, g in groupby(sorted(items, key=attrgetter("kind")), key=attrgetter("kind"))})
# expect: {'book': ['novel'], 'food': ['apple', 'bread'], 'tool': ['widget', 'gadget']}
print([i.name for i in items if not i.count], max(items, key=attrgetter("price")).name, sum(i.count for i in items), items[0]._replace(count=0), [*zip(*items)][0])
# expect: ['bread'] gadget 140 Item(name='widget', kind='tool', price=2.5, count=0) ('widget', 'gadget', 'apple', 'bread', 'novel')
def discount(rate):
    def apply(i): return i._replace(price=round(i.price * (1 - rate), 2))
    return apply
print([discount(0.1)(i).price for i in items], {i.name: i for i in items}["apple"].price)  # expect: [2.25, 12.59, 0.36, 1.98, 7.88] 0.4
def pivot(rows, row, col, val):
    out = {}
    for r in rows: out.setdefault(getattr(r, row), {})[getattr(r, col)] = getattr(r, val)
    return out
print(pivot(items, "kind", "name", "count"))
# expect: {'tool': {'widget': 10, 'gadget': 3}, 'food': {'apple': 120, 'bread': 0}, 'book': {'novel': 7}}
