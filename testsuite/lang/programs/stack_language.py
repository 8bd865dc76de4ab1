"""A Forth-like language with definitions, loops and error recovery."""
class Forth:
    def __init__(self):
        self.stack, self.words, self.out = [], {}, []
        binary = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a // b, "mod": lambda a, b: a % b, "<": lambda a, b: -(a < b), "=": lambda a, b: -(a == b)}
        self.builtin = {k: (lambda f=f: (lambda b, a: self.stack.append(f(a, b)))(self.stack.pop(), self.stack.pop())) for k, f in binary.items()}
        self.builtin |= {"dup": lambda: self.stack.append(self.stack[-1]), "drop": self.stack.pop, "swap": lambda: self.stack.append(self.stack.pop(-2)), "over": lambda: self.stack.append(self.stack[-2]), "rot": lambda: self.stack.append(self.stack.pop(-3)), ".": lambda: self.out.append(str(self.stack.pop())), ".s": lambda: self.out.append(repr(self.stack))}
    def run(self, text):
        saved = self.stack[:]
        try: self.execute(text.lower().split())
        except (IndexError, ZeroDivisionError, NameError, RecursionError) as e:
            self.stack[:] = saved
            self.out.append(f"{type(e).__name__}")
        out, self.out = " ".join(self.out), []
        return out
    def execute(self, toks):
        i = 0
        while i < len(toks):
            t = toks[i]
            if t == ":":
                end = toks.index(";", i)
                self.words[toks[i + 1]] = toks[i + 2:end]
                i = end
            elif t == "if":
                depth, j, parts = 1, i + 1, [[], []]
                side = 0
                while depth:
                    x = toks[j]
                    depth += (x == "if") - (x == "then")
                    if x == "else" and depth == 1: side = 1
                    elif depth: parts[side].append(x)
                    j += 1
                self.execute(parts[0] if self.stack.pop() else parts[1])
                i = j - 1
            elif t == "times":
                n = self.stack.pop()
                for _ in range(n): self.execute([toks[i + 1]])
                i += 1
            elif t in self.words: self.execute(self.words[t])
            elif t in self.builtin: self.builtin[t]()
            elif t.lstrip("-").isdigit(): self.stack.append(int(t))
            else: raise NameError(t)
            i += 1
f = Forth()
for line in ["1 2 + .", ": sq dup * ; 7 sq .", ": fact dup 2 < if drop 1 else dup 1 - fact * then ; 20 fact .", "1 2 3 .s", "rot .s drop drop drop", "+", "1 0 /", "foo", ".s", ": double 2 * ; 1 10 times double .", ": fib dup 2 < if else dup 1 - fib swap 2 - fib + then ; 12 fib .", "3 4 over . . .", "5 3 < . 3 5 < . 4 4 = .", ": loop loop ; loop", "-7 2 mod . -7 2 / .", ": a 1 if 2 if 3 . then 4 . then ; a"]:
    print(line, "->", f.run(line))
# expect: 1 2 + . -> 3
# expect: : sq dup * ; 7 sq . -> 49
# expect: : fact dup 2 < if drop 1 else dup 1 - fact * then ; 20 fact . -> 2432902008176640000
# expect: 1 2 3 .s -> [1, 2, 3]
# expect: rot .s drop drop drop -> [2, 3, 1]
# expect: + -> IndexError
# expect: 1 0 / -> ZeroDivisionError
# expect: foo -> NameError
# expect: .s -> []
# expect: : double 2 * ; 1 10 times double . -> 1024
# expect: : fib dup 2 < if else dup 1 - fib swap 2 - fib + then ; 12 fib . -> 144
# expect: 3 4 over . . . -> 3 4 3
# expect: 5 3 < . 3 5 < . 4 4 = . -> 0 -1 -1
# expect: : loop loop ; loop -> RecursionError
# expect: -7 2 mod . -7 2 / . -> 1 -4
# expect: : a 1 if 2 if 3 . then 4 . then ; a -> 3 4
