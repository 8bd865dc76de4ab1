"""A linked list and a tree in C memory."""
from cffi import FFI
ffi = FFI()
ffi.cdef("typedef struct node { int value; struct node *next; } node; typedef struct tree { int key; struct tree *left, *right; } tree;")
keep = []
def cons(value, tail):
    n = ffi.new("node *", [value, tail])
    keep.append(n)
    return n
head = ffi.NULL
for i in range(5):
    head = cons(i, head)
def walk(n):
    while n:
        yield n.value
        n = n.next
print(list(walk(head)), head.next.next.value, head.next.next.next.next.next == ffi.NULL)  # expect: [4, 3, 2, 1, 0] 2 True
previous = ffi.NULL
node = ffi.cast("node *", head)
while node != ffi.NULL:
    following = node.next
    node.next = previous
    previous, node = node, following
print(list(walk(previous)))  # expect: [0, 1, 2, 3, 4]
root = ffi.NULL
def insert(t, key):
    if not t:
        n = ffi.new("tree *", {"key": key})
        keep.append(n)
        return n
    if key < t.key: t.left = insert(t.left, key)
    else: t.right = insert(t.right, key)
    return t
for k in 50, 30, 70, 20, 40, 60:
    root = insert(root, k)
def inorder(t): return [] if not t else inorder(t.left) + [t.key] + inorder(t.right)
def depth(t): return 0 if t == ffi.NULL else 1 + max(depth(t.left), depth(t.right))
print(inorder(root), depth(root), ffi.typeof(root.left))  # expect: [20, 30, 40, 50, 60, 70] 3 <ctype 'tree *'>
root.left.key = -1
print(inorder(root)[:3])  # expect: [20, -1, 40]
