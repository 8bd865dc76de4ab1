"""Float attributes of two objects: those of the one that the loop keeps stay in registers, and floats need no write barrier."""


class Body:
    def __init__(self, x):
        self.x = x
        self.v = 0.0


def attract(bodies, times):
    a = bodies[0]
    for _ in range(times):
        for b in bodies[1:]:
            pull(a, b)
    return a.v


def pull(a, b):
    d = a.x - b.x
    a.v -= d * 0.5
    b.v += d * 0.25


def fixed(bodies, times):
    a = bodies[0]
    b = bodies[1]
    for i in range(times):  # jit: no-call; no-alloc; store<=0; load<=0
        d = a.x - b.x
        a.v -= d * 0.5
        b.v += d * 0.25
    return a.v, b.v


bodies = [Body(1.0), Body(2.0), Body(4.0)]
print(attract(bodies, 100), [b.v for b in bodies])  # expect: 200.0 [200.0, -25.0, -75.0]
print(fixed(bodies, 1000))  # expect: (700.0, -275.0)
same = [Body(1.0)] * 2
same[0].v = 3.0
pull(same[0], same[1])
print(fixed(same, 10), same[0].v)  # expect: (3.0, 3.0) 3.0
same[0].x = 2.0
one = Body(5.0)
print(fixed([one, one], 4), fixed([one, bodies[0]], 4))  # expect: (0.0, 0.0) (-8.0, 704.0)
