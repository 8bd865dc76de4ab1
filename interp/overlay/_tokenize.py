"""`TokenizerIter`: the tokens of a program as `tokenize` wants them, in Python."""
import re as _re
import token as _token

_NAME = _re.compile(r"\w+")
_NUMBER = _re.compile(r"""
    0[xX](?:_?[0-9a-fA-F])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+
  | (?: [0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)? | \.[0-9](?:_?[0-9])* | [0-9](?:_?[0-9])* )
    (?: [eE][-+]?[0-9](?:_?[0-9])* )? [jJ]?
""", _re.VERBOSE)
_STRING = _re.compile(r"""([a-zA-Z]{0,2})('''|\"\"\"|'|\")""")
_PREFIXES = frozenset("r u b f t br rb fr rf tr rt".split()) | {""}
_OPERATORS = sorted(_token.EXACT_TOKEN_TYPES, key=len, reverse=True)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_TAB = 8


class _Format:
    """An f-string or t-string that is being read."""
    __slots__ = ("quote", "raw", "middle", "end", "depths", "in_spec", "start")

    def __init__(self, quote, raw, middle, end, start):
        self.quote, self.raw, self.middle, self.end, self.start = quote, raw, middle, end, start
        self.depths = []    # nesting of brackets at each open replacement field
        self.in_spec = []   # for each of them: is its format specification being read?


