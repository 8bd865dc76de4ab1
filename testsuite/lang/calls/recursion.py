"""Recursion, mutual recursion, and its limit."""
import sys
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
print(fact(20), fact(30))  # expect: 2432902008176640000 265252859812191058636308480000000
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(100), odd(101))  # expect: True True
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 3))  # expect: 9
def forever(n):
    return forever(n + 1)
try:
    forever(0)
except RecursionError as error:
    print(type(error).__name__, isinstance(error, RuntimeError))  # expect: RecursionError True
depth = 0
def deep():
    global depth
    depth += 1
    deep()
sys.setrecursionlimit(300)
try:
    deep()
except RecursionError:
    print(200 < depth <= 300, sys.getrecursionlimit())  # expect: True 300
sys.setrecursionlimit(5000)
def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(3000))  # expect: 3000
def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(10, "a", "b", "c"))  # expect: 1023
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print(error)  # expect: recursion limit must be greater or equal than 1
