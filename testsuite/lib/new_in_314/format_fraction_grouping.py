# min-python: 3.14
"""Grouping characters in the fractional part."""
print(f"{1234567.1234567:,.6_f}")  # expect: 1,234,567.123_457
print(f"{0.123456789:._f}")  # expect: 0.123_457
print(f"{0.5:.3,f}")  # expect: 0.500
