# args: one two --flag=3 -x
"""sys.argv holds the arguments of the program."""
import sys
print(len(sys.argv), sys.argv[1:])  # expect: 5 ['one', 'two', '--flag=3', '-x']
print([a for a in sys.argv if a.startswith("-")])  # expect: ['--flag=3', '-x']
print(__name__, type(sys.argv).__name__)  # expect: __main__ list
