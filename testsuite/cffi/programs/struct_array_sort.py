"""Sorting an array of structs with qsort and searching it."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
typedef struct { char name[12]; int age; double score; } person;
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
int strcmp(const char *, const char *);
""")
C = ffi.dlopen(None)
rows = [(b"Grace", 85, 9.5), (b"Ada", 36, 9.9), (b"Linus", 54, 7.25), (b"Guido", 68, 8.0)]
people = ffi.new("person[]", rows)
def comparer(key):
    @ffi.callback("int(const void *, const void *)")
    def compare(a, b):
        x, y = key(ffi.cast("person *", a)), key(ffi.cast("person *", b))
        return (x > y) - (x < y)
    return compare
def show():
    for p in people:
        print(ffi.string(p.name).decode(), p.age, p.score)
C.qsort(people, len(people), ffi.sizeof("person"), comparer(lambda p: p.age))
show()
# expect: Ada 36 9.9
# expect: Linus 54 7.25
# expect: Guido 68 8.0
# expect: Grace 85 9.5
@ffi.callback("int(const void *, const void *)")
def by_name(a, b): return C.strcmp(ffi.cast("person *", a).name, ffi.cast("person *", b).name)
C.qsort(people, len(people), ffi.sizeof(people[0]), by_name)
print([ffi.string(p.name) for p in people])  # expect: [b'Ada', b'Grace', b'Guido', b'Linus']
oldest = max(people, key=lambda p: p.age)
oldest.age += 1
print(people[1].age, ffi.addressof(people, 1).age, round(sum(p.score for p in people), 2))  # expect: 86 86 34.65
people[0], people[1] = ffi.new("person *", people[1])[0], ffi.new("person *", people[0])[0]
print([p.age for p in people])  # expect: [86, 36, 68, 54]
