"""Formatted string literals."""
name, n = "Ada", 36
print(f"{name} is {n} and {n + 1}", f"", f"{{}}", f"{{{n}}}")  # expect: Ada is 36 and 37  {} {36}
print(f"{name!r} {name!s} {name!a} {'é'!a}", F"{n}", fr"\d{n}", rf'\{n}')  # expect: 'Ada' Ada 'Ada' '\xe9' 36 \d36 \36
print(f"{n:5}|{n:<5}|{n:^5}|{n:>5}|{n:05}|{name:>6}|{name:*^9}|")  # expect:    36|36   | 36  |   36|00036|   Ada|***Ada***|
print(f'{"nested"}' f"{'concat'}" "plain" f"{1}{2}")  # expect: nestedconcatplain12
print(f"{n if n > 5 else 0}", f"{[x * 2 for x in range(3)]}", f"{ {'a': 1}['a'] }", f"{(lambda x: x + 1)(2)}")  # expect: 36 [0, 2, 4] 1 3
print(f"{'a' 'b'}", f"{name.upper()[::-1]}", f"{n,}", f"{(y := 5)}", y, f"{*[1, 2],}")  # expect: ab ADA (36,) 5 5 (1, 2)
print(f"""multi
{n}
""" == "multi\n36\n", f"\x41{n}\n".strip(), f"\N{BULLET}{n}")  # expect: True A36 •36
print(f"{n!r:>5}", f"{name!r:>8}", f"{3.14159:.2f}", f"{n:x}{n:#b}")  # expect:    36    'Ada' 3.14 240b100100
print(f"{not n}", f"{n != 3}", f"{n == 36!r}", f"{'!'}")  # expect: False True True !
