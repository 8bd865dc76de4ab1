# min-python: 3.14
"""A real operand has no imaginary part, not one of zero (C99's mixed arithmetic)."""
print(-1 - 0j, 1 - 0j, -0.0 + 0j, 2 * complex(1, -0.0))  # expect: (-1-0j) (1-0j) 0j (2-0j)
