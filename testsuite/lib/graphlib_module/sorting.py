"""graphlib.TopologicalSorter."""
from graphlib import TopologicalSorter, CycleError
g = {"D": {"B", "C"}, "C": {"A"}, "B": {"A"}}
order = list(TopologicalSorter(g).static_order())
print(order[0], order[-1], sorted(order[1:3]))  # expect: A D ['B', 'C']
t = TopologicalSorter()
t.add("cook", "buy", "clean"); t.add("buy", "list"); t.add("clean")
t.prepare()
step = 0
while t.is_active():
    ready = sorted(t.get_ready())
    print(step, ready)
    t.done(*ready)
    step += 1
# expect: 0 ['clean', 'list']
# expect: 1 ['buy']
# expect: 2 ['cook']
try:
    TopologicalSorter({1: [2], 2: [3], 3: [1]}).prepare()
except CycleError as error:
    print(error.args[0], len(error.args[1]))  # expect: nodes are in a cycle 4
for call in lambda: t.add("x"), lambda: TopologicalSorter().get_ready(), lambda: t.done("zzz"), lambda: t.done("cook"):
    try:
        call()
    except ValueError as error:
        print(error)
# expect: Nodes cannot be added after a call to prepare()
# expect: prepare() must be called first
# expect: node 'zzz' was not added using add()
# expect: node 'cook' was already marked done
print(list(TopologicalSorter({}).static_order()), list(TopologicalSorter({1: [2, 2]}).static_order()))  # expect: [] [2, 1]
