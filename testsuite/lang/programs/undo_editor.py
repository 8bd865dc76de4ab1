"""Command pattern with undo, redo, macros and merging."""
class Editor:
    def __init__(self, text=""): self.text, self.done, self.undone, self.clip = text, [], [], ""
    def do(self, command):
        command.apply(self)
        if self.done and self.done[-1].merge(command): pass
        else: self.done.append(command)
        self.undone.clear()
        return self
    def undo(self):
        if not self.done: return "nothing to undo"
        c = self.done.pop()
        c.revert(self)
        self.undone.append(c)
        return self.text
    def redo(self):
        if not self.undone: return "nothing to redo"
        c = self.undone.pop()
        c.apply(self)
        self.done.append(c)
        return self.text
class Command:
    def merge(self, other): return False
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items() if not k.startswith('_'))})"
class Insert(Command):
    def __init__(self, pos, text): self.pos, self.text = pos, text
    def apply(self, e): e.text = e.text[:self.pos] + self.text + e.text[self.pos:]
    def revert(self, e): e.text = e.text[:self.pos] + e.text[self.pos + len(self.text):]
    def merge(self, o):
        if isinstance(o, Insert) and o.pos == self.pos + len(self.text) and not o.text.isspace():
            self.text += o.text
            return True
        return False
class Delete(Command):
    def __init__(self, start, end): self.start, self.end, self._old = start, end, None
    def apply(self, e): self._old = e.text[self.start:self.end]; e.text = e.text[:self.start] + e.text[self.end:]
    def revert(self, e): e.text = e.text[:self.start] + self._old + e.text[self.start:]
class Replace(Command):
    def __init__(self, old, new): self.old, self.new = old, new
    def apply(self, e): self._before = e.text; e.text = e.text.replace(self.old, self.new)
    def revert(self, e): e.text = self._before
class Macro(Command):
    def __init__(self, *cs): self.cs = cs
    def apply(self, e):
        for c in self.cs: c.apply(e)
    def revert(self, e):
        for c in reversed(self.cs): c.revert(e)
e = Editor()
for i, ch in enumerate("hello world"): e.do(Insert(i, ch))
print(repr(e.text), e.done)  # expect: 'hello world' [Insert(pos=0, text='hello'), Insert(pos=5, text=' world')]
print(repr(e.undo()), repr(e.undo()), repr(e.redo()), e.undone)  # expect: 'hello' '' 'hello' [Insert(pos=5, text=' world')]
e.do(Delete(0, 1)).do(Macro(Insert(0, "J"), Replace("l", "L")))
print(e.text, len(e.done), e.redo())  # expect: JeLLo 3 nothing to redo
print([e.undo() for _ in range(5)], e.text == "")  # expect: ['ello', 'hello', '', 'nothing to undo', 'nothing to undo'] True
print([e.redo() for _ in range(5)], e.done[-1])
# expect: ['hello', 'ello', 'JeLLo', 'nothing to redo', 'nothing to redo'] Macro(cs=(Insert(pos=0, text='J'), Replace(old='l', new='L')))
import random
r = random.Random(2)
f, history = Editor("seed"), ["seed"]
for _ in range(40):
    n = len(f.text)
    p = r.randrange(n + 1)
    f.do(r.choice([lambda: Insert(p, r.choice([" ", "ab"])), lambda: Delete(p, min(n, p + 2)), lambda: Replace("a", "xy")])())
    history.append(f.text)
final = f.text
while f.undo() != "nothing to undo": pass
start = f.text
while f.redo() != "nothing to redo": pass
print(start, f.text == final, len(history))  # expect: seed True 41
