"""The sun and its four large planets for some decades, integrated in Python and in C.

    bodies.py [--steps N] [--no-times]

Both work on the same kind of memory, an array of C structs. `bodies.c` is compiled into a temporary folder and opened
with cffi. Units: astronomical units, days, and masses in which the constant of gravitation is 1.
"""
import argparse
import math
import os
import subprocess
import sys
import tempfile
import time

from cffi import FFI

HERE = os.path.dirname(os.path.abspath(__file__))
DAYS_PER_STEP = 2.0
DECLARATIONS = """
    struct body { double x, y, z, vx, vy, vz, mass; };
    void advance(struct body *bodies, int n, double dt);
    double energy(const struct body *bodies, int n);
"""

# Gauss's constant squared: the sun's mass when time is in days and length in astronomical units.
SUN = 0.01720209895 ** 2
# Heliocentric position, velocity per day, mass in suns, on 1994 September 5 (Ahnert's almanac, as given in Hairer, Lubich
# and Wanner, Geometric Numerical Integration, section I.2.4).
PLANETS = {
    "sun": ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0),
    "jupiter": ((-3.5023653, -3.8169847, -1.5507963), (0.00565429, -0.00412490, -0.00190589), 0.000954786104043),
    "saturn": ((9.0755314, -3.0458353, -1.6483708), (0.00168318, 0.00483525, 0.00192462), 0.000285583733151),
    "uranus": ((8.3101420, -16.2901086, -7.2521278), (0.00354178, 0.00137102, 0.00055029), 0.0000437273164546),
    "neptune": ((11.4707666, -25.7294829, -10.8169456), (0.00288930, 0.00114527, 0.00039677), 0.0000517759138449),
}

ffi = FFI()
ffi.cdef(DECLARATIONS)


def new_system():
    """The bodies as an array of C structs, the centre of mass at rest."""
    bodies = ffi.new("struct body[]", len(PLANETS))
    for body, (place, speed, mass) in zip(bodies, PLANETS.values()):
        body.x, body.y, body.z = place
        body.vx, body.vy, body.vz = speed
        body.mass = SUN * mass
    for axis in "vx", "vy", "vz":
        momentum = sum(getattr(body, axis) * body.mass for body in bodies)
        setattr(bodies[0], axis, -momentum / bodies[0].mass)
    return bodies


def advance(bodies, n, dt):
    for i in range(n):
        a = bodies[i]
        for j in range(i + 1, n):
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            squared = dx * dx + dy * dy + dz * dz
            pull = dt / (squared * math.sqrt(squared))
            a.vx -= dx * (b.mass * pull)
            a.vy -= dy * (b.mass * pull)
            a.vz -= dz * (b.mass * pull)
            b.vx += dx * (a.mass * pull)
            b.vy += dy * (a.mass * pull)
            b.vz += dz * (a.mass * pull)
    for i in range(n):
        a = bodies[i]
        a.x += dt * a.vx
        a.y += dt * a.vy
        a.z += dt * a.vz


def energy(bodies, n):
    total = 0.0
    for i in range(n):
        a = bodies[i]
        total += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j in range(i + 1, n):
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            total -= a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def compile_library(folder):
    """Compile bodies.c with the system's C compiler and open it."""
    library = os.path.join(folder, "libbodies.so")
    # Fused multiply-add would round differently from Python.
    command = [os.environ.get("CC", "cc"), "-O2", "-ffp-contract=off", "-shared", "-fPIC"]
    command += [os.path.join(HERE, "bodies.c"), "-o", library, "-lm"]
    try:
        status = subprocess.call(command)
    except OSError:
        status = None
    if status != 0:
        print("bodies.py: no working C compiler; on Debian and Ubuntu: apt install gcc libc6-dev", file=sys.stderr)
        sys.exit(3)
    return ffi.dlopen(library)


def integrate(advance, energy, steps):
    """-> (bodies at the end, relative drift of the energy, seconds)"""
    bodies = new_system()
    n = len(bodies)
    before = energy(bodies, n)
    start = time.perf_counter()
    for _ in range(steps):
        advance(bodies, n, DAYS_PER_STEP)
    seconds = time.perf_counter() - start
    return bodies, energy(bodies, n) / before - 1.0, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=5000, help="steps of two days each (default: 5000)")
    parser.add_argument("--no-times", action="store_true", help="leave out what differs from run to run")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        lib = compile_library(folder)
        in_python = integrate(advance, energy, options.steps)
        in_c = integrate(lib.advance, lib.energy, options.steps)

    print("%d bodies, %d steps of %g days: %.1f years" % (
        len(PLANETS), options.steps, DAYS_PER_STEP, options.steps * DAYS_PER_STEP / 365.25))
    for name, body in zip(PLANETS, in_c[0]):
        print("%-8s %12.6f %12.6f %12.6f" % (name, body.x, body.y, body.z))
    largest = max(abs(getattr(a, axis) - getattr(b, axis)) for a, b in zip(in_python[0], in_c[0]) for axis in "xyz")
    print("largest difference between Python and C: %g" % largest)
    for name, (_, drift, seconds) in ("Python", in_python), ("C", in_c):
        line = "energy drift in %-6s %+.2e" % (name, drift)
        if not options.no_times:
            line += "   %10.0f steps/s" % (options.steps / seconds)
        print(line)


if __name__ == "__main__":
    main()
