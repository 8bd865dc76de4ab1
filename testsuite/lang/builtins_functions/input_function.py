# stdin: first line\nsecond\n42\n
"""input reads lines of standard input."""
import sys
print(repr(input()))  # expect: 'first line'
print(repr(input("")))  # expect: 'second'
print(int(input()) + 1)  # expect: 43
try:
    input()
except EOFError as error:
    print(type(error).__name__)  # expect: EOFError
print(repr(sys.stdin.read()), repr(sys.stdin.readline()))  # expect: '' ''
