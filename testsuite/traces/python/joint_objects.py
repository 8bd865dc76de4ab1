"""What is made on one side of a branch and used behind it goes over field by field: it is not made."""
import json
import os
import subprocess
import sys
import tempfile


class Vec:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def dot(self, other):
        return self.x * other.x + self.y * other.y


class Ray:
    def __init__(self, start, way):
        self.start, self.way = start, way


def one(spot, at, n):
    # An int or a float, and either side takes other paths before it: sides that meet while the objects are there.
    ray = Ray(spot - at if spot.x > 3 else at - spot, spot)
    if ray.way.y > 5:
        n += 1
    if ray.start.dot(ray.start) < 40:
        n += 2
    if ray.start.x < 0:
        n += ray.start.y > 0
    pair = (ray.start.x, n) if n & 1 else (n, ray.start.y)
    if spot.y > 6:
        n += 1
    return n + 1 if pair[0] > pair[1] else n


def near(spots, at):
    n = 0
    for spot in spots:  # jit: inlined one; inlined Vec.dot; no-alloc
        n = one(spot, at, n)
    return n


spots = [Vec(k % 7 if k % 3 else k % 5 + 0.5, k % 11 if k % 4 else k % 9 + 0.25) for k in range(1000)]
for again in range(30):
    n = near(spots, Vec(2, 3.5))
print(n)  # expect: 3124
if len(sys.argv) == 1:
    log = os.path.join(tempfile.mkdtemp(), "log")
    subprocess.run([sys.executable, "-X", "jit-log=" + log, __file__, "again"], stdout=subprocess.DEVNULL)
    with open(log) as lines:
        traces = [event for event in map(json.loads, lines) if event["event"] == "compiled"]
    inside = [trace for trace in traces if trace["function"] == "near"]
    made = {name for trace in inside for name in trace["allocated"] if name in ("Vec", "Ray")}
    print(any(trace["joint"] for trace in inside), sorted(made))  # expect: True []
