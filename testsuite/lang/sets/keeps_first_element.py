"""Equal elements: the first object stays."""
print({1, 1.0, True}, {True, 1}, {1.0, 1}, {0: "int"} | {False: "bool"})  # expect: {1} {True} {1.0} {0: 'bool'}
s = {1}
s.add(True)
s.add(1.0)
print(s)  # expect: {1}
s.discard(True)
print(s)  # expect: set()
class E:
    def __init__(self, tag): self.tag = tag
    def __hash__(self): return 0
    def __eq__(self, o): return True
    def __repr__(self): return f"E({self.tag})"
print({E("a"), E("b")}, {E("x")} | {E("y")}, set([E(1), E(2), E(3)]), frozenset([E("p"), E("q")]))  # expect: {E(a)} {E(x)} {E(1)} frozenset({E(p)})
d = {E("key"): 1}
d[E("other")] = 2
print(d)  # expect: {E(key): 2}
d.update({E("third"): 3})
print(d, {**d, E("z"): 9})  # expect: {E(key): 3} {E(key): 9}
print(list(dict.fromkeys([E("first"), E("second")])))  # expect: [E(first)]
print({1: "a"} | {True: "b"}, {True: "b"} | {1: "a"})  # expect: {1: 'b'} {True: 'a'}
s = set()
for i in range(200):
    s.add(i % 50)
    s.discard((i * 7) % 60)
print(len(s), sum(s))  # expect: 27 846
