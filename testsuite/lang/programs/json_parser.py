"""A recursive descent JSON parser and printer."""
class ParseError(ValueError): pass
class Parser:
    def __init__(self, text): self.t, self.i = text, 0
    def error(self, what): raise ParseError(f"{what} at {self.i}")
    def ws(self):
        while self.i < len(self.t) and self.t[self.i] in " \t\r\n": self.i += 1
    def peek(self):
        self.ws()
        return self.t[self.i] if self.i < len(self.t) else ""
    def expect(self, c):
        if self.peek() != c: self.error(f"expected {c!r}")
        self.i += 1
    def value(self):
        c = self.peek()
        if c == "{": return self.object()
        if c == "[": return self.array()
        if c == '"': return self.string()
        if c and c in "-0123456789": return self.number()
        for word, v in ("true", True), ("false", False), ("null", None):
            if self.t.startswith(word, self.i):
                self.i += len(word)
                return v
        self.error("unexpected " + (repr(c) if c else "end"))
    def object(self):
        out = {}
        self.expect("{")
        if self.peek() == "}":
            self.i += 1
            return out
        while True:
            if self.peek() != '"': self.error("expected key")
            k = self.string()
            self.expect(":")
            out[k] = self.value()
            if self.peek() == ",": self.i += 1
            else: break
        self.expect("}")
        return out
    def array(self):
        out = []
        self.expect("[")
        if self.peek() == "]":
            self.i += 1
            return out
        while True:
            out.append(self.value())
            if self.peek() == ",": self.i += 1
            else: break
        self.expect("]")
        return out
    def string(self):
        self.i += 1
        out = []
        while (c := self.t[self.i:self.i + 1]) != '"':
            if not c: self.error("unterminated string")
            self.i += 1
            if c == "\\":
                e = self.t[self.i]
                self.i += 1
                if e == "u":
                    c = chr(int(self.t[self.i:self.i + 4], 16))
                    self.i += 4
                else: c = {"n": "\n", "t": "\t"}.get(e, e)
            out.append(c)
        self.i += 1
        return "".join(out)
    def number(self):
        start = self.i
        while self.i < len(self.t) and self.t[self.i] in "+-0123456789.eE": self.i += 1
        s = self.t[start:self.i]
        return float(s) if set(s) & set(".eE") else int(s)
def loads(text):
    p = Parser(text)
    v = p.value()
    if p.peek(): p.error("trailing data")
    return v
print(loads('{"a": [1, -2.5, 1e3, {"b": null}], "c\\n": "\\u00e9\\"", "d": {}, "e": [], "f": true}'))
# expect: {'a': [1, -2.5, 1000.0, {'b': None}], 'c\n': 'é"', 'd': {}, 'e': [], 'f': True}
for bad in "", "[1,", "{1}", '"x', "[1 2]", "nul", '{"a" 1}', "[] x":
    try:
        loads(bad)
    except ParseError as error:
        print(repr(bad), error)
# expect: '' unexpected end at 0
# expect: '[1,' unexpected end at 3
# expect: '{1}' expected key at 1
# expect: '"x' unterminated string at 2
# expect: '[1 2]' expected ']' at 3
# expect: 'nul' unexpected 'n' at 0
# expect: '{"a" 1}' expected ':' at 5
# expect: '[] x' trailing data at 3
import json
doc = json.dumps([{"k": list(range(5)), "n": {"x": [None, 1.5, "é"]}}] * 20)
print(loads(doc) == json.loads(doc))  # expect: True
