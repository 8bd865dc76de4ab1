"""Format specifications of float."""
for spec in "", "f", ".0f", ".1f", "10.3f", "<10.3f", "+.2f", " .2f", "e", ".0e", "E", "g", ".3g", "#.3g", "G", "%", ".1%", ",", ",.2f", "_.1f", "010.2f", "z.0f", "#.0f", "n", ".20g", "=+10.1f", "^+10.1f":
    print(repr(spec), format(1234.5678, spec), format(-0.0004, spec) + "|")
# expect: '' 1234.5678 -0.0004|
# expect: 'f' 1234.567800 -0.000400|
# expect: '.0f' 1235 -0|
# expect: '.1f' 1234.6 -0.0|
# expect: '10.3f'   1234.568     -0.000|
# expect: '<10.3f' 1234.568   -0.000    |
# expect: '+.2f' +1234.57 -0.00|
# expect: ' .2f'  1234.57 -0.00|
# expect: 'e' 1.234568e+03 -4.000000e-04|
# expect: '.0e' 1e+03 -4e-04|
# expect: 'E' 1.234568E+03 -4.000000E-04|
# expect: 'g' 1234.57 -0.0004|
# expect: '.3g' 1.23e+03 -0.0004|
# expect: '#.3g' 1.23e+03 -0.000400|
# expect: 'G' 1234.57 -0.0004|
# expect: '%' 123456.780000% -0.040000%|
# expect: '.1%' 123456.8% -0.0%|
# expect: ',' 1,234.5678 -0.0004|
# expect: ',.2f' 1,234.57 -0.00|
# expect: '_.1f' 1_234.6 -0.0|
# expect: '010.2f' 0001234.57 -000000.00|
# expect: 'z.0f' 1235 0|
# expect: '#.0f' 1235. -0.|
# expect: 'n' 1234.57 -0.0004|
# expect: '.20g' 1234.5678000000000338 -0.00040000000000000001917|
# expect: '=+10.1f' +   1234.6 -      0.0|
# expect: '^+10.1f'  +1234.6      -0.0   |
inf, nan = float("inf"), float("nan")
print(f"{inf}", f"{nan:f}", f"{-inf:F}", f"{nan:08}", f"{inf:%}", f"{inf:+e}", f"{inf:08}", f"{nan:+}")
# expect: inf nan -INF 00000nan inf% +inf 00000inf +nan
print(f"{1e300:f}"[:30], f"{1e-300:g}", f"{123456789.0:g}", f"{0.00001:g}", f"{100000.0:g}", f"{1e6:g}")
# expect: 100000000000000005250476025520 1e-300 1.23457e+08 1e-05 100000 1e+06
print(f"{0.5:.0f}", f"{1.5:.0f}", f"{2.5:.0f}", f"{0.125:.2f}", f"{-0.4:.0f}", f"{-0.4:z.0f}")  # expect: 0 2 2 0.12 -0 0
print(f"{5e-324:.3e}", f"{1.0:.30f}", f"{0.1:.25f}", f"{2.675:.2f}", f"{1e22:.3f}")
# expect: 4.941e-324 1.000000000000000000000000000000 0.1000000000000000055511151 2.67 10000000000000000000000.000
for spec in "d", "x", "c", ".f", ",n", "s", "10.2":
    try:
        print(format(1.5, spec))
    except ValueError as error:
        print(error)
# expect: Unknown format code 'd' for object of type 'float'
# expect: Unknown format code 'x' for object of type 'float'
# expect: Unknown format code 'c' for object of type 'float'
# expect: Format specifier missing precision
# expect: Cannot specify ',' with 'n'.
# expect: Unknown format code 's' for object of type 'float'
# expect:        1.5
