"""When subexpressions of targets are evaluated."""
log = []
class T:
    def __init__(self, n): object.__setattr__(self, "n", n)
    def __getattr__(self, a): log.append(f"{self.n}.{a}"); return T(f"{self.n}.{a}")
    def __setattr__(self, a, v): log.append(f"{self.n}.{a}={v}")
    def __getitem__(self, k): log.append(f"{self.n}[{k}]"); return T(f"{self.n}[{k}]")
    def __setitem__(self, k, v): log.append(f"{self.n}[{k}]={v}")
    def __delitem__(self, k): log.append(f"del {self.n}[{k}]")
    def __delattr__(self, k): log.append(f"del {self.n}.{k}")
    def __iadd__(self, o): log.append(f"{self.n}+={o}"); return "sum"
    def __iter__(self): log.append(f"iter {self.n}"); return iter((1, 2))
def v(x): log.append(f"v{x}"); return x
def show():
    print(log)
    log.clear()
t = T("t")
t.a.b = v(1); show()  # expect: ['v1', 't.a', 't.a.b=1']
t[v(1)][v(2)] = v(3); show()  # expect: ['v3', 'v1', 't[1]', 'v2', 't[1][2]=3']
t.x, t[v("k")] = v(1), v(2); show()  # expect: ['v1', 'v2', 't.x=1', 'vk', 't[k]=2']
t.a = t.b[v(0)] = v(5); show()  # expect: ['v5', 't.a=5', 't.b', 'v0', 't.b[0]=5']
t.c[v(1)] += v(2); show()  # expect: ['t.c', 'v1', 't.c[1]', 'v2', 't.c[1]+=2', 't.c[1]=sum']
t.d.e += v(3); show()  # expect: ['t.d', 't.d.e', 'v3', 't.d.e+=3', 't.d.e=sum']
t.p, (t.q, *t.r) = 1, (2, 3, 4); show()  # expect: ['t.p=1', 't.q=2', 't.r=[3, 4]']
for t[v("i")] in [10, 20]: pass
show()  # expect: ['vi', 't[i]=10', 'vi', 't[i]=20']
del t.a.b, t[v(1)][v(2)]; show()  # expect: ['t.a', 'del t.a.b', 'v1', 't[1]', 'v2', 'del t[1][2]']
t.x, t.y = t.z; show()  # expect: ['t.z', 'iter t.z', 't.x=1', 't.y=2']
(t.m)[v(0)] = (w := v(9)); show()  # expect: ['v9', 't.m', 'v0', 't.m[0]=9']
None
with open("/dev/null") as t.file: pass
log[:] = [l for l in log if not l.startswith("t.file=")]; show()  # expect: []
t[v(1):v(2), v(3)] = v(4); show()  # expect: ['v4', 'v1', 'v2', 'v3', 't[(slice(1, 2, None), 3)]=4']
