"""Floats of an object are tested and stored in few instructions, without a barrier."""


class Point:
    def __init__(self):
        self.x = 0.0
        self.y = 1.0


def f(points, n):
    for i in range(n):  # jit: no-call; no-alloc; native<=55
        p = points[i & 1]
        p.x += 0.5
        p.y *= 0.999
    return points[0].x + points[1].x


print(f([Point(), Point()], 3000))  # expect: 1500.0
