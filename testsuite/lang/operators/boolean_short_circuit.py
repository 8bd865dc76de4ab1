"""and, or, not return operands and skip evaluation."""
def t(v):
    print("eval", repr(v))
    return v
print(t(0) and t(1))
# expect: eval 0
# expect: 0
print(t(1) and t(2) and t(3))
# expect: eval 1
# expect: eval 2
# expect: eval 3
# expect: 3
print(t("") or t([]) or t(None))
# expect: eval ''
# expect: eval []
# expect: eval None
# expect: None
print(t(0) or t(5) or t(6))
# expect: eval 0
# expect: eval 5
# expect: 5
print(not t(0))
# expect: eval 0
# expect: True
print(t(1) if t(0) else t(2))
# expect: eval 0
# expect: eval 2
# expect: 2
x = None
print((x and x.attr) is None, x or "default", [] or () or {}, 1 and [] and 2)  # expect: True default {} []
if t(0) or t(1) and not t(0):
    print("taken")
# expect: eval 0
# expect: eval 1
# expect: eval 0
# expect: taken
print([v for v in [0, 1, 2] if v and v != 2], any([]), all([]), any(iter([0, 3])))  # expect: [1] False True True
class B:
    def __init__(self, v): self.v = v
    def __bool__(self):
        print("bool", self.v)
        return self.v
    def __repr__(self): return f"B({self.v})"
print(B(True) and B(False) or B(True))
# expect: bool True
# expect: bool False
# expect: B(True)
while B(False): pass  # expect: bool False
assert B(True)  # expect: bool True
print(not B(True), bool(B(False)), B(False) if B(True) else 0)
# expect: bool True
# expect: bool False
# expect: bool True
# expect: False False B(False)
