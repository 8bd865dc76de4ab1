# min-python: 3.14
"""Serialisation errors of json carry notes which tell the place."""
import json


def notes(value):
    try:
        json.dumps(value)
    except TypeError as error:
        return [str(error), *error.__notes__]


for line in notes([1, object()]):
    print(line)
# expect: Object of type object is not JSON serializable
# expect: when serializing list item 1
for line in notes({"k": {"j": {1}}}):
    print(line)
# expect: Object of type set is not JSON serializable
# expect: when serializing dict item 'j'
# expect: when serializing dict item 'k'
