"""Functions by name, kept in a table of C++.

    haft build-ext examples/hpy_registry/registry.cpp -o build/registry
    PYTHONPATH=build haft examples/hpy_registry/events.py
"""
import gc
import sys

try:
    from registry import Registry
except ImportError as error:
    sys.exit(f"events.py: {error}; build it with: haft build-ext examples/hpy_registry/registry.cpp -o build/registry")


class Account:
    def __init__(self):
        self.total = 0

    def pay(self, amount, *, times=1):
        self.total += amount * times
        return self.total


events = Registry()
account = Account()
events.add("pay", account.pay)
events.add("greet", lambda name: f"hello {name}")

for amount in range(1, 1001):
    events.call("pay", amount)
print(events.call("pay", 500, times=2), events.call("greet", "you"))
print(len(events), events.calls)

# A function may replace itself while it runs.
events.add("once", lambda: events.remove("once"))
print(events.call("once"), len(events))
try:
    events.call("once")
except KeyError as error:
    print("KeyError", error)


class Watched:
    def __call__(self):
        return "called"

    def __del__(self):
        print("gone")


# The table keeps what it holds alive, and lets go of it at its end.
events.add("watched", Watched())
gc.collect()
print(events.call("watched"))
del events
gc.collect()
