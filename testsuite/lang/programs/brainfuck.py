"""An interpreter with a jump table."""
def run(code, data=""):
    stack, jump = [], {}
    for i, c in enumerate(code):
        if c == "[": stack.append(i)
        elif c == "]":
            if not stack: raise SyntaxError(f"unmatched ] at {i}")
            j = stack.pop()
            jump[i], jump[j] = j, i
    if stack: raise SyntaxError(f"unmatched [ at {stack[-1]}")
    tape, p, i, out, inp, steps = [0] * 300, 0, 0, [], iter(data), 0
    while i < len(code):
        match code[i]:
            case ">": p += 1
            case "<": p -= 1
            case "+": tape[p] = (tape[p] + 1) % 256
            case "-": tape[p] = (tape[p] - 1) % 256
            case ".": out.append(chr(tape[p]))
            case ",": tape[p] = ord(next(inp, "\0"))
            case "[" if not tape[p]: i = jump[i]
            case "]" if tape[p]: i = jump[i]
        i += 1
        steps += 1
    return "".join(out), steps
print(run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+."))  # expect: ('Hello World!', 902)
print(run(",[.,]", "echo"), run(",>++++[<-------->-]<.", "b"))  # expect: ('echo', 14) ('B', 57)
for bad in "[", "]", "[[]":
    try:
        run(bad)
    except SyntaxError as error:
        print(error)
# expect: unmatched [ at 0
# expect: unmatched ] at 0
# expect: unmatched [ at 0
