"""The = specifier keeps the source text."""
x, y = 3, "é"
print(f"{x=}", f"{x = }", f"{ x=}", f"{x=!s}", f"{y=}", f"{y=!s}", f"{y=!a}")  # expect: x=3 x = 3  x=3 x=3 y='é' y=é y='\xe9'
print(f"{x=:>5}", f"{x=:02d}", f"{y=:>3}", f"{x + 1=}", f"{x+1 = :.2f}")  # expect: x=    3 x=03 y=  é x + 1=4 x+1 = 4.00
print(f"{[x, y]=}", f"{y.upper()=}", f"{x == 3=}", f"{'a'=}")  # expect: [x, y]=[3, 'é'] y.upper()='É' x == 3=True 'a'='a'
print(f"{  x  =  }")  # expect:   x  =  3
print(f"{x=} and {y=}")  # expect: x=3 and y='é'
print(f"{(lambda a: a * 2)(x)=}")  # expect: (lambda a: a * 2)(x)=6
print(f"{x = !r:^7}|")  # expect: x =    3   |
