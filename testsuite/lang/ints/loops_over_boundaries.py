"""Hot loops in which integers outgrow a machine word."""
x = 1
for i in range(200): x = x * 3 - i
print(x)  # expect: 199210491656906077004085991526834720121925089490045871980931221304319368175976637245788524283101
s = 0
for i in range(2 ** 62 - 5, 2 ** 62 + 5): s += i
print(s)  # expect: 46116860184273879035
n = 2 ** 31 - 1000
for _ in range(2000): n += 1
print(n)  # expect: 2147484648
a, b = 0, 1
for _ in range(150): a, b = b, a + b
print(a)  # expect: 9969216677189303386214405760200
f = 1
for i in range(1, 40): f *= i
for i in range(39, 0, -1): f //= i
print(f)  # expect: 1
h = 0
for c in "a long enough string to overflow" * 3: h = h * 31 + ord(c)
print(h, h % 2 ** 64, h & 0xFFFFFFFF)
# expect: 469077428183347951810825956050954084528248884338346543700555018351474165543535847670298193764627162108061375088233184305450555359429024841088617 12061402383199649385 1068121705
h = 0
for c in "hash me" * 20: h = (h * 31 + ord(c)) & 0xFFFFFFFFFFFFFFFF
print(h)  # expect: 4297183559754309504
m = -1
for i in range(70):
    m = m * 2 if i % 2 else m - 1
print(m, -m >> 30, m >> 100)  # expect: -103079215102 95 -1
p = 1
while p < 10 ** 30: p <<= 7
print(p, p.bit_length())  # expect: 40564819207303340847894502572032 106
t = 2 ** 64
for i in range(10): t -= 2 ** 61
print(t)  # expect: -4611686018427387904
z = 4611686018427387904
for op in ("+", "-", "*", "//", "%", "&", "|", "^", "<<", ">>"): print(op, eval(f"z {op} 3"), eval(f"-z {op} 3"))
# expect: + 4611686018427387907 -4611686018427387901
# expect: - 4611686018427387901 -4611686018427387907
# expect: * 13835058055282163712 -13835058055282163712
# expect: // 1537228672809129301 -1537228672809129302
# expect: % 1 2
# expect: & 0 0
# expect: | 4611686018427387907 -4611686018427387901
# expect: ^ 4611686018427387907 -4611686018427387901
# expect: << 36893488147419103232 -36893488147419103232
# expect: >> 576460752303423488 -576460752303423488
xs = [2 ** k for k in range(55, 70)]
print(sum(xs), max(xs), sorted(xs, reverse=True)[0], [x % 1000 for x in xs], all(isinstance(x, int) for x in xs))
# expect: 1180555591920392339456 590295810358705651712 590295810358705651712 [968, 936, 872, 744, 488, 976, 952, 904, 808, 616, 232, 464, 928, 856, 712] True
