"""Conversion of huge integers to and from decimal text is limited."""
import sys
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits)  # expect: 4300 4300
print(len(str(10 ** 4299)))  # expect: 4300
try:
    str(10 ** 4300)
except ValueError as error:
    print(error)  # expect: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
try:
    int("1" * 4301)
except ValueError as error:
    print(error)
    # expect: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit
print(len(hex(10 ** 5000)), int("f" * 5000, 16).bit_length())  # expect: 4155 20000
sys.set_int_max_str_digits(0)
print(len(str(10 ** 5000)), str(7 ** 6000)[:20])  # expect: 5001 38747178686649664520
sys.set_int_max_str_digits(640)
try:
    f"{10 ** 700}"
except ValueError as error:
    print(error)  # expect: Exceeds the limit (640 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
