# Functions that say that they belong to another module do what they did.
import math

exec.__module__ = "math"
math.floor.__module__ = "builtins"
math.fabs.__module__ = 5
counter = 0


def results(n):
    global counter
    total, rest = 0, None
    for i in range(n):
        exec("global counter; counter += 2")
        counter += 1
        total += counter
        rest = math.floor(2.5), math.fabs(-i)
    return total, rest


print(results(3), counter)  # expect: (18, (2, 2.0)) 9
print(results(3000), counter)  # expect: (13531500, (2, 2999.0)) 9009
print(exec.__module__, math.floor.__module__, math.fabs.__module__)  # expect: math builtins 5
