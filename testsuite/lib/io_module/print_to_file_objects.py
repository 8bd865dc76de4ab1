"""Custom raw streams."""
import io
class Upper(io.TextIOBase):
    def __init__(self): self.out = []
    def writable(self): return True
    def write(self, s):
        self.out.append(s.upper())
        return len(s)
u = Upper()
print("hello", "there", file=u)
print(u.out, u.readable(), u.closed, u.seekable())  # expect: ['HELLO', ' ', 'THERE', '\n'] False False False
for call in lambda: u.read(), lambda: u.seek(0), lambda: u.fileno():
    try:
        call()
    except OSError as error:
        print(type(error).__name__)
# expect: UnsupportedOperation
# expect: UnsupportedOperation
# expect: UnsupportedOperation
class Raw(io.RawIOBase):
    def __init__(self, data): self.data, self.pos = data, 0
    def readable(self): return True
    def readinto(self, b):
        n = min(len(b), 3, len(self.data) - self.pos)
        b[:n] = self.data[self.pos:self.pos + n]
        self.pos += n
        return n
print(Raw(b"abcdefgh").read(5), Raw(b"abcdefgh").read(), Raw(b"a\nb").readline(), list(Raw(b"x\ny\n")))
# expect: b'abc' b'abcdefgh' b'a\n' [b'x\n', b'y\n']
b = io.BufferedReader(Raw(b"abcdefgh"), 4)
print(b.read(5), b.peek(1)[:1], b.read(), b.read(1))  # expect: b'abcde' b'f' b'fgh' b''
t = io.TextIOWrapper(io.BufferedReader(Raw("é\nline two\n".encode())), "utf-8")
print(t.readline().strip(), t.read().strip())  # expect: é line two
w = io.BufferedWriter(sink := io.BytesIO(), 4)
w.write(b"ab"); print(sink.getvalue()); w.write(b"cdef"); w.flush(); print(sink.getvalue())
# expect: b''
# expect: b'abcdef'
with u: pass
print(u.closed)  # expect: True
try:
    u.write("x"); print("own write does not check")  # expect: own write does not check
    u.flush()
except ValueError as error:
    print(error)  # expect: I/O operation on closed file.
rw = io.BufferedRandom(io.BytesIO(b"012345"))
rw.seek(2); rw.write(b"XY"); rw.seek(0)
print(rw.read(), io.BufferedRWPair(io.BytesIO(b"r"), io.BytesIO()).read())  # expect: b'01XY45' b'r'
