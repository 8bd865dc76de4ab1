"""A planet on its way round a star, with a vector type in C: the loop is Python, the vectors are not.

    haft build-ext examples/hpy_vector/vector.c -o build/vector
    PYTHONPATH=build haft examples/hpy_vector/orbit.py
"""
import argparse
import sys
import time

try:
    from vector import Vector
except ImportError as error:
    sys.exit(f"orbit.py: {error}; build it with: haft build-ext examples/hpy_vector/vector.c -o build/vector")


def orbit(steps, dt):
    """Where the planet is after that many steps, and how far from the star it was at least and at most."""
    place = Vector(1.0, 0.0, 0.0)
    speed = Vector(0.0, 0.8, 0.2)
    nearest = farthest = place.norm()
    for _ in range(steps):
        distance = place.norm()
        speed = speed - place * (dt / (distance * distance * distance))
        place = place + speed * dt
        if distance < nearest:
            nearest = distance
        elif distance > farthest:
            farthest = distance
    return place, speed, nearest, farthest


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=2_000_000)
    parser.add_argument("--no-times", action="store_true", help="print only what is always the same")
    options = parser.parse_args()
    start = time.perf_counter()
    place, speed, nearest, farthest = orbit(options.steps, 0.001)
    seconds = time.perf_counter() - start
    x, y, z = place
    print(f"after {options.steps} steps at x={x:.6f} y={y:.6f} z={z:.6f}")
    print(f"distance {nearest:.6f} to {farthest:.6f}")
    energy = speed.dot(speed) / 2 - 1 / place.norm()
    print(f"energy {energy:.6f}")
    print(place == Vector(*place), Vector(1, 2) * 2, 2 * Vector(z=0.5))
    if not options.no_times:
        print(f"{seconds / options.steps * 1e9:.0f} ns a step")


main()
