"""Lists as stacks, queues and sorted sequences."""
stack = []
for c in "([{}])": stack.append(c) if c in "([{" else stack.pop()
print(stack)  # expect: []
def balanced(s):
    st, pairs = [], {")": "(", "]": "[", "}": "{"}
    for c in s:
        if c in pairs.values(): st.append(c)
        elif c in pairs and (not st or st.pop() != pairs[c]): return False
    return not st
print([balanced(s) for s in ("", "()", "([)]", "(((", "}", "{[()()]}")])  # expect: [True, True, False, False, False, True]
def rpn(s):
    st = []
    for t in s.split():
        if t in "+-*/" and len(t) == 1:
            b, a = st.pop(), st.pop()
            st.append({"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else None}[t])
        else: st.append(float(t))
    return st.pop()
print(rpn("3 4 + 2 *"), rpn("5 1 2 + 4 * + 3 -"), rpn("1 0 /"))  # expect: 14.0 14.0 None
def binary_search(l, x):
    lo, hi = 0, len(l)
    while lo < hi:
        mid = (lo + hi) // 2
        if l[mid] < x: lo = mid + 1
        else: hi = mid
    return lo if lo < len(l) and l[lo] == x else ~lo
l = [1, 3, 5, 7, 9]
print([binary_search(l, x) for x in range(11)])  # expect: [-1, 0, -2, 1, -3, 2, -4, 3, -5, 4, -6]
q = list(range(5))
out = []
while q:
    x = q.pop(0)
    out.append(x)
    if x < 3: q.append(x + 10); q.insert(0, x + 20) if x == 1 else None
print(out)  # expect: [0, 1, 21, 2, 3, 4, 10, 11, 12]
def rotate(l, k): k %= len(l) or 1; return l[-k:] + l[:-k] if k else l[:]
print(rotate([1, 2, 3, 4], 1), rotate([1, 2, 3, 4], -1), rotate([], 3), rotate([1], 5), [rotate(list("abc"), i) for i in range(3)])
# expect: [4, 1, 2, 3] [2, 3, 4, 1] [] [1] [['a', 'b', 'c'], ['c', 'a', 'b'], ['b', 'c', 'a']]
def chunks(l, n): return [l[i:i + n] for i in range(0, len(l), n)]
print(chunks([1, 2, 3, 4, 5], 2), chunks([], 3), [l[i:j] for i in range(3) for j in range(i + 1, 4)] if (l := "abc") else "", [*map(list, zip(*chunks(list(range(6)), 3)))])
# expect: [[1, 2], [3, 4], [5]] [] ['a', 'ab', 'abc', 'b', 'bc', 'c'] [[0, 3], [1, 4], [2, 5]]
def dedupe(l): seen = set(); return [x for x in l if not (x in seen or seen.add(x))]
print(dedupe([3, 1, 3, 2, 1]), sorted(dedupe("mississippi")), max([[1, 5], [2], [1, 9]]), min(["b", "a"], key=ord), [x for x in [[], [0], 0, "0", ""] if x])
# expect: [3, 1, 2] ['i', 'm', 'p', 's'] [2] a [[0], '0']
def spiral(m): return [*m[0], *spiral([*zip(*m[1:])][::-1])] if m else []
print(spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]))  # expect: [1, 2, 3, 6, 9, 8, 7, 4, 5]
def pascal(n):
    row = [1]
    for _ in range(n):
        yield row
        row = [a + b for a, b in zip([0, *row], [*row, 0])]
print(list(pascal(5)))  # expect: [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]]
