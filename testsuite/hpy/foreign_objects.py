# Objects of CPython's C API, which Haft does not have.
# cpython: skip it has them
import foreign_objects

for function, args in (foreign_objects.as_object, [1]), (foreign_objects.from_object, []):
    try:
        function(*args)
    except RuntimeError as error:
        print(error)
# expect: Haft has no objects of the C API
# expect: Haft has no objects of the C API
