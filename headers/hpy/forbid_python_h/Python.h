#error "It is forbidden to #include <Python.h> when targeting the HPy Universal ABI: no other Python has CPython's structures"
