"""Format specifications of int."""
for spec in "", "d", "5d", "<5d", "^5d", "05d", "+d", " d", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010x", ",", "_", "_x", "_b", "+,d", "*>8", "=+8", "0=8", "c", "n", "e", ".2f", "%", "g", ".3":
    try:
        print(repr(spec), "|" + format(97, spec) + "|", "|" + format(-1234567, spec) + "|" if spec != "c" else "-")
    except ValueError as error:
        print(repr(spec), error)
# expect: '' |97| |-1234567|
# expect: 'd' |97| |-1234567|
# expect: '5d' |   97| |-1234567|
# expect: '<5d' |97   | |-1234567|
# expect: '^5d' | 97  | |-1234567|
# expect: '05d' |00097| |-1234567|
# expect: '+d' |+97| |-1234567|
# expect: ' d' | 97| |-1234567|
# expect: 'x' |61| |-12d687|
# expect: 'X' |61| |-12D687|
# expect: '#x' |0x61| |-0x12d687|
# expect: '#X' |0X61| |-0X12D687|
# expect: 'o' |141| |-4553207|
# expect: '#o' |0o141| |-0o4553207|
# expect: 'b' |1100001| |-100101101011010000111|
# expect: '#b' |0b1100001| |-0b100101101011010000111|
# expect: '#010x' |0x00000061| |-0x012d687|
# expect: ',' |97| |-1,234,567|
# expect: '_' |97| |-1_234_567|
# expect: '_x' |61| |-12_d687|
# expect: '_b' |110_0001| |-1_0010_1101_0110_1000_0111|
# expect: '+,d' |+97| |-1,234,567|
# expect: '*>8' |******97| |-1234567|
# expect: '=+8' |+     97| |-1234567|
# expect: '0=8' |00000097| |-1234567|
# expect: 'c' |a| -
# expect: 'n' |97| |-1234567|
# expect: 'e' |9.700000e+01| |-1.234567e+06|
# expect: '.2f' |97.00| |-1234567.00|
# expect: '%' |9700.000000%| |-123456700.000000%|
# expect: 'g' |97| |-1.23457e+06|
# expect: '.3' Precision not allowed in integer format specifier
print(f"{2 ** 70:,}", f"{-2 ** 70:_x}", f"{10 ** 20:e}", f"{0:#x}", f"{1234:08,}", f"{1:03,d}", f"{1234567:012,d}")
# expect: 1,180,591,620,717,411,303,424 -40_0000_0000_0000_0000 1.000000e+20 0x0 0,001,234 001 0,001,234,567
for spec in ",x", "_,", ",_", "s", "z", "#c", "1.5d", "ñ", "+c", "10000000000000000000d":
    try:
        print(format(65, spec))
    except ValueError as error:
        print(error)
# expect: Cannot specify ',' with 'x'.
# expect: Cannot specify both ',' and '_'.
# expect: Cannot specify both ',' and '_'.
# expect: Unknown format code 's' for object of type 'int'
# expect: Negative zero coercion (z) not allowed in integer format specifier
# expect: Alternate form (#) not allowed with integer format specifier 'c'
# expect: Precision not allowed in integer format specifier
# expect: Unknown format code '\xf1' for object of type 'int'
# expect: Sign not allowed with integer format specifier 'c'
# expect: Too many decimal digits in format string
