"""Every kind of declaration parses."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
    typedef unsigned int uint, *uint_ptr, uint_arr[3];
    typedef struct node { struct node *next; int value; } node_t, *node_p;
    typedef enum { LOW = -1, MID, HIGH = 0x10, TOP = HIGH << 2, CH = 'a' } level;
    typedef union { char c; short s; } mix;
    typedef int matrix[2][3];
    typedef void (*visitor)(node_p, void *);
    struct fwd;
    struct fwd *make(void);
    int array_param(int values[10], char text[]);
    int func_param(int callback(int));
    const volatile unsigned long long *quals(register int x, const char *const y);
    void nothing(void);
    long double ld(long double);
    static const int LIMIT = -7;
    #define HEX 0xFFFFFFFF
    #define NEG -5
""")
for t in "uint", "uint_ptr", "uint_arr", "node_t", "node_p", "level", "mix", "matrix", "visitor", "struct fwd *":
    print(t, "=", ffi.typeof(t), ffi.sizeof(t))
# expect: uint = <ctype 'unsigned int'> 4
# expect: uint_ptr = <ctype 'unsigned int *'> 8
# expect: uint_arr = <ctype 'unsigned int[3]'> 12
# expect: node_t = <ctype 'node_t'> 16
# expect: node_p = <ctype 'node_t *'> 8
# expect: level = <ctype 'level'> 4
# expect: mix = <ctype 'mix'> 2
# expect: matrix = <ctype 'int[2][3]'> 24
# expect: visitor = <ctype 'void(*)(node_t *, void *)'> 8
# expect: struct fwd * = <ctype 'struct fwd *'> 8
n = ffi.new("node_p", {"value": 5})
n2 = ffi.new("node_t *", [n, 6])
print(n2.next.value, n2.next == n, n.next == ffi.NULL)  # expect: 5 True True
m = ffi.new("matrix", [[1, 2, 3], [4, 5, 6]])
print([list(r) for r in m], ffi.typeof(m[0]), len(m))  # expect: [[1, 2, 3], [4, 5, 6]] <ctype 'int[3]'> 2
print(ffi.typeof("level").relements, int(ffi.cast("level", 16)), ffi.cast("level", 64), ffi.typeof("visitor"))
# expect: {'CH': 97, 'TOP': 64, 'HIGH': 16, 'MID': 0, 'LOW': -1} 16 <cdata 'level' 64: TOP> <ctype 'void(*)(node_t *, void *)'>
C = ffi.dlopen(None)
print(C.LIMIT, C.HEX, C.NEG, C.TOP, C.CH, C.LOW, C.MID)  # expect: -7 4294967295 -5 64 97 -1 0
