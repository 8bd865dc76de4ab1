# min-python: 3.14
"""Unhashable dict keys and set elements are named in the message."""
def error(call):
    try:
        call()
    except TypeError as e:
        return e


d = {}
s = set()
print(error(lambda: d[[1]]))  # expect: cannot use 'list' as a dict key (unhashable type: 'list')
print(error(lambda: {[]: 1}))  # expect: cannot use 'list' as a dict key (unhashable type: 'list')
print(error(lambda: d.setdefault({}, 1)))  # expect: cannot use 'dict' as a dict key (unhashable type: 'dict')
print(error(lambda: {1, []}))  # expect: cannot use 'list' as a set element (unhashable type: 'list')
print(error(lambda: s.add({})))  # expect: cannot use 'dict' as a set element (unhashable type: 'dict')
print(error(lambda: set([[1]])))  # expect: cannot use 'list' as a set element (unhashable type: 'list')
print(error(lambda: s.add((1, []))))  # expect: cannot use 'tuple' as a set element (unhashable type: 'list')
print(error(lambda: hash([])))  # expect: unhashable type: 'list'
print(error(lambda: hash((1, {}))))  # expect: unhashable type: 'dict'
