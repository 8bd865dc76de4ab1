"""add_note and __notes__."""
e = ValueError("v")
print(hasattr(e, "__notes__"))  # expect: False
e.add_note("first")
e.add_note("second")
print(e.__notes__)  # expect: ['first', 'second']
try:
    e.add_note(5)
except TypeError as error:
    print(error)  # expect: note must be a str, not 'int'
import traceback
print("".join(traceback.format_exception_only(e)), end="")
# expect: ValueError: v
# expect: first
# expect: second
e.__notes__ = "not a list"
try:
    e.add_note("x")
except TypeError as error:
    print(error)  # expect: Cannot add note: __notes__ is not a list
try:
    try:
        raise KeyError("k")
    except KeyError as err:
        err.add_note("context: reading configuration")
        raise
except KeyError as err:
    print(traceback.format_exception_only(err))  # expect: ["KeyError: 'k'\n", 'context: reading configuration\n']
