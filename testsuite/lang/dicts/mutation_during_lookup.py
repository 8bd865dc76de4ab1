"""Keys whose comparison changes the dict."""
class K:
    def __init__(self, n, action=None): self.n, self.action = n, action
    def __hash__(self): return 1
    def __eq__(self, o):
        action, self.action = self.action, None
        if action: action()
        return self.n == o.n
d = {}
d[K(1)] = "one"
k = K(1, lambda: d.clear())
print(d.get(k), len(d))  # expect: one 1
d = {K(i): i for i in range(5)}
k = K(3, lambda: d.update({K(100 + i): i for i in range(50)}))
print(d[k], len(d))  # expect: 3 5
d = {K(1): 1, K(2): 2}
k = K(2, lambda: d.pop(K(1)))
print(d.pop(k), len(d))  # expect: 2 1
l = [1, 2, 3]
class Killer:
    def __eq__(self, o):
        l.clear()
        return False
print(Killer() in l, l)  # expect: False []
l = [3, 1, 2]
def key(x):
    l.append(x)
    return x
try:
    l.sort(key=key)
except ValueError as error:
    print(error)  # expect: list modified during sort
print(l)  # expect: [1, 2, 3]
class Index:
    def __index__(self):
        l.clear()
        return 2
try:
    l[Index()]
except IndexError as error:
    print(error)  # expect: list index out of range
