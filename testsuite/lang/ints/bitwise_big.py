"""Two's complement logic on big negatives."""
a = 0xDEADBEEFCAFEBABE1234
b = -0x123456789ABCDEF0FEDC
print(hex(a & b), hex(a | b), hex(a ^ b))  # expect: 0xcc89a8874042200e0024 -0x10401010004440eccc -0xcc99e8975042644eecf0
print(hex(~a), hex(~b), hex(-a & 0xFFFF), hex(b & 0xFFFFFFFFFFFFFFFFFFFF))
# expect: -0xdeadbeefcafebabe1235 0x123456789abcdef0fedb 0xedcc 0xedcba9876543210f0124
print(b & -1 == b, b & b == b, (a ^ a), (b ^ b))  # expect: True True 0 0
print((a & b) + (a | b) == a + b, (a ^ b) == (a | b) - (a & b))  # expect: True True
print(-1 & (1 << 70), (-1 | 1 << 70), (-1 ^ 1 << 70))  # expect: 1180591620717411303424 -1 -1180591620717411303425
print((1 << 64) & -(1 << 64), -(1 << 64) | 1)  # expect: 18446744073709551616 -18446744073709551615
print(True & 1, True & True, True | 2, False ^ True, type(True & 1).__name__, type(True & True).__name__)  # expect: 1 True 3 True int bool
