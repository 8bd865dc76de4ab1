"""A stack machine whose stack and program live in C memory."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
enum op { PUSH, ADD, MUL, SUB, DUP, JNZ, PRINT, HALT };
typedef struct { enum op op; int64_t arg; } instr;
typedef struct { int64_t data[32]; int top; } stack;
""")
C = ffi.dlopen(None)
def run(program):
    code = ffi.new("instr[]", program)
    s = ffi.new("stack *", {"top": 0})
    pc = 0
    def push(v):
        s.data[s.top] = v
        s.top += 1
    def pop():
        s.top -= 1
        return s.data[s.top]
    while True:
        i = code[pc]
        pc += 1
        match i.op:
            case C.PUSH: push(i.arg)
            case C.ADD: push(pop() + pop())
            case C.MUL: push(pop() * pop())
            case C.SUB:
                b = pop()
                push(pop() - b)
            case C.DUP:
                v = pop()
                push(v)
                push(v)
            case C.JNZ:
                if pop(): pc = i.arg
            case C.PRINT: print(pop())
            case C.HALT: return s.top
print(run([[C.PUSH, 2], [C.PUSH, 3], [C.ADD], [C.PUSH, 7], [C.MUL], [C.PRINT], [C.HALT]]))
# expect: 35
# expect: 0
print(run([[C.PUSH, 3], [C.DUP], [C.PRINT], [C.PUSH, 1], [C.SUB], [C.DUP], [C.JNZ, 1], [C.HALT]]))
# expect: 3
# expect: 2
# expect: 1
# expect: 1
try:
    run([[C.PUSH, 2 ** 62], [C.PUSH, 4], [C.MUL], [C.HALT]])
except OverflowError as error:
    print(error)  # expect: int too big to convert
