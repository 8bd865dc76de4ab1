"""The right side first, then targets left to right, with their own subexpressions."""
log = []
class D(dict):
    def __setitem__(self, k, v):
        log.append(("set", k, v))
        super().__setitem__(k, v)
def t(name, value):
    log.append(name)
    return value
d = D()
t("d1", d)[t("k1", 1)], t("d2", d)[t("k2", 2)] = t("v1", 10), t("v2", 20)
for entry in log:
    print(entry)
# expect: v1
# expect: v2
# expect: d1
# expect: k1
# expect: ('set', 1, 10)
# expect: d2
# expect: k2
# expect: ('set', 2, 20)
i = 0
a = [0, 0, 0]
i, a[i] = 1, 9
print(i, a)  # expect: 1 [0, 9, 0]
x = [1, 2, 3]
i = 0
i = x[i] = 2
print(i, x)  # expect: 2 [1, 2, 2]
a = b = c = [0]
a[0] = a
print(a[0] is b)  # expect: True
def swap(seq, i, j):
    seq[i], seq[j] = seq[j], seq[i]
    return seq
print(swap([1, 2, 3], 0, 2))  # expect: [3, 2, 1]
class Node:
    def __init__(self, v, nxt=None):
        self.v, self.next = v, nxt
head = Node(1, Node(2, Node(3)))
previous = None
while head:
    head.next, previous, head = previous, head, head.next
out = []
while previous:
    out.append(previous.v)
    previous = previous.next
print(out)  # expect: [3, 2, 1]
