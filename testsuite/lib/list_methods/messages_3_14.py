# min-python: 3.14
"""A value that is not there, as 3.14 words it."""
for call in lambda: [1].index(2), lambda: [1, 2].index(1, 1), lambda: [1].remove(2):
    try:
        call()
    except ValueError as error:
        print(error)
# expect: list.index(x): x not in list
# expect: list.index(x): x not in list
# expect: list.remove(x): x not in list
