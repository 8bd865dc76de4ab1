"""A program that allocates without end stays within twice its live set and 64 MiB; cycles are collected."""
# modes: no it is about collections that come by themselves
import gc, resource, sys
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
MIB = 1 << 20
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
class Node:
    def __init__(self, link): self.link = link
keep = [[i, str(i), {"k": i}] for i in range(20000)]
bound = 2 * peak() + 64 * MIB
total = 0
for round in range(rounds):
    junk = [(i, [i, i], {"k": i}, f"{i}:{round}") for i in range(20000)]
    total += len(junk)
    # What is kept changes, and cycles are let go.
    keep[round % len(keep)] = junk[round][1]
    for i in range(2000):
        a = Node(None)
        a.link = Node(a)
del junk
print(total == 20000 * rounds, len(keep))  # expect: True 20000
print(peak() <= bound or f"{peak() // MIB} MiB of {bound // MIB}")  # expect: True
# Large objects, and ints of many digits.
for round in range(rounds * 4):
    block = bytearray(4 * MIB)
    text = "x" * (2 * MIB)
    number = 1 << 8_000_000
print(peak() <= bound + 64 * MIB or f"{peak() // MIB} MiB of {bound // MIB}")  # expect: True