class TokenizerIter:
    def __init__(self, readline, /, *, encoding=None, extra_tokens=False):
        self._readline = readline
        self._encoding = encoding
        self._extra = extra_tokens
        self._tokens = self._run()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._tokens)

    # ---- lines

    def _next_line(self):
        try:
            line = self._readline()
        except StopIteration:
            line = ""
        if isinstance(line, (bytes, bytearray)):
            line = bytes(line).decode(self._encoding or "utf-8")
        elif not isinstance(line, str):
            raise TypeError("readline() returned a non-string object")
        if line:
            self._row += 1
            if "\0" in line:
                self._error("source code cannot contain null bytes", 0, line)
            self._added = not line.endswith("\n")
            if self._added:
                line += "\n"
        self._line = line
        return line

    def _error(self, message, col, line=None, row=None, kind=SyntaxError, end=None):
        line = self._line if line is None else line
        row = self._row if row is None else row
        raise kind(message, ("<string>", row, col + 1, line, row, (col if end is None else end) + 1))

    def _make(self, type, string, start, end, line=None):
        if self._extra and _token.EXACT_TOKEN_TYPES.get(string) == type:
            type = _token.OP
        return type, string, start, end, self._line if line is None else line

    # ---- tokens

    def _run(self):
        self._row, self._line, self._added = 0, "", False
        self._brackets, self._formats = [], []
        indents, alternate, fresh, continued = [0], [0], True, False
        line = self._next_line()
        last = ""
        while line:
            last = line
            at = 0
            if fresh and not continued:
                at, skip = yield from self._indentation(line, indents, alternate)
                if skip:
                    line = self._next_line()
                    continue
            continued = False
            while True:
                line = self._line
                last = line or last
                if at >= len(line):
                    break
                if self._formats and (not self._formats[-1].depths or self._formats[-1].in_spec[-1]):
                    at = yield from self._format_text(at)
                    continue
                c = line[at]
                if c in " \t\f":
                    at += 1
                elif c == "\n" or line.startswith("\r\n", at):
                    end = len(line)
                    string = "" if self._added else line[at:end]
                    width = 1 if self._added else end - at
                    if self._brackets:
                        if self._extra:
                            yield self._make(_token.NL, string, (self._row, at), (self._row, at + width))
                        fresh = False
                    else:
                        yield self._make(_token.NEWLINE, string if self._extra else "", (self._row, at), (self._row, at + width))
                        fresh = True
                    break
                elif c == "#":
                    end = len(line.rstrip("\r\n"))
                    if self._extra:
                        yield self._make(_token.COMMENT, line[at:end], (self._row, at), (self._row, end))
                    at = end
                elif c == "\\":
                    if line[at + 1:].strip("\r\n") or not line[at + 1:]:
                        self._error("unexpected character after line continuation character", at + 1)
                    continued = True
                    break
                else:
                    at = yield from self._token(at)
            line = self._next_line()
            if continued and not line:
                self._error("unexpected EOF while parsing", len(last), last)
        yield from self._finish(indents, last, fresh)

    def _finish(self, indents, last, fresh):
        if self._formats:
            form = self._formats[-1]
            what = "f" if form.middle == _token.FSTRING_MIDDLE else "t"
            triple = "triple-quoted " if len(form.quote) == 3 else ""
            self._error(f"unterminated {triple}{what}-string literal (detected at line {self._row})", form.start[1], form.start[2], form.start[0])
        if self._brackets:
            if self._extra:
                self._error("unexpected EOF in multi-line statement", 0, "", self._row + 1)
            c, row, col, line = self._brackets[-1]
            self._error(f"'{c}' was never closed", col, line, row)
        end = (self._row + 1, 0)
        if not fresh and self._row:
            yield _token.NEWLINE, "", (self._row, len(last)), (self._row, len(last) + 1), ""
        for _ in indents[1:]:
            yield _token.DEDENT, "", end, end, ""
        yield _token.ENDMARKER, "", end, end, ""

    def _indentation(self, line, indents, alternate):
        """INDENT and DEDENT; (where the line's text starts, is the line blank?)"""
        column = other = at = 0
        while at < len(line) and line[at] in " \t\f":
            c = line[at]
            if c == " ":
                column, other = column + 1, other + 1
            elif c == "\t":
                column, other = (column // _TAB + 1) * _TAB, other + 1
            else:
                column = other = 0
            at += 1
        rest = line[at:]
        if rest[:1] in ("#", "\n", "") or rest.startswith("\r\n"):
            end = len(line.rstrip("\r\n"))
            if self._extra:
                if rest[:1] == "#":
                    yield self._make(_token.COMMENT, line[at:end], (self._row, at), (self._row, end))
                string = "" if self._added else line[end:]
                yield self._make(_token.NL, string, (self._row, end), (self._row, end + (1 if self._added else len(line) - end)))
            return at, True
        if column == indents[-1]:
            if other != alternate[-1]:
                self._error("inconsistent use of tabs and spaces in indentation", at, kind=TabError)
        elif column > indents[-1]:
            if other <= alternate[-1]:
                self._error("inconsistent use of tabs and spaces in indentation", at, kind=TabError)
            indents.append(column)
            alternate.append(other)
            yield self._make(_token.INDENT, line[:at] if self._extra else "", (self._row, 0), (self._row, at))
        else:
            while column < indents[-1]:
                indents.pop()
                alternate.pop()
                yield self._make(_token.DEDENT, "", (self._row, at), (self._row, at))
            if column != indents[-1]:
                self._error("unindent does not match any outer indentation level", at, kind=IndentationError)
        return at, False

    def _token(self, at):
        line, row = self._line, self._row
        c = line[at]
        found = _STRING.match(line, at)
        if found and found[1].lower() in _PREFIXES:
            return (yield from self._string(at, found))
        if c.isdigit() and c.isascii() or c == "." and line[at + 1:at + 2].isdigit():
            return (yield from self._number(at))
        if c == "_" or c.isalpha() or ord(c) >= 128:
            found = _NAME.match(line, at)
            if not found or not found[0].isidentifier():
                self._error(f"invalid character '{c}' (U+{ord(c):04X})" if c.isprintable() else f"invalid non-printable character U+{ord(c):04X}", at)
            yield self._make(_token.NAME, found[0], (row, at), (row, found.end()))
            return found.end()
        for operator in _OPERATORS:
            if line.startswith(operator, at):
                break
        else:
            if line.startswith("<>", at):
                operator = "<>"
            elif c in "$?!`" or ord(c) < 32:
                if self._extra and c in "$?!`":
                    yield self._make(_token.OP, c, (row, at), (row, at + 1))
                    return at + 1
                self._error("invalid syntax" if c in "$?!`" else f"invalid non-printable character U+{ord(c):04X}", at)
        form = self._formats[-1] if self._formats else None
        if form and form.depths and form.depths[-1] == len(self._brackets):
            if c == ":" :
                operator = ":"
                form.in_spec[-1] = True
            elif c == "!" and not line.startswith("!=", at):
                operator = "!"
            elif c == "}":
                form.depths.pop()
                form.in_spec.pop()
        if operator in ("(", "[", "{"):
            self._brackets.append((operator, row, at, line))
        elif operator in _CLOSING:
            if not self._brackets:
                self._error(f"unmatched '{operator}'", at)
            opened = self._brackets.pop()
            if opened[0] != _CLOSING[operator]:
                where = "" if opened[1] == row else f" on line {opened[1]}"
                self._error(f"closing parenthesis '{operator}' does not match opening parenthesis '{opened[0]}'{where}", at)
        type = _token.EXACT_TOKEN_TYPES.get(operator, _token.OP)
        yield self._make(type, operator, (row, at), (row, at + len(operator)))
        return at + len(operator)

    def _number(self, at):
        line, row = self._line, self._row
        found = _NUMBER.match(line, at)
        end = found.end()
        text, following = found[0], line[end:end + 1]
        kinds = {"0x": "hexadecimal", "0o": "octal", "0b": "binary"}
        if text == "0" and following and following in "xXoObB":
            kind = kinds["0" + following.lower()]
            digit = line[end + 1:end + 2]
            if digit.isdigit() and kind != "hexadecimal":
                self._error(f"invalid digit '{digit}' in {kind} literal", end + 1)
            self._error(f"invalid {kind} literal", end)
        kind = kinds.get(text[:2].lower(), "decimal")
        if following == "_":
            self._error(f"invalid {kind} literal", end)
        if kind != "decimal" and following.isdigit():
            self._error(f"invalid digit '{following}' in {kind} literal", end)
        plain = text.replace("_", "")
        if plain.isdigit() and len(plain) > 1 and plain[0] == "0" and plain.strip("0"):
            self._error("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", at, end=end)
        if following.isidentifier():
            word = _NAME.match(line, end)[0]
            if not word.startswith(("and", "else", "for", "if", "in", "is", "not", "or")):
                if text[-1] in "jJ":
                    kind = "imaginary"
                self._error(f"invalid {kind} literal", end - 1)
        yield self._make(_token.NUMBER, text, (row, at), (row, end))
        return end

    def _string(self, at, found):
        prefix, quote = found[1].lower(), found[2]
        start = (self._row, at)
        if "f" in prefix or "t" in prefix:
            kind = "FSTRING" if "f" in prefix else "TSTRING"
            types = [getattr(_token, f"{kind}_{part}") for part in ("START", "MIDDLE", "END")]
            self._formats.append(_Format(quote, "r" in prefix, types[1], types[2], (self._row, at, self._line)))
            yield self._make(types[0], found[0], start, (self._row, found.end()))
            return found.end()
        text, line, place, first = [found[0]], self._line, found.end(), self._line
        lines = [first]
        while True:
            c = line[place:place + 1]
            if c == "" or c == "\n" and len(quote) == 1:
                if len(quote) == 1 and not (place and c == ""):
                    self._error(f"unterminated string literal (detected at line {self._row})", start[1], first, start[0])
                line = self._next_line()
                if not line:
                    what = "unterminated triple-quoted string literal" if len(quote) == 3 else "unterminated string literal"
                    self._error(f"{what} (detected at line {self._row})", start[1], first, start[0])
                lines.append(line)
                place = 0
            elif c == "\\":
                text.append(line[place:place + 2])
                place += 2
                if line.startswith("\r\n", place - 1):
                    text.append("\n")
                    place += 1
            elif line.startswith(quote, place):
                text.append(quote)
                place += len(quote)
                break
            else:
                text.append(c)
                place += 1
        yield self._make(_token.STRING, "".join(text), start, (self._row, place), "".join(lines))
        return place

    def _format_text(self, at):
        """The literal text of an f-string up to its end, the next field or the end of a specification."""
        form = self._formats[-1]
        in_spec = bool(form.depths)
        start, text, lines = (self._row, at), [], [self._line]
        line = self._line

        def middle(end):
            if text:
                return [self._make(form.middle, "".join(text), start, (self._row, end), "".join(lines))]
            return []

        while True:
            c = line[at:at + 1]
            if c == "":
                line = self._next_line()
                if not line:
                    return 0
                lines.append(line)
                at = 0
            elif line.startswith(form.quote, at) and not in_spec:
                yield from middle(at)
                self._formats.pop()
                yield self._make(form.end, form.quote, (self._row, at), (self._row, at + len(form.quote)))
                return at + len(form.quote)
            elif c == "\n" and (len(form.quote) == 1 or in_spec):
                if in_spec:
                    yield from middle(at)
                    form.in_spec[-1] = False
                    return at
                what = "f" if form.middle == _token.FSTRING_MIDDLE else "t"
                self._error(f"unterminated {what}-string literal (detected at line {self._row})", form.start[1], form.start[2], form.start[0])
            elif c == "{" and line[at + 1:at + 2] == "{" and not in_spec:
                text.append("{")
                yield self._make(form.middle, "".join(text), start, (self._row, at + 1), "".join(lines))
                at += 2
                start, text, lines = (self._row, at), [], [line]
            elif c == "{":
                yield from middle(at)
                self._brackets.append(("{", self._row, at, line))
                yield self._make(_token.LBRACE, "{", (self._row, at), (self._row, at + 1))
                form.depths.append(len(self._brackets))
                form.in_spec.append(False)
                return at + 1
            elif c == "}" and in_spec:
                if not text and line[at - 1:at] == "}" and start == (self._row, at):
                    yield self._make(form.middle, "", start, start, line)
                yield from middle(at)
                form.in_spec[-1] = False
                return at
            elif c == "}" and line[at + 1:at + 2] == "}":
                text.append("}")
                yield self._make(form.middle, "".join(text), start, (self._row, at + 1), "".join(lines))
                at += 2
                start, text, lines = (self._row, at), [], [line]
            elif c == "}":
                what = "f" if form.middle == _token.FSTRING_MIDDLE else "t"
                self._error(f"{what}-string: single '}}' is not allowed", at)
            elif c == "\\" and not form.raw and line.startswith("N{", at + 1) and "}" in line[at:]:
                end = line.index("}", at) + 1
                text.append(line[at:end])
                at = end
            elif c == "\\" and line[at + 1:at + 2] not in ("{", "}"):
                text.append(line[at:at + 2])
                at += 2
            else:
                text.append(c)
                at += 1
