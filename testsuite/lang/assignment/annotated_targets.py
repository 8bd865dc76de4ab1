# min-python: 3.14
"""Annotations of attributes and items are never evaluated (PEP 649)."""
log = []
class T:
    def __setattr__(self, a, v): log.append(f"{a}={v}")
    def __setitem__(self, k, v): log.append(f"[{k}]={v}")
def v(x): log.append(f"v{x}"); return x
def show():
    print(log)
    log.clear()
t = T()
t.ann: v(7) = v(8); show()  # expect: ['v8', 'ann=8']
t.noann: v(5); show()  # expect: []
t[v(1)]: v(2) = v(3); show()  # expect: ['v3', 'v1', '[1]=3']
