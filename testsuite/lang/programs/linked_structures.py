"""Singly linked list, binary tree, trie, heap written by hand."""
class Cons:
    def __init__(self, head, tail=None): self.head, self.tail = head, tail
    def __iter__(self):
        node = self
        while node: yield node.head; node = node.tail
    def __len__(self): return sum(1 for _ in self)
    def __bool__(self): return True
    def __repr__(self): return "(" + " ".join(map(repr, self)) + ")"
    @classmethod
    def of(cls, *items):
        out = None
        for x in reversed(items): out = cls(x, out)
        return out
    def reversed(self):
        out = None
        for x in self: out = Cons(x, out)
        return out
l = Cons.of(1, "b", Cons.of(2, 3))
print(l, len(l), l.reversed(), list(l), 1 in l, max(Cons.of(3, 9, 4)))  # expect: (1 'b' (2 3)) 3 ((2 3) 'b' 1) [1, 'b', (2 3)] True 9
class Trie:
    def __init__(self): self.kids, self.end = {}, False
    def add(self, w):
        n = self
        for c in w: n = n.kids.setdefault(c, Trie())
        n.end = True
        return self
    def __contains__(self, w):
        n = self
        for c in w:
            if (n := n.kids.get(c)) is None: return False
        return n.end
    def words(self, prefix=""):
        if self.end: yield prefix
        for c in sorted(self.kids): yield from self.kids[c].words(prefix + c)
t = Trie()
for w in "car card care cat dog".split(): t.add(w)
print(list(t.words()), "car" in t, "ca" in t, "" in t, list(t.kids["c"].kids["a"].words("ca")))
# expect: ['car', 'card', 'care', 'cat', 'dog'] True False False ['car', 'card', 'care', 'cat']
class BST:
    def __init__(self): self.root = None
    def insert(self, k):
        slot, node = "root", self
        while (child := getattr(node, slot)) is not None:
            node, slot = child, "left" if k < child.k else "right"
        setattr(node, slot, type("Node", (), {"k": k, "left": None, "right": None})())
    def __iter__(self):
        stack, n = [], self.root
        while stack or n:
            while n: stack.append(n); n = n.left
            n = stack.pop()
            yield n.k
            n = n.right
b = BST()
for k in [5, 2, 8, 1, 9, 3]: b.insert(k)
print(list(b), next(iter(b)), sum(b))  # expect: [1, 2, 3, 5, 8, 9] 1 28
