"""StringIO, BytesIO, TextIOWrapper."""
import io
s = io.StringIO("line1\nline2\r\nline3")
print(s.readline(), s.read(3), s.tell(), list(s), s.read(), s.seek(0), s.readlines(1))
# expect: line1
# expect:  lin 9 ['e2\r\n', 'line3']  0 ['line1\n']
s.seek(0, 2); s.write("\nend"); s.seek(3); s.truncate()
print(repr(s.getvalue()), s.closed, s.readable(), s.writable(), s.seekable())  # expect: 'lin' False True True True
b = io.BytesIO(b"abcdef")
print(b.read(2), b.read1(2), b.getvalue(), b.tell(), b.seek(-2, 2), b.read(), b.readinto(bytearray(2)), b.getbuffer()[0], bytes(b.getbuffer()[1:3]))
# expect: b'ab' b'cd' b'abcdef' 4 4 b'ef' 0 97 b'bc'
b.seek(10); b.write(b"x")
print(b.getvalue(), len(b.getbuffer()))  # expect: b'abcdef\x00\x00\x00\x00x' 11
t = io.TextIOWrapper(io.BytesIO("é\r\nb\rc\n".encode()), encoding="utf-8")
print([l for l in t], t.encoding, t.newlines)  # expect: ['é\n', 'b\n', 'c\n'] utf-8 ('\r', '\n', '\r\n')
for nl in None, "", "\n", "\r\n":
    print(repr(nl), io.TextIOWrapper(io.BytesIO(b"a\r\nb\nc\rd"), newline=nl).readlines())
# expect: None ['a\n', 'b\n', 'c\n', 'd']
# expect: '' ['a\r\n', 'b\n', 'c\r', 'd']
# expect: '\n' ['a\r\n', 'b\n', 'c\rd']
# expect: '\r\n' ['a\r\n', 'b\nc\rd']
w = io.BytesIO()
t = io.TextIOWrapper(w, encoding="utf-16-le", newline="\r\n", write_through=True)
print(t.write("a\n"), w.getvalue(), t.detach() is w)  # expect: 2 b'a\x00\r\x00\n\x00' True
with io.StringIO() as c: c.write("x")
for call in lambda: c.read(), lambda: io.StringIO(b"x"), lambda: io.StringIO().write(b"x"), lambda: io.BytesIO("x"), lambda: io.BytesIO().write("x"), lambda: io.StringIO().seek(-1), lambda: io.StringIO().fileno(), lambda: io.StringIO("a").seek(1, 1), lambda: io.TextIOWrapper(io.BytesIO(b"\xff"), "ascii").read(), lambda: io.StringIO(newline="x"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: UnsupportedOperation
# expect: OSError
# expect: UnicodeDecodeError
# expect: ValueError
print(io.StringIO("a\nb", newline=None).read(), *io.StringIO("it\ner"), sep="|", end="|\n")
# expect: a
# expect: b|it
# expect: |er|
r = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
print(r.peek(2)[:2], r.read(3), r.readline(), r.raw.tell(), isinstance(r, io.BufferedIOBase), io.DEFAULT_BUFFER_SIZE > 0)
# expect: b'01' b'012' b'3456789' 10 True True
