"""Shortest round-trip repr."""
for value in (0.1, 0.3, 1 / 3, 2 / 3, 1e16, 1e-7, 123e-7, 1e100, 1.5e300, 5e-324, 1.1, 100.0, 1e15 + 0.5):
    print(repr(value), float(repr(value)) == value)
# expect: 0.1 True
# expect: 0.3 True
# expect: 0.3333333333333333 True
# expect: 0.6666666666666666 True
# expect: 1e+16 True
# expect: 1e-07 True
# expect: 1.23e-05 True
# expect: 1e+100 True
# expect: 1.5e+300 True
# expect: 5e-324 True
# expect: 1.1 True
# expect: 100.0 True
# expect: 1000000000000000.5 True
print(9999999999999998.0, 1e16 - 2, 99999999999999990.0)  # expect: 9999999999999998.0 9999999999999998.0 9.999999999999998e+16
print(0.0001, 0.00001, 123456.789e3, 4.35, 4.349999999999999)  # expect: 0.0001 1e-05 123456789.0 4.35 4.349999999999999
print(-0.0, 0.0 * -1, -1e-300 * 1e-300)  # expect: -0.0 -0.0 -0.0
print(str(1e22), str(1e21), str(123456789.123456789))  # expect: 1e+22 1e+21 123456789.12345679
print([1.0, 2.5], {"a": 1e-9}, (1e400, -1e400))  # expect: [1.0, 2.5] {'a': 1e-09} (inf, -inf)
print(2.0 ** 70, 2.0 ** -70, 1e23, 8.41e21)  # expect: 1.1805916207174113e+21 8.470329472543003e-22 1e+23 8.41e+21
