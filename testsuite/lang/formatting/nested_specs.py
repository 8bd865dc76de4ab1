# min-python: 3.12
"""Format specs hold replacement fields with specs of their own, three levels deep."""
value, width, precision = 12.345678, 10, 4
print(f"{value:{width:{0}}.{precision:1}}|", f"{value!r:{width}}|")  # expect:      12.35| 12.345678 |
try:
    compile('f"{1:{2:{3:{4}}}}"', "f", "eval")
except SyntaxError as error:
    print(error.msg)  # expect: f-string: expressions nested too deeply
