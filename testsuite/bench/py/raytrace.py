"""A ray tracer: many small objects, operators and properties of classes, recursion. scale = side of the picture."""
import math
import sys
import time

SCALE = 50


class Vec:
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)

    __rmul__ = __mul__

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    @property
    def length(self):
        return math.sqrt(self.dot(self))

    def norm(self):
        return self * (1.0 / self.length)


class Ray:
    def __init__(self, start, direction):
        self.start = start
        self.direction = direction.norm()

    def at(self, t):
        return self.start + self.direction * t


class Sphere:
    def __init__(self, centre, radius, colour):
        self.centre, self.radius, self.colour = centre, radius, colour

    def hit(self, ray):
        v = ray.start - self.centre
        b = v.dot(ray.direction)
        d = b * b - (v.dot(v) - self.radius**2)
        if d < 0:
            return None
        t = -b - math.sqrt(d)
        return t if t > 1e-4 else None

    def normal(self, p):
        return (p - self.centre).norm()


class Plane:
    def __init__(self, point, normal, colour):
        self.point, self.up, self.colour = point, normal.norm(), colour

    def hit(self, ray):
        v = self.up.dot(ray.direction)
        if abs(v) < 1e-6:
            return None
        t = (self.point - ray.start).dot(self.up) / v
        return t if t > 1e-4 else None

    def normal(self, p):
        return self.up


class Scene:
    def __init__(self):
        self.things = []
        self.light = Vec(5, 8, -5)

    def nearest(self, ray):
        best, thing = None, None
        for one in self.things:
            t = one.hit(ray)
            if t is not None and (best is None or t < best):
                best, thing = t, one
        return best, thing

    def colour(self, ray, depth):
        t, thing = self.nearest(ray)
        if thing is None:
            return 0.1
        p = ray.at(t)
        normal = thing.normal(p)
        to_light = (self.light - p).norm()
        _, blocker = self.nearest(Ray(p, to_light))
        c = thing.colour * (max(0.0, normal.dot(to_light)) if blocker is None else 0.2)
        if depth > 0:
            mirrored = ray.direction - 2.0 * normal.dot(ray.direction) * normal
            c += 0.3 * self.colour(Ray(p, mirrored), depth - 1)
        return c


def run(scale):
    scene = Scene()
    for i in range(4):
        scene.things.append(Sphere(Vec(i * 1.5 - 2, 0.3 * i, 4 + i), 1.0, 0.2 + 0.2 * i))
    scene.things.append(Plane(Vec(0, -1, 0), Vec(0, 1, 0), 0.5))
    total = 0.0
    for y in range(scale):
        for x in range(scale):
            direction = Vec((x - scale / 2) / scale, (scale / 2 - y) / scale, 1.0)
            total += scene.colour(Ray(Vec(0, 0.5, -3), direction), 2)
    return "%.6f" % total


def main(argv):
    """argv: [scale [warm_seconds [measure_seconds [spawn_time]]]] -- the same text in every program of this folder."""
    scale = int(argv[1]) if len(argv) > 1 and int(argv[1]) else SCALE
    warm = float(argv[2]) if len(argv) > 2 else 0.0
    measure = float(argv[3]) if len(argv) > 3 else 0.15
    wall, cpu = time.perf_counter, time.process_time
    w, c = wall(), cpu()
    check = run(scale)
    print("cold %.6f %.6f" % (wall() - w, cpu() - c))
    if len(argv) > 4:
        print("first_result_after %.6f %.6f" % (time.time() - float(argv[4]), cpu()))
    print("check %s" % check)
    if warm > 0.0:
        end = cpu() + warm
        while cpu() < end:
            if run(scale) != check:
                print("check unstable")
        n = 0
        w, c = wall(), cpu()
        while True:
            run(scale)
            n += 1
            c1 = cpu() - c
            if c1 >= measure:
                break
        print("warm %.6f %.6f %d" % ((wall() - w) / n, c1 / n, n))


if __name__ == "__main__":
    main(sys.argv)
