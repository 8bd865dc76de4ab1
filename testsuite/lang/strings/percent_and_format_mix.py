"""Tables formatted three ways give the same text."""
rows = [("apple", 3, 1.5), ("kiwi", 12, 0.333), ("fig", -1, 1234.5678)]
for n, q, p in rows:
    a = "%-8s|%4d|%10.2f|%x" % (n, q, p, abs(q))
    b = "{:<8}|{:4d}|{:10.2f}|{:x}".format(n, q, p, abs(q))
    c = f"{n:<8}|{q:4d}|{p:10.2f}|{abs(q):x}"
    print(c, a == b == c)
# expect: apple   |   3|      1.50|3 True
# expect: kiwi    |  12|      0.33|c True
# expect: fig     |  -1|   1234.57|1 True
for v in 0, 1, -1, 3.7, 1e10, -0.0, 123456789:
    print("%5.1f|%+d|%05d|%e|%g" % (v, v, v, v, v), "{0:5.1f}|{1:+d}|{1:05d}|{0:e}|{0:g}".format(v, int(v)) == "%5.1f|%+d|%05d|%e|%g" % (v, v, v, v, v))
# expect:   0.0|+0|00000|0.000000e+00|0 True
# expect:   1.0|+1|00001|1.000000e+00|1 True
# expect:  -1.0|-1|-0001|-1.000000e+00|-1 True
# expect:   3.7|+3|00003|3.700000e+00|3.7 True
# expect: 10000000000.0|+10000000000|10000000000|1.000000e+10|1e+10 True
# expect:  -0.0|+0|00000|-0.000000e+00|-0 True
# expect: 123456789.0|+123456789|123456789|1.234568e+08|1.23457e+08 True
print("%s" % None, "%s %s" % ("a", ["b"]), "%(x)s %(x)r" % {"x": "q"}, "%5s|%-5s|%.2s" % ("ab", "ab", "abc"), "%%d %d" % 5, "%c%c" % (65, "B"), "%o %#o %#X" % (8, 8, 255), "%*d|%-*d|" % (4, 7, 4, 7), "%.*f" % (3, 2.0), "%i" % 3.99, "% d|%+d" % (5, 5), "%s" % 1.0, "%r" % 1e100)
# expect: None a ['b'] q 'q'    ab|ab   |ab %d 5 AB 10 0o10 0XFF    7|7   | 2.000 3  5|+5 1.0 1e+100
print("{:>{w}.{p}f}".format(3.14159, w=8, p=2), "{0[0]}{0[1]}".format("xy"), "{a.imag}".format(a=3j), "{:,} {:_}".format(1234567, 1234567), "{:08.3f}".format(-3.14159), "{:^+9.2e}".format(12345.678), "{:#x} {:#b}".format(255, 5), "{:%}".format(0.123), "{:.1%}".format(0.999), "{!r:>6}".format("a"), "{:c}".format(97), "{:s}".format("str"), "{:.3}".format("truncate"), "{:n}".format(1000))
# expect:     3.14 xy 3.0 1,234,567 1_234_567 -003.142 +1.23e+04 0xff 0b101 12.300000% 99.9%    'a' a str tru 1000
width = 12
print(f"{'left':<{width}}|{'right':>{width}}|{'mid':^{width}}|", f"{3:0{width // 3}d}", f"{'=' * width}", f"{'a':{'*'}<{3}}", f"{1.5:{'>10' if width else ''}.{1}f}")
# expect: left        |       right|    mid     | 0003 ============ a**        1.5
