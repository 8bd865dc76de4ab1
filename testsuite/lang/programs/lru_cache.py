"""An LRU cache on a doubly linked list."""
class Node:
    __slots__ = ("key", "value", "prev", "next")
    def __init__(self, key=None, value=None): self.key, self.value = key, value
class LRU:
    def __init__(self, capacity):
        self.capacity, self.map = capacity, {}
        self.head = self.tail = None
        self.root = Node()
        self.root.prev = self.root.next = self.root
        self.hits = self.misses = 0
    def _unlink(self, n): n.prev.next, n.next.prev = n.next, n.prev
    def _front(self, n):
        r = self.root
        n.prev, n.next = r, r.next
        r.next.prev = n
        r.next = n
    def __getitem__(self, key):
        try:
            n = self.map[key]
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        self._unlink(n)
        self._front(n)
        return n.value
    def __setitem__(self, key, value):
        if key in self.map:
            n = self.map[key]
            n.value = value
            self._unlink(n)
        else:
            if len(self.map) >= self.capacity:
                last = self.root.prev
                self._unlink(last)
                del self.map[last.key]
            n = self.map[key] = Node(key, value)
        self._front(n)
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default
    def __contains__(self, key): return key in self.map
    def __len__(self): return len(self.map)
    def __iter__(self):
        n = self.root.next
        while n is not self.root:
            yield n.key
            n = n.next
    def __repr__(self): return f"LRU({', '.join(f'{k}={self.map[k].value}' for k in self)})"
c = LRU(3)
for i, k in enumerate("abc"): c[k] = i
print(c, c["a"], c)  # expect: LRU(a=0, c=2, b=1) 0 LRU(a=0, c=2, b=1)
c["d"] = 3
print(c, "b" in c, c.get("b", "gone"), c.hits, c.misses, len(c))  # expect: LRU(d=3, a=0, c=2) False gone 1 1 3
c["c"] = 20
print(list(c), c.get("zz"))  # expect: ['c', 'd', 'a'] None
import random
r = random.Random(4)
big, truth = LRU(50), {}
for _ in range(5000):
    k = int(r.gauss(0, 30))
    if big.get(k) is None: big[k] = k * k
print(len(big), big.hits + big.misses, all(big.map[k].value == k * k for k in big))  # expect: 50 5000 True
