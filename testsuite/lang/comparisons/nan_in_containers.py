"""NaN through equality, membership, sorting, hashing and dicts."""
nan, other = float("nan"), float("nan")
print(nan == nan, nan != nan, nan is nan, [nan] == [nan], [nan] == [other], (nan,) == (nan,), {nan} == {nan}, {1: nan} == {1: nan})
# expect: False True True True False True True True
print(nan in [nan], other in [nan], [nan].index(nan), [nan, other].count(nan), {nan: 1}.get(nan), {nan: 1}.get(other), len({nan, nan, other}))
# expect: True False 0 1 1 None 2
print(nan < nan, nan > 1, not nan < 1, not nan >= 1, 1 < nan < 2, min(1, nan), min(nan, 1) is nan, max(2.0, nan, 3.0))
# expect: False False True True False 1 True 3.0
print(sorted([3, nan, 1])[0] in (1, 3) or True, bool(nan), int(nan == nan), nan is float(nan), float("nan") is nan)  # expect: True True 0 True False
x = [1.0, nan, 2.0]
y = x[:]
print(x == y, x is y, x < [1.0, nan, 3.0], x < [2.0], [nan] < [nan], [nan] <= [nan], (1, nan) == (1, nan))
# expect: True False True True False True True
try:
    [nan].remove(other)
except ValueError as e:
    print(e)  # expect: list.remove(x): x not in list
import math
print(math.isnan(nan), nan + 1 != nan, hash(nan) == hash(nan), round(1e300) > 0, str(nan), f"{nan:.2f}", nan * 0 != 0, 0 * float("inf") != 0)
# expect: True True True True nan nan True True
