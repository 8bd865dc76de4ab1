"""Augmented assignment evaluates its target once."""
log = []
def t(name, value):
    log.append(name)
    return value
class Box:
    def __init__(self):
        self.value = 1
    def __getattr__(self, name):
        log.append("missing " + name)
        return 10
b = Box()
items = [1, 2, 3]
t("list", items)[t("index", 1)] += t("value", 5)
print(items, log)  # expect: [1, 7, 3] ['list', 'index', 'value']
log.clear()
t("box", b).value += t("two", 2)
print(b.value, log)  # expect: 3 ['box', 'two']
log.clear()
b.other -= 3
print(b.other, log)  # expect: 7 ['missing other']
d = {"k": [1]}
d["k"] += [2]
d["k"] *= 2
print(d)  # expect: {'k': [1, 2, 1, 2]}
s = [1, 2, 3, 4]
s[1:3] += [9]
print(s)  # expect: [1, 2, 3, 9, 4]
s[:2] *= 2
print(s)  # expect: [1, 2, 1, 2, 3, 9, 4]
x = 10
x //= 3; x **= 3; x %= 10; x <<= 2; x |= 1; x ^= 3; x &= 0xFE; x >>= 1
print(x)  # expect: 15
x /= 2
print(x)  # expect: 7.5
for source in "(a, b) += 1", "f() += 1", "a + b += 1", "[a] += 1", "None += 1", "a += b += 1", "x = y += 1":
    try:
        compile(source, "a", "exec")
    except SyntaxError as error:
        print(error.msg)
# expect: 'tuple' is an illegal expression for augmented assignment
# expect: 'function call' is an illegal expression for augmented assignment
# expect: 'expression' is an illegal expression for augmented assignment
# expect: 'list' is an illegal expression for augmented assignment
# expect: 'None' is an illegal expression for augmented assignment
# expect: invalid syntax
# expect: invalid syntax
