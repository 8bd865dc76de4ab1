"""Results which cross the sizes of small integers."""
for bits in (30, 31, 32, 61, 62, 63, 64):
    n = 1 << bits
    print(bits, n - 1 + 1 == n, -n - 1 + 1 == -n, (n - 1) * (n - 1) == n * n - 2 * n + 1)
# expect: 30 True True True
# expect: 31 True True True
# expect: 32 True True True
# expect: 61 True True True
# expect: 62 True True True
# expect: 63 True True True
# expect: 64 True True True
m = 4611686018427387903
print(m + 1, -m - 1, -m - 2, m * 2, m * -2)
# expect: 4611686018427387904 -4611686018427387904 -4611686018427387905 9223372036854775806 -9223372036854775806
m = 9223372036854775807
print(m + 1, -m - 1, -m - 2, m * m)  # expect: 9223372036854775808 -9223372036854775808 -9223372036854775809 85070591730234615847396907784232501249
print(-(-m - 1), abs(-m - 1), (-m - 1) // -1, divmod(-m - 1, -1))
# expect: 9223372036854775808 9223372036854775808 9223372036854775808 (9223372036854775808, 0)
print(3037000500 * 3037000500, 3037000499 * 3037000499)  # expect: 9223372037000250000 9223372030926249001
print(m & -1, m | -m, m ^ -1, ~m, (m + 1) & m)  # expect: 9223372036854775807 -1 -9223372036854775808 -9223372036854775808 0
x = 1
while x < 1 << 66:
    x = x * 3 + 1
print(x)  # expect: 164128483697268538813
total = 0
for i in range(20):
    total += 1 << (60 + i % 5)
print(total, total - (1 << 66))  # expect: 142962266571249025024 69175290276410818560
