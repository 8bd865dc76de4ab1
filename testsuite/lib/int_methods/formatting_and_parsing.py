"""Round trips between int and text in all bases."""
for n in 0, 1, -1, 255, -255, 2 ** 31, -2 ** 63, 10 ** 25:
    print(n, bin(n), oct(n), hex(n), int(bin(n), 2) == n, int(oct(n), 0) == n, int(hex(n), 16) == n, int(str(n)) == n, f"{n:+_}")
# expect: 0 0b0 0o0 0x0 True True True True +0
# expect: 1 0b1 0o1 0x1 True True True True +1
# expect: -1 -0b1 -0o1 -0x1 True True True True -1
# expect: 255 0b11111111 0o377 0xff True True True True +255
# expect: -255 -0b11111111 -0o377 -0xff True True True True -255
# expect: 2147483648 0b10000000000000000000000000000000 0o20000000000 0x80000000 True True True True +2_147_483_648
# expect: -9223372036854775808 -0b1000000000000000000000000000000000000000000000000000000000000000 -0o1000000000000000000000 -0x8000000000000000 True True True True -9_223_372_036_854_775_808
# expect: 10000000000000000000000000 0b100001000101100101010001011000010100000000010100100001001010000000000000000000000000 0o4105452130240024411200000000 0x84595161401484a000000 True True True True +10_000_000_000_000_000_000_000_000
def to_base(n, b):
    s = ""
    while n:
        n, d = divmod(n, b)
        s = "0123456789abcdefghijklmnopqrstuvwxyz"[d] + s
    return s or "0"
print(all(int(to_base(n, b), b) == n for b in range(2, 37) for n in (1, 35, 36, 12345, 10 ** 18)))  # expect: True
print(to_base(10 ** 20, 36), int("zz", 36), int(" -0xFf ", 16), int("0B1_0", 0), int("1_000", 10))  # expect: l3r41ifs0q5ts 1295 -255 2 1000
big = 3 ** 500
print(len(str(big)), str(big)[:15], str(big)[-15:], int(str(big)) == big, int(hex(big), 16) == big, big % 10 ** 15)
# expect: 239 363602917958699 139795377610001 True True 139795377610001
print(sum(map(int, str(2 ** 1000))), str(-big)[0], repr(big) == str(big), f"{big:e}"[:8], f"{10 ** 18:,d}", int("9" * 100) + 1 == 10 ** 100, str(10 ** 100).count("0"))
# expect: 1366 - True 3.636029 1,000,000,000,000,000,000 True 100
for n in 10 ** 50, 7 ** 90, 2 ** 300 - 1:
    q, r = divmod(n, 123456789012345678901)
    assert q * 123456789012345678901 + r == n and 0 <= r < 123456789012345678901
    print(q % 10 ** 9, r)
# expect: 539603639 87344763399094879261
# expect: 109385009 84392341078543032140
# expect: 606243704 33239667969846508071
