"""A register machine with labels, calls and a tiny assembler."""
def assemble(text):
    labels, code = {}, []
    for line in text.strip().splitlines():
        line = line.split(";")[0].strip()
        if not line: continue
        if line.endswith(":"): labels[line[:-1]] = len(code)
        else:
            op, *args = line.replace(",", " ").split()
            code.append((op, args))
    def fix(a): return ("r", int(a[1:])) if a[0] == "r" and a[1:].isdigit() else ("k", labels[a]) if a in labels else ("k", int(a))
    return [(op, [fix(a) for a in args]) for op, args in code]
class VM:
    def __init__(self, code, **regs):
        self.code, self.pc, self.stack, self.out = code, 0, [], []
        self.r = [0] * 8
        for k, v in regs.items(): self.r[int(k[1:])] = v
        self.steps = 0
    def val(self, a): return self.r[a[1]] if a[0] == "r" else a[1]
    def run(self, limit=10 ** 5):
        while self.pc < len(self.code) and self.steps < limit:
            op, args = self.code[self.pc]
            self.pc += 1
            self.steps += 1
            if getattr(self, "op_" + op)(*args) == "halt": break
        return self
    def op_mov(self, d, s): self.r[d[1]] = self.val(s)
    def op_add(self, d, s): self.r[d[1]] += self.val(s)
    def op_sub(self, d, s): self.r[d[1]] -= self.val(s)
    def op_mul(self, d, s): self.r[d[1]] *= self.val(s)
    def op_jmp(self, t): self.pc = self.val(t)
    def op_jz(self, a, t):
        if not self.val(a): self.pc = self.val(t)
    def op_jlt(self, a, b, t):
        if self.val(a) < self.val(b): self.pc = self.val(t)
    def op_call(self, t): self.stack.append(self.pc); self.pc = self.val(t)
    def op_ret(self): self.pc = self.stack.pop()
    def op_push(self, a): self.stack.append(self.val(a))
    def op_pop(self, d): self.r[d[1]] = self.stack.pop()
    def op_out(self, a): self.out.append(self.val(a))
    def op_halt(self): return "halt"
fact = assemble("""
    mov r1, 1
loop:
    jz r0, done
    mul r1, r0
    sub r0, 1
    jmp loop
done: ; print it
    out r1
    halt
""")
print([VM(fact, r0=n).run().out for n in (0, 5, 25)])  # expect: [[1], [120], [15511210043330985984000000]]
fib = assemble("call fib\nout r1\nhalt\nfib:\njlt r0, 2, base\npush r0\nsub r0, 1\ncall fib\npop r0\npush r1\nsub r0, 2\ncall fib\npop r2\nadd r1, r2\nret\nbase:\nmov r1, r0\nret")
vm = VM(fib, r0=12).run()
print(vm.out, vm.steps, vm.stack)  # expect: [144] 3254 []
for bad, exc in ("bogus r1", AttributeError), ("ret", IndexError), ("mov r9, 1", IndexError), ("add r1", TypeError):
    try: VM(assemble(bad)).run()
    except exc as e: print(type(e).__name__)
# expect: AttributeError
# expect: IndexError
# expect: IndexError
# expect: TypeError
try: assemble("jmp nowhere")
except ValueError as e: print(e)  # expect: invalid literal for int() with base 10: 'nowhere'
