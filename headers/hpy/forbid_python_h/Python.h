#error "A universal module of HPy cannot include Python.h: no other Python has CPython's structures"
